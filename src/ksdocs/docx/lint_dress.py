"""What a template does that works and still is worth a word: tags in pieces, words that get lost, fonts, formatting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ksdocs.docx.lint_blocks import Found
from ksdocs.docx.lint_scan import Paragraph, Part, Tag, runs_of
from ksdocs.docx.package import Package
from ksdocs.docx.xmlns import MC, w
from ksdocs.nama import Nama
from ksdocs.problems import Location, Problem, Severity, problem

if TYPE_CHECKING:
    from lxml import etree

_UNSEEN: Final = frozenset(map(w, ("lang", "noProof", "rPrChange")))
"""Properties of a run that nobody sees."""
_BY_HAND: Final = tuple(map(w, ("rFonts", "sz", "color", "highlight")))
_BY_HAND_PARAGRAPH: Final = tuple(map(w, ("jc", "ind", "spacing", "shd", "pBdr")))
_AROUND: Final = {"p": w("p"), "tr": w("tr"), "tc": w("tc")}
"""What a tag takes the place of."""
_PAGE_BREAK: Final = "pemisah halaman"
_PICTURE: Final = "gambar"
_BOX: Final = "kotak teks"
_TAG: Final = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}")


def split_tags(part: Part) -> Iterator[Found]:
    """KS488: the formatting changes within a tag."""
    for tag in part.tags:
        nodes = runs_of(tag.paragraph, tag)
        if len({_dress(node.getparent()) for node in nodes}) > 1:
            yield Found(problem("KS488", part.place(tag), tag=tag.text), tag)


def _dress(run: etree._Element | None) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    properties = run.find(w("rPr")) if run is not None else None
    if properties is None:
        return ()
    return tuple(
        sorted(
            (str(p.tag), tuple(sorted((str(k), str(v)) for k, v in p.attrib.items())))
            for p in properties
            if p.tag not in _UNSEEN
        )
    )


def lost_words(part: Part, names: Sequence[Nama] | None) -> Iterator[Found]:
    """KS495: words beside a `{%p … %}` disappear with its paragraph; KS498: those of a row beside `{%tr … %}`. So do
    pictures and page breaks. A value that gets lost is a refusal."""
    paragraphs = {p.home: p for p in part.paragraphs if p.home is not None and not p.twin}
    for home, tags in _homes(part).items():
        tag = tags[-1]
        held = [paragraphs[p] for p in home.iter(w("p")) if p in paragraphs]
        rest = " ".join(" ".join(_without(p, tag) for p in held).split())
        if any(cut.kind == "page" for p in held for cut in p.cuts):
            rest = f"{rest} {_PAGE_BREAK}".strip()
        elif not rest and next(home.iter(w("drawing"), w("pict")), None) is not None:
            rest = _PICTURE
        if rest:
            severity = Severity.TOLAK if names is not None and "{{" in rest else None
            code = "KS495" if tag.prefix == "p" else "KS498"
            yield Found(problem(code, part.place(tag), severity=severity, tag=tag.text, teks=rest[:80]), tag)


def _without(paragraph: Paragraph, tag: Tag) -> str:
    text = paragraph.text
    return f"{text[: tag.start]} {text[tag.end :]}" if paragraph is tag.paragraph else text


def lost_tags(part: Part) -> Iterator[Found]:
    """KS495, KS498, as a refusal: of several `{%p … %}` in a paragraph only the last one is read; and a text box beside
    one tears it."""
    for home, tags in _homes(part).items():
        if tags[-1].prefix == "p" and next(home.iter(w("txbxContent")), None) is not None:
            at = part.place(tags[-1])
            yield Found(problem("KS495", at, severity=Severity.TOLAK, tag=tags[-1].text, teks=_BOX), tags[-1])
        for tag in tags[:-1]:
            severity = Severity.TOLAK
            code = "KS495" if tag.prefix == "p" else "KS498"
            yield Found(problem(code, part.place(tag), severity=severity, tag=tags[-1].text, teks=tag.text), tag)


def _homes(part: Part) -> dict[etree._Element, list[Tag]]:
    """Paragraph, row or cell → the tags that take its place."""
    found: dict[etree._Element, list[Tag]] = {}
    for tag in part.tags:
        around = _AROUND.get(tag.prefix)
        if around is None or tag.end < 0 or tag.kind == "{#" or not tag.paragraph.nodes:
            continue
        home = next(tag.paragraph.nodes[0].node.iterancestors(around), None)
        if home is not None:
            found.setdefault(home, []).append(tag)
    return found


def different_boxes(part: Part) -> Iterator[Problem]:
    """KS490: the two branches of a text box do not hold the same tags; which one is seen depends on the program."""
    for choice in part.tree.iter(f"{MC}AlternateContent"):
        branches = [choice.find(f"{MC}{name}") for name in ("Choice", "Fallback")]
        held = [_tags_of(b) for b in branches if b is not None and b.find(f".//{w('txbxContent')}") is not None]
        if len(held) == 2 and held[0] != held[1]:
            odd = [t for t in {*held[0], *held[1]} if held[0].count(t) != held[1].count(t)]
            odd = odd or held[0]
            tag = next((t for t in part.tags if t.text in odd), None)
            at = part.place(tag) if tag is not None else part.at
            yield problem("KS490", at, tag=", ".join(sorted(odd)))


def _tags_of(node: etree._Element) -> list[str]:
    texts = ("".join(t.text or "" for t in p.iter(w("t"))) for p in node.iter(w("p")))
    return [found for text in texts for found in _TAG.findall(text)]


def by_hand(part: Part) -> Iterator[Problem]:
    """KS492: paragraphs that are formatted by hand, told once for each part at the first of them."""
    found: list[Paragraph] = []
    for paragraph in part.paragraphs:
        if paragraph.nodes and not paragraph.twin and paragraph.text.strip() and _is_by_hand(paragraph):
            found.append(paragraph)
    if found:
        yield problem("KS492", part.place_of(found[0]), jumlah=len(found))


def _is_by_hand(paragraph: Paragraph) -> bool:
    home = next(paragraph.nodes[0].node.iterancestors(w("p")), None)
    properties = home.find(w("pPr")) if home is not None else None
    if properties is not None and any(properties.find(name) is not None for name in _BY_HAND_PARAGRAPH):
        return True
    for piece in paragraph.nodes:
        run = piece.node.getparent()
        dress = run.find(w("rPr")) if run is not None else None
        if dress is not None and any(dress.find(name) is not None for name in _BY_HAND):
            return True
    return False


def fonts_of(package: Package) -> set[str]:
    """The fonts that a template names, in its styles and by hand."""
    members = [*package.text_parts, *([package.styles] if package.styles else [])]
    names = (node.get(w("ascii")) for m in members for node in package.tree(m).iter(w("rFonts")))
    return {name for name in names if name}


def replaced_fonts(used: Iterable[str], replaced: Mapping[str, str], at: Location) -> Iterator[Problem]:
    """KS493: fonts that are not on this machine, and what stands for them."""
    for name in sorted(set(used) & set(replaced)):
        yield problem("KS493", at, huruf=name, pengganti=replaced[name])


def with_twins(tags: Iterable[Tag]) -> set[int]:
    """ids of tags in the second branch of a text box whose first branch has the same."""
    tags = list(tags)
    first = {t.text for t in tags if not t.paragraph.twin}
    return {id(t) for t in tags if t.paragraph.twin and t.text in first}
