"""The checklist on a screen: each section, what demands it, what satisfies it, and what is still open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ksdocs.cli.console import Segment
from ksdocs.cli.settings import Settings
from ksdocs.cli.show import place_of
from ksdocs.dokumen import ButirPeriksa, Checklist
from ksdocs.pipeline import Report
from ksdocs.sources import Source

_MARKS = {
    "terpenuhi": ("✓", "good"),
    "dikecualikan": ("○", "warn"),
    "kurang": ("✗", "bad"),
    "tidak_dimuat": ("-", "dim"),
}
_USUAL = "praktik baku"
_ALL_COLUMNS, _NARROW_COLUMNS = 5, 3
_PARTS = ("pembuka", "komparisi", "premis", "sepakat", "judul", "nomor", "tanda_tangan")


def show_checklist(settings: Settings, report: Report, source: Source | None = None) -> None:
    """The checklist of one record, as a table as wide as the console; `source` tells where what is open stands."""
    console = settings.console
    checklist = report.checklist
    console.gap()
    if checklist is None:
        console.say(settings.say("periksa.belum"), indent=2, style="warn")
        console.line()
        return
    console.say(settings.say("periksa.judul", id=report.record), indent=2, style="bold")
    widths = _widths(console.table_width)
    head: list[Segment | list[Segment]] = [("", "")]
    head += [(settings.say(f"periksa.{k}"), "dim") for k in ("bagian", "tuntutan", "pemenuhan", "dasar")]
    if len(widths) > _NARROW_COLUMNS:
        console.table([head[: len(widths)]], widths, indent=2)
    for item in checklist.butir:
        console.table([_row(settings, item, len(widths))], widths, indent=2)
        for line in _details(settings, item):
            console.words([line], indent=8, hang=10)
    if len(widths) < _ALL_COLUMNS:
        console.line()
        console.say(
            settings.say("periksa.tanpa_dasar", dasar=settings.say("periksa.praktik_baku")), indent=2, style="dim"
        )
    _show_rest(settings, checklist, source)


def _widths(width: int) -> list[int]:
    """Mark, section, demand, what satisfies it, and the basis where there is room."""
    room = width - 2 - 1 - 2
    if width < 60:
        return [1, 18, room - 18 - 2]
    if width < 100:
        section = 24 if width < 80 else 28
        return [1, section, 10, room - section - 10 - 4]
    return [1, 32, 11, 36, room - 32 - 11 - 36 - 6]


def _row(settings: Settings, item: ButirPeriksa, columns: int) -> list[Segment | list[Segment]]:
    mark, style = _MARKS[item.status]
    title = item.judul.get(settings.language, item.judul.get("id", item.substansi))
    basis: Segment = (basis_words(settings, item.dasar), "dim")
    answer: list[Segment] = [(_answer(settings, item), "" if item.status == "terpenuhi" else style)]
    if columns < _ALL_COLUMNS and item.dasar != _USUAL:
        answer.append(basis)
    demand: Segment = (settings.say(f"periksa.{item.tuntutan}"), "" if item.tuntutan != "anjuran" else "dim")
    row: list[Segment | list[Segment]] = [(mark, style), (title, "bold" if item.status == "kurang" else "")]
    if columns == _NARROW_COLUMNS:
        return [*row, [demand, *answer]]
    return [*row, demand, answer, basis][:columns]


def basis_words(settings: Settings, basis: str) -> str:
    """Ids of sources as people write them: `uu_27_2022` → UU 27/2022, `b_1_2_5_8` → B.1.2.5.8."""
    usual = settings.say("periksa.praktik_baku")
    return ", ".join(_source_words(i).replace(_USUAL, usual) for i in basis.split(", "))


def _source_words(ident: str) -> str:
    regulation = re.fullmatch(r"([a-z]+)_(\d+)_(\d{4})", ident)
    if regulation:
        kind = regulation[1].upper() if len(regulation[1]) < 4 else regulation[1].capitalize()
        return f"{kind} {regulation[2]}/{regulation[3]}"
    if re.fullmatch(r"[a-z](_\d+)+(_[a-z])?", ident):
        return ident[0].upper() + ident[1:].replace("_", ".")
    return ident.replace("_", " ")


def _answer(settings: Settings, item: ButirPeriksa) -> str:
    if item.status != "terpenuhi":
        return settings.say(f"periksa.{item.status}")
    return "; ".join(_by(settings, clause, place) for clause, place in item.oleh)


def _by(settings: Settings, clause: str, place: str) -> str:
    """`Pasal 4 jangka_waktu@1.0`, `komparisi@1.0`, or that the program makes it itself."""
    if "@" not in clause:
        return settings.say("periksa.program")
    return clause if place in _PARTS or not place else f"{place} · {clause}"


def _details(settings: Settings, item: ButirPeriksa) -> Iterator[Segment]:
    for clause, reason, approver, difference in item.khusus:
        yield f"{settings.say('periksa.khusus')}: {clause}", "warn"
        yield f"{settings.say('periksa.alasan')}: {reason}", ""
        yield f"{settings.say('periksa.penyetuju')}: {approver}", ""
        if difference:
            yield f"{settings.say('periksa.beda')}:", ""
        for line in difference.split("\n") if difference else ():
            yield line, "bad" if line.startswith("-") else "good"
    if item.pengecualian:
        reason, approver, day = item.pengecualian
        yield f"{settings.say('periksa.alasan')}: {reason}", ""
        yield f"{settings.say('periksa.penyetuju')}: {approver}, {day}", ""


def _show_rest(settings: Settings, checklist: Checklist, source: Source | None) -> None:
    console = settings.console
    states: Counter[str] = Counter(item.status for item in checklist.butir)
    counts = {state: states[state] for state in _MARKS}
    console.gap()
    console.say(settings.say("periksa.simpul", **counts), indent=2, style="bad" if counts["kurang"] else "good")
    if checklist.terbuka:
        _list(settings, "terbuka", [_open_item(path, source) for path in checklist.terbuka])
    else:
        console.say(settings.say("periksa.tidak_terbuka"), indent=2)
    if checklist.tanggapan:
        _list(settings, "tanggapan", [f"{code}: {reason} ({who})" for code, reason, who in checklist.tanggapan])
    if checklist.penyimpangan:
        _list(settings, "penyimpangan", checklist.penyimpangan)
    console.line()


def _open_item(path: str, source: Source | None) -> str:
    """`data/mou/x.yaml:54:5 butir.1 butir-beasiswa`: place, field, and what stands there."""
    if source is None:
        return path
    here: object = source.tree
    for part in path.split("."):
        if isinstance(here, list):
            here = here[int(part) - 1] if part.isdigit() and 0 < int(part) <= len(here) else None
        else:
            here = here.get(part) if isinstance(here, dict) else None
    value = here.get("id", "") if isinstance(here, dict) else here
    return " ".join(w for w in (place_of(source.locate(path), path), path, value) if isinstance(w, str) and w)


def _list(settings: Settings, key: str, lines: Sequence[str]) -> None:
    settings.console.say(f"{settings.say(f'periksa.{key}')}:", indent=2, style="warn")
    for line in lines:
        settings.console.words([(f"- {line}", "")], indent=4, hang=6)
