"""What is nearly a tag, and blocks that reach further than anybody means: both are printed without a complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ksdocs.docx.lint_blocks import ENDS, Found, Reading, near
from ksdocs.docx.lint_scan import Part, Tag
from ksdocs.docx.xmlns import w
from ksdocs.nama import Nama, walk
from ksdocs.problems import problem

if TYPE_CHECKING:
    from lxml import etree

_NEARLY: Final = re.compile(
    r"[{｛]\s*(?P<kurung>[{｛])?\s*(?P<persen>[%％])?(?P<huruf>(?:tr|tc|p|r)(?=\s))?"
    r"\s*(?P<isi>[^{}｛｝%％]{1,200}?)\s*[%％]?\s*[}｝](?:\s*[}｝])?"
)
_WIDE: Final = re.compile("[｛｝％]")
_PATH: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*|\[\d+\])*")


def nearly_tags(part: Part, names: Sequence[Nama]) -> list[Tag]:
    """Wide braces, single ones and braces apart, where the words between them are a name of the kind or a command."""
    known = {one.nama for _, one in walk(names)}
    found: list[Tag] = []
    for paragraph in part.paragraphs:
        if paragraph.number < 0 or not re.search("[{｛]", paragraph.text):
            continue
        taken = [(t.start, t.end if t.end >= 0 else t.start + len(t.text)) for t in (*part.tags, *part.strays)
                 if t.paragraph is paragraph]  # fmt: skip
        for hit in _NEARLY.finditer(paragraph.text):
            inside = hit["isi"].strip()
            if any(hit.start() < end and start < hit.end() for start, end in taken) or not _meant(hit, known):
                continue
            kind = "{%" if hit["persen"] else "{{"
            found.append(
                Tag(paragraph, hit.start(), hit.end(), hit[0], kind, hit["huruf"] or "", inside,
                    (paragraph.order, hit.start()))
            )  # fmt: skip
    return found


def _meant(hit: re.Match[str], known: set[str]) -> bool:
    inside = hit["isi"].strip()
    if hit["persen"]:
        return inside.split(" ")[0] in (*ENDS, *ENDS.values(), "else", "elif")
    if _WIDE.search(hit[0]) and hit["kurung"]:
        return True
    path = _PATH.fullmatch(inside)
    return path is not None and re.split(r"[.\[]", inside.partition("[")[0])[-1] in known


def told_nearly(part: Part, tags: Sequence[Tag]) -> Iterator[Found]:
    """KS497: braces that make no tag."""
    for tag in tags:
        close = "%}" if tag.kind == "{%" else "}}"
        meant = f"{tag.kind}{tag.prefix} {tag.inside} {close}"
        yield Found(problem("KS497", part.place(tag), tag=tag.text, benar=meant), tag)


def across_cells(part: Part, reading: Reading) -> Iterator[Found]:
    """KS499: a block within one cell of a table is closed in another, so that whole cells are repeated or gone."""
    seen: set[int] = set()
    for members in reading.blocks.values():
        first, last = members[0], members[-1]
        if id(first) in seen or last.command not in ENDS.values() or first.prefix in ("tr", "tc"):
            continue
        seen.add(id(first))
        if first in reading.faulty or last in reading.faulty or _cell(first) is _cell(last):
            continue
        yield Found(
            problem("KS499", part.place(first), tag=first.text, penutup=last.text, dekat=near(last),
                    baris=re.sub(r"^{%[-+]?(?:p|r)?\s", "{%tr ", first.text)),
            first,
        )  # fmt: skip


def _cell(tag: Tag) -> etree._Element | None:
    home = tag.paragraph.home
    return next(home.iterancestors(w("tc")), None) if home is not None else None
