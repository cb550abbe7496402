"""An office's own folder: profile, partners, sample records and templates, in which everything works at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from ksdocs.outputs import plain_name
from ksdocs.problems import KsdocsError, Location, problem
from ksdocs.sources.text import unsafe_character
from ksdocs.templat.berkas import read, upstream
from ksdocs.templat.kunci import Kunci
from ksdocs.templat.pasang import place
from ksdocs.templat.salin import copy_all
from ksdocs.workspace import Workspace

_HERE: Final = Path(__file__).parent / "kantor"
_ID: Final = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_SLOT: Final = re.compile(r"«([a-z_]+)»")
_IGNORED: Final = frozenset({"desktop.ini", "Thumbs.db", ".DS_Store"})
"""What systems put into a folder unasked."""
_ALWAYS_INVENTED: Final = ("alamat", "telepon", "pejabat", "kontak", "profil.pengadilan", "profil.penyetuju")
_NAMES: Final = 5
MITRA: Final = "mitra-contoh"


@dataclass(frozen=True, slots=True)
class Kantor:
    """What is known of an office when its folder is made; what is empty gets an example that says so."""

    institusi: str = ""
    nama: str = ""
    singkatan: str = ""
    kedudukan: str = ""


def make_office(workspace: Workspace, folder: Path, office: Kantor, today: date) -> list[Path]:
    """Every file of the new office in `folder`, which is new or empty; all are written, or none.

    Raises:
        KsdocsError: KS880 the folder holds something; KS889 an id or a name that cannot be used.
        OutputError: KS702, KS704, KS706.
    """
    if folder.is_dir():
        there = sorted(entry.name for entry in folder.iterdir() if entry.name not in _IGNORED)
    else:
        there = [folder.name] if folder.exists() or folder.is_symlink() else []
    if there:
        told = ", ".join(there[:_NAMES]) + (" …" if len(there) > _NAMES else "")
        raise KsdocsError([problem("KS880", Location(file=str(folder)), folder=folder, isi=told)])
    ident = _ident(office)
    slots = _slots(office, ident, today)
    new = {f"data/{name}": text.encode() for name, text in _records(workspace, ident, slots)}
    new["data/acuan/bentuk-kegiatan.toml"] = read(workspace.find_data("acuan/bentuk-kegiatan.toml").folder)
    new["BACA-SAYA.txt"] = _text("BACA-SAYA.txt", slots).replace("\n", "\r\n").encode("utf-8-sig")
    copied = copy_all(workspace, Kunci(folder / "templates"))
    new |= {f"templates/{name}": data for name, data in copied.items()}
    return place(folder, new)


def _ident(office: Kantor) -> str:
    """The id of the institution: as given, or made of its name."""
    slug = re.sub(r"[^a-z0-9]+", "-", (office.institusi or office.nama).lower()).strip("-")[:40].strip("-")
    usable = slug if plain_name(slug) else ""
    given = (("nama", office.nama), ("singkatan", office.singkatan), ("kedudukan", office.kedudukan))
    faults = [
        problem("KS154", Location(name), isian=name, karakter=bad)
        for name, value in given
        if (bad := unsafe_character(" ".join(value.split())))
    ]
    if office.institusi and not (_ID.fullmatch(office.institusi) and plain_name(office.institusi)):
        usul = usable or "politeknik-contoh"
        faults.append(problem("KS889", Location("institusi"), nama=office.institusi, usul=usul))
    if faults:
        raise KsdocsError(faults)
    return office.institusi or usable or "politeknik-contoh"


def _slots(office: Kantor, ident: str, today: date) -> Mapping[str, str]:
    given = {
        "nama": (" ".join(office.nama.split()), "Politeknik Contoh"),
        "singkatan": (" ".join(office.singkatan.split()), "Poltek"),
        "kedudukan": (" ".join(office.kedudukan.split()), "Kota Contoh"),
    }
    invented = [*(name for name, (value, _) in given.items() if not value), *_ALWAYS_INVENTED]
    return {
        "institusi": ident,
        "berkas": ident,
        "mitra": MITRA,
        "hari": today.isoformat(),
        "tahun": str(today.year),
        "contoh": ", ".join(f'"{name}"' for name in invented),
        "id": ident,
        **{name: value or example for name, (value, example) in given.items()},
    }


def _records(workspace: Workspace, ident: str, slots: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name below `data` → text. Agreements begin as the starters of their kinds."""
    quoted = {name: json.dumps(slots[name], ensure_ascii=False) for name in ("id", "nama", "singkatan", "kedudukan")}
    yield f"institusi/{ident}.toml", _text("institusi.toml", {**slots, **quoted})
    yield f"mitra/{MITRA}.yaml", _text("mitra.yaml", slots)
    for kind in ("mou", "pks"):
        starter = read(upstream(workspace) / kind / "baru.yaml").decode("utf-8-sig")
        yield f"{kind}/{kind}-contoh.yaml", _filled(starter, {**slots, "id": f"{kind}-contoh"})
    for kind in ("usulan", "notulen"):
        yield f"{kind}/{kind}-contoh.yaml", _text(f"{kind}.yaml", slots)


def _text(name: str, slots: Mapping[str, str]) -> str:
    return _filled((_HERE / name).read_text(encoding="utf-8"), slots)


def _filled(text: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: slots.get(found[1], found[0]), text)
