"""Soundness of one part of a document: what schema validators pass and Word does not, or hides.

Each rule is a function from a part to its problems; `RULES` is their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from ksdocs.docx.events import WORDS, Layer
from ksdocs.docx.styles import number, on, styles_of
from ksdocs.docx.xmlns import MC, STRICT, VML, WORD, WP, R, w
from ksdocs.problems import Location, Problem, Severity, problem

if TYPE_CHECKING:
    from lxml import etree

    from ksdocs.docx.package import Package

_P, _T, _TBL, _TC, _TR = w("p"), w("t"), w("tbl"), w("tc"), w("tr")
_VAL, _ID, _NAME = w("val"), w("id"), w("name")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

# Bookkeeping that may follow the last paragraph of a cell.
_MARKERS: Final = frozenset(
    w(n)
    for n in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr"),
        *("permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "sectPr"),
    )
)
_HOLDERS: Final = tuple(w(n) for n in ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"))
REVISIONS: Final = tuple(
    w(n)
    for n in (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"),
        *("tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange", "numberingChange"),
        *("cellIns", "cellDel", "cellMerge"),
    )
)
_MISPLACED: Final = "//w:p/w:p|//w:p/w:tbl|//w:p/w:t|//w:r/w:p|//w:r/w:r|//w:r/w:tbl|//w:t/*|//w:body/w:r|//w:tc/w:r"

BOOKMARK_WIDTH: Final = 40
"""Word cuts longer names of bookmarks off, so that two may become one."""


@dataclass
class Seen:
    """What must be unique, or must exist, over all parts of a document."""

    drawing_ids: set[str] = field(default_factory=set)
    bookmark_names: dict[str, str] = field(default_factory=dict)
    references: list[tuple[str, Location]] = field(default_factory=list)
    styles: frozenset[str] = frozenset()
    missing_styles: set[str] = field(default_factory=set)
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Part:
    """A parsed part of `package`, read as a template or as a document that leaves."""

    package: Package
    name: str
    root: etree._Element
    seen: Seen
    template: bool

    def at(self, node: etree._Element | None = None) -> Location:
        """The place of `node`: this part, and the words of the paragraph that holds it (or that it holds)."""
        return self.package.at(self.name, _words(node) if node is not None else None)

    def xpath(self, expression: str) -> list[etree._Element]:
        return cast("list[etree._Element]", _xpath(expression)(self.root))


@cache
def _xpath(expression: str) -> etree.XPath:
    from lxml import etree

    return etree.XPath(expression, namespaces={"w": WORD}, smart_strings=True)


def _words(node: etree._Element) -> str | None:
    """The text of the nearest paragraph, cut to what a person needs to find it."""
    holder: etree._Element | None = node
    while holder is not None and holder.tag != _P:
        holder = holder.getparent()
    if holder is None:
        holder = next(node.iter(_P), None)
    if holder is None:
        return None
    return "".join(t.text or "" for t in holder.iter(_T)).strip()[:200] or None


# ---------------------------------------------------------------------- structure


def _containers(part: Part) -> Iterator[Problem]:
    """KS416: a cell must end with a paragraph; a header, note or box must hold one."""
    for cell in part.root.iter(_TC):
        if not _ends_with_paragraph(cell):
            yield problem("KS416", part.at(cell.getparent()), wadah="tc")
    for holder in part.root.iter(*_HOLDERS):
        if next(holder.iter(_P), None) is None:
            yield problem("KS416", part.at(), wadah=str(holder.tag).rpartition("}")[2])


def _ends_with_paragraph(node: etree._Element) -> bool:
    for child in node.iterchildren(reversed=True):
        if child.tag == w("sdt"):
            content = child.find(w("sdtContent"))
            return content is not None and _ends_with_paragraph(content)
        if child.tag not in _MARKERS:
            return child.tag == _P or (child.tag in (w("ins"), w("customXml")) and _ends_with_paragraph(child))
    return False


def _tables(part: Part) -> Iterator[Problem]:
    """KS417: a table has a grid and rows, each row a cell."""
    for table in part.root.iter(_TBL):
        rows = [r for r in table.iter(_TR) if next(r.iterancestors(_TBL)) is table]
        if table.find(w("tblGrid")) is None:
            yield problem("KS417", part.at(table), kurang="tblGrid")
        if not rows:
            yield problem("KS417", part.at(table), kurang="tr")
        for row in rows:
            if next(row.iter(_TC), None) is None:
                yield problem("KS417", part.at(row), kurang="tc")


def _misplaced(part: Part) -> Iterator[Problem]:
    """KS443: a paragraph within a paragraph, a run within a run, words outside a run."""
    for node in part.xpath(_MISPLACED):
        parent = node.getparent()
        inner, outer = (str(n.tag).rpartition("}")[2] for n in (node, node if parent is None else parent))
        yield problem("KS443", part.at(node), dalam=inner, luar=outer)


# ---------------------------------------------------------------------- ids


def _drawing_ids(part: Part) -> Iterator[Problem]:
    """KS418: ids of drawings, unique over all parts; a template's own stay as they are when it is filled."""
    for node in part.root.iter(f"{WP}docPr"):
        number_ = node.get("id", "")
        if number_ in part.seen.drawing_ids and next(node.iterancestors(f"{MC}Fallback"), None) is None:
            yield problem("KS418", part.at(node), id=number_)
        part.seen.drawing_ids.add(number_)


