"""A template as Word leaves it, made tidy: tags in one piece again, marks of spelling and of revisions gone.

Nothing of what is printed changes. Where a tag is cut, the engine prints it, and what stands in the run of its end,
in the dress of the run of its beginning; so that is the dress that the joined run keeps. What may be meant (links,
comments, bookmarks, fields) is left where it is, and a tag that it cuts stays cut and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksdocs.docx.package import Package
from ksdocs.docx.text import view
from ksdocs.problems import Problem, problem

if TYPE_CHECKING:
    from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_TAG: Final = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_OPENER: Final = re.compile(r"{[{%#]")
_CLOSERS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WORDS: Final = frozenset(_W + n for n in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen"))
_NOISE: Final = (f"{_W}proofErr", f"{_W}lastRenderedPageBreak")
_MEMORIES: Final = (f"{_W}rsids", f"{_W}proofState", f"{_W}rsid")
"""What settings and styles keep of spelling and of sessions of editing."""


@dataclass(frozen=True, slots=True)
class Rapi:
    """The tidied file: how many tags became whole, how many marks went, and which tags are still cut (KS888)."""

    data: bytes
    utuh: int
    dibuang: int
    masalah: tuple[Problem, ...]


def tidy(data: bytes, *, name: str = "") -> Rapi:
    """`data`, a template, with its tags whole where that changes nothing of what is printed.

    Raises:
        TemplateError: as `Package.read`.
    """
    package = Package.read(data, name=name)
    changes: dict[str, bytes] = {}
    whole = removed = 0
    left: list[Problem] = []
    for part in package.text_parts:
        tree = package.tree(part)
        before = len(list(_cut_tags(tree)))
        gone = _drop_noise(tree)
        joined = _join_runs(tree)
        torn = list(_cut_tags(tree))
        whole += before - len(torn)
        removed += gone
        left += [problem("KS888", package.at(part, text), tag=tag) for tag, text in torn]
        if gone or joined:
            changes[part] = _written(tree)
    for other in (package.styles, package.settings):
        if other is not None and (gone := _drop_memories(tree := package.tree(other))):
            removed += gone
            changes[other] = _written(tree)
    if not (whole or removed):  # runs alike that nothing forced apart are nobody's business
        return Rapi(data, 0, 0, tuple(left))
    made = package.replace(changes, level=6)
    if view(made) != view(package):
        raise AssertionError(f"tidying changed the words of {name}")
    return Rapi(made, whole, removed, tuple(left))


def _written(tree: etree._Element) -> bytes:
    from lxml import etree

    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


# ---------------------------------------------------------------------- what goes


def _drop_noise(tree: etree._Element) -> int:
    """How many marks of spelling, of page ends, of sessions and of the place last edited were taken out."""
    nodes = [*tree.iter(*_NOISE), *_go_back(tree)]
    for node in nodes:
        _take_out(node)
    count = len(nodes)
    for node in tree.iter("*"):
        for key in [k for k in node.attrib if str(k).startswith(f"{_W}rsid")]:
            del node.attrib[key]
            count += 1
    for run in [r for r in tree.iter(f"{_W}r") if all(n.tag == f"{_W}rPr" for n in r)]:
        _take_out(run)
    return count


def _go_back(tree: etree._Element) -> Iterator[etree._Element]:
    """Both ends of Word's own bookmark of the place last edited."""
    numbers = {b.get(f"{_W}id") for b in tree.iter(f"{_W}bookmarkStart") if b.get(f"{_W}name") == "_GoBack"}
    for node in tree.iter(f"{_W}bookmarkStart", f"{_W}bookmarkEnd") if numbers else ():
        if node.get(f"{_W}id") in numbers:
            yield node


def _drop_memories(tree: etree._Element) -> int:
    nodes = list(tree.iter(*_MEMORIES))
    for node in nodes:
        _take_out(node)
    return len(nodes)


