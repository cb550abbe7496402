"""The marks of `sumber` in the dialect of each engine."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from bench.templat.sumber import BODY, FOOTER, Made, W, text_of

_MARK = re.compile(r"⟦(\w+) (\w+)(?: (\w+))?⟧")
Words = Callable[[str, str, str], str]
"""(kind of mark, list or field, field of an item) → the tag."""


def _docxtpl(kind: str, name: str, field: str) -> str:
    return {
        "field": f"{{{{ {name} }}}}",
        "item": f"{{{{ x.{field} }}}}",
        "image": f"{{{{ {name} }}}}",
        "loop": f"{{%p for x in {name} %}}",
        "end": "{%p endfor %}",
        "if": f"{{%p if {name} %}}",
        "fi": "{%p endif %}",
        "row": f"{{%tr for x in {name} %}}",
        "rowend": "{%tr endfor %}",
    }[kind]


def _docxtemplater(kind: str, name: str, field: str) -> str:
    return {
        "field": f"{{{name}}}",
        "item": f"{{{field}}}",
        "image": f"{{%{name}}}",
        "loop": f"{{#{name}}}",
        "end": f"{{/{name}}}",
        "if": f"{{#{name}}}",
        "fi": f"{{/{name}}}",
        "row": f"{{#{name}}}",
        "rowend": f"{{/{name}}}",
    }[kind]


def _easy_template_x(kind: str, name: str, field: str) -> str:
    opening = f'{{#{name} [loopOver:"paragraph"]}}'
    own = {"image": f"{{{name}}}", "loop": opening, "if": opening}
    return own.get(kind) or _docxtemplater(kind, name, field)


def _docx_templates(kind: str, name: str, field: str) -> str:
    return {
        "field": f"+++={name}+++",
        "item": f"+++=$x.{field}+++",
        "image": f"+++IMAGE {name}()+++",
        "loop": f"+++FOR x IN {name}+++",
        "end": "+++END-FOR x+++",
        "if": f"+++IF {name}+++",
        "fi": "+++END-IF+++",
        "row": f"+++FOR x IN {name}+++",
        "rowend": "+++END-FOR x+++",
    }[kind]


def _carbone(kind: str, name: str, field: str) -> str:
    return {
        "field": f"{{d.{name}}}",
        "item": f"{{d.{name}[i].{field}}}",
        "if": f"{{d.{name}:ifEQ(true):showBegin}}",
        "fi": f"{{d.{name}:showEnd}}",
    }[kind]


DIALECTS: Final[dict[str, Words]] = {
    "docxtpl": _docxtpl,
    "docxtemplater": _docxtemplater,
    "easy-template-x": _easy_template_x,
    "docx-templates": _docx_templates,
    "carbone": _carbone,
}
"""Dialect → its tags. ksdocs and docxtpl read the same file."""


def in_dialect(made: Made, dialect: str) -> bytes:
    """The template as a .docx for the engines that speak `dialect`."""
    body, footer = copy.deepcopy(made.body), copy.deepcopy(made.footer)
    if dialect in ("docxtemplater", "easy-template-x"):
        _rows_by_cells(body)
    if dialect == "easy-template-x":
        _paragraphs_by_words(body)
    if dialect == "carbone":
        _fix_logos(made, body)
        _by_example(body)
        _conditions_by_ends(body)
    members = dict(made.members)
    if dialect != "carbone":
        members = _without_media(members)
    for name, root in ((BODY, body), (FOOTER, footer)):
        _put_words(root, DIALECTS[dialect])
        members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _zipped(members)


def _put_words(root: etree._Element, words: Words) -> None:
    for node in root.iter(f"{W}t"):
        if node.text and "⟦" in node.text:
            node.text = _MARK.sub(lambda m: words(m[1], m[2], m[3] or ""), node.text)


def _rows_by_cells(root: etree._Element) -> None:
    """A loop over rows is opened in the first cell of the row and closed in its last one."""
    for opening, row, closing in _framed(root, "row", f"{W}tr"):
        _enclose(row, text_of(opening), text_of(closing))
        _remove(opening, closing)


def _paragraphs_by_words(root: etree._Element) -> None:
    """A loop over a paragraph, and a condition for one, is opened and closed in that paragraph."""
    for kind in ("loop", "if"):
        for opening, line, closing in _framed(root, kind, f"{W}p"):
            _enclose(line, text_of(opening), text_of(closing))
            _remove(opening, closing)


def _conditions_by_ends(root: etree._Element) -> None:
    """What a condition hides begins at the end of the paragraph before it: so no empty paragraph stays behind."""
    for opening, line, closing in _framed(root, "if", f"{W}p"):
        for node, mark in ((_next(opening, back=True), opening), (line, closing)):
            last = _last_text(node)
            last.text = f"{last.text}{text_of(mark)}"
        _remove(opening, closing)


def _by_example(root: etree._Element) -> None:
    """Carbone takes the first item and a second one, marked `[i+1]`, as the example of a loop."""
    for kind, tag in (("loop", f"{W}p"), ("row", f"{W}tr")):
        for opening, item, closing in _framed(root, kind, tag):
            second = copy.deepcopy(item)
            for node in second.iter(f"{W}t"):
                node.text = _MARK.sub(lambda m: f"{{d.{m[2]}[i+1].{m[3]}}}", node.text or "")
            item.addnext(second)
            _remove(opening, closing)


def _fix_logos(made: Made, root: etree._Element) -> None:
    """The community edition of Carbone puts no pictures in: its template holds them."""
    drawings = list(etree.fromstring(made.members[BODY]).iter(f"{W}drawing"))
    images = [t for t in root.iter(f"{W}t") if (t.text or "").startswith("⟦image ")]
    for node, drawing in zip(images, drawings, strict=True):
        parent = node.getparent()
        assert parent is not None
        parent.replace(node, drawing)


Framed = tuple[etree._Element, etree._Element, etree._Element]


def _framed(root: etree._Element, kind: str, tag: str) -> list[Framed]:
    """Each opening mark of this kind, the one node that it frames, and the closing mark."""
    openings = [n for n in root.iter(tag) if text_of(n).startswith(f"⟦{kind} ")]
    return [(n, _next(n), _next(_next(n))) for n in openings]


def _next(node: etree._Element, back: bool = False) -> etree._Element:
    found = node.getprevious() if back else node.getnext()
    assert found is not None
    return found


def _enclose(node: etree._Element, opening: str, closing: str) -> None:
    texts = [t for t in node.iter(f"{W}t") if t.text]
    texts[0].text = f"{opening}{texts[0].text}"
    texts[-1].text = f"{texts[-1].text}{closing}"


def _last_text(node: etree._Element) -> etree._Element:
    *_, last = (t for t in node.iter(f"{W}t") if t.text)
    return last


def _remove(*nodes: etree._Element) -> None:
    for node in nodes:
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)


def _without_media(members: dict[str, bytes]) -> dict[str, bytes]:
    """The pictures of the printed document are gone, and what pointed to them."""
    kept = {name: data for name, data in members.items() if not name.startswith("word/media/")}
    rels = "word/_rels/document.xml.rels"
    kept[rels] = re.sub(rb'<Relationship [^>]*?/image"[^>]*?/>', b"", kept[rels])
    return kept


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()
