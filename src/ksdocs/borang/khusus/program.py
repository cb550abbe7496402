"""The year's programme: activities serve targets, the budget adds up, and an approval makes it *sah*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ksdocs.bahasa import bulan, nama_lengkap, rupiah, rupiah_terbilang, tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.khusus.penjajakan import day_problem
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.models.lembaga import Institusi
from ksdocs.nama import daftar, nama
from ksdocs.problems import Location, Problem, Severity, problem, suggest
from ksdocs.register import Register

DISAHKAN: Final = "Disahkan oleh"
NOL: Final = Decimal(0)
CELAH: Final = re.compile("«([^»]*)»")
"""What a draft could not know; it must not be printed."""


def tanggal_sah(values: Nilai) -> date | None:
    """The day from which the plan is *sah* (KPI B.1.2.9.2): that of its last approval; None as long as one is open."""
    days = [one.get("tanggal") for one in values["pengesahan"] if one["peran"] == DISAHKAN]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def jumlah_anggaran(values: Nilai) -> Decimal:
    """The sum of what the activities cost."""
    return sum((one.get("anggaran", NOL) for one in values["kegiatan"]), NOL)


def per_sumber(values: Nilai) -> dict[str, Decimal]:
    """Source of funds → what the activities take from it; in the order of the record."""
    found: dict[str, Decimal] = {}
    for one in values["kegiatan"]:
        if one.get("anggaran", NOL) and "sumber_dana" in one:
            found[one["sumber_dana"]] = found.get(one["sumber_dana"], NOL) + one["anggaran"]
    return found


# --- what is wrong ------------------------------------------------------------------------------------------


def _check(values: Nilai, register: Register, today: date) -> Iterable[Problem]:
    yield from _targets(values)
    yield from _months(values, today)
    yield from _money(values)
    yield from unknown_measures("sasaran", values["sasaran"])
    yield from _gaps(values)
    yield from check_approval(values, register, today)


def codes_used_twice(name: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """KS378 for every entry of the list `name` whose code an earlier one bears already."""
    first: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        code = entry["kode"]
        if first.setdefault(code, number) != number:
            reason = f"sudah dipakai baris {first[code]}"
            yield problem("KS378", Location(path=f"{name}.{number}.kode"), nilai=code, sebab=reason)


def _targets(values: Nilai) -> Iterator[Problem]:
    yield from codes_used_twice("sasaran", values["sasaran"])
    codes: dict[str, int] = {}
    for n, one in enumerate(values["sasaran"], 1):
        codes.setdefault(one["kode"], n)
    served = {one["sasaran"] for one in values["kegiatan"]}
    for n, one in enumerate(values["kegiatan"], 1):
        if one["sasaran"] not in codes and not CELAH.search(one["sasaran"]):
            at = Location(path=f"kegiatan.{n}.sasaran")
            near = suggest(one["sasaran"], codes)
            yield problem("KS379", at, sasaran=one["sasaran"], sebab="tidak ada dalam daftar sasaran", mungkin=near)
    for code, n in codes.items():
        if code not in served:
            at = Location(path=f"sasaran.{n}.kode")
            reason = "tidak dilayani satu kegiatan pun"
            yield problem("KS379", at, severity=Severity.PERINGATAN, sasaran=code, sebab=reason, mungkin="")


def _months(values: Nilai, today: date) -> Iterator[Problem]:
    for n, one in enumerate(values["kegiatan"], 1):
        if one.get("bulan_selesai", 12) < one["bulan_mulai"]:
            at, month = Location(path=f"kegiatan.{n}.bulan_selesai"), bulan(one["bulan_selesai"])
            yield problem("KS375", at, nilai=month, sebab=f"sebelum bulan mulai, {bulan(one['bulan_mulai'])}")
    day: date = values["tanggal"]
    if day.year > values["tahun"]:
        yield day_problem("tanggal", day, f"sesudah tahun program, {values['tahun']}", Severity.PERINGATAN)
    elif day > today:
        yield day_problem("tanggal", day, "sesudah hari ini", Severity.PERINGATAN)


def _money(values: Nilai) -> Iterator[Problem]:
    for n, one in enumerate(values["kegiatan"], 1):
        if one.get("anggaran", NOL) and "sumber_dana" not in one:
            at = Location(path=f"kegiatan.{n}.sumber_dana")
            yield problem("KS376", at, sebab=f"{rupiah(one['anggaran'])} belum mempunyai sumber dana")
    stated, total = values.get("jumlah_anggaran"), jumlah_anggaran(values)
    if stated is not None and stated != total:
        reason = f"tertulis {rupiah(stated)}, sedangkan kegiatan-kegiatannya berjumlah {rupiah(total)}"
        yield problem("KS376", Location(path="jumlah_anggaran"), sebab=reason)


def unknown_measures(name: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """KS842 for each entry of the list `name` whose `ukuran` nobody computes."""
    for n, one in enumerate(entries, 1):
        measure = one.get("ukuran")
        if measure is not None and measure not in UKURAN:
            at, near = Location(path=f"{name}.{n}.ukuran"), suggest(measure, UKURAN)
            yield problem("KS842", at, ukuran=measure, mungkin=near, pilihan=", ".join(UKURAN))


def _gaps(values: Any, path: str = "") -> Iterator[Problem]:
    """KS849 for each text that still holds a mark of a draft (`«…»`)."""
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield from _gaps(value, f"{path}.{name}".lstrip("."))
    elif isinstance(values, list):
        for n, value in enumerate(values, 1):
            yield from _gaps(value, f"{path}.{n}")
    elif isinstance(values, str) and (found := CELAH.search(values)):
        yield problem("KS849", Location(path=path), teks=found[1])


def check_approval(values: Nilai, register: Register, today: date) -> Iterator[Problem]:
    """KS375, KS377: what keeps the approval sheet of a plan or report from making it *sah*."""
    institution = register.lembaga(values["institusi"])
    officials = {p.id: p for p in institution.pejabat} if institution else {}
    for n, one in enumerate(values["pengesahan"], 1):
        path = f"pengesahan.{n}"
        if ("pejabat" in one) == ("nama" in one or "jabatan" in one) or ("nama" in one) != ("jabatan" in one):
            yield _unapproved(path, "tulis `pejabat`, atau `nama` dan `jabatan`; salah satu saja", Severity.TOLAK)
        signed = one.get("tanggal")
        if signed is not None and signed < values["tanggal"]:
            yield day_problem(f"{path}.tanggal", signed, "sebelum tanggal penyusunan")
        elif signed is not None and signed > today:
            yield day_problem(f"{path}.tanggal", signed, "sesudah hari ini", Severity.PERINGATAN)
        found = officials.get(one.get("pejabat", ""))
        position = found.jabatan.id if found else one.get("jabatan")
        if one["peran"] == DISAHKAN and position and isinstance(institution, Institusi):
            approvers = institution.profil.penyetuju
            if approvers and position not in approvers:
                yield _unapproved(path, f"{position} bukan penyetuju menurut profil: {', '.join(approvers)}")
    if tanggal_sah(values) is None:
        yield _unapproved("pengesahan", "belum disahkan, atau tanggal pengesahannya belum ada")


def _unapproved(path: str, reason: str, severity: Severity | None = None) -> Problem:
    return problem("KS377", Location(path=path), severity=severity, sebab=reason)


# --- what is printed ----------------------------------------------------------------------------------------


def _more(values: Nilai, register: Register) -> Tambahan:
    institution = register.lembaga(values["institusi"])
    total, day = jumlah_anggaran(values), tanggal_sah(values)
    sources = [{"sumber": name, "jumlah": rupiah(sum_)} for name, sum_ in per_sumber(values).items()]
    context: dict[str, Any] = {
        "jumlah": rupiah(total) if total else "",
        "jumlah_terbilang": f"{rupiah(total)} ({rupiah_terbilang(total)})" if total else "",
        "per_sumber": sources,
        "tanggal_sah": tanggal_panjang(day) if day else "",
        "kota": institution.kedudukan.id if institution else "",
    }
    written: list[Tulisan | Deret] = [
        Tulisan("kegiatan", (context[name],)) for name in ("jumlah_terbilang", "tanggal_sah") if context[name]
    ]
    if sources:
        rows = (tuple(Tulisan(f"per_sumber.{n}.{k}", (v,)) for k, v in s.items()) for n, s in enumerate(sources, 1))
        written.append(Deret("per_sumber", tuple(rows)))
    schedule = [{"waktu": waktu(one)} for one in values["kegiatan"]]
    return Tambahan(context, tuple(written), {"kegiatan": schedule, "pengesahan": signatories(values, register)})


def waktu(activity: Mapping[str, Any]) -> str:
    """`Maret`, or `Maret s.d. Juni`."""
    first, last = activity["bulan_mulai"], activity.get("bulan_selesai")
    return bulan(first) if last in (None, first) else f"{bulan(first)} s.d. {bulan(last)}"


def signatories(values: Nilai, register: Register) -> list[dict[str, str]]:
    """Who signs the approval sheet, line by line."""
    institution = register.lembaga(values["institusi"])
    return [_person(one, institution) for one in values["pengesahan"]]


def _person(entry: Mapping[str, Any], institution: Any) -> dict[str, str]:
    """Who signs, whether the data know the person or the record names one."""
    found = next((p for p in institution.pejabat if p.id == entry.get("pejabat")), None) if institution else None
    if found is None:
        return {"penanda_tangan": entry.get("nama", ""), "selaku": entry.get("jabatan", ""), "nip": ""}
    name = nama_lengkap(found.gelar_depan, found.nama, found.gelar_belakang)
    number = f"{found.sebutan_nip} {found.nip}" if found.nip else ""
    return {"penanda_tangan": name, "selaku": found.jabatan.id, "nip": number}


NAMA: Final = (
    daftar(
        "kegiatan",
        "Kegiatan",
        "Activities",
        nama("waktu", "Bulan pelaksanaan", "Months of the activity", contoh="Maret s.d. Juni", wajib="kegiatan.waktu"),
    ),
    daftar(
        "pengesahan",
        "Pengesahan",
        "Approval",
        nama("penanda_tangan", "Nama lengkap", "Full name", contoh="Dr. Contoh, M.T.", wajib="pengesahan.nama"),
        nama("selaku", "Jabatannya", "Office held", contoh="Direktur", wajib="pengesahan.jabatan"),
        nama("nip", "NIP-nya, bila ada", "The NIP, if any", contoh="NIP 198703152015041001", wajib="pengesahan.nip"),
    ),
    nama("jumlah", "Jumlah anggaran", "Sum of the budget", contoh="Rp1.500.000,00"),
    nama(
        "jumlah_terbilang",
        "Jumlah anggaran dengan terbilang",
        "Sum of the budget with words",
        contoh="Rp1.500.000,00 (satu juta lima ratus ribu rupiah)",
        wajib="jumlah_terbilang",
    ),
    daftar(
        "per_sumber",
        "Anggaran menurut sumber dana",
        "Budget by source of funds",
        nama("sumber", "Sumber dana", "Source of funds", contoh="DIPA", wajib="per_sumber.sumber"),
        nama("jumlah", "Jumlahnya", "Its sum", contoh="Rp1.500.000,00", wajib="per_sumber.jumlah"),
    ),
    nama("tanggal_sah", "Tanggal program menjadi sah", "Day from which the plan is valid", contoh="17 Maret 2026",
         wajib="tanggal_sah"),
    nama("kota", "Kedudukan institusi", "Seat of the institution", contoh="Batam"),
)  # fmt: skip
KHUSUS: Final = Khusus(_check, _more, NAMA)
