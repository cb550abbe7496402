"""The walk over one part that gives its events; the only place that knows how Word nests its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from ksdocs.docx.events import ALL_LAYERS, NO_MARKS, Cell, Event, Layer, Marks, Place
from ksdocs.docx.styles import Style, Styles, number, on, paragraph_properties
from ksdocs.docx.xmlns import MATH, MC, VML, WP, XML_SPACE, R, w
from ksdocs.problems import TemplateError, problem

if TYPE_CHECKING:
    from lxml import etree

    from ksdocs.docx.package import Package


class Head(NamedTuple):
    """What a paragraph's properties say, resolved with its style."""

    style: Style
    outline: int | None
    numbering: tuple[int, int] | None
    language: str
    hidden: bool


# Builds a named tuple without the detour through its Python-level constructor: half the time per event.
_event: Final = tuple.__new__
_HIDDEN: Final[Marks] = frozenset({Layer.HIDDEN.value})
_DELETED: Final[Marks] = frozenset({Layer.DELETED.value})

_MAX_DEPTH = 90  # nesting of tables, boxes and wrappers; Word itself stops far earlier

_P, _R, _T, _TBL, _TR, _TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
_PPR, _RPR, _SDT, _SDT_PR, _SDT_CONTENT = w("pPr"), w("rPr"), w("sdt"), w("sdtPr"), w("sdtContent")
_VAL, _ID, _NAME = w("val"), w("id"), w("name")
_DEL_TEXT, _INSTR_TEXT, _FLD_CHAR, _FLD_SIMPLE = w("delText"), w("instrText"), w("fldChar"), w("fldSimple")
_LANG, _VANISH, _R_STYLE, _SYM = w("lang"), w("vanish"), w("rStyle"), w("sym")
_DOC_PR, _SHAPE, _TEXTPATH = f"{WP}docPr", f"{VML}shape", f"{VML}textpath"
_BOX, _TR_PR, _TC_PR, _GRID_SPAN, _GRID_BEFORE = (
    w("txbxContent"),
    w("trPr"),
    w("tcPr"),
    w("gridSpan"),
    w("gridBefore"),
)
_P_STYLE, _OUTLINE, _NUM_PR = w("pStyle"), w("outlineLvl"), w("numPr")
_ALTERNATE, _CHOICE, _FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
_FIXED: Final = {
    w("tab"): ("tab", "\t"),
    w("ptab"): ("tab", "\t"),
    w("br"): ("break", "\n"),
    w("cr"): ("break", "\n"),
    w("noBreakHyphen"): ("symbol", "\u2011"),
    w("softHyphen"): ("symbol", "\u00ad"),
}
_MARKED: Final = {
    w("ins"): "inserted",
    w("moveTo"): "inserted",
    w("del"): Layer.DELETED.value,
    w("moveFrom"): Layer.DELETED.value,
}
_SILENT: Final = frozenset(
    w(name)
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr"),
        *("proofErr", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "delInstrText"),
        *("lastRenderedPageBreak", "annotationRef", "footnoteRef", "endnoteRef", "rt", "rubyPr"),
        *("separator", "continuationSeparator"),
    )
)
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_SPACES: Final = {ord(c): " " for c in "\t\n\r"}


def part_events(package: Package, part: str, styles: Styles, layers: frozenset[str]) -> list[Event]:
    """The events of one part."""
    return read_part(package, part, styles, layers).out


def read_part(package: Package, part: str, styles: Styles, layers: frozenset[str]) -> PartReader:
    """One part read: its events in `out`, its paragraphs' properties in `heads`."""
    root = package.tree(part)
    try:
        return read_root(root, part, styles, layers)
    except RecursionError:
        raise TemplateError([problem("KS433", package.at(part))]) from None


