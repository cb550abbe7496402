"""Attendance lists: the meeting is known from its minutes, and the empty rows are counted out."""

from __future__ import annotations

from ksdocs.bahasa import hari, tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.susun import Tulisan
from ksdocs.nama import daftar, nama
from ksdocs.register import Register

BARIS = 20
LAJUR = 3
"""Rows of a column, and columns of a page, as in BO.29.3.2."""


def add(values: Nilai, register: Register) -> Tambahan:
    """`rapat`: day, time and place by the minutes; `halaman`: pages of three columns, each of twenty rows."""
    meeting = register.notulen(values["notulen"])
    assert meeting is not None  # told by `compose` before
    day = f"{hari(meeting.tanggal)}, {tanggal_panjang(meeting.tanggal)}" if meeting.tanggal else ""
    known = {"hari": day, "pukul": meeting.pukul, "tempat": meeting.tempat}
    written = tuple(Tulisan(f"notulen.{name}", (text,)) for name, text in known.items() if text)
    return Tambahan({"rapat": known, "halaman": _pages(values.get("hadir", ()))}, written)


def _pages(people: object) -> list[list[list[dict[str, str]]]]:
    names = [p for p in people if isinstance(p, dict)] if isinstance(people, (list, tuple)) else []
    room = BARIS * LAJUR
    count = max(1, -(-len(names) // room)) * room
    rows = [_row(number, names[number - 1] if number <= len(names) else {}) for number in range(1, count + 1)]
    columns = [rows[start : start + BARIS] for start in range(0, count, BARIS)]
    return [columns[start : start + LAJUR] for start in range(0, len(columns), LAJUR)]


def _row(number: int, person: dict[str, str]) -> dict[str, str]:
    return {"no": str(number), "nama": person.get("nama", ""), "bagian": person.get("bagian", "")}


NAMA = (
    nama(
        "rapat",
        "Rapat menurut notulanya",
        "The meeting by its minutes",
        "kelompok",
        nama("hari", "Hari dan tanggal", "Weekday and date", contoh="Senin, 14 Juli 2025", wajib="rapat.hari"),
        nama("pukul", "Waktu", "Time", contoh="09.00–11.30 WIB", wajib="rapat.pukul"),
        nama("tempat", "Tempat", "Place", contoh="Ruang Rapat", wajib="rapat.tempat"),
    ),
    daftar(
        "halaman",
        "Halaman: tiap halaman tiga lajur, tiap lajur dua puluh baris",
        "Pages of three columns, each of twenty rows",
        daftar(
            "",
            "Lajur satu halaman",
            "Columns of a page",
            daftar(
                "",
                "Baris satu lajur",
                "Rows of a column",
                nama("no", "Nomor urut", "Number", contoh="1"),
                nama("nama", "Nama yang hadir", "Who attended", contoh="Contoh Nama", wajib="hadir.nama"),
                nama("bagian", "Bagiannya", "Unit", contoh="Humas", wajib="hadir.bagian"),
            ),
        ),
    ),
)
KHUSUS = Khusus(tambahan=add, nama=NAMA)
