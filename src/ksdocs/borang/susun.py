"""A form's record → its sheet: the values that the template prints, and what must stand in the file.

Every value is printed in words that are settled here, so that what is proved is what is printed: a template chooses
among the ways in which a value reads (`tanggal`, `tanggal_hari`, `tanggal_angka`), and proof asks for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ksdocs.bahasa import (
    bulan,
    hari,
    nama_lengkap,
    persen,
    ribuan,
    rupiah,
    rupiah_terbilang,
    tanggal_angka,
    tanggal_panjang,
)
from ksdocs.borang.bagan import Bagan as Bagan
from ksdocs.borang.bagan import DeretBagan as DeretBagan
from ksdocs.borang.bagan import charts_in
from ksdocs.borang.jenis import JenisBorang
from ksdocs.borang.khusus import khusus
from ksdocs.models.borang import AKHIRAN, Borang, Isian, plain_values
from ksdocs.models.lembaga import Institusi
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.problems import AssemblyError, Location, Problem, problem, suggest
from ksdocs.register import Register
from ksdocs.rules.resolve import unknown_kinds, unknown_official
from ksdocs.sources.pictures import Pictures, no_pictures


@dataclass(frozen=True, slots=True)
class Tulisan:
    """A value that must stand in the file, in one of the ways in which it reads."""

    path: str
    cara: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deret:
    """The entries of a list, which must stand in the file one after the other."""

    path: str
    baris: tuple[tuple[Tulisan | Deret, ...], ...]


@dataclass(frozen=True, slots=True)
class Gambar:
    """A picture, and the words that stand for it where it cannot be seen."""

    path: str
    isi: bytes
    teks: str


@dataclass(frozen=True, slots=True)
class Lembar:
    """A form that is filled in: what its template is given (`konteks`), and what must be found in the file."""

    id: str
    jenis: JenisBorang
    konteks: Mapping[str, Any]
    tulisan: tuple[Tulisan | Deret, ...]
    kepala: tuple[str, ...] = ()
    gambar: tuple[Gambar, ...] = ()
    bagan: tuple[Bagan, ...] = ()
    sidik: Mapping[str, str] = field(default_factory=dict)


def compose(record: Borang, jenis: JenisBorang, register: Register, pictures: Pictures = no_pictures) -> Lembar:
    """The sheet of `record`; `pictures` gives the picture files that it names.

    Raises:
        AssemblyError: KS202 unknown lembaga, KS203 unknown official, KS207 unknown kind of activity, KS231 unknown
            agreement, KS290 unknown point, KS381 unknown minutes, KS385 a picture that cannot be used; all at once.
    """
    institution = register.lembaga(record.institusi)
    work = _Work(register, institution if isinstance(institution, Institusi) else None, pictures)
    if not isinstance(institution, Institusi):
        known = [entry.id for entry in register.semua_lembaga() if isinstance(entry, Institusi)]
        near = suggest(record.institusi, known)
        work.problems.append(problem("KS202", Location(path="institusi"), id=record.institusi, mungkin=near))
    values = plain_values(record)
    context, written = work.group(values, jenis.isian, "")
    if work.problems:
        raise AssemblyError(work.problems)
    more = khusus(jenis.id).tambahan(values, register)  # relies on what was just looked up
    if more.sisipan:
        work.gambar.clear()
        context, written = work.group(values, jenis.isian, "", more.sisipan)
    context |= more.konteks
    assert isinstance(institution, Institusi)
    title = jenis.judul["id"]
    control, kept = jenis.kendali, jenis.retensi
    context |= {
        "judul": title,
        "institusi": institution.nama.id,
        "zona_waktu": institution.profil.zona_waktu,
        "kendali": {
            "kode": control.kode,
            "versi": control.versi,
            "tanggal": tanggal_panjang(control.tanggal) if control.tanggal else "",
            "nama": control.nama or title,
            "unit": control.unit,
            "penyetuju": control.penyetuju,
            "cap": control.cap,
            "salinan": control.salinan,
        },
        "retensi": {
            "nama": kept.nama,
            "berkas": kept.berkas,
            "lokasi": kept.lokasi,
            "masa": kept.masa,
            "keterangan": kept.keterangan,
        },
        "logo": register.logo(record.institusi),
        "kaki": f"{title} — {record.id}",
        "contoh": jenis.contoh,
    }
    charts = tuple(dict.fromkeys(charts_in(more.konteks)))
    marks = (control.kode, control.nama or title, control.cap, control.salinan)
    head = tuple(filter(None, (*marks, kept.nama, kept.berkas, kept.lokasi, kept.masa)))
    return Lembar(record.id, jenis, context, (*written, *more.tulisan), head, tuple(work.gambar), charts)


def judge(record: Borang, jenis: JenisBorang, register: Register, today: date) -> list[Problem]:
    """What is wrong between the fields of `record`, and with what the register knows; each at its record path."""
    return list(khusus(jenis.id).periksa(plain_values(record), register, today))


Sisipan = Mapping[str, Sequence[Mapping[str, str]]]
_NOTHING: Final[Sisipan] = {}


class _Work:
    """One composition: what was looked up, and what was not found."""

    def __init__(self, register: Register, institution: Institusi | None, pictures: Pictures) -> None:
        self.register, self.institution, self.pictures = register, institution, pictures
        self.gambar: list[Gambar] = []
        self.problems: list[Problem] = []

    def group(
        self, values: Mapping[str, Any], fields: Sequence[Isian], path: str, sisipan: Sisipan = _NOTHING
    ) -> tuple[dict[str, Any], list[Tulisan | Deret]]:
        """(names for the template, what must be found) of the fields of a record or of one entry of a list.

        `sisipan`: what was computed for the entries of a list stands beside what was typed there.
        """
        context: dict[str, Any] = {}
        written: list[Tulisan | Deret] = []
        for declared in fields:
            at = f"{path}{declared.nama}"
            value = values.get(declared.nama)
            if declared.jenis == "daftar":
                entries = [self.group(v, declared.isian, f"{at}.{n}.") for n, v in enumerate(value or (), 1)]
                computed = zip(sisipan.get(declared.nama, ()), entries, strict=False)
                for n, (extra, (made, found)) in enumerate(computed, 1):
                    made.update(extra)
                    found += [Tulisan(f"{at}.{n}.{name}", (text,)) for name, text in extra.items() if text]
                context[declared.nama] = [{"no": str(n), **made} for n, (made, _) in enumerate(entries, 1)]
                if entries and declared.cetak:
                    written.append(Deret(at, tuple(tuple(found) for _, found in entries)))
                continue
            if declared.jenis == "gambar":
                context[declared.nama] = self._picture(declared, values, at) if value is not None else ""
                continue
            ways = dict(self._ways(declared, value, at)) if value is not None else {"": ""}
            context |= {f"{declared.nama}{suffix}": text for suffix, text in ways.items()}
            context |= {
                f"{declared.nama}{suffix}": "" for suffix in AKHIRAN.get(declared.jenis, ()) if suffix not in ways
            }
            texts = tuple(dict.fromkeys(text for text in ways.values() if text))
            if declared.cetak and declared.jenis in _EACH:
                written += [Tulisan(at, (text,)) for text in texts]
            elif declared.cetak and texts:
                written.append(Tulisan(at, texts))
        return context, written

    def _ways(self, declared: Isian, value: Any, at: str) -> Iterator[tuple[str, str]]:
        """(suffix of the name, text) for every way in which a value reads; the plain one first."""
        if declared.jenis in ("lembaga", "naskah", "butir", "bentuk", "pejabat", "notulen"):
            yield from getattr(self, f"_{declared.jenis}")(value, at)
        elif isinstance(value, bool):
            yield "", "Ya" if value else "Tidak"
        elif isinstance(value, date):
            yield "", tanggal_panjang(value)
            yield "_hari", f"{hari(value)}, {tanggal_panjang(value)}"
            yield "_angka", tanggal_angka(value)
        elif isinstance(value, Decimal):
            yield "", _NUMBERS.get(declared.jenis, ribuan)(value)
            if declared.jenis == "uang":
                yield "_terbilang", f"{rupiah(value)} ({rupiah_terbilang(value)})"
        elif isinstance(value, int):
            yield "", _NUMBERS.get(declared.jenis, ribuan)(value)
        else:
            yield "", str(value)

    def _lembaga(self, ident: str, at: str) -> Iterator[tuple[str, str]]:
        found = self.register.lembaga(ident)
        if found is None:
            near = suggest(ident, [entry.id for entry in self.register.semua_lembaga()])
            self.problems.append(problem("KS202", Location(path=at), id=ident, mungkin=near))
            return
        yield "", found.nama.id
        yield "_singkat", found.singkatan or found.nama.id

    def _naskah(self, ident: str, at: str) -> Iterator[tuple[str, str]]:
        found = self.register.naskah(ident)
        if found is None:
            near = suggest(ident, self.register.semua_naskah())
            self.problems.append(problem("KS231", Location(path=at), id=ident, mungkin=near))
            return
        yield "", _described(found)
        yield "_nomor", " dan ".join(found.nomor)

    def _butir(self, ident: str, at: str) -> Iterator[tuple[str, str]]:
        found = self.register.butir(ident)
        if found is None:
            self.problems.append(problem("KS290", Location(path=at), butir=ident, mungkin=""))
            return
        yield "", found.teks.id

    def _bentuk(self, ident: str, at: str) -> Iterator[tuple[str, str]]:
        self.problems += unknown_kinds([(at, ident)], self.register)
        found = self.register.bentuk().get(ident)
        if found is not None:
            yield "", found.nama

    def _pejabat(self, ident: str, at: str) -> Iterator[tuple[str, str]]:
        if self.institution is None:
            return
        found = next((one for one in self.institution.pejabat if one.id == ident), None)
        if found is None:
            self.problems.append(unknown_official(at, ident, self.institution))
            return
        yield "", nama_lengkap(found.gelar_depan, found.nama, found.gelar_belakang)
        yield "_jabatan", found.jabatan.id
        if found.nip is not None:
            yield "_nip", f"{found.sebutan_nip} {found.nip}"

    def _notulen(self, ident: str, at: str) -> Iterator[tuple[str, str]]:
        found = self.register.notulen(ident)
        if found is None:
            near = suggest(ident, [entry.id for entry in self.register.semua_notulen()])
            self.problems.append(problem("KS381", Location(path=at), id=ident, sebab=_UNKNOWN, mungkin=near))
            return
        yield "", found.acara

    def _picture(self, declared: Isian, values: Mapping[str, Any], at: str) -> Gambar | str:
        """The picture, described by the caption beside it (`keterangan`), or else by the field's label."""
        name = values[declared.nama]
        held = self.pictures(name)
        if isinstance(held, str):
            self.problems.append(problem("KS385", Location(path=at), berkas=name, sebab=held))
            return ""
        found = Gambar(at, held, str(values.get("keterangan") or declared.label["id"]))
        self.gambar.append(found)
        return found


_NUMBERS: Final[Mapping[str, Callable[[Any], str]]] = {"uang": rupiah, "persen": persen, "bulan": bulan, "tahun": str}
"""Types whose numbers do not read as numbers alone."""
_EACH: Final = frozenset({"pejabat"})
"""Types whose ways are several values: each must stand in the file."""
_UNKNOWN: Final = "tidak ada dalam data"


def _described(entry: RingkasanNaskah) -> str:
    """`MoU Nomor … tanggal … tentang …`, as far as it is known."""
    words = [entry.sebutan]
    if entry.nomor:
        words.append(f"Nomor {' dan '.join(entry.nomor)}")
    if entry.tanggal:
        words.append(f"tanggal {tanggal_panjang(entry.tanggal)}")
    words.append(f"tentang {entry.tentang}")
    return " ".join(words)
