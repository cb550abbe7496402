"""What other records need to know of minutes: the register's entry, and what is still to be done after a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from ksdocs.bahasa import baca_tanggal

TERBUKA: Final = "terbuka"
"""The state of an action, or of an agreed point, that still waits; also of one whose state is not told."""


@dataclass(frozen=True, slots=True)
class Tindakan:
    """An action that a meeting decided on; `kode` tells it apart from all that were open at the same time."""

    kode: str
    uraian: str
    pic: str = ""
    tenggat: date | None = None
    status: str = TERBUKA
    notulen: str = ""
    """Id of the minutes that decided on it."""


@dataclass(frozen=True, slots=True)
class RingkasanNotulen:
    """The register's entry of minutes. `lanjutan` and `butir` are id → state as told at that meeting."""

    id: str
    acara: str
    tanggal: date | None
    pukul: str = ""
    tempat: str = ""
    jenis_rapat: str = ""
    sebelumnya: str = ""
    tindakan: tuple[Tindakan, ...] = ()
    lanjutan: Mapping[str, str] = field(default_factory=dict)
    butir: Mapping[str, str] = field(default_factory=dict)
    berkas: str = ""


def summarize_notulen(tree: Mapping[str, Any], berkas: str = "", zona: str = "WIB") -> RingkasanNotulen | None:
    """The entry of a record of minutes, read leniently: what cannot be read is left open; None without an id.

    `zona` is the time zone of the institution whose minutes they are.
    """
    ident = tree.get("id")
    if not isinstance(ident, str) or tree.get("jenis") != "notulen":
        return None
    return RingkasanNotulen(
        id=ident,
        acara=_text(tree.get("acara")),
        tanggal=_date(tree.get("tanggal")),
        pukul=_hours(tree, zona),
        tempat=_text(tree.get("tempat")),
        jenis_rapat=_text(tree.get("jenis_rapat")),
        sebelumnya=_text(tree.get("notulen_sebelumnya")),
        tindakan=tuple(_actions(tree, ident)),
        lanjutan=_states(tree.get("tindak_lanjut"), "kode"),
        butir=_states(tree.get("butir"), "butir"),
        berkas=berkas,
    )


def open_actions(ident: str, find: Callable[[str], RingkasanNotulen | None]) -> tuple[Tindakan, ...]:
    """What still waits after the meeting `ident`: carried on from the meetings before it, then its own.

    `find` gives the entry of an id. A chain that leads back to itself is followed once.
    """
    chain: list[RingkasanNotulen] = []
    seen: set[str] = set()
    here = find(ident)
    while here is not None and here.id not in seen:
        seen.add(here.id)
        chain.append(here)
        here = find(here.sebelumnya) if here.sebelumnya else None
    waiting: dict[str, Tindakan] = {}
    for meeting in reversed(chain):
        for code, state in meeting.lanjutan.items():
            if state != TERBUKA:
                waiting.pop(code, None)
        waiting |= {a.kode: a for a in meeting.tindakan if a.status == TERBUKA}
    return tuple(waiting.values())


def _hours(tree: Mapping[str, Any], zona: str) -> str:
    """`09.00–11.30 WIB`; nothing where no time is told."""
    times = [_text(tree.get(name)).replace(":", ".") for name in ("jam_mulai", "jam_selesai")]
    told = "–".join(filter(None, times))
    return f"{told} {zona}" if told else ""


def _actions(tree: Mapping[str, Any], ident: str) -> Iterator[Tindakan]:
    for topic in _groups(tree.get("pembahasan")):
        for action in _groups(topic.get("tindakan")):
            if code := _text(action.get("kode")):
                yield Tindakan(
                    code,
                    _text(action.get("uraian")),
                    _text(action.get("pic")),
                    _date(action.get("tenggat")),
                    _text(action.get("status")) or TERBUKA,
                    ident,
                )


def _states(entries: object, key: str) -> dict[str, str]:
    pairs = ((_text(e.get(key)), _text(e.get("status"))) for e in _groups(entries))
    return {name: state or TERBUKA for name, state in pairs if name}


def _groups(value: object) -> list[Mapping[str, Any]]:
    return [e for e in value if isinstance(e, Mapping)] if isinstance(value, (list, tuple)) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _date(value: object) -> date | None:
    try:
        return value if isinstance(value, date) else baca_tanggal(value) if isinstance(value, str) else None
    except ValueError:
        return None