def _bookmarks(part: Part) -> Iterator[Problem]:
    """KS419 a name twice; KS420 a start or an end without its partner, an id twice; KS421 a name too long."""
    names = part.seen.bookmark_names
    starts: Counter[str] = Counter()
    for node in part.root.iter(w("bookmarkStart")):
        name = node.get(_NAME, "")
        starts[node.get(_ID, "")] += 1
        if name.lower() in names:
            yield problem("KS419", part.at(node), nama=name, bagian=names[name.lower()])
        names.setdefault(name.lower(), part.name)
        if not name or len(name) > BOOKMARK_WIDTH:
            yield problem("KS421", part.at(node), nama=name, panjang=len(name), batas=BOOKMARK_WIDTH)
    ends = Counter(node.get(_ID, "") for node in part.root.iter(w("bookmarkEnd")))
    for id_ in sorted((starts | ends).keys()):
        if starts[id_] != 1 or ends[id_] != 1:
            mark = next(n for n in part.root.iter(w("bookmarkStart"), w("bookmarkEnd")) if n.get(_ID, "") == id_)
            yield problem("KS420", part.at(mark), id=id_, mulai=starts[id_], akhir=ends[id_])


def _relationship_ids(part: Part) -> Iterator[Problem]:
    """KS422: every relationship that the XML names exists."""
    known = {r.id for r in part.package.relationships(part.name)}
    for value in named_relations(part.root):
        # lxml's attribute results are strings that know their element.
        if value and str(value) not in known:
            yield problem("KS422", part.at(value.getparent()), id=str(value))


def named_relations(root: etree._Element) -> list[etree._Element]:
    """The value of every attribute that names a relationship."""
    return cast("list[etree._Element]", _xpath(f"//@*[namespace-uri()='{R[1:-1]}']")(root))


# ---------------------------------------------------------------------- styles, numbers, pictures


def _style_ids(part: Part) -> Iterator[Problem]:
    """KS441: styles that nobody defined, each once per document."""
    seen = part.seen
    for node in part.root.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
        style = node.get(_VAL, "")
        if style not in seen.styles and style not in seen.missing_styles:
            seen.missing_styles.add(style)
            yield problem("KS441", part.at(node), gaya=style)


def _numbering_ids(part: Part) -> Iterator[Problem]:
    """KS440: lists that nobody defined, each once per part."""
    told: set[int] = set()
    for node in part.root.iter(w("numId")):
        value = number(node.get(_VAL))
        if value and value not in part.seen.numbers and value not in told:
            told.add(value)
            yield problem("KS440", part.at(node), id=value)


def _alternative_texts(part: Part) -> Iterator[Problem]:
    """KS439: a picture or chart without alternative text, unless it is marked as decoration."""
    for node in part.root.iter(f"{WP}docPr"):
        if node.get("descr", "").strip() or node.get("title", "").strip():
            continue
        parent = node.getparent()
        shows = parent is not None and next(parent.iter(f"{_DRAWING}blip", f"{_CHART}chart"), None) is not None
        decoration = next(node.iter(_DECORATIVE), None)
        if shows and (decoration is None or not on(decoration.get("val", "1"))):
            yield problem("KS439", part.at(node), nama=node.get("name", "?"))
    for node in part.root.iter(f"{VML}imagedata"):
        shape = node.getparent()
        if shape is not None and not shape.get("alt") and next(node.iterancestors(f"{MC}Fallback"), None) is None:
            yield problem("KS439", part.at(node), nama=shape.get("id", "?"))


# ---------------------------------------------------------------------- what is hidden or pending


def _revisions(part: Part) -> Iterator[Problem]:
    """KS437: tracked changes; a template that holds any is refused."""
    found = list(part.root.iter(*REVISIONS))
    if found:
        severity = Severity.TOLAK if part.template else None
        yield problem("KS437", part.at(found[0]), severity=severity, jumlah=len(found))


def _comments(part: Part) -> Iterator[Problem]:
    """KS438: comments that would leave with the document."""
    found = list(part.root.iter(w("comment")))
    if found:
        yield problem("KS438", part.at(found[0]), jumlah=len(found))


def _hidden_text(part: Part) -> Iterator[Problem]:
    """KS445: words that the page does not show, by their run or by a style; once per paragraph."""
    from ksdocs.docx.reader import part_events

    package = part.package
    sources = [package.xml(part.name)] + ([package.xml(package.styles)] if package.styles else [])
    if not any(b"vanish" in xml for xml in sources):
        return
    hidden: dict[int, list[str]] = {}
    for event in part_events(package, part.name, styles_of(package), frozenset({Layer.HIDDEN})):
        if Layer.HIDDEN in event.marks and event.kind in WORDS:
            hidden.setdefault(event.place.paragraph, []).append(event.text)
    for words in hidden.values():
        text = "".join(words).strip()
        if text:
            yield problem("KS445", package.at(part.name, text), teks=text[:60])


