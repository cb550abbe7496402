"""Values that print as more than text: runs in their dress, gaps to fill in by hand, pictures.

Every value knows two forms. In the middle of a text (`{{ x }}`) it prints its plain text, except what can stand
inside a run of its own accord: pictures and page breaks. At the place of a run (`{{r x }}`) it prints its runs;
they take over the dress of the run in which the tag stood.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, TypeAlias, overload

from ksdocs.docx.pictures import InlineImage
from ksdocs.docx.richtext import Listing, RichText, RichTextParagraph, ordered
from ksdocs.docx.xmltext import LONG, Rich, Sink, escape_attribute, escape_text, is_plain, special

__all__ = [
    "Gap",
    "InlineImage",
    "Listing",
    "PageBreak",
    "Paragraph",
    "RichText",
    "RichTextParagraph",
    "Run",
    "RunLike",
    "Runs",
    "Table",
    "bookmark_name",
]

_PROPERTY = re.compile(r"<([\w:.-]+)(?:\s[^>]*)?/>|<([\w:.-]+)(?:\s[^>]*)?>.*?</\2>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run(Rich):
    """A stretch of text in one dress. What is not given is taken from the run where the tag stands.

    `underline` is True or a value of `w:u` ("double", "dotted"); `color` is RRGGBB; `size` is in points;
    `lang` is "id-ID" or "en-GB"; `style` is the id of a character style; `vertical` is "superscript" or
    "subscript"; `as_written` keeps small letters where the style makes capitals. A newline in `text` is a line
    break, a tab a tab.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool | str = False
    color: str = ""
    lang: str = ""
    style: str = ""
    size: float = 0
    strike: bool = False
    highlight: str = ""
    vertical: str = ""
    font: str = ""
    proof: bool = True
    as_written: bool = False

    def __str__(self) -> str:
        return self.text

    def to_runs(self, sink: Sink, base: str = "") -> str:  # noqa: ARG002
        if not self.text:
            return ""
        dress = (
            self.bold,
            self.italic,
            self.underline,
            self.color,
            self.lang,
            self.style,
            self.size,
            self.strike,
            self.highlight,
            self.vertical,
            self.font,
            self.proof,
            self.as_written,
        )
        text = self.text
        plain = special(text) is None if len(text) < LONG else is_plain(text)
        return f"{_run_start(dress, base)}{text if plain else escape_text(text)}</w:t></w:r>"


@lru_cache(maxsize=4096)
def _run_start(dress: tuple[Any, ...], base: str) -> str:
    """`<w:r>` up to its text. `base` is the inside of the `w:rPr` of the run where the tag stands."""
    own = dict(_properties(*dress))
    if base:
        for found in _PROPERTY.finditer(base):
            own.setdefault((found[1] or found[2]).removeprefix("w:"), found[0])
    inside = ordered(own)
    return f'<w:r>{f"<w:rPr>{inside}</w:rPr>" if inside else ""}<w:t xml:space="preserve">'


def _properties(
    bold: bool,
    italic: bool,
    underline: bool | str,
    color: str,
    lang: str,
    style: str,
    size: float,
    strike: bool,
    highlight: str,
    vertical: str,
    font: str,
    proof: bool,
    as_written: bool,
) -> Iterator[tuple[str, str]]:
    for name, on in (("b", bold), ("i", italic), ("strike", strike), ("noProof", not proof)):
        if on:
            yield name, f"<w:{name}/>"
    if as_written:
        yield "caps", '<w:caps w:val="0"/>'
    line = ("single" if underline is True else underline) or ""
    valued = {
        "rStyle": style,
        "color": color.lstrip("#"),
        "highlight": highlight,
        "u": line,
        "vertAlign": vertical,
        "lang": lang,
    }
    for name, value in valued.items():
        if value:
            yield name, f'<w:{name} w:val="{escape_attribute(value)}"/>'
    if size:
        half_points = round(size * 2)
        yield "sz", f'<w:sz w:val="{half_points}"/>'
        yield "szCs", f'<w:szCs w:val="{half_points}"/>'
    if font:
        face = escape_attribute(font)
        yield "rFonts", f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}"/>'


