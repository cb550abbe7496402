"""One mistake is told once: what only follows from another is taken out, and what Word put into a tag is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ksdocs.docx.lint_blocks import ENDS, Found
from ksdocs.docx.lint_needed import DRAFT
from ksdocs.docx.lint_scan import Part, Tag
from ksdocs.docx.lint_types import all_needs
from ksdocs.docx.xmlns import w
from ksdocs.nama import Nama, walk
from ksdocs.problems import Problem, problem

_CUTS: Final = {
    "math": "sebagian tag ada di dalam persamaan (Insert > Equation), yang tidak dibaca",
    "page": "di dalam tag ada pemisah halaman (Ctrl+Enter), yang memisahkan kata tanpa spasi",
    "br": "di dalam tag ada ganti baris (Shift+Enter), yang memisahkan kata tanpa spasi",
    "tab": "di dalam tag ada tabulasi, yang memisahkan kata tanpa spasi",
}
"""What within a tag keeps it from being read, in the words of an officer."""
_OF_TAG: Final = frozenset(["KS450", "KS451", "KS452", "KS455", "KS457", "KS478", "KS479"])
_WORD: Final = re.compile(r"[^\W\d]\w*")


def cut_tags(part: Part, found: Iterable[Found]) -> list[Found]:
    """What is told of a tag that something of Word cuts through is this cut, and once."""
    kept: list[Found] = []
    told: set[Tag] = set()
    for one in found:
        kind = next((k for k in _CUTS if k in one.tag.cuts), None)
        if kind is None or one.problem.code not in _OF_TAG:
            kept.append(one)
        elif one.tag not in told:
            told.add(one.tag)
            kept.append(Found(problem("KS457", part.place(one.tag), tag=one.tag.text, galat=_CUTS[kind]), one.tag))
    return kept


def unopened(found: Sequence[Found], openers: Iterable[Tag]) -> list[Found]:
    """Without the ends of blocks whose beginning is no tag for a reason that is told (`openers`)."""
    gone: set[int] = set()
    for opener in openers:
        command = next((word for word in _WORD.findall(opener.text) if word in ENDS), "")
        for one in sorted(found, key=lambda f: f.tag.order):
            if one.problem.code != "KS476" or id(one) in gone or one.tag.order < opener.order:
                continue
            if one.tag.command == ENDS.get(command):
                gone.add(id(one))
                break
            if one.tag.command in ("else", "elif"):
                gone.add(id(one))
    return [one for one in found if id(one) not in gone]


def without_loop(
    part: Part, found: Sequence[Found], names: Sequence[Nama], loops: Mapping[int, Tag]
) -> tuple[list[Found], set[str]]:
    """Names of a loop whose `for` was deleted are told by its `endfor`; and what such a loop would have printed."""
    known = {one.nama for one in names}
    kept = list(found)
    excused: set[str] = set()
    for end in [one for one in found if one.problem.code == "KS476" and one.tag.command == "endfor"]:
        lost = [one for one in kept if one.problem.code == "KS479" and one.tag.order < end.tag.order
                and _table(one.tag) is _table(end.tag) and _root(one.problem) not in known]  # fmt: skip
        roots = {_root(one.problem) for one in lost} - {"loop"}
        fields = {field for root in roots for one in lost for field in _fields(one.tag, root)}
        if len(roots) != 1 or not fields:
            continue
        kept = [one for one in kept if one not in lost and one is not end]
        lists = _lists(part, names, fields)
        excused |= {need for _, one in lists for need in all_needs(one)}
        if len(lists) > 1:
            lists = [(path, one) for path, one in lists if id(one) not in loops]
        command = f"for {roots.pop()} in {lists[0][0]}" if len(lists) == 1 else "for …"
        tag = _its_end(part, lost, end.tag)
        params = {"tag": tag.text, "pembuka": tag.written(command)}
        kept.append(Found(Problem("KS476", part.place(tag), params), tag))
    return kept, excused


def without_draft(found: Sequence[Found], names: Sequence[Nama]) -> set[str]:
    """The end of the condition around the word DRAF, whose beginning was deleted, tells of both."""
    if not any(one.nama == DRAFT for one in names):
        return set()
    for one in found:
        if one.problem.code == "KS476" and one.tag.command == "endif" and DRAFT.upper() in one.tag.paragraph.text:
            told = {**one.problem.params, "pembuka": one.tag.written(f"if {DRAFT}")}
            one.problem = Problem("KS476", one.problem.at, told)
            return {DRAFT}
    return set()


def _lists(part: Part, names: Sequence[Nama], fields: set[str]) -> list[tuple[str, Nama]]:
    """(how it is written here, list) of the lists whose entries have all these fields."""
    found: list[tuple[str, Nama]] = []
    for path, one in walk(names):
        if one.jenis != "daftar" or not fields <= {inner.nama for inner in one.isi}:
            continue
        outer, inside, own = path.rpartition("[].")
        if not inside:
            found.append((path, one))
            continue
        around = re.compile(rf"for\s+([^\W\d]\w*)\s+in\s+(?:\w+\.)*{re.escape(outer.rpartition('.')[2])}\b")
        holder = next((hit[1] for tag in part.tags if (hit := around.match(tag.inside))), None)
        if holder is not None:
            found.append((f"{holder}.{own}", one))
    return found


def _its_end(part: Part, lost: Sequence[Found], end: Tag) -> Tag:
    """The first `endfor` after the names that nothing gives: an inner loop ends before the one around it."""
    last = max(one.tag.order for one in lost)
    alike = (t for t in part.tags if t.command == "endfor" and t.prefix == end.prefix and last < t.order)
    return next(alike, end)


def excused_by(part: Part, found: Iterable[Found], names: Sequence[Nama]) -> set[str]:
    """What a tag that cannot be used, or was deleted under track changes, would have printed: it is not told as missing
    beside that."""
    words = _words(part, found)
    needs: set[str] = set()
    for _, name in walk(names):
        if name.nama in words:
            needs |= set(all_needs(name) if name.jenis == "daftar" else name.wajib.split())
    return needs


def without_missing(part: Part, found: Sequence[Found]) -> list[Found]:
    """Without what is told as missing in a branch, where a tag that cannot be used would have printed it."""
    words = _words(part, found)
    return [f for f in found if f.problem.code != "KS487" or f.problem.params["nama"].rpartition(".")[2] not in words]


def _words(part: Part, found: Iterable[Found]) -> set[str]:
    """The names in what is told of as unusable."""
    words = {word for node in part.tree.iter(w("delText")) for word in _WORD.findall(node.text or "")}
    for one in found:
        if one.problem.refuses and one.problem.code != "KS487":
            meant = one.problem.params.get("mungkin", "")
            words |= {*_WORD.findall(one.tag.text), *_WORD.findall(meant), *_in_equation(one.tag)}
    return words


def _in_equation(tag: Tag) -> set[str]:
    home = tag.paragraph.home
    return set(_WORD.findall("".join(map(str, home.itertext())))) if "math" in tag.cuts and home is not None else set()


def _root(told: Problem) -> str:
    return re.split(r"[.\[]", told.params.get("nama", ""))[0]


def _fields(tag: Tag, root: str) -> list[str]:
    return re.findall(rf"\b{re.escape(root)}\.([^\W\d]\w*)", tag.inside)


def _table(tag: Tag) -> object:
    home = tag.paragraph.home
    return next(home.iterancestors(w("tbl")), None) if home is not None else None
