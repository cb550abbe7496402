"""`template fields`: every name that a template of a kind may use, on the screen, as HTML, JSON or Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from ksdocs.cli import FINE
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.console import Segment
from ksdocs.cli.library import need_kind
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.nama import SARINGAN, Nama, tag
from ksdocs.outputs import plain_name, write_atomically
from ksdocs.problems import Location, OutputError, problem


@dataclass(frozen=True, slots=True)
class Kelompok:
    """Names that are typed alike: those of the top, or the fields of one list."""

    judul: str
    pembuka: tuple[str, ...]
    baris: tuple[tuple[str, Nama], ...]
    """(expression, name)."""


def fields(settings: Settings, kind: str, html: Path | None, docx: Path | None, as_json: bool) -> int:
    """The names of `kind`, in the form that was asked for."""
    office = settings.office()
    need_kind(kind, list(office.workspace.kinds()))
    names = office.names(kind)
    groups = list(grouped(names, settings))
    for target, made in ((html, _as_html), (docx, _as_docx)):
        if target is not None:
            if not plain_name(target.name):
                raise UsageFault("nama_berkas", nilai=f"`{target}`")
            if target.exists():
                raise OutputError([problem("KS021", Location(file=str(target)), nama=shown_path(target))])
            written = write_atomically(target.parent, target.name, made(settings, kind, groups), owner_id=kind)
            if not as_json:
                settings.console.say(settings.say("nama.ditulis", nama=shown_path(written)))
    if as_json:
        settings.console.json({"jenis": kind, "nama": [_json(one, settings, one.nama) for one in names]})
    elif html is None and docx is None:
        _show(settings, kind, groups)
    return FINE


def grouped(names: Sequence[Nama], settings: Settings) -> Iterator[Kelompok]:
    """The names of the top first, then each list with the loop around its fields."""
    yield Kelompok("", (), tuple(_flat(names, "")))
    yield from _lists(names, "", (), settings)


def _flat(names: Sequence[Nama], prefix: str) -> Iterator[tuple[str, Nama]]:
    for one in names:
        here = f"{prefix}{one.nama}"
        if one.jenis == "kelompok":
            yield from _flat(one.isi, f"{here}.")
        else:
            yield here, one


_ENTRIES = ("x", "y", "z", "u", "v")


def _lists(
    names: Sequence[Nama], prefix: str, around: tuple[str, ...], settings: Settings, title: str = ""
) -> Iterator[Kelompok]:
    """The lists among `names`, and those in them; `title` is the heading of one that has no name of its own."""
    for expression, one in _flat(names, prefix):
        if one.jenis != "daftar":
            continue
        entry = _ENTRIES[min(len(around), len(_ENTRIES) - 1)]
        loops = (*around, f"{{%p for {entry} in {expression} %}}")
        inner = one.butir
        head = title or f"{expression}: {one.arti[settings.language]}"
        if inner.nama == "" and inner.jenis == "daftar":
            yield from _lists((Nama(entry, inner.arti, "daftar", isi=inner.isi),), "", loops, settings, head)
            continue
        own = inner.isi if inner.jenis == "kelompok" else (Nama(entry, inner.arti, inner.jenis, inner.contoh),)
        rows = tuple(_flat(own, f"{entry}." if inner.jenis == "kelompok" else ""))
        yield Kelompok(head, loops, rows)
        yield from _lists(own, f"{entry}." if inner.jenis == "kelompok" else "", loops, settings)


def _cells(settings: Settings, expression: str, one: Nama) -> tuple[str, str, str, str]:
    meaning = one.arti[settings.language]
    if one.wajib:
        meaning = f"{meaning} ({settings.say('nama.wajib')})"
    return tag(expression, one.jenis), meaning, settings.say(f"nama.{one.jenis}"), one.contoh


def _copied(settings: Settings, expression: str, one: Nama) -> tuple[str, ...]:
    """As `_cells`; the two tags of a loop each on a line."""
    written, *rest = _cells(settings, expression, one)
    return (written.replace(" … ", "\n") if one.jenis == "daftar" else written, *rest)


def _closing(loops: Sequence[str]) -> tuple[str, ...]:
    return tuple("{%p endfor %}" for _ in loops)


def _head(settings: Settings) -> tuple[str, ...]:
    return tuple(settings.say(f"nama.{key}") for key in ("nama", "arti", "jenis", "contoh"))


def _show(settings: Settings, kind: str, groups: Sequence[Kelompok]) -> None:
    console = settings.console
    room = max(console.table_width - 8 - 9, 42)
    first = min(34, room * 2 // 5)
    widths = [first, (room - first) * 3 // 5, 9, (room - first) * 2 // 5]
    console.line(settings.say("nama.judul", jenis=kind), "bold")
    console.say(settings.say("nama.petunjuk"), style="dim")
    for group in groups:
        console.line()
        if group.judul:
            console.words([(group.judul, "bold")], hang=2)
            console.words([(" ".join(group.pembuka), "place")], indent=2, hang=4)
        else:
            console.table([[(word, "dim") for word in _head(settings)]], widths, indent=2)
        rows: list[list[Segment | list[Segment]]] = []
        for expression, one in group.baris:
            written, meaning, sort, example = _cells(settings, expression, one)
            rows.append([(written, ""), (meaning, ""), (sort, "dim"), (example, "dim")])
        console.table(rows, widths, indent=2)
    console.line()
    console.line(settings.say("nama.saringan"), "bold")
    used = dict.fromkeys(one.jenis for group in groups for _, one in group.baris)
    for jenis in used:
        if SARINGAN[jenis]:
            label = settings.say(f"nama.{jenis}")
            console.words([(f"{label}: ", "dim"), (", ".join(SARINGAN[jenis]), "")], indent=2, hang=4)


def _as_docx(settings: Settings, kind: str, groups: Sequence[Kelompok]) -> bytes:
    from ksdocs.docx.nama_docx import Bagian, listing

    parts = [
        Bagian(
            group.judul,
            (*group.pembuka, *_closing(group.pembuka)),
            tuple(_copied(settings, expression, one) for expression, one in group.baris),
        )
        for group in groups
    ]
    title = settings.say("nama.judul", jenis=kind)
    return listing(title, settings.say("nama.petunjuk"), _head(settings), parts)


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 15px/1.45 system-ui, Arial, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }}
h2 {{ font-size: 1.1rem; margin: 2rem 0 .3rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
th {{ background: #eee; }} code {{ white-space: pre-wrap; }} .wajib {{ color: #8a4b00; }}
</style></head><body><h1>{title}</h1><p>{hint}</p>
{body}</body></html>
"""


