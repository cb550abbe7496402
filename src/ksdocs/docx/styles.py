"""What the styles of a document say about its text: name, outline level, language, hidden or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ksdocs.docx.xmlns import W, parse, w

if TYPE_CHECKING:
    from lxml import etree

    from ksdocs.docx.package import Package


@dataclass(frozen=True, slots=True)
class Style:
    """One style, what it inherits already resolved; `hidden` and `language` are None where it says nothing.

    `outline` counts from 1 as in "Heading 1"; `numbering` is (numId, level from 0).
    """

    id: str
    name: str
    kind: str = "paragraph"
    outline: int | None = None
    hidden: bool | None = None
    language: str | None = None
    numbering: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id, and what holds where no style says anything else."""

    by_id: dict[str, Style]
    default: Style
    base: Style

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; an unknown id falls back to the default, as Word does."""
        return self.by_id.get(style_id, self.default) if style_id else self.default


def styles_of(package: Package) -> Styles:
    """The styles of `package`; a document without a styles part has one style, Normal."""
    return styles_in(package.xml(package.styles) if package.styles else b"")


@lru_cache(maxsize=64)
def styles_in(xml: bytes) -> Styles:
    """The styles in the XML of a styles part, or in none."""
    # Documents of one template share their styles: read once per content.
    root = parse(xml) if xml else None
    base = Style("", "Normal")
    if root is None:
        return Styles({}, base, base)
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    hidden, language = run_properties(defaults)
    base = Style("", "Normal", hidden=hidden, language=language)
    raw = {node.get(w("styleId"), ""): node for node in root.iterchildren(w("style"))}
    by_id = {i: _resolve(i, raw) for i in raw}
    default = base
    for i, node in raw.items():
        if node.get(w("type")) == "paragraph" and on(node.get(w("default"), "0")):
            default = by_id[i]
            break
    return Styles(by_id, default, base)


def _resolve(style_id: str, raw: dict[str, etree._Element]) -> Style:
    """A style with what its ancestors say; a circle of ancestors ends where it closes."""
    own = raw[style_id]
    outline: int | None = None
    hidden: bool | None = None
    language: str | None = None
    numbering: tuple[int, int] | None = None
    seen: set[str] = set()
    here: str | None = style_id
    while here in raw and here not in seen:
        seen.add(here)
        node = raw[here]
        own_hidden, own_language = run_properties(node.find(w("rPr")))
        own_outline, own_numbering = paragraph_properties(node.find(w("pPr")))
        hidden = own_hidden if hidden is None else hidden
        language = language or own_language
        outline = own_outline if outline is None else outline
        numbering = numbering or own_numbering
        based = node.find(w("basedOn"))
        here = based.get(w("val")) if based is not None else None
    name = own.find(w("name"))
    return Style(
        style_id,
        name.get(w("val"), style_id) if name is not None else style_id,
        own.get(w("type"), "paragraph"),
        None if outline == 0 else outline,
        hidden,
        language,
        numbering,
    )


def run_properties(node: etree._Element | None) -> tuple[bool | None, str | None]:
    """(hidden, language) as an rPr says them; None for what it leaves open."""
    hidden: bool | None = None
    language: str | None = None
    if node is not None:
        for child in node.iterchildren(w("vanish"), w("lang")):
            if child.tag == w("vanish"):
                hidden = on(child.get(w("val"), "1"))
            else:
                language = child.get(w("val")) or language
    return hidden, language


def paragraph_properties(node: etree._Element | None) -> tuple[int | None, tuple[int, int] | None]:
    """(outline level from 1, 0 for "body text", None if unsaid; numbering) as a pPr says them."""
    outline: int | None = None
    numbering: tuple[int, int] | None = None
    if node is not None:
        for child in node.iterchildren(w("outlineLvl"), w("numPr")):
            if child.tag == w("outlineLvl"):
                level = number(child.get(w("val")))
                outline = level + 1 if level < 9 else 0
            else:
                numbering = (_value(child, "numId"), _value(child, "ilvl"))
    return outline, numbering


def _value(node: etree._Element, name: str) -> int:
    child = node.find(w(name))
    return number(child.get(w("val"))) if child is not None else 0


def number(text: str | None) -> int:
    """The whole number that an attribute holds; 0 when it holds none."""
    try:
        return int(text or 0)
    except ValueError:
        return 0


def on(value: str) -> bool:
    """True unless a switch of WordprocessingML says off."""
    return value not in ("0", "false", "off")
