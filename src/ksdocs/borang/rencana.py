"""Next year's programme drafted from this year's evaluation: a record to be completed, never a finished plan.

What an evaluation cannot tell is marked `«…»`, and `check` refuses the record as long as such a mark is left (KS849).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ksdocs.bahasa import bulan, persen, tanggal_panjang
from ksdocs.borang.khusus.evaluasi import figures
from ksdocs.borang.khusus.evaluasi_isi import programmes
from ksdocs.laporan.evaluasi import Evaluasi
from ksdocs.laporan.kegiatan import activities
from ksdocs.models.borang import plain_values
from ksdocs.problems import AssemblyError, Location, problem
from ksdocs.register import Register

BELUM_SELESAI: Final = frozenset({"rencana", "berjalan", "tertunda"})
_PLAIN: Final = re.compile(r"[A-Za-z][\w ,.()/–-]*")
_WORDS: Final = frozenset({"ya", "tidak", "true", "false", "yes", "no", "on", "off", "null", "y", "n"})


@dataclass(frozen=True, slots=True)
class Butir:
    """One entry of a list of the record, with the comment that stands above it."""

    isi: Mapping[str, str]
    catatan: str = ""


@dataclass(slots=True)
class Rancangan:
    """The draft: `teks` is the YAML record, `celah` how many marks it holds."""

    teks: str = ""
    celah: int = 0
    baris: list[str] = field(default_factory=list)


def draft_program(register: Register, tahun: int, today: date) -> Rancangan:
    """The programme of `tahun`, from the evaluation of the year before.

    Raises:
        AssemblyError: KS845 there is no readable evaluation of that year, or more than one; with it, why one of them
            could not be read.
    """
    values = _evaluation(register, tahun)
    found = figures(values, register)
    made = Rancangan()
    made.baris += [
        f"# Rancangan program kerja sama tahun {tahun}, dibuat `ksdocs plan {tahun}` dari {values['id']}.",
        "# Yang tidak dapat diketahui ditandai «…»: ganti dengan isinya, lalu jalankan `ksdocs check` atas berkas ini.",
        "# Kegiatan di bawah hanya usulan; hapus, ubah, atau tambah menurut keperluan.",
        "jenis: program",
        f"id: program-{tahun}",
        f"institusi: {values['institusi']}",
        f"tahun: {tahun}",
        f"tanggal: {today.isoformat()}",
    ]
    _list(made, "dasar", [Butir({"uraian": text}) for text in _bases(register, values)])
    made.baris.append(f"tujuan: {_scalar(_purpose(register, values))}")
    _list(made, "sasaran", [Butir(_target(one)) for one in values["target"]])
    doing = list(_activities(register, values, found, tahun))
    _list(made, "kegiatan", doing or [Butir(_gap("«kegiatan»", "«penanggung jawab»"))])
    people = [
        Butir({k: one[k] for k in ("peran", "pejabat", "nama", "jabatan") if k in one}) for one in values["pengesahan"]
    ]
    _list(made, "pengesahan", people)
    made.teks = "\n".join(made.baris) + "\n"
    made.celah = sum(line.count("«") for line in made.baris if not line.lstrip().startswith("#"))
    return made


def _evaluation(register: Register, tahun: int) -> dict[str, Any]:
    records = register.rekaman("evaluasi")
    held: list[Any] = [record.isi for record in records.rekaman]
    found = [one for one in held if one.tahun == tahun - 1]
    if len(found) == 1:
        return plain_values(found[0])
    reason = (
        f"ada {len(found)} rekaman evaluasi tahun {tahun - 1}" if found else f"evaluasi tahun {tahun - 1} tidak ada"
    )
    told = problem("KS845", Location(), tahun=tahun, lalu=tahun - 1, sebab=reason)
    raise AssemblyError([told, *(() if found else records.masalah)])


# --- what the plan rests on ---------------------------------------------------------------------------------


def _bases(register: Register, values: Mapping[str, Any]) -> Iterator[str]:
    day, tahun = tanggal_panjang(values["tanggal"]), values["tahun"]
    yield f"Laporan evaluasi tahunan kerja sama tahun {tahun}, {day}"
    for kind, name, year in (
        ("survei", "Survei kepuasan mitra tahun", tahun),
        ("pemetaan", "Pemetaan kebutuhan tahun", tahun + 1),
    ):
        held: list[Any] = [record.isi for record in register.rekaman(kind).rekaman]
        if any(one.tahun == year and one.institusi == values["institusi"] for one in held):
            yield f"{name} {year}"


def _purpose(register: Register, values: Mapping[str, Any]) -> str:
    """The purpose of the programme that was evaluated."""
    before = programmes(register, values["tahun"], values["institusi"])
    return str(before[0].tujuan) if before else "«tujuan program»"


def _target(one: Mapping[str, Any]) -> dict[str, str]:
    texts = {name: str(one[name]) for name in ("kode", "uraian", "indikator")}
    more = {"ukuran": str(one["ukuran"])} if "ukuran" in one else {}
    return texts | {"target": _decimal(one["target"]), "satuan": str(one["satuan"])} | more


# --- activities ---------------------------------------------------------------------------------------------


def _activities(register: Register, values: Mapping[str, Any], found: Evaluasi, tahun: int) -> Iterator[Butir]:
    yield from _missed(register, values, found)
    for one in values["kendala"]:
        yield from _follow_up(one, tahun, f"Tindak lanjut kendala dalam evaluasi tahun {tahun - 1}.")
    surveys: list[Any] = [record.isi for record in register.rekaman("survei").rekaman]
    for survey in surveys:
        if survey.tahun == tahun - 1 and survey.institusi == values["institusi"]:
            for entry in plain_values(survey)["tindak_lanjut"]:
                told = {"tindak_lanjut": entry["uraian"], "pic": entry["pic"], "tenggat": entry.get("tenggat")}
                yield from _follow_up(told, tahun, f"Tindak lanjut {survey.id}.")
    yield from _unfinished(register, values)


def _missed(register: Register, values: Mapping[str, Any], found: Evaluasi) -> Iterator[Butir]:
    """Activities of targets that were not reached and that go on: what was meant to serve them."""
    going = {one.get("ukuran") or one["indikator"]: str(one["kode"]) for one in values["target"]}
    table = found.tabel["sasaran"]
    shares = {str(row[0].isi): row[table.kolom.index("Capaian")].isi for row in table.baris}
    for programme in programmes(register, values["tahun"], values["institusi"]):
        plan = plain_values(programme)
        for target in plan["sasaran"]:
            share, code = shares.get(target["kode"]), going.get(target.get("ukuran") or target["indikator"])
            if code is None or not isinstance(share, int | Decimal) or share >= 100:
                continue
            why = f"Dari program tahun {plan['tahun']}: sasaran {target['kode']} baru tercapai {persen(share)}."
            yield from (Butir(_again(one, code), why) for one in plan["kegiatan"] if one["sasaran"] == target["kode"])


def _again(one: Mapping[str, Any], code: str) -> dict[str, str]:
    made = {"sasaran": code, "uraian": one["uraian"], "luaran": one["luaran"], "bulan_mulai": bulan(one["bulan_mulai"])}
    if "bulan_selesai" in one:
        made["bulan_selesai"] = bulan(one["bulan_selesai"])
    if one.get("anggaran"):
        made["anggaran"] = _decimal(one["anggaran"])
        made |= {"sumber_dana": one["sumber_dana"]} if "sumber_dana" in one else {}
    return made | {"pic": one["pic"]}


def _follow_up(one: Mapping[str, Any], tahun: int, why: str) -> Iterator[Butir]:
    """What is due in the year or has no day; what is due before is no business of its plan."""
    due: date | None = one.get("tenggat")
    if due is not None and due.year < tahun:
        return
    month = bulan(due.month) if due is not None and due.year == tahun else "Januari"
    told = why if due is None else f"{why} Tenggatnya {tanggal_panjang(due)}."
    yield Butir(_gap(one["tindak_lanjut"], one["pic"], month), told)


def _unfinished(register: Register, values: Mapping[str, Any]) -> Iterator[Butir]:
    for one in activities(register):
        entry = register.naskah(one.naskah)
        own = entry is not None and values["institusi"] in entry.pihak
        if own and one.status in BELUM_SELESAI and one.mulai.year <= values["tahun"]:
            state = f"Menurut rekap monitoring masih {one.status} ({one.naskah}, mulai {tanggal_panjang(one.mulai)})."
            verb = "Melaksanakan" if one.status == "rencana" else "Melanjutkan"
            next_step = f"{verb} {one.judul}" + (f": {one.tindak_lanjut}" if one.tindak_lanjut else "")
            yield Butir(_gap(next_step, one.pic), state)


def _gap(uraian: str, pic: str, month: str = "Januari") -> dict[str, str]:
    """An activity of which neither target nor output is known; its month is a guess, and the mark says so."""
    output = "«luaran; periksa juga bulannya»"
    return {"sasaran": "«kode sasaran»", "uraian": uraian, "luaran": output, "bulan_mulai": month, "pic": pic}


# --- YAML ---------------------------------------------------------------------------------------------------


def _list(made: Rancangan, name: str, entries: list[Butir]) -> None:
    made.baris.append(f"{name}:")
    for entry in entries:
        if entry.catatan:
            made.baris.append(f"  # {entry.catatan}")
        for number, (key, text) in enumerate(entry.isi.items()):
            made.baris.append(f"  {' ' if number else '-'} {key}: {_scalar(text)}")


def _scalar(text: str) -> str:
    """`text` as YAML: plain where nothing can be mistaken, else between double quotes."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _WORDS
    number = re.fullmatch(r"[0-9]+(?:,[0-9]+)?", text)
    return text if plain or number else json.dumps(text, ensure_ascii=False)


def _decimal(value: int | Decimal) -> str:
    """A number as every field reads it: decimal comma, no thousands point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text