def _as_html(settings: Settings, kind: str, groups: Sequence[Kelompok]) -> bytes:
    head = "".join(f"<th>{escape(word)}</th>" for word in (*_head(settings), settings.say("nama.saringan")))
    pieces: list[str] = []
    for group in groups:
        if group.judul:
            pieces.append(f"<h2>{escape(group.judul)}</h2>\n<p>")
            pieces += [f"<code>{escape(line)}</code> " for line in (*group.pembuka, *_closing(group.pembuka))]
            pieces.append("</p>\n")
        pieces.append(f"<table><tr>{head}</tr>\n")
        for expression, one in group.baris:
            written, *rest = map(escape, _cells(settings, expression, one))
            more = "".join(f"<td>{text}</td>" for text in rest)
            suits = escape(", ".join(SARINGAN[one.jenis]))
            pieces.append(f"<tr><td><code>{written}</code></td>{more}<td>{suits}</td></tr>\n")
        pieces.append("</table>\n")
    title = escape(settings.say("nama.judul", jenis=kind))
    page = _PAGE.format(
        language=settings.language, title=title, hint=escape(settings.say("nama.petunjuk")), body="".join(pieces)
    )
    return page.encode()


def _json(one: Nama, settings: Settings, expression: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "nama": one.nama,
        "arti": one.arti[settings.language],
        "jenis": one.jenis,
        "contoh": one.contoh,
        "wajib": bool(one.wajib),
        "tag": tag(expression, one.jenis),
        "saringan": list(SARINGAN[one.jenis]),
    }
    if one.jenis == "kelompok":
        found["isi"] = [_json(inner, settings, f"{expression}.{inner.nama}") for inner in one.isi]
    elif one.isi:
        found["isi"] = [_json(inner, settings, f"x.{inner.nama}" if inner.nama else "x") for inner in one.isi]
    return found