def _namespaces(part: Part) -> Iterator[Problem]:
    """KS444: a template must use the usual prefix and namespace, since it is filled as text."""
    if part.template and (part.root.nsmap.get("w") != WORD or STRICT.encode() in part.package.xml(part.name)):
        yield problem("KS444", part.at())


# ---------------------------------------------------------------------- fields

REFUSED_FIELDS: Final = frozenset(
    (
        *(
            "DDE",
            "DDEAUTO",
            "INCLUDETEXT",
            "INCLUDEPICTURE",
            "INCLUDE",
            "IMPORT",
            "LINK",
            "EMBED",
            "DATABASE",
        ),
        *("RD", "MACROBUTTON", "HTMLACTIVEX", "CONTROL", "ADDIN", "PRINT", "ASK", "FILLIN"),
    )
)
"""Fields that fetch from elsewhere, run something or ask the reader."""

USUAL_FIELDS: Final = frozenset(
    (
        *(
            "PAGE",
            "NUMPAGES",
            "SECTION",
            "SECTIONPAGES",
            "REF",
            "PAGEREF",
            "NOTEREF",
            "STYLEREF",
            "SEQ",
            "TOC",
        ),
        *("TC", "XE", "INDEX", "HYPERLINK", "LISTNUM", "AUTONUM", "SYMBOL", "EQ", "=", "IF", "ADVANCE"),
        *("TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "DOCPROPERTY", "DOCVARIABLE", "FILENAME"),
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MERGEFIELD", "BIBLIOGRAPHY", "CITATION"),
    )
)
"""Fields that documents of an office hold; others are pointed out."""

_DDE = re.compile(r"(?i)(?<![a-z])DDE(AUTO)?(?![a-z])")
_TARGET = re.compile(r'^\s*(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)', re.IGNORECASE)


def _fields(part: Part) -> Iterator[Problem]:
    """KS430 a field that fetches or runs something; KS431 an unusual one; KS432 one that never ends."""
    open_: list[list[str]] = []
    nested: list[str] = []
    tags = (w("fldChar"), w("instrText"), w("delInstrText"), w("fldSimple"))
    for node in part.root.iter(*tags):
        if node.tag == w("fldSimple"):
            yield from _field(part, node, node.get(w("instr"), ""), "")
        elif node.tag != w("fldChar"):
            if open_:
                open_[-1].append(node.text or "")
        elif node.get(w("fldCharType")) == "begin":
            open_.append([])
        elif node.get(w("fldCharType")) == "end":
            if not open_:
                yield problem("KS432", part.at(node))
                continue
            instruction = "".join(open_.pop())
            nested.append(instruction)
            yield from _field(part, node, instruction, "".join(nested) if not open_ else "")
            if not open_:
                nested.clear()
    if open_:
        yield problem("KS432", part.at())


def _field(part: Part, node: etree._Element, instruction: str, whole: str) -> Iterator[Problem]:
    """One field. Its name may be put together from nested fields, so the `whole` is searched for DDE too."""
    words = instruction.split(None, 1)
    name = words[0].upper() if words else ""
    name = "=" if name.startswith("=") else name
    if name in REFUSED_FIELDS or _DDE.search(instruction) or _DDE.search(whole):
        yield problem("KS430", part.at(node), ruas=(instruction.strip() or whole.strip())[:80])
    elif name and name not in USUAL_FIELDS:
        yield problem("KS431", part.at(node), ruas=instruction.strip()[:80])
    target = _TARGET.match(instruction)
    if target and not part.template:
        part.seen.references.append((target[1], part.at(node)))


def _anchors(part: Part) -> Iterator[Problem]:
    """Links to bookmarks, judged once all parts are read (KS442)."""
    if not part.template:
        for node in part.root.iter(w("hyperlink")):
            anchor = node.get(w("anchor"))
            if anchor and not node.get(f"{R}id") and anchor != "_top":
                part.seen.references.append((anchor, part.at(node)))
    return iter(())


def unknown_references(seen: Seen) -> Iterator[Problem]:
    """KS442: cross-references to bookmarks that stand nowhere."""
    for name, at in seen.references:
        if name.lower() not in seen.bookmark_names:
            yield problem("KS442", at, nama=name)


STRUCTURE: Final[tuple[Callable[[Part], Iterator[Problem]], ...]] = (_misplaced, _containers, _tables, _fields)
"""Those of the rules that refuse by the XML of one part alone, without regard to ids."""

RULES: Final[tuple[Callable[[Part], Iterator[Problem]], ...]] = (
    _namespaces,
    _misplaced,
    _containers,
    _tables,
    _relationship_ids,
    _drawing_ids,
    _bookmarks,
    _fields,
    _anchors,
    _revisions,
    _comments,
    _hidden_text,
    _numbering_ids,
    _style_ids,
    _alternative_texts,
)
