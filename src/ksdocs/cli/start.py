"""`new`: a starter record that explains itself and passes as a draft."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ksdocs.cli import FINE
from ksdocs.cli.library import need_kind, starter_file
from ksdocs.cli.settings import Settings, shown_path, typed_path
from ksdocs.models import Institusi
from ksdocs.models.lembaga import Lembaga
from ksdocs.outputs import write_new
from ksdocs.problems import Location, OutputError, problem

if TYPE_CHECKING:
    from ksdocs.office import Office

_SLOT = re.compile(r"«([a-z_]+)»")


def new(settings: Settings, kind: str, out: Path | None) -> int:
    """The starter of `kind`, printed, or written into a file that is not there yet."""
    office = settings.office()
    need_kind(kind, list(office.workspace.kinds()))
    text = starter(office, kind, settings.day())
    if out is None:
        settings.console.raw(text)
        return FINE
    write_new(out, text.encode())
    settings.console.say(settings.say("baru.ditulis", nama=shown_path(out), perintah=typed_path(out)))
    return FINE


def starter(office: Office, kind: str, today: date) -> str:
    """The starter of `kind` with the ids of the office's institution and of a first partner.

    A form without one of its own gets it from its fields.

    Raises:
        OutputError: KS024 the folder of an agreement has none.
        LibraryError: KS302, KS316, KS361 to KS364, the form is not described as it must be.
    """
    folder = office.workspace.find_kind(kind).folder
    institution, partner = _pick(office, institution=True), _pick(office, institution=False)
    values = {
        "institusi": institution.id if institution else "id-institusi-anda",
        "mitra": partner.id if partner else "id-mitra-anda",
        "tahun": str(today.year),
    }
    form = office.form(kind)
    between = "" if form is not None else f"-{values['mitra']}"
    values["id"] = _free_id(office, f"{kind.replace('_', '-')}{between}-{values['tahun']}")
    try:
        text = starter_file(folder).read_text(encoding="utf-8")
    except OSError:
        if form is None:
            raise OutputError([problem("KS024", Location(file=str(folder)), jenis=kind, folder=folder)]) from None
        from ksdocs.borang.awal import starting_record

        ids = {name: values[name] for name in ("id", "institusi", "mitra")}
        return starting_record(form, office.register, today, **ids)
    return _SLOT.sub(lambda m: values.get(m[1], m[0]), text)


def _pick(office: Office, *, institution: bool) -> Lembaga | None:
    """The first that could sign a document in Indonesian: of this country, with an official and a contact."""
    known = [e for e in office.register.semua_lembaga() if isinstance(e, Institusi) is institution]
    ready = [e for e in known if e.negara == "ID" and e.kontak and any(p.kewenangan for p in e.pejabat)]
    return next(iter(sorted(ready or known, key=lambda e: (e.induk is not None, e.id))), None)


def _free_id(office: Office, wanted: str) -> str:
    register = office.register
    taken = {*register.semua_naskah(), *(one.id for one in register.semua_notulen())}
    taken |= {one.id for one in register.semua_penjajakan()}
    number, ident = 1, wanted
    while ident in taken:
        number += 1
        ident = f"{wanted}-{number}"
    return ident
