"""Minutes: actions followed from meeting to meeting, and the agreed points that were discussed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ksdocs.bahasa import tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.khusus.waktu import not_after_today, not_before
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.models.lembaga import Institusi
from ksdocs.models.rapat import TERBUKA, RingkasanNotulen, Tindakan, open_actions
from ksdocs.nama import Nama, daftar, nama
from ksdocs.problems import Location, Problem, problem
from ksdocs.register import Register

DENGAN_MITRA = "pembahasan dengan mitra"


def check(values: Nilai, register: Register, today: date) -> Iterator[Problem]:
    """KS380 to KS384."""
    yield from _times(values, today)
    if values["jenis_rapat"] == DENGAN_MITRA and not values.get("mitra"):
        yield problem("KS382", Location(path="mitra"), jenis_rapat=values["jenis_rapat"])
    if before := list(_previous(values, register)):
        yield from before  # what is open then cannot be told
    else:
        yield from _codes(values, register)
    yield from _points(values, register)


def _times(values: Nilai, today: date) -> Iterator[Problem]:
    """KS380: the meeting has taken place, ends after it begins, and sets due dates that are still to come."""
    held: date = values["tanggal"]
    yield from not_after_today("tanggal", "tanggal rapat", held, today)
    begins, ends = values["jam_mulai"], values.get("jam_selesai")
    if ends is not None and ends <= begins:
        at = Location(path="jam_selesai")
        yield problem("KS380", at, isian="pukul selesai", nilai=ends, acuan="pukul mulai", batas=begins)
    for path, action in _actions(values):
        yield from not_before(f"{path}.tenggat", "tenggat", action["tenggat"], "tanggal rapat", held)


def _previous(values: Nilai, register: Register) -> Iterator[Problem]:
    """KS380, KS381: the meeting before was before, and does not rest on this one."""
    ident = values.get("notulen_sebelumnya")
    found = register.notulen(ident) if ident else None
    if found is None or ident is None:
        return
    if ident == values["id"]:
        yield problem("KS381", _AT_PREVIOUS, id=ident, sebab="itu notula ini sendiri", mungkin="")
    elif any(entry.id == values["id"] for entry in _chain(found, register)):
        yield problem("KS381", _AT_PREVIOUS, id=ident, sebab="notula itu merujuk kembali ke notula ini", mungkin="")
    else:
        yield from not_before(_AT_PREVIOUS.path, "tanggal rapat", values["tanggal"], "rapat sebelumnya", found.tanggal)


_AT_PREVIOUS = Location(path="notulen_sebelumnya")


def _chain(entry: RingkasanNotulen, register: Register) -> Iterator[RingkasanNotulen]:
    seen: set[str] = set()
    here: RingkasanNotulen | None = entry
    while here is not None and here.id not in seen:
        seen.add(here.id)
        yield here
        here = register.notulen(here.sebelumnya) if here.sebelumnya else None


def _codes(values: Nilai, register: Register) -> Iterator[Problem]:
    """KS383: a code stands for one action; followed up is what was open."""
    waiting = {action.kode for action in _carried(values, register)}
    known = ", ".join(sorted(waiting)) or "tidak ada"

    def wrong(path: str, code: str, reason: str) -> Problem:
        return problem("KS383", Location(path=path), kode=code, sebab=reason, pilihan=known)

    told: set[str] = set()
    for number, entry in enumerate(values.get("tindak_lanjut", ()), 1):
        code, path = entry["kode"], f"tindak_lanjut.{number}.kode"
        if code in told:
            yield wrong(path, code, "disebut dua kali")
        elif code not in waiting:
            yield wrong(path, code, "tidak terbuka dari rapat sebelumnya")
        told.add(code)
    given: set[str] = set()
    for path, action in _actions(values):
        code = action["kode"]
        if code in given:
            yield wrong(f"{path}.kode", code, "sudah dipakai tindakan lain dalam notula ini")
        elif code in waiting:
            yield wrong(f"{path}.kode", code, "masih terbuka dari rapat sebelumnya")
        given.add(code)


def _actions(values: Nilai) -> Iterator[tuple[str, Nilai]]:
    """(record path, action) for each action of this meeting."""
    for topic_no, topic in enumerate(values["pembahasan"], 1):
        for number, action in enumerate(topic.get("tindakan", ()), 1):
            yield f"pembahasan.{topic_no}.tindakan.{number}", action


def _points(values: Nilai, register: Register) -> Iterator[Problem]:
    """KS384: what the last meeting said of a point is what its record says."""
    held: date = values["tanggal"]
    for number, entry in enumerate(values.get("butir", ()), 1):
        ident, state = entry["butir"], entry["status"]
        point = register.butir(ident)
        others = (m for m in register.semua_notulen() if m.id != values["id"] and ident in m.butir)
        last = not any(m.tanggal is None or m.tanggal >= held for m in others)
        if point is not None and last and point.status != state:
            at = Location(path=f"butir.{number}.status")
            yield problem("KS384", at, butir=ident, status=state, tercatat=point.status)


def _carried(values: Nilai, register: Register) -> tuple[Tindakan, ...]:
    """What was still open when this meeting began."""
    ident = values.get("notulen_sebelumnya")
    return open_actions(ident, register.notulen) if ident and ident != values["id"] else ()


def add(values: Nilai, register: Register) -> Tambahan:
    """`tertunda`: every action that was open before this meeting, with its state by now; and its time zone must stand
    on the page."""
    followed = {entry["kode"]: entry for entry in values.get("tindak_lanjut", ())}
    # Those followed up first, in the order in which the record speaks of them; then those that nobody spoke of.
    order = {code: number for number, code in enumerate(followed)}
    carried = sorted(_carried(values, register), key=lambda a: order.get(a.kode, len(order)))
    rows: list[dict[str, str]] = []
    written: list[tuple[Tulisan, ...]] = []
    for number, action in enumerate(carried, 1):
        entry: dict[str, Any] = followed.get(action.kode, {})
        state = entry.get("status", TERBUKA)
        row = {
            "kode": action.kode,
            "uraian": action.uraian,
            "pic": action.pic,
            "tenggat": tanggal_panjang(action.tenggat) if action.tenggat else "",
            "asal": _origin(action, register),
            "status": state,
            "lewat": "lewat tenggat" if _is_late(action, state, values["tanggal"]) else "",
            "catatan": entry.get("catatan", ""),
        }
        rows.append({"no": str(number), **row})
        # What the record itself tells (code, state, remark) is proved as its own list.
        mine = (key for key in row if not (entry and key in ("kode", "status", "catatan")))
        written.append(tuple(Tulisan(f"notulen_sebelumnya.{key}", (row[key],)) for key in mine if row[key]))
    carried_on = (Deret("notulen_sebelumnya", tuple(written)),) if written else ()
    return Tambahan({"tertunda": rows}, (*_zone(values, register), *carried_on))


def _zone(values: Nilai, register: Register) -> Iterator[Tulisan]:
    """`WIB`, which must stand behind the times."""
    institution = register.lembaga(values["institusi"])
    if isinstance(institution, Institusi):
        yield Tulisan("jam_mulai", (institution.profil.zona_waktu,))


def _origin(action: Tindakan, register: Register) -> str:
    """The day of the meeting that decided on it."""
    meeting = register.notulen(action.notulen)
    return tanggal_panjang(meeting.tanggal) if meeting is not None and meeting.tanggal else ""


def _is_late(action: Tindakan, state: str, today: date) -> bool:
    return state == TERBUKA and action.tenggat is not None and action.tenggat < today


def _carried_name(name: str, id_: str, en: str, example: str, key: str = "") -> Nama:
    return nama(name, id_, en, contoh=example, wajib=key or f"tertunda.{name}")


NAMA = (
    nama(
        "zona_waktu",
        "WIB, WITA, atau WIT, menurut profil",
        "Time zone by the profile",
        contoh="WIB",
        wajib="zona_waktu",
    ),
    daftar(
        "tertunda",
        "Tindakan rapat-rapat sebelumnya yang masih terbuka ketika rapat ini dimulai",
        "Actions of earlier meetings that were open when this one began",
        nama("no", "Nomor urut", "Number in the list", contoh="1"),
        _carried_name("kode", "Kode tindakan", "Code of the action", "T1", "tindak_lanjut.kode"),
        _carried_name("uraian", "Tindakan", "Action", "Menyusun konsep PKS"),
        _carried_name("pic", "PIC", "In charge", "Humas"),
        _carried_name("tenggat", "Tenggat", "Due date", "17 Maret 2026"),
        _carried_name("asal", "Tanggal rapat yang memutuskannya", "Day of the meeting that decided", "3 Maret 2026"),
        _carried_name("status", "Status kini", "State by now", "terbuka", "tindak_lanjut.status"),
        _carried_name("lewat", "“lewat tenggat”, atau kosong", "“lewat tenggat”, or empty", "lewat tenggat"),
        _carried_name("catatan", "Catatan", "Remark", "", "tindak_lanjut.catatan"),
    ),
)
KHUSUS = Khusus(check, add, NAMA)
