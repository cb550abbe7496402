"""`new`: a starter record that explains itself and passes as a draft."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.cli import FINE
from ksdocs.cli.library import need_kind, starter_file
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.models import NASKAH, Institusi
from ksdocs.models.lembaga import Lembaga
from ksdocs.problems import Location, OutputError, problem

if TYPE_CHECKING:
    from ksdocs.office import Office

_SLOT = re.compile(r"«([a-z_]+)»")


def new(settings: Settings, kind: str, out: Path | None) -> int:
    """The starter of `kind`, printed, or written into a file that is not there yet."""
    need_kind(kind, list(NASKAH))
    text = starter(settings.office(), kind, settings.day())
    if out is None:
        settings.console.raw(text)
        return FINE
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise OutputError([problem("KS021", Location(file=str(out)), nama=shown_path(out))]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            [problem("KS706", Location(file=str(out)), nama=out.name, folder=out.parent, alasan=reason)]
        ) from None
    name = shown_path(out)
    settings.console.say(settings.say("baru.ditulis", nama=name, perintah=f'"{name}"' if " " in name else name))
    return FINE


def starter(office: Office, kind: str, today: date) -> str:
    """The starter of `kind` with the ids of the office's institution and of a first partner.

    Raises:
        OutputError: KS024 the kind's folder has none.
    """
    folder = office.workspace.find_kind(kind).folder
    try:
        text = starter_file(folder).read_text(encoding="utf-8")
    except OSError:
        raise OutputError([problem("KS024", Location(file=str(folder)), jenis=kind, folder=folder)]) from None
    institution, partner = _pick(office, institution=True), _pick(office, institution=False)
    values = {
        "institusi": institution.id if institution else "id-institusi-anda",
        "mitra": partner.id if partner else "id-mitra-anda",
        "tahun": str(today.year),
    }
    values["id"] = _free_id(office, f"{kind}-{values['mitra']}-{values['tahun']}")
    return _SLOT.sub(lambda m: values.get(m[1], m[0]), text)


def _pick(office: Office, *, institution: bool) -> Lembaga | None:
    """The first that could sign a document in Indonesian: of this country, with an official and a contact."""
    known = [e for e in office.register.semua_lembaga() if isinstance(e, Institusi) is institution]
    ready = [e for e in known if e.negara == "ID" and e.kontak and any(p.kewenangan for p in e.pejabat)]
    return next(iter(sorted(ready or known, key=lambda e: (e.induk is not None, e.id))), None)


def _free_id(office: Office, wanted: str) -> str:
    taken = set(office.register.semua_naskah())
    number, ident = 1, wanted
    while ident in taken:
        number += 1
        ident = f"{wanted}-{number}"
    return ident
