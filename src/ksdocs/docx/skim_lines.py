"""The paragraphs of one part, read by patterns: what each says, and which ids it brings along.

A part is cut at the ends of its paragraphs. Each piece is a paragraph and the tags before it: tables, rows and cells
that open and close. Both are read once per wording and remembered; a word for each tag says what may follow it. A
paragraph that the patterns do not know is parsed, alone; a part that cannot be cut so is parsed as a whole. Whatever
would be refused raises `Unusual`: it is for the long way to say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ksdocs.docx.inspect_parts import BOOKMARK_WIDTH, REVISIONS, STRUCTURE, Part, Seen, named_relations
from ksdocs.docx.package import Package
from ksdocs.docx.reader import read_root
from ksdocs.docx.styles import Styles
from ksdocs.docx.text import Span, paragraphs
from ksdocs.docx.xmlns import MC, WORD, WP, parse, w

if TYPE_CHECKING:
    from lxml import etree

_PIECES: Final = 2048
"""Pieces of a part that are remembered: some three megabytes."""
_BLOCKS: Final = 1024


class Unusual(Exception):  # noqa: N818 - nothing is wrong yet
    """The quick way cannot say that this is sound."""


class Line(NamedTuple):
    """What a paragraph says: its words, its fields, the alternative texts of its drawings."""

    text: str
    fields: tuple[Span, ...] = ()
    alternatives: tuple[str, ...] = ()


class Ids(NamedTuple):
    """Ids that a stretch of XML brings along.

    `relations` must exist; `drawings` and `names` of bookmarks must stand once in the document; each bookmark that
    `starts` must be one that `ends` in the same part. Names are in lower case: Word does not tell it from upper case.
    """

    relations: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


_NO_IDS: Final = Ids()


class _Block(NamedTuple):
    """A block of properties; `plain` when it hides no words and holds none."""

    plain: bool
    ids: Ids


class _Piece(NamedTuple):
    """A paragraph and the tags before it: the steps that these take, what it says, the ids of both."""

    steps: tuple[str, ...]
    lines: tuple[Line, ...]
    ids: tuple[Ids, ...]


# ---------------------------------------------------------------------- the tags around paragraphs

_AFTER: Final[dict[str, frozenset[str]]] = {
    "body": frozenset({"p", "TBL"}),
    "p": frozenset({"p", "TBL", "tc", "end"}),
    "tbl": frozenset({"p", "TBL", "end"}),
    "TBL": frozenset({"tblGrid"}),
    "tblGrid": frozenset({"TR"}),
    "TR": frozenset({"TC"}),
    "TC": frozenset({"p", "TBL"}),
    "tc": frozenset({"TC", "tr"}),
    "tr": frozenset({"TR", "tbl"}),
    "end": frozenset(),
}
"""What may follow a tag: capitals open, small letters close. A cell ends with a paragraph, a table has a grid and
rows, a row cells (KS416, KS417)."""
_OPENS: Final = frozenset({"TBL", "TR", "TC"})

_NEXT: Final = ("p",)
_BEFORE_P: Final = frozenset(state for state, following in _AFTER.items() if "p" in following)

# Attributes in the order in which Word writes them: none can stand twice.
_OF_P: Final = (
    r'(?: w14:paraId="\w+")?(?: w14:textId="\w+")?(?: w:rsidR="\w+")?(?: w:rsidRPr="\w+")?'
    r'(?: w:rsidRDefault="\w+")?(?: w:rsidP="\w+")?(?: w:rsidTr="\w+")?'
)
_OF_R: Final = r'(?: w:rsidR="\w+")?(?: w:rsidRPr="\w+")?'
_BOOKMARK: Final = (
    r'<w:bookmarkStart w:id="(?P<id>-?\d+)" w:name="(?P<name>[^"<&\n\t\r]*)"/>|<w:bookmarkEnd w:id="(?P<ended>-?\d+)"/>'
)
_TAG: Final = re.compile(
    rf"<w:(?P<opened>tbl|tr|tc){_OF_P}>"
    r"|</w:(?P<closed>tbl|tr|tc)>"
    r"|(?P<block><w:(?P<kind>tblPr|tblGrid|trPr|tcPr|tblPrEx|sectPr)\b(?:[^<>]*/>|.*?</w:(?P=kind)>))"
    rf"|(?P<empty><w:p{_OF_P}/>)"
    rf"|{_BOOKMARK}"
    r"|(?P<end></w:body></w:document>\s*\Z|</w:hdr>\s*\Z|</w:ftr>\s*\Z)",
    re.DOTALL,
)
_P_START: Final = re.compile(rf"<w:p{_OF_P}>(?P<ppr><w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)
_HEAD: Final = re.compile(r"(?:<\?xml [^<>?]*\?>)?\s*<w:(?P<kind>document|hdr|ftr|footnotes|endnotes)\b[^<>]*>")
_CLOSING: Final = {"document": "</w:body></w:document>", "hdr": "</w:hdr>", "ftr": "</w:ftr>"}

# ---------------------------------------------------------------------- the runs of a paragraph

_INNER: Final = (
    r'<w:t(?P<kept> xml:space="preserve")?>(?P<text>[^<]*)</w:t>'
    r'|(?P<tab><w:tab/>)|(?P<break><w:br(?: w:type="page")?/>)'
    r'|<w:fldChar w:fldCharType="(?P<turn>begin|separate|end)"/>'
    r'|<w:instrText(?: xml:space="preserve")?>(?P<code> ?(?:PAGE|NUMPAGES|SECTIONPAGES) ?)</w:instrText>'
)
_IN_RUN: Final = re.compile(_INNER)
_IN_P: Final = re.compile(
    rf"<w:r{_OF_R}>(?P<rpr><w:rPr>.*?</w:rPr>)?(?P<inner>(?:<w:(?:t|tab|br|fldChar|instrText)\b[^<]*(?:</w:\w+>)?)*)</w:r>"
    rf"|{_BOOKMARK}"
    r'|(?P<noise><w:proofErr w:type="\w+"/>)',
    re.DOTALL,
)
_ENTITY: Final = re.compile("&(?:amp|lt|gt|quot|apos);|&")
_ENTITIES: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_SPACES: Final = {ord(c): " " for c in "\t\n"}
_ALIEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|]]>|<[!?]").search
"""What XML cannot hold, what its parser changes (a carriage return), and what the patterns below cannot see into."""
_NOWHERE: Final = Package(b"", "", {})
"""Problems that are found here are never told, so their place is none."""


class Skimmer:
    """Reads the parts that begin with `head` (up to the root's start tag) in a document with these `styles`.

    Safe to share between threads: what it remembers follows from its arguments alone.
    """

    def __init__(self, head: str, styles: Styles) -> None:
        found = _HEAD.fullmatch(head)
        if found is None:
            raise Unusual
        self._head, self._kind, self._styles = head, found["kind"], styles
        names = self._parse("").nsmap
        # Names that the patterns use must mean what they usually mean.
        self._fits = names.get("w") == WORD and self._kind in _CLOSING
        self._knows_w14 = "w14" in names
        self._hiding = frozenset(s.id for s in styles.by_id.values() if s.hidden)
        self._hides_all = bool(styles.base.hidden or styles.default.hidden)
        self._piece = lru_cache(maxsize=_PIECES)(self._read_piece)
        self._block = lru_cache(maxsize=_BLOCKS)(self._read_block)
        self._paragraph = lru_cache(maxsize=_BLOCKS)(self._parse_paragraph)
        self._whole = lru_cache(maxsize=8)(self._parse_whole)

    @staticmethod
    def divide(xml: str) -> tuple[str, str]:
        """(head, rest) of a part; Unusual when it begins in another way."""
        found = _HEAD.match(xml)
        if found is None:
            raise Unusual
        return found[0], xml[found.end() :]

    def read(self, rest: str) -> tuple[Sequence[Line], Sequence[Ids]]:
        """(the paragraphs of a part whose head is cut off, all ids in it); Unusual when it is for the long way."""
        if self._fits:
            try:
                return self._cut(rest)
            except Unusual:
                pass
        return self._whole(rest)

    # ------------------------------------------------------------------ piece by piece

    def _cut(self, rest: str) -> tuple[list[Line], list[Ids]]:
        if self._kind == "document":
            if not rest.startswith("<w:body>"):
                raise Unusual
            rest = rest.removeprefix("<w:body>")
        lines: list[Line] = []
        ids: list[Ids] = []
        state, stack = "body", ["body"]
        for text in rest.split("</w:p>"):
            steps, said, brought = self._piece(text)
            lines += said
            ids += brought
            if steps == _NEXT and state in _BEFORE_P:
                state = "p"
                continue
            for step in steps:
                if step not in _AFTER[state]:
                    raise Unusual
                state = step
                if step in _OPENS:
                    stack.append(step)
                elif step.upper() in _OPENS and stack.pop() != step.upper():
                    raise Unusual
        if state != "end" or len(stack) > 1:
            raise Unusual
        return lines, ids

    def _read_piece(self, text: str) -> _Piece:
        """The piece `text`: what ends at a paragraph's end, or at the end of the part."""
        if _ALIEN(text) or (not self._knows_w14 and "w14:" in text):
            raise Unusual
        steps: list[str] = []
        lines: list[Line] = []
        ids: list[Ids] = []
        start = max(text.rfind("<w:p>"), text.rfind("<w:p "))
        if start >= 0 and text[text.find(">", start) - 1] == "/":  # an empty one, among the tags
            start = -1
        for found in _all(_TAG, text, 0, start if start >= 0 else len(text)):
            if found["opened"]:
                steps.append(found["opened"].upper())
            elif found["closed"]:
                steps.append(found["closed"])
            elif found["block"]:
                block = self._block(found["block"])
                if not block.plain:
                    raise Unusual
                ids += [block.ids] if block.ids != _NO_IDS else []
                steps += ["tblGrid"] if found["kind"] == "tblGrid" else []
            elif found["empty"]:
                steps.append("p")
                lines.append(Line(""))
            elif found["end"]:
                steps.append("end")
            else:
                ids.append(_bookmarks([found]))
        if start < 0 and steps[-1:] != ["end"]:
            raise Unusual  # an end tag without its start
        if start >= 0:
            steps.append("p")
            line, brought = self._read_paragraph(text[start:])
            lines.append(line)
            ids += [brought] if brought != _NO_IDS else []
        return _Piece(tuple(steps), tuple(lines), tuple(ids))

    # ------------------------------------------------------------------ a paragraph

    def _read_paragraph(self, text: str) -> tuple[Line, Ids]:
        """A paragraph without its end tag, by patterns; parsed, where they do not fit."""
        if not self._hides_all:
            try:
                return self._match_paragraph(text)
            except Unusual:
                pass
        return self._paragraph(text)

    def _match_paragraph(self, text: str) -> tuple[Line, Ids]:
        begin = _P_START.match(text)
        if begin is None or (begin["ppr"] and not self._says_nothing(begin["ppr"])):
            raise Unusual
        words = _Words()
        marks: list[re.Match[str]] = []
        for found in _all(_IN_P, text, begin.end(), len(text)):
            if found["inner"] is not None:  # a run; what looks like its properties may hold more than that
                if found["rpr"] and not self._says_nothing(found["rpr"]):
                    raise Unusual
                for piece in _all(_IN_RUN, found["inner"], 0, len(found["inner"])):
                    words.add(piece)
            elif found["id"] or found["ended"]:
                marks.append(found)
        return words.line(), _bookmarks(marks) if marks else _NO_IDS

    def _says_nothing(self, properties: str) -> bool:
        block = self._block(properties)
        return block.plain and block.ids == _NO_IDS

    def _read_block(self, text: str) -> _Block:
        """A block of properties, parsed: does it bear on which words a reader sees?"""
        root = self._parse(text)
        plain = next(root.iter(*_NOT_PLAIN), None) is None and not any(
            node.get(w("val"), "") in self._hiding for node in root.iter(w("pStyle"), w("rStyle"))
        )
        return _Block(plain, _ids_of(root))

    # ------------------------------------------------------------------ by a tree

    def _parse(self, inside: str) -> etree._Element:
        from lxml import etree

        closing = _CLOSING.get(self._kind, f"</w:{self._kind}>")
        opening = "<w:body>" if self._kind == "document" else ""
        try:
            return parse(f"{self._head}{opening}{inside}{closing}".encode())
        except etree.XMLSyntaxError:
            raise Unusual from None

    def _parse_paragraph(self, text: str) -> tuple[Line, Ids]:
        root = self._parse(f"{text}</w:p>")
        lines, ids = self._read_tree(root)
        holder = root[0] if self._kind == "document" else root
        if len(lines) != 1 or len(holder) != 1:
            raise Unusual
        return lines[0], ids

    def _parse_whole(self, rest: str) -> tuple[Sequence[Line], Sequence[Ids]]:
        from lxml import etree

        try:
            root = parse(f"{self._head}{rest}".encode())
        except etree.XMLSyntaxError:
            raise Unusual from None
        lines, ids = self._read_tree(root)
        return lines, (ids,)

    def _read_tree(self, root: etree._Element) -> tuple[tuple[Line, ...], Ids]:
        """The paragraphs of a tree as the long way reads them; Unusual when it would refuse one."""
        part = Part(_NOWHERE, "", root, Seen(), template=False)
        if any(p.refuses for rule in STRUCTURE for p in rule(part)):
            raise Unusual
        try:
            found = tuple(paragraphs(read_root(root, "", self._styles, frozenset())))
        except RecursionError:
            raise Unusual from None
        return tuple(Line(p.text, p.fields, p.drawings) for p in found), _ids_of(root)


class _Words:
    """The words of a paragraph while its runs come in."""

    __slots__ = ("_code", "_fields", "_length", "_parts", "_start", "_turn")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._fields: list[Span] = []
        self._length = self._start = 0
        self._turn, self._code = "end", ""

    def add(self, found: re.Match[str]) -> None:
        """One thing that stands in a run."""
        turn = found["turn"]
        if turn:
            if (self._turn, turn) not in _TURNS:
                raise Unusual
            if turn == "separate":
                self._start = self._length
            elif turn == "end":
                self._fields.append(Span(self._code.strip(), self._start, self._length))
            self._turn, self._code = turn, "" if turn == "begin" else self._code
        elif found["code"] is not None:
            if self._turn != "begin":
                raise Unusual
            self._code += found["code"]
        elif self._turn == "begin":  # words within a field's instruction
            raise Unusual
        else:
            words = "\t" if found["tab"] else "\n" if found["break"] else _page_text(found)
            self._parts.append(words)
            self._length += len(words)

    def line(self) -> Line:
        if self._turn != "end":
            raise Unusual
        return Line("".join(self._parts), tuple(self._fields))


_TURNS: Final = frozenset({("end", "begin"), ("begin", "separate"), ("separate", "end")})


def _page_text(found: re.Match[str]) -> str:
    """As `reader` has it: line ends are spaces, outer spaces need xml:space."""
    text = found["text"]
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if not text.isprintable():
        text = text.translate(_SPACES)
    return text if found["kept"] else text.strip(" ")


def _entity(found: re.Match[str]) -> str:
    if found[0] == "&":
        raise Unusual
    return _ENTITIES[found[0]]


def _bookmarks(marks: Sequence[re.Match[str]]) -> Ids:
    starts = [found for found in marks if found["id"]]
    return Ids(
        names=tuple(_fit(found["name"]) for found in starts),
        starts=tuple(found["id"] for found in starts),
        ends=tuple(found["ended"] for found in marks if found["ended"]),
    )


def _fit(name: str) -> str:
    """The name of a bookmark in lower case; Unusual when Word would cut it off."""
    if not 0 < len(name) <= BOOKMARK_WIDTH:
        raise Unusual
    return name.lower()


def _all(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches that follow each other without a gap up to `end`; Unusual where one is missing."""
    while start < end:
        found = pattern.match(text, start, end)
        if found is None or found.end() == start:
            raise Unusual
        yield found
        start = found.end()


_TEXTS: Final = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "txbxContent", "bookmarkStart", "bookmarkEnd", "fldChar")
_NOT_PLAIN: Final = (*REVISIONS, *(w(n) for n in _TEXTS), w("vanish"), f"{WP}docPr", w("instrText"), w("fldSimple"))
"""What must not stand in a block of properties, if its paragraph is to be read by patterns."""


def _ids_of(root: etree._Element) -> Ids:
    """All ids in a tree."""
    starts = list(root.iter(w("bookmarkStart")))
    shown: list[str] = []
    again: list[str] = []
    for node in root.iter(f"{WP}docPr"):
        fallback = next(node.iterancestors(f"{MC}Fallback"), None) is not None
        (again if fallback else shown).append(node.get("id", ""))
    found = Ids(
        tuple(str(value) for value in named_relations(root) if value),
        (*shown, *(i for i in dict.fromkeys(again) if i not in shown)),
        tuple(_fit(node.get(w("name"), "")) for node in starts),
        tuple(node.get(w("id"), "") for node in starts),
        tuple(node.get(w("id"), "") for node in root.iter(w("bookmarkEnd"))),
    )
    return found if any(found) else _NO_IDS