def _take_out(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        node.tail = None  # white space between elements
        parent.remove(node)


# ---------------------------------------------------------------------- what is joined


def _join_runs(tree: etree._Element) -> int:
    """How many runs were joined with the one before them."""
    joined = 0
    for parent in {run.getparent() for run in tree.iter(f"{_W}r")}:
        if parent is not None:
            joined += _join_within(parent)
    return joined


def _join_within(parent: etree._Element) -> int:
    joined, run = 0, parent[0] if len(parent) else None
    while run is not None:
        if run.tag == f"{_W}r":
            joined += _join_texts(run)
        following = run.getnext()
        if following is not None and _may_join(run, following):
            _append(run, following)
            joined += 1
        else:
            run = following
    return joined


def _join_texts(run: etree._Element) -> int:
    """How many texts of `run` were joined with the text right before them."""
    joined = 0
    for text in list(run.iter(f"{_W}t")):
        before = text.getprevious()
        if text.getparent() is run and before is not None and _is_text(before) and _is_text(text):
            before.text = (before.text or "") + (text.text or "")
            before.set(_SPACE, "preserve")
            _take_out(text)
            joined += 1
    return joined


def _may_join(run: etree._Element, following: etree._Element) -> bool:
    if not (_is_words(run) and _is_words(following)):
        return False
    if not (_is_text(run[-1]) and _is_text(_first(following))):
        return False
    return _dress(run) == _dress(following) or _goes_on(run, following)


def _is_text(node: etree._Element) -> bool:
    """A text that means all of its blanks: others lose those at its ends, but not where a tag stands in it."""
    text = node.text or ""
    return node.tag == f"{_W}t" and (text == text.strip() or node.get(_SPACE) == "preserve")


def _is_words(run: etree._Element) -> bool:
    if run.tag != f"{_W}r":
        return False
    content = [n for n in run if n.tag != f"{_W}rPr"]
    return bool(content) and all(n.tag in _WORDS for n in content)


def _first(run: etree._Element) -> etree._Element:
    return next(n for n in run if n.tag != f"{_W}rPr")


def _dress(run: etree._Element) -> bytes:
    from lxml import etree

    dress = run.find(f"{_W}rPr")
    if dress is None or not len(dress):
        return b""
    return etree.tostring(dress, method="c14n", with_tail=False)


def _goes_on(run: etree._Element, following: etree._Element) -> bool:
    """Does a tag begin in the last words of `run` and end in runs of words that follow without a break?"""
    text = run[-1].text or ""
    start = _open_at(text)
    if start is None:
        return False
    rest: etree._Element | None = following
    while rest is not None and _is_words(rest):
        for node in rest:
            if node.tag == f"{_W}t":
                text += node.text or ""
            elif node.tag != f"{_W}rPr":
                return _is_closed(text[start:])
        if _is_closed(text[start:]):
            return True
        rest = rest.getnext()
    return False


def _open_at(text: str) -> int | None:
    """Where a tag begins that does not end in `text`; a brace at its end may be half of one."""
    position = 0
    while found := _OPENER.search(text, position):
        end = text.find(_CLOSERS[found[0]], found.end())
        if end < 0:
            return found.start()
        position = end + 2
    return len(text) - 1 if text[position:].endswith("{") else None


def _is_closed(text: str) -> bool:
    opener = _OPENER.match(text)
    return opener is not None and text.find(_CLOSERS[opener[0]], 2) >= 0


def _append(run: etree._Element, following: etree._Element) -> None:
    first = _first(following)
    last = run[-1]
    last.text = (last.text or "") + (first.text or "")
    last.set(_SPACE, "preserve")
    for node in [n for n in following if n.tag != f"{_W}rPr" and n is not first]:
        run.append(node)
    _take_out(following)


# ---------------------------------------------------------------------- which tags are cut


def _cut_tags(tree: etree._Element) -> Iterator[tuple[str, str]]:
    """(tag, text of its paragraph) of every tag that does not stand in one text of one run."""
    for paragraph in tree.iter(f"{_W}p"):
        texts = [t.text or "" for t in paragraph.iter(f"{_W}t") if _paragraph_of(t) is paragraph]
        whole = "".join(texts)
        if not _OPENER.search(whole):
            continue
        edges, position = set(), 0
        for text in texts:
            position += len(text)
            edges.add(position)
        for found in _TAG.finditer(whole):
            if any(found.start() < edge < found.end() for edge in edges):
                yield found[0], whole


def _paragraph_of(node: etree._Element) -> etree._Element | None:
    return next(node.iterancestors(f"{_W}p"), None)