def read_root(root: etree._Element, part: str, styles: Styles, layers: frozenset[str]) -> PartReader:
    """As `read_part`, for a part that is parsed already; RecursionError when it is nested too deeply."""
    reader = PartReader(part, styles, layers)
    reader.prepare(root)
    reader.blocks(root, (), NO_MARKS)
    return reader


class PartReader:
    """The walk over one part; use `part_events`."""

    def __init__(self, part: str, styles: Styles, layers: frozenset[str]) -> None:
        self.out: list[Event] = []
        self.heads: list[Head] = []
        self._part, self._styles, self._layers = part, styles, layers
        self._open_bookmarks: dict[str, str] = {}
        self._fields: list[list[str] | None] = []  # instruction so far, or None once the result has begun
        self._place = Place(part, 0, ())
        self._language = ""
        self._hidden = False
        self._boxes: list[tuple[etree._Element, Marks]] = []
        self._of_style: dict[str | None, Head] = {}
        self._said: dict[etree._Element, tuple[str | None, bool | None, str | None]] = {}
        self._named: dict[etree._Element, str | None] = {}
        self._special: set[etree._Element] = set()
        self._depth = 0
        self._handlers: dict[str, Callable[[etree._Element, Marks], None]] = {
            _R: self._run,
            _SDT: self._control,
            _ALTERNATE: self._alternate,
            _FLD_SIMPLE: self._simple_field,
            w("hyperlink"): self._link,
            w("bookmarkStart"): self._bookmark_start,
            w("bookmarkEnd"): self._bookmark_end,
            f"{MATH}t": self._math_text,
        }
        self._in_run: dict[str, Callable[[etree._Element, Marks], None]] = {
            _INSTR_TEXT: self._instruction,
            _FLD_CHAR: self._field_char,
            w("drawing"): self._drawing,
            w("pict"): self._drawing,
            w("object"): self._drawing,
            w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
            w("commentReference"): self._comment,
            w("ruby"): self._inline,
        }

    def prepare(self, root: etree._Element) -> None:
        """Gathers the few properties that matter, by the element that holds them: one sweep, made in C.

        Most runs and paragraphs carry a dozen others, which are then never looked at.
        """
        said: dict[etree._Element, tuple[str | None, bool | None, str | None]] = self._said
        for child in root.iter(_LANG, _VANISH, _R_STYLE):
            holder = child.getparent()
            if holder is not None:
                language, hidden, style = said.get(holder, (None, None, None))
                if child.tag == _LANG:
                    language = child.get(_VAL) or language
                elif child.tag == _VANISH:
                    hidden = on(child.get(_VAL, "1"))
                else:
                    style = child.get(_VAL)
                said[holder] = (language, hidden, style)
        for child in root.iter(_P_STYLE, _OUTLINE, _NUM_PR):
            holder = child.getparent()
            if holder is not None:
                if child.tag == _P_STYLE:
                    self._named[holder] = child.get(_VAL)
                else:
                    self._special.add(holder)

    # ------------------------------------------------------------------ blocks

    def blocks(self, node: etree._Element, cells: tuple[Cell, ...], marks: Marks) -> None:
        """Everything that holds paragraphs: body, cells, notes, text boxes, wrappers."""
        self._tables(node, cells, marks, [0])

    def _tables(self, node: etree._Element, cells: tuple[Cell, ...], marks: Marks, count: list[int]) -> None:
        self._deeper()
        for child in node:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, cells, marks)
            elif tag == _TBL:
                count[0] += 1
                self._table(child, cells, marks, count[0])
            elif tag in _SILENT:
                continue
            elif tag == _ALTERNATE:
                for branch, now in self._branches(child, marks):
                    self._tables(branch, cells, now, count)
            elif tag == _SDT:
                name = _control_tag(child)
                self.out.append(Event(self._place, "control", name, "", marks))
                for content in child.iterchildren(_SDT_CONTENT):
                    self._tables(content, cells, marks, count)
                self.out.append(Event(self._place, "control_end", name, "", marks))
            elif tag in self._handlers:
                self._handlers[tag](child, marks)
            elif child.get(w("type")) not in _SEPARATORS:
                self._tables(child, cells, self._marked(tag, marks), count)
        self._depth -= 1

    def _table(self, node: etree._Element, cells: tuple[Cell, ...], marks: Marks, table: int) -> None:
        for row, (line, now) in enumerate(self._unwrapped(node, _TR, marks), start=1):
            properties = line.find(_TR_PR)
            column = 1
            if properties is not None:
                before = properties.find(_GRID_BEFORE)
                column += number(before.get(_VAL)) if before is not None else 0
                now = self._row_marks(properties, now)
            for cell, inner in self._unwrapped(line, _TC, now):
                self.blocks(cell, (*cells, Cell(table, row, column)), inner)
                column += _span(cell)

    def _row_marks(self, properties: etree._Element, marks: Marks) -> Marks:
        for child in properties:
            if child.tag in _MARKED:
                marks = self._marked(child.tag, marks)
        return marks

    def _unwrapped(self, node: etree._Element, wanted: str, marks: Marks) -> Iterator[tuple[etree._Element, Marks]]:
        """Rows of a table or cells of a row, also those inside content controls and other wrappers."""
        self._deeper()
        for child in node:
            if child.tag == wanted:
                yield child, marks
            elif child.tag not in _SILENT:
                if child.tag in self._handlers and child.tag != _SDT:
                    self._handlers[child.tag](child, marks)
                else:
                    yield from self._unwrapped(child, wanted, self._marked(child.tag, marks))
        self._depth -= 1

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise RecursionError

    def _marked(self, tag: str, marks: Marks) -> Marks:
        mark = _MARKED.get(tag)
        return marks if mark is None else marks | {mark}

    def _branches(self, node: etree._Element, marks: Marks) -> Iterator[tuple[etree._Element, Marks]]:
        """The first Choice, or the Fallback where there is none; both with the layer switched on."""
        choice = node.find(_CHOICE)
        fallback = node.find(_FALLBACK)
        if choice is not None:
            yield choice, marks
            if Layer.FALLBACK in self._layers:
                others = [c for c in node.iterchildren(_CHOICE) if c is not choice]
                for other in others if fallback is None else [*others, fallback]:
                    yield other, marks | {Layer.FALLBACK.value}
        elif fallback is not None:
            yield fallback, marks

    # ------------------------------------------------------------------ a paragraph

    def _paragraph(self, node: etree._Element, cells: tuple[Cell, ...], marks: Marks) -> None:
        self._place = place = Place(self._part, len(self.heads) + 1, cells)
        head = self._head(node)
        self.heads.append(head)
        self._language, self._hidden = head.language, head.hidden
        boxes, self._boxes = self._boxes, []
        out = self.out
        out.append(_event(Event, (place, "paragraph", head.style.name, head.language, marks)))
        self._inline(node, marks)
        out.append(_event(Event, (place, "end", "", "", marks)))
        mine, self._boxes = self._boxes, boxes
        for box, now in mine:
            self.blocks(box, cells, now | {"box"})

    def _head(self, node: etree._Element) -> Head:
        """What w:pPr says, which comes first in a paragraph; most name a style and nothing else of interest."""
        named: str | None = None
        outline: int | None = None
        numbering: tuple[int, int] | None = None
        for first in node:
            if first.tag == _PPR:
                named = self._named.get(first)
                if first in self._special:
                    outline, numbering = paragraph_properties(first)
            break
        head = self._of_style.get(named)
        if head is None:
            head = self._of_style[named] = self._style_head(self._styles.paragraph(named))
        if outline is None and numbering is None:
            return head
        outline = head.outline if outline is None else outline or None
        numbering = numbering or head.numbering
        # numId 0 takes away the numbering that the style gives.
        return head._replace(outline=outline, numbering=numbering if numbering and numbering[0] else None)

    def _style_head(self, style: Style) -> Head:
        base = self._styles.base
        numbering = style.numbering if style.numbering and style.numbering[0] else None
        hidden = base.hidden if style.hidden is None else style.hidden
        return Head(style, style.outline, numbering, style.language or base.language or "", bool(hidden))

    def _inline(self, node: etree._Element, marks: Marks) -> None:
        self._deeper()
        handlers = self._handlers
        for child in node:
            tag = child.tag
            handler = handlers.get(tag)
            if handler is not None:
                handler(child, marks)
            elif tag not in _SILENT:
                self._inline(child, self._marked(tag, marks))
        self._depth -= 1

    def _alternate(self, node: etree._Element, marks: Marks) -> None:
        for branch, now in self._branches(node, marks):
            self._inline(branch, now)

    def _control(self, node: etree._Element, marks: Marks) -> None:
        name = _control_tag(node)
        self._add("control", name, marks)
        for content in node.iterchildren(_SDT_CONTENT):
            self._inline(content, marks)
        self._add("control_end", name, marks)

    def _link(self, node: etree._Element, marks: Marks) -> None:
        anchor = node.get(w("anchor"))
        target = node.get(f"{R}id") or (f"#{anchor}" if anchor else "")
        self._add("link", target, marks)
        self._inline(node, marks)
        self._add("link_end", target, marks)

    def _bookmark_start(self, node: etree._Element, marks: Marks) -> None:
        name = node.get(_NAME, "")
        self._open_bookmarks[node.get(_ID, "")] = name
        self._add("bookmark", name, marks)

    def _bookmark_end(self, node: etree._Element, marks: Marks) -> None:
        name = self._open_bookmarks.pop(node.get(_ID, ""), None)
        if name is not None:
            self._add("bookmark_end", name, marks)

    # ------------------------------------------------------------------ a run

    def _run(self, node: etree._Element, marks: Marks) -> None:
        language, outer = self._language, marks
        if self._hidden:
            marks = outer | _HIDDEN
        for child in node:
            tag = child.tag
            if tag == _T and not marks and not self._fields:  # nearly every run ends here
                text = _page_text(child)
                if text:
                    self.out.append(_event(Event, (self._place, "text", text, language, marks)))
            elif tag == _RPR:
                language, hidden = self._run_properties(child, language, self._hidden)
                marks = outer | _HIDDEN if hidden else outer
            else:
                self._in(child, tag, language, marks)

    def _run_properties(self, node: etree._Element, language: str, hidden: bool) -> tuple[str, bool]:
        said = self._said.get(node)
        if said is None:
            return language, hidden
        own_language, own_hidden, name = said
        styled = self._styles.by_id.get(name) if name else None
        if styled is not None:
            language = styled.language or language
            # A switch in two styles is one switch turned twice: Word's toggle properties.
            hidden = hidden != styled.hidden if styled.hidden is not None else hidden
        return own_language or language, hidden if own_hidden is None else own_hidden

    def _in(self, child: etree._Element, tag: str, language: str, marks: Marks) -> None:
        """One thing that stands in a run (or in a branch of alternate content in a run)."""
        if tag == _T:
            self._words("text", _page_text(child), language, marks)
        elif tag in _FIXED:
            kind, text = _FIXED[tag]
            self._words(kind, text, language, marks)
        elif tag == _DEL_TEXT:
            self._words("text", _page_text(child), language, marks | _DELETED)
        elif tag == _ALTERNATE:
            for branch, now in self._branches(child, marks):
                for inner in branch:
                    self._in(inner, inner.tag, language, now)
        elif tag == _SYM:
            self._words("symbol", _symbol(child), language, marks)
        else:
            handler = self._in_run.get(tag)
            if handler is not None:
                handler(child, marks)

    def _words(self, kind: str, text: str, language: str, marks: Marks) -> None:
        if self._fields:
            instruction = any(f is not None for f in self._fields)
            marks = marks | {Layer.INSTRUCTION.value if instruction else "field"}
        if not text or (marks and not (marks & ALL_LAYERS) <= self._layers):
            return
        self.out.append(_event(Event, (self._place, kind, text, language, marks)))

    def _math_text(self, node: etree._Element, marks: Marks) -> None:
        self._words("text", node.text or "", self._language, marks)

    def _add(self, kind: str, text: str, marks: Marks) -> None:
        """An event that adds nothing to the words; what is not shown is left out with its words."""
        if not marks or (marks & ALL_LAYERS) <= self._layers:
            self.out.append(_event(Event, (self._place, kind, text, "", marks)))

    # ------------------------------------------------------------------ fields

    def _simple_field(self, node: etree._Element, marks: Marks) -> None:
        self._add("field", node.get(w("instr"), "").strip(), marks)
        self._fields.append(None)
        self._inline(node, marks)
        self._fields.pop()
        self._add("field_end", "", marks)

    def _field_char(self, node: etree._Element, marks: Marks) -> None:
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._field_result(marks)
        elif kind == "end" and self._fields:
            if self._fields[-1] is not None:
                self._field_result(marks)
            self._fields.pop()
            self._add("field_end", "", marks)

    def _field_result(self, marks: Marks) -> None:
        instruction = self._fields[-1]
        if instruction is not None:
            self._fields[-1] = None
            self._add("field", "".join(instruction).strip(), marks)

    def _instruction(self, node: etree._Element, marks: Marks) -> None:
        if self._fields and self._fields[-1] is not None and Layer.DELETED.value not in marks:
            self._fields[-1].append(node.text or "")

    # ------------------------------------------------------------------ drawings and notes

    def _drawing(self, node: etree._Element, marks: Marks) -> None:
        if self._fields and any(f is not None for f in self._fields):
            marks = marks | {Layer.INSTRUCTION.value}
        for part in node.iter(_DOC_PR, _SHAPE, _TEXTPATH):
            if part.tag == _TEXTPATH:
                self._add("art", part.get("string", ""), marks)
            elif part.tag == _DOC_PR:
                self._add("drawing", part.get("descr", ""), marks)
            elif part.get("alt"):
                self._add("drawing", part.get("alt", ""), marks)
        if not marks or (marks & ALL_LAYERS) <= self._layers:
            self._find_boxes(node, marks)

    def _find_boxes(self, node: etree._Element, marks: Marks) -> None:
        self._deeper()
        for child in node:
            if child.tag == _BOX:
                self._boxes.append((child, marks))
            elif child.tag == _ALTERNATE:
                for branch, now in self._branches(child, marks):
                    self._find_boxes(branch, now)
            elif len(child):
                self._find_boxes(child, marks)
        self._depth -= 1

    def _note(self, node: etree._Element, marks: Marks) -> None:
        self._add("note", node.get(_ID, ""), marks)

    def _comment(self, node: etree._Element, marks: Marks) -> None:
        self._add("comment", node.get(_ID, ""), marks)


def _span(cell: etree._Element) -> int:
    """How many columns of the grid a cell takes."""
    for properties in cell.iterchildren(_TC_PR):
        for span in properties.iterchildren(_GRID_SPAN):
            return max(1, number(span.get(_VAL)))
    return 1


def _page_text(node: etree._Element) -> str:
    """The text of a w:t as the page shows it: line ends are spaces, outer spaces need xml:space."""
    text = node.text or ""
    if text and not text.isprintable():
        text = text.translate(_SPACES)
    if text and (text[0] == " " or text[-1] == " ") and node.get(XML_SPACE) != "preserve":
        text = text.strip(" ")
    return text


def _symbol(node: etree._Element) -> str:
    try:
        return chr(int(node.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return ""


def _control_tag(node: etree._Element) -> str:
    tag = node.find(f"{_SDT_PR}/{w('tag')}")
    return tag.get(_VAL, "") if tag is not None else ""
