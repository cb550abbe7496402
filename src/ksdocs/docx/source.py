"""A part of a template as Jinja source: tags made whole, run tags cut out of their runs, every tag on a line.

What officers write is docxtpl's dialect, and docxtpl's `patch_xml` reads it. Before and after it stands what it
leaves to luck: tags that are never closed or that a hyperlink cuts through, braces and per cents within tags,
character references, no-break spaces, the dress of the run that a `{{r }}` tag stood in, bookmarks cut in half.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ksdocs.problems import Location, Problem, TemplateError, problem

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
"""Stands before a `{{r }}` tag: the number of its run's dress. Non-characters, so no text holds them."""

GUARD = "\ufdd2"
"""Stands within what looks like the end of a tag and is none."""

_MEND_OPEN = re.compile(r"{((?:<[^>]*>)+)(?=[{%#])")
_MEND_CLOSE = re.compile(r"(?<=[%}#])((?:<[^>]*>)+)}")
MAX_PART = 8_000_000
"""Characters of a part that holds tags; reading docxtpl's dialect takes seconds for each million."""
_MAX_TAG = 50_000  # characters of a tag with the markup of the runs that cut through it
_MAX_INSIDE = 5000  # characters of a tag
_MAX_PROBLEMS = 20
_BETWEEN_TEXTS = re.compile(r"</w:t>.*?(?:<w:t>|<w:t (?:[^>]*[^/>])?>)", re.DOTALL)
_ELEMENT = re.compile(r"<(/?)([\w:.-]+)[^>]*?(/?)>")
_PROPERTIES = frozenset({"w:rPr", "w:pPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr"})
_OPENER = re.compile(r"{[{%#]")
_ESCAPED = re.compile(r"{_[{%]|[%}]_}")
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:(?!<w:r[ >]|</w:r>).)*</w:r>", re.DOTALL)
_RUN_TAG = re.compile(r"({{r\s.*?}}|{%r\s.*?%})", re.DOTALL)
_DRESS = re.compile(r"(<w:r(?: [^>]*)?>)(?:<w:rPr>(.*?)</w:rPr>|<w:rPr/>)?", re.DOTALL)
_IN_CELL = re.compile(r"{%\s*(?:colspan|cellbg|vm|hm)\b")
_BLANK = re.compile(r"/?>\s+<(?!/w:(?:t|instrText|delText)>)")
_EMPTY_RUN = re.compile(
    r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|<w:rPr/>)?<w:t(?: [^>]*)?></w:t></w:r>", re.DOTALL
)
_TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_BOOKMARK = re.compile(r'<w:bookmark(Start|End)\b[^>]*?\bw:id="([^"]*)"[^>]*/>')
_PARAGRAPH_EDGE = re.compile(r"<w:p[ >]|</w:p>|<w:p/>")
# What Word puts into tags unasked: no-break and narrow spaces, zero-width marks.
_TYPED = {"\u00a0": " ", "\u202f": " ", "\u200b": None, "\ufeff": None, "„": '"', "‚": "'"}
# In place of what docxtpl would take for the end of a tag: `{%p if n % 2 %}`, `{{ {"a": 1}[x] }}`.
_SHIELD = str.maketrans(dict(zip("{}%#", "\ufdd3\ufdd4\ufdd5\ufdd6", strict=True)))
_CLEAN = str.maketrans({**_TYPED, **dict(zip("\ufdd3\ufdd4\ufdd5\ufdd6", "{}%#", strict=True))})
_OURS = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it stands in the source, and the text of its paragraph."""

    text: str
    paragraph: str

    @property
    def expression(self) -> str:
        return self.text[2:-2].strip("-+ \t").strip()


@dataclass(slots=True)
class Source:
    """Jinja source of one part: tag n of `tags` (from 0) begins line n + 2. `dresses` are insides of w:rPr."""

    part: str
    text: str = ""
    tags: list[Tag] = field(default_factory=list)
    dresses: list[str] = field(default_factory=list)

    def at_line(self, line: int | None) -> Tag:
        """The tag of a line of the source; an empty one when there is none."""
        index = (line or 0) - 2
        return self.tags[index] if 0 <= index < len(self.tags) else Tag("", "")


def prepare(part: str, tree: etree._Element, at: Location, *, always: bool = False) -> Source | None:
    """The Jinja source of `tree`, the root of `part`; None when it holds no tag, unless `always`. Changes `tree`.

    Raises:
        TemplateError: KS450 for every tag that is not closed where it was opened, KS458 too large.
    """
    text = _mend(_to_text(tree))
    if not (always or _OPENER.search(text) or _ESCAPED.search(text)):
        return None
    if len(text) > MAX_PART:
        raise TemplateError([problem("KS458", at)])
    text, problems = _join_tags(text, at)
    if problems:
        raise TemplateError(problems)
    source = Source(part)
    if "{{r" in text or "{%r" in text:
        text = _RUN.sub(lambda found: _cut_run(found[0], source.dresses), text)
    text = _TAG.sub(_type_cleanly, _patch(text))
    text = _drop_half_bookmarks(text)
    source.tags = list(_tags(text))
    source.text = _TAG.sub(lambda found: "\n" + found[0], text)
    return source


def _to_text(tree: etree._Element) -> str:
    from lxml import etree

    etree.strip_tags(tree, etree.ProcessingInstruction)
    for node in [t for t in tree.iter(f"{_W}t") if not t.text] if tree.tag.startswith(_W) else []:
        parent = node.getparent()
        if parent is not None:
            node.tail = None  # white space between elements
            parent.remove(node)
    for node in tree.iter(f"{_W}t"):
        if node.text and ("{" in node.text or "}" in node.text):
            node.set(_XML_SPACE, "preserve")
    # A line of the source is a tag: a newline of the file is the space that it means in XML.
    for cell in tree.iter(f"{_W}tc"):
        # Commands of docxtpl write into the properties of their cell, so it needs some.
        if cell.find(f"{_W}tcPr") is None and _IN_CELL.search("".join(t.text or "" for t in cell.iter(f"{_W}t"))):
            cell.insert(0, etree.Element(f"{_W}tcPr"))
    text = etree.tostring(tree, encoding="unicode").replace("\n", " ")
    if _BLANK.search(text):
        _drop_blanks(tree)
        text = etree.tostring(tree, encoding="unicode").replace("\n", " ")
    return _OURS.sub("\ufffd", text).replace("<w:tcPr/>", "<w:tcPr></w:tcPr>")


def _drop_blanks(tree: etree._Element) -> None:
    """Without the white space by which some programs indent their XML."""
    for node in tree.iter():
        if len(node) and node.text and not node.text.strip():
            node.text = None
        if node.tail and not node.tail.strip():
            node.tail = None


def _mend(text: str) -> str:
    """Braces that Word has put into two runs stand side by side."""
    text = _MEND_OPEN.sub(lambda found: (found[1] if _left_over(found[1]) else "") + "{", text)
    return _MEND_CLOSE.sub(lambda found: "}" + (found[1] if _left_over(found[1]) else ""), text)


def _join_tags(text: str, at: Location) -> tuple[str, list[Problem]]:
    """Every tag without the runs that cut through it, and what is wrong with those that do not end."""
    pieces: list[str] = []
    problems: list[Problem] = []
    position = 0
    while len(problems) < _MAX_PROBLEMS and (found := _OPENER.search(text, position)):
        start, opener = found.start(), found[0]
        closer = _CLOSERS[opener]
        end = text.find(closer, found.end(), start + _MAX_TAG)
        raw = text[start : end + 2] if end >= 0 else text[start : start + 400]
        cuts = _BETWEEN_TEXTS.findall(raw)
        inside = _BETWEEN_TEXTS.sub("", raw) if cuts else raw
        pieces.append(_guarded(text[position:start]))
        if end < 0 or "<" in inside or (opener != "{#" and re.search("{[{%]", inside[2:])):
            shown = inside[2:].partition("<")[0]
            shown = opener + min(shown.partition("{{")[0], shown.partition("{%")[0], key=len)
            where = at.with_(paragraph=_paragraph(text, start))
            problems.append(problem("KS450", where, tag=_unescape(shown).strip(), penutup=closer))
            position = found.end()
        elif len(inside) > _MAX_INSIDE:
            where = at.with_(paragraph=_paragraph(text, start))
            reason = f"{len(inside)} > {_MAX_INSIDE}"
            problems.append(problem("KS457", where, tag=_unescape(inside[:40]) + "…", galat=reason))
            position = end + 2
        else:
            pieces.append(f"{opener}{inside[2:-2].translate(_SHIELD)}{closer}")
            pieces.append(_left_over("".join(cuts)) if cuts else "")
            position = end + 2
    pieces.append(_guarded(text[position:]))
    return "".join(pieces), problems


def _left_over(cuts: str) -> str:
    """What must stand after a tag that is made whole, of the markup that cut through it.

    Nothing, mostly: one run ended and a like one began. But where the tag began outside of a hyperlink and
    ended inside, the text after it is the hyperlink's.
    """
    ends: list[str] = []
    open_: list[tuple[str, str]] = []
    position = 0
    while found := _ELEMENT.search(cuts, position):
        closing, name, empty = found.groups()
        position = found.end()
        if empty:
            continue
        if closing:
            if open_:
                open_.pop()
            else:
                ends.append(name)
        elif name in _PROPERTIES and open_ and (end := cuts.find(f"</{name}>", position)) >= 0:
            position = end + len(name) + 3
            open_[-1] = (open_[-1][0], open_[-1][1] + cuts[found.start() : position])
        else:
            open_.append((name, found[0]))
    if [name for name, _ in reversed(open_)] == ends:
        return ""
    return "".join([*(f"</{name}>" for name in ends), *(head for _, head in open_)])


def _guarded(text: str) -> str:
    """Text outside of tags in which docxtpl finds no end of one: it would join paragraphs there."""
    return text.replace("-%}", f"-{GUARD}%}}")


def _cut_run(run: str, dresses: list[str]) -> str:
    """`run` in pieces around its run tags; text after a tag keeps the dress that it had."""
    if not _RUN_TAG.search(run):
        return run
    head = _DRESS.match(run)
    assert head is not None
    dress = head[2] or ""
    if dress not in dresses:
        dresses.append(dress)
    again = f'{head[0]}<w:t xml:space="preserve">'

    def cut(found: re.Match[str]) -> str:
        tag = found[0]
        mark = f"\ufdd0{dresses.index(dress)}\ufdd1" if tag.startswith("{{") else ""
        return f"</w:t></w:r>{mark}{tag[:2]} {tag[3:]}{again}"

    return _EMPTY_RUN.sub("", _RUN_TAG.sub(cut, run))


def _patch(text: str) -> str:
    # 0.2 s to import, and needed only when a template is compiled.
    from docxtpl import DocxTemplate

    patched: str = DocxTemplate.patch_xml(None, text)
    return patched


def _type_cleanly(found: re.Match[str]) -> str:
    return found[0].translate(_CLEAN).replace("&amp;", "&")


def _drop_half_bookmarks(text: str) -> str:
    """Without the bookmarks of which a tag took one end away."""
    ends: dict[str, set[str]] = {"Start": set(), "End": set()}
    for kind, number in _BOOKMARK.findall(text):
        ends[kind].add(number)
    half = ends["Start"] ^ ends["End"]
    return _BOOKMARK.sub(lambda found: "" if found[2] in half else found[0], text) if half else text


def _tags(text: str) -> Iterator[Tag]:
    edges = [(m.start(), m.end()) for m in _PARAGRAPH_EDGE.finditer(text)]
    here, shown = 0, (-1, "")
    for found in _TAG.finditer(text):
        while here < len(edges) and edges[here][1] <= found.start():
            here += 1
        start = edges[here - 1][0] if here else 0
        end = edges[here][0] if here < len(edges) else len(text)
        # A paragraph tag stands between paragraphs now; then the tag itself is all that there is to show.
        if shown[0] != start:
            shown = start, _plain(text[start:end]) if text.startswith(("<w:p ", "<w:p>"), start) else ""
        yield Tag(found[0], shown[1] or _unescape(found[0]))


def _paragraph(text: str, position: int) -> str:
    """The text around `position`, to the edges of its paragraph but no further than a few lines."""
    floor = max(0, position - 2000)
    start = max(text.rfind("<w:p>", floor, position), text.rfind("<w:p ", floor, position), floor)
    end = text.find("</w:p>", position, position + 2000)
    return _plain(text[start : end if end >= 0 else position + 2000])


def _plain(xml: str) -> str:
    pieces, position = [], 0
    for found in _TAG.finditer(xml):  # a tag may hold `<` of its own
        pieces += [re.sub(r"<[^>]*>?", "", xml[position : found.start()]), found[0]]
        position = found.end()
    pieces.append(re.sub(r"<[^>]*>?", "", xml[position:]))
    return MARK.sub("", _unescape("".join(pieces))).strip()


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
