"""A starting record of a form, made of what its fields declare: what is required first, the rest behind a `#`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from ksdocs.bahasa import bulan
from ksdocs.borang.jenis import JenisBorang
from ksdocs.models.borang import Isian, unfit_default
from ksdocs.models.lembaga import Institusi, Lembaga
from ksdocs.register import Register

_PLAIN: Final = re.compile(r"[A-Za-z0-9](?:[\w ./()–-]|,(?= )|:(?=[^\s])){0,78}[\w.)]|[A-Za-z0-9]")
"""Texts that YAML takes as they stand."""


@dataclass(frozen=True, slots=True)
class Baris:
    """A line of the record; `pilihan` where the field need not be given."""

    teks: str
    pilihan: bool = False

    def __str__(self) -> str:
        return f"#{self.teks}" if self.pilihan else self.teks


def starting_record(form: JenisBorang, register: Register, today: date, *, id: str, institusi: str, mitra: str) -> str:
    """YAML of a record of `form` with an example for every field: those required as they stand, all others behind `#`.

    It can be read as it is, and also with every `#` before a field taken away. Examples name what `register` knows.
    """
    code = "-".join(text for text in (form.kendali.kode, form.kendali.versi) if text)
    lines = [
        f"# Rekaman {_one_line(form.judul['id'])}{f' ({code})' if code else ''}. Semua isinya adalah contoh: gantilah.",
        "# Periksa dengan `ksdocs check BERKAS-INI`, buat naskah Word-nya dengan `ksdocs render BERKAS-INI -o out`.",
        "# Keterangan boleh dihapus. Isian yang diawali # tanpa spasi tidak wajib: hapus tanda # itu untuk memakainya.",
        "",
        f"jenis: {form.id}",
        "# Nama pendek rekaman ini; menjadi nama berkas naskahnya. Huruf kecil, angka, dan tanda hubung.",
        f"id: {_scalar(id)}",
        "# Id institusi pemilik borang.",
        f"institusi: {_scalar(institusi)}",
    ]
    examples = _Contoh(register, today, register.lembaga(institusi), mitra)
    for declared in _in_order(form.isian):
        lines += ["", *_told(declared)]
        lines += [str(line) for line in examples.field(declared, "", optional=_optional(declared))]
    return "\n".join(lines) + "\n"


def _optional(declared: Isian) -> bool:
    return not declared.wajib or declared.bawaan is not None


def _in_order(fields: Sequence[Isian]) -> list[Isian]:
    return sorted(fields, key=_optional)


def _told(declared: Isian) -> Iterator[str]:
    label, meaning = _label(declared), _one_line(declared.arti.get("id", ""))
    yield f"# {label}: {meaning}" if meaning and meaning != label else f"# {label}."
    if declared.pilihan:
        yield f"# Pilihannya: {_one_line('; '.join(declared.pilihan))}."


def _label(declared: Isian) -> str:
    return _one_line(declared.label["id"])


def _one_line(text: str) -> str:
    """`text` as a remark may hold it: a line break would end it."""
    return " ".join(text.split())


class _Contoh:
    """Examples for fields, by what the register knows."""

    def __init__(self, register: Register, today: date, institution: Lembaga | None, partner: str) -> None:
        self.register, self.today = register, today
        officials = [one.id for one in institution.pejabat] if isinstance(institution, Institusi) else []
        self.known: Mapping[str, Sequence[str]] = {
            "lembaga": [partner, *(one.id for one in register.semua_lembaga())],
            "naskah": sorted(register.semua_naskah()),
            "butir": sorted(one.id for one in register.semua_butir()),
            "bentuk": sorted(register.bentuk()),
            "notulen": sorted(one.id for one in register.semua_notulen()),
            "pejabat": officials,
        }

    def field(self, declared: Isian, indent: str, *, optional: bool, lead: str = "") -> Iterator[Baris]:
        """Lines of one field; `lead` is `- ` for the first field of an entry."""
        head = f"{indent}{lead}{declared.nama}:"
        inner = f"{indent}{' ' * len(lead)}"
        if declared.jenis != "daftar":
            value = self.value(declared)
            note = _note(declared, value) if indent else ""
            yield Baris(f"{head} {_scalar(value)}{note}", optional)
            return
        yield Baris(head, optional)
        given = declared.bawaan if isinstance(declared.bawaan, list) else None
        if given:
            for entry in given:
                pairs = ", ".join(f"{name}: {_scalar(str(value), within=True)}" for name, value in entry.items())
                yield Baris(f"{inner}  - {{{pairs}}}", optional)
            return
        for _ in range(max(declared.minimal, 1)):
            yield from self._entry(declared, f"{inner}  ", optional=optional)

    def _entry(self, declared: Isian, indent: str, *, optional: bool) -> Iterator[Baris]:
        for number, one in enumerate(_in_order(declared.isian)):
            # An entry begins with its first field, so that one is given in any case.
            left_out = optional or (_optional(one) and number > 0)
            lead = "" if number else "- "
            yield from self.field(one, indent if not number else f"{indent}  ", optional=left_out, lead=lead)

    def value(self, declared: Isian) -> str:
        """The declared example where it fits, else one of its kind."""
        known = self.known.get(declared.jenis)
        for given in (declared.bawaan, declared.contoh):
            fits = given is not None and not unfit_default(replace(declared, bawaan=str(given)))
            if fits and (known is None or given in known or (declared.jenis == "lembaga" and not known)):
                return str(given)
        if known is not None:
            return next(iter(known), f"id-{declared.jenis}-anda")
        if declared.jenis == "pilihan":
            return declared.pilihan[0]
        plain: Mapping[str, Any] = {
            "tanggal": self.today.isoformat(),
            "jam": "09.00",
            "uang": "1.000.000",
            "cacah": "1",
            "desimal": "1",
            "persen": "100",
            "bulan": bulan(self.today.month),
            "tahun": str(self.today.year),
            "ya_tidak": "ya",
            "tautan": "https://arsip.example/bukti",
            "gambar": "foto/gambar-1.jpg",
        }
        return str(plain.get(declared.jenis, _placeholder(declared)))


def _placeholder(declared: Isian) -> str:
    return f"[{_label(declared)}]"


def left_as_they_were(values: Mapping[str, Any], fields: Sequence[Isian], path: str = "") -> Iterator[str]:
    """Paths of the values that are still the placeholders of a starting record."""
    for declared in fields:
        value = values.get(declared.nama)
        at = f"{path}{declared.nama}"
        if declared.jenis == "daftar":
            for number, entry in enumerate(value or (), 1):
                yield from left_as_they_were(entry, declared.isian, f"{at}.{number}.")
        elif value == _placeholder(declared):
            yield at


def _note(declared: Isian, value: str) -> str:
    """What stands behind a field of a list, where its value does not say it already."""
    if declared.pilihan:
        return f"  # {_label(declared)}: {_one_line('; '.join(declared.pilihan))}"
    return "" if value == _placeholder(declared) else f"  # {_label(declared)}"


def _scalar(text: str, *, within: bool = False) -> str:
    """`text` as YAML writes it: plain where it reads the same, else between quotes. `within` braces a comma ends it."""
    plain = _PLAIN.fullmatch(text) is not None and not (within and "," in text) and text.casefold() != "null"
    return text if plain else json.dumps(text, ensure_ascii=False)
