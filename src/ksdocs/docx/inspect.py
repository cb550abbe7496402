"""Is a .docx sound? What validators pass and Word does not, and what must not reach a reader unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ksdocs.docx.inspect_parts import RULES, Part, Seen, unknown_references
from ksdocs.docx.package import CONTENT_TYPES, Package, Relationship
from ksdocs.docx.styles import number
from ksdocs.docx.xmlns import W, w
from ksdocs.problems import Problem, TemplateError, problem

if TYPE_CHECKING:
    from lxml import etree

_WML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES: Final = {
    kind: f"{_WML}{kind}+xml"
    for kind in ("header", "footer", "footnotes", "endnotes", "styles", "numbering", "settings", "comments")
}
"""Relationship → the content type that its target must be declared with."""

_ACTIVE: Final = frozenset({"oleObject", "control", "activeXControlBinary", "vbaProject", "wordVbaData"})
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", ""})


def check(data: bytes | Path | Package, *, template: bool = False, name: str = "") -> list[Problem]:
    """Everything that is wrong or unusual in a document, root cause first; empty when it is sound.

    With `template`, tracked changes are refused (else pointed out), the prefix must be the usual one, and
    references to bookmarks are left for the filled document.

    What is checked: the package (KS401–KS415); parts: well-formed (KS414), declared (KS426, KS427), reachable
    (KS425); relationships: used ones exist (KS422), targets exist (KS423), ids once (KS424), nothing external
    but hyperlinks (KS428, KS429), nothing embedded that runs (KS434–KS436); blocks: cells, tables, nesting
    (KS416, KS417, KS443); ids of drawings and bookmarks (KS418–KS421); fields (KS430–KS432); references
    (KS440–KS442); pending or hidden: tracked changes, comments, hidden text (KS437, KS438, KS445);
    alternative texts (KS439); for templates the prefix (KS444). Leftover tags are not looked for here.
    """
    try:
        package = data if isinstance(data, Package) else Package.read(data, name=name)
        package.content_types, package.text_parts  # noqa: B018  # read now, so that their problems are told
    except TemplateError as error:
        return list(error.problems)
    return list(_problems(package, template))


def _problems(package: Package, template: bool) -> Iterator[Problem]:
    trees: dict[str, etree._Element] = {}
    broken = False
    for member in package.names:
        if package.is_xml(member):
            try:
                trees[member] = package.tree(member)
            except TemplateError as error:
                broken = broken or member.lower().endswith(".rels")
                yield from error.problems
    if broken:
        return  # nothing that follows could be told from the consequences
    yield from frame_problems(package)
    seen = Seen(
        styles=frozenset(_ids(package.styles, "style", "styleId", trees)),
        numbers=frozenset(number(i) for i in _ids(package.numbering, "num", "numId", trees)),
    )
    for part in (*package.text_parts, *package.comments):
        if part in trees:
            read = Part(package, part, trees[part], seen, template)
            for rule in RULES:
                yield from rule(read)
    yield from unknown_references(seen)


def frame_problems(package: Package) -> Iterator[Problem]:
    """What is wrong with the package around its parts: content types, relationships, members nobody reaches."""
    yield from _content_types(package)
    yield from _relationships(package)
    yield from _unreached(package)


def _ids(part: str | None, tag: str, attribute: str, trees: dict[str, etree._Element]) -> Iterator[str]:
    if part is not None and part in trees:
        for node in trees[part].iterchildren(f"{W}{tag}"):
            yield node.get(w(attribute), "")


def _content_types(package: Package) -> Iterator[Problem]:
    """KS426: every member has a content type; Word calls the file damaged otherwise."""
    for member in package.names:
        if member != CONTENT_TYPES and not package.content_type(member):
            yield problem("KS426", package.at(member))


def _relationships(package: Package) -> Iterator[Problem]:
    for source in _sources(package):
        links = package.relationships(source)
        at = package.at(source or None)
        for id_, count in sorted(Counter(r.id for r in links).items()):
            if count > 1:
                yield problem("KS424", at, id=id_)
        for link in links:
            yield from _external(package, source, link) if link.external else _internal(package, source, link)


def _sources(package: Package) -> Iterator[str]:
    """The package itself, then every member that has relationships."""
    yield ""
    for member in package.names:
        folder, _, base = member.rpartition("/")
        if package.find(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"):
            yield member


def _external(package: Package, source: str, link: Relationship) -> Iterator[Problem]:
    """KS428: only hyperlinks may lead out; KS429: and only to the web, to mail or a telephone."""
    at = package.at(source or None)
    if link.type != "hyperlink":
        yield problem("KS428", at, jenis=link.type, alamat=link.target[:120])
        return
    try:
        scheme = urlsplit(link.target).scheme.lower()
    except ValueError:
        scheme = "?"
    if scheme not in _SCHEMES or link.target.startswith(("\\\\", "//")):
        yield problem("KS429", at, alamat=link.target[:120])


def _internal(package: Package, source: str, link: Relationship) -> Iterator[Problem]:
    at = package.at(source or None)
    if link.type in _ACTIVE:
        yield problem("KS435", at, anggota=link.target, jenis=link.type)
    elif link.type == "aFChunk":
        yield problem("KS434", at, jenis=link.type)
    elif link.type == "package" and not _is_chart_sheet(package, source, link.target):
        yield problem("KS436", at, anggota=link.target)
    if link.type == "hyperlink" and (not link.target or link.target == source):
        return  # a link to a place in the same part
    if link.target not in package:
        yield problem("KS423", at, id=link.id, sasaran=link.target or "?")
    elif (expected := _TYPES.get(link.type)) and package.content_type(link.target) != expected:
        yield problem("KS427", package.at(link.target), jenis=package.content_type(link.target) or "?")


def _is_chart_sheet(package: Package, source: str, target: str) -> bool:
    """Is it the workbook of a chart, with nothing in it that the chart does not show?"""
    from ksdocs.docx.chart_reader import holds_figures_alone

    return len(package.relationships(source)) == 1 and holds_figures_alone(package, source, target)


def _unreached(package: Package) -> Iterator[Problem]:
    """KS425: members that no relationship leads to; nobody sees them, yet they leave with the file."""
    reached: set[str] = {""}
    waiting = [""]
    while waiting:
        for link in package.relationships(waiting.pop()):
            if not link.external and link.target in package and link.target not in reached:
                reached.add(link.target)
                waiting.append(link.target)
    for member in package.names:
        if member not in reached and member != CONTENT_TYPES and not member.lower().endswith(".rels"):
            yield problem("KS425", package.at(member))