@dataclass(frozen=True, slots=True)
class Gap(Rich):
    """A ruled gap for what is filled in by hand: `chars` underscores wide, at least one.

    Underscores are drawn as one line by Word and LibreOffice alike, and read back as the plain text that they
    are. `Gap.of_mm(60)` is about that wide in 12-point type.
    """

    chars: int = 10
    lang: str = ""

    @classmethod
    def of_mm(cls, width: float, *, size: float = 12) -> Gap:
        """A gap about `width` millimetres wide in type of `size` points (an underscore is half an em)."""
        return cls(max(1, round(width / (size * 0.5 * 0.3528))))

    def __str__(self) -> str:
        return "_" * max(1, self.chars)

    def to_runs(self, sink: Sink, base: str = "") -> str:
        return Run(str(self), lang=self.lang, proof=False).to_runs(sink, base)


@dataclass(frozen=True, slots=True)
class PageBreak(Rich):
    """The next word stands on a new page."""

    def __str__(self) -> str:
        return ""

    def in_run(self, sink: Sink) -> str:  # noqa: ARG002
        return '<w:br w:type="page"/>'

    def to_runs(self, sink: Sink, base: str = "") -> str:  # noqa: ARG002
        return f"<w:r>{self.in_run(sink)}</w:r>"


RunLike: TypeAlias = "Run | Gap | PageBreak | InlineImage | str"


class Runs(Rich, Sequence["RunLike"]):
    """Runs in a row, under a bookmark if it has a name.

    `bookmark` may be any stable id; the name in the file is `bookmark_name(bookmark)`. A name stands in a
    document once: a second printing of the same runs carries none.
    """

    __slots__ = ("_written", "bookmark", "items")

    def __init__(self, items: Iterable[RunLike] | RunLike = (), *, bookmark: str = "") -> None:
        single = isinstance(items, (str, Run, Gap, PageBreak, InlineImage))
        given: Iterable[RunLike] = (items,) if single else items  # type: ignore[assignment]
        self.items: tuple[RunLike, ...] = tuple(Run(i) if isinstance(i, str) else i for i in given)
        self.bookmark = bookmark
        self._written: tuple[str, str] | None = None

    @overload
    def __getitem__(self, index: int) -> RunLike: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RunLike]: ...
    def __getitem__(self, index: int | slice) -> RunLike | Sequence[RunLike]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Runs) and (self.items, self.bookmark) == (other.items, other.bookmark)

    def __hash__(self) -> int:
        return hash((self.items, self.bookmark))

    def __repr__(self) -> str:
        return f"Runs({list(self.items)!r}, bookmark={self.bookmark!r})"

    def __str__(self) -> str:
        return "".join(map(str, self.items))

    def to_runs(self, sink: Sink, base: str = "") -> str:
        inside = self._inside(sink, base)
        if not self.bookmark:
            return inside
        name = bookmark_name(self.bookmark)
        number = sink.bookmark(name)
        if number is None:
            return inside
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'

    def _inside(self, sink: Sink, base: str) -> str:
        """The items one after the other. Texts and gaps ask nothing of the document, so what they were written as is
        kept for the next document that prints these very runs in the same dress."""
        known = self._written
        if known is not None and known[0] == base:
            return known[1]
        items: tuple[Any, ...] = self.items
        inside = items[0].to_runs(sink, base) if len(items) == 1 else "".join([i.to_runs(sink, base) for i in items])
        if all(type(item) in _SELF_CONTAINED for item in items):
            self._written = base, inside
        return inside


_SELF_CONTAINED = frozenset({Run, Gap})


@lru_cache(maxsize=4096)
def bookmark_name(stable_id: str) -> str:
    """The name of the bookmark for `stable_id`: letters, digits and underscores, at most 40, as Word wants.

    `pasal.3.ayat.2` becomes `pasal_3_ayat_2`; where more than points had to go, a short hash keeps it apart.
    """
    plain = stable_id.replace(".", "_")
    name = re.sub(r"[^A-Za-z0-9_]", "_", plain)
    if not re.match(r"[A-Za-z]", name):
        name = f"ks_{name}"
    if name == plain and len(name) <= 40:
        return name
    return f"{name[:31]}_{hashlib.sha256(stable_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Paragraph(Rich):
    """A paragraph for `{{p x }}`: its runs, and the id of its style."""

    runs: Runs
    style: str = ""
    align: Literal["", "left", "center", "right", "both"] = ""

    def __str__(self) -> str:
        return str(self.runs)

    def to_blocks(self, sink: Sink) -> str:
        inside = f'<w:pStyle w:val="{escape_attribute(self.style)}"/>' if self.style else ""
        inside += f'<w:jc w:val="{self.align}"/>' if self.align else ""
        properties = f"<w:pPr>{inside}</w:pPr>" if inside else ""
        return f"<w:p>{properties}{self.runs.to_runs(sink)}</w:p>"


@dataclass(frozen=True, slots=True)
class Table(Rich):
    """A table for `{{p x }}`: a head that is repeated on every page, and rows that no page break cuts.

    `widths` are relative (empty: all columns alike); `align` says per column how its cells stand. The look is
    the template's: table style `style`, paragraph styles `head_style` and `cell_style`. `keep_next` keeps the
    last row on the page of what follows. `measure` is the width of the text in twentieths of a point, for
    programs that read the grid instead of the 100 per cent that the table asks for.
    """

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...] = ()
    align: tuple[Literal["left", "center", "right"], ...] = ()
    style: str = "TabelNaskah"
    head_style: str = "KepalaTabel"
    cell_style: str = "IsiTabel"
    keep_next: bool = False
    measure: int = 9070

    def __str__(self) -> str:
        lines = [self.head, *self.rows] if self.head else self.rows
        return "\n".join("\t".join(map(str, line)) for line in lines)

    def to_blocks(self, sink: Sink) -> str:
        columns = max(map(len, (self.head, *self.rows)), default=0)
        if not columns:
            return ""
        shares = [*self.widths[:columns], *[1] * (columns - len(self.widths))]
        edges = [round(self.measure * sum(shares[:n]) / sum(shares)) for n in range(columns + 1)]
        wide = [right - left for left, right in pairwise(edges)]
        first = int(bool(self.head))
        look = (
            f'<w:tblLook w:val="{"0620" if first else "0600"}" w:firstRow="{first}" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in wide)
        rows = [self._row(sink, self.head, wide, head=True)] if self.head else []
        rows += [
            self._row(sink, row, wide, keep=self.keep_next and n == len(self.rows))
            for n, row in enumerate(self.rows, 1)
        ]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{escape_attribute(self.style)}"/>'
            f'<w:tblW w:w="5000" w:type="pct"/>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>"
        )

    def _row(
        self, sink: Sink, cells: tuple[Runs, ...], wide: list[int], *, head: bool = False, keep: bool = False
    ) -> str:
        style = escape_attribute(self.head_style if head else self.cell_style)
        pieces = [f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"]
        for n, width in enumerate(wide):
            align = "" if head or n >= len(self.align) else self.align[n]
            dress = f'<w:pStyle w:val="{style}"/>' + ("<w:keepNext/>" if keep else "")
            dress += f'<w:jc w:val="{align}"/>' if align else ""
            runs = cells[n].to_runs(sink) if n < len(cells) else ""
            pieces.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
                f"<w:p><w:pPr>{dress}</w:pPr>{runs}</w:p></w:tc>"
            )
        return "".join([*pieces, "</w:tr>"])
