"""Problems of a template as comments of Word, in a copy of it: each at the very words that it is about.

Word shows comments in the body alone, tables included, and passes over those in headers, footers, notes and text
boxes ([MS-OI29500], commentRangeStart). What stands there gets its comment at the nearest place of the body: where the
section begins, where the note is called, where the box is anchored; the comment then says where the words are.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksdocs.docx.lint import Spot, Temuan
from ksdocs.docx.lint_scan import _GONE
from ksdocs.docx.package import CONTENT_TYPES, Package
from ksdocs.docx.styles import number
from ksdocs.docx.xmlns import _TO_TRANSITIONAL, WORD, XML_SPACE, R, parse, w

if TYPE_CHECKING:
    from lxml import etree

AUTHOR: Final = "ksdocs"
_INITIALS: Final = "KS"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION: Final = R[1:-1] + "/comments"
_TYPES_NS: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS_NS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MOST: Final = 10_000
"""Comments in one copy: Word opens no file with more than 32767."""
_BOX: Final = w("txbxContent")
_STANDS: Final = {"id": "Letaknya", "en": "Where it stands"}


def annotate(data: bytes, found: Sequence[Temuan], *, language: str = "id", name: str = "") -> bytes:
    """A copy of the template in `data` with a comment for each of `found`, in their order; same input, same bytes.

    A comment says the code, what is wrong and what to do next; where it could not stand at the very words, also
    where these are. Comments that are there already stay.

    Raises:
        TemplateError: KS4xx, what is in `data` is no document that could hold comments.
    """
    package = Package.read(data, name=name)
    body = package.tree(package.document_part)
    notes = _Comments(package)
    places = _Places(package, body)
    for one in found[:_MOST]:
        place = places.find(one.spot)
        said = [f"{one.problem.code}. {one.problem.message(language)}", one.problem.hint(language)]
        if not place.exact and (place.stands or one.problem.at.paragraph):
            told = one.problem.at.with_(file=None)
            said.append(f"{_STANDS[language]}: {told}")
        place.mark(notes.add([line for line in said if line]))
    changes, added = notes.written()
    member = package.document_part
    changes[member] = _serialized(body, like=package.xml(member))
    return package.replace(changes, added)


# ---------------------------------------------------------------------- places in the body


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a paragraph of the body; all of it where `start` and `end` are the same. `exact`: they are the words
    that the problem is about."""

    paragraph: etree._Element
    start: int = 0
    end: int = 0
    exact: bool = False
    stands: bool = False
    reference: etree._Element | None = None
    """The run that calls a note or holds a text box, when that is what is marked."""

    def mark(self, ident: str) -> None:
        """Puts the beginning and the end of comment `ident` around the words."""
        first, last = self._runs()
        begin, end = _made("commentRangeStart", ident), _made("commentRangeEnd", ident)
        if first is None or last is None:
            self._whole(begin, end)
        else:
            first.addprevious(begin)
            last.addnext(end)
        call = _new("r")
        call.append(_made("commentReference", ident))
        end.addnext(call)

    def _runs(self) -> tuple[etree._Element | None, etree._Element | None]:
        if self.reference is not None:
            return self.reference, self.reference
        if self.end <= self.start:
            return None, None
        first = _run_from(self.paragraph, self.start)
        return first, _run_to(self.paragraph, self.end)

    def _whole(self, begin: etree._Element, end: etree._Element) -> None:
        properties = self.paragraph.find(w("pPr"))
        self.paragraph.insert(0 if properties is None else 1, begin)
        self.paragraph.append(end)


class _Places:
    """Where comments of a document go."""

    def __init__(self, package: Package, body: etree._Element) -> None:
        self._package, self._body = package, body
        self._paragraphs = list(_paragraphs(body))
        self._calls: dict[tuple[str, str], etree._Element] = {}
        for kind in ("footnote", "endnote"):
            for call in body.iter(w(f"{kind}Reference")):
                self._calls.setdefault((kind, call.get(w("id"), "")), call)

    def find(self, spot: Spot | None) -> _Place:
        if spot is None:
            return _Place(self._first())
        if spot.part != self._package.document_part:
            return self._elsewhere(spot)
        paragraph = self._paragraphs[spot.number]
        if _taken_from(paragraph, _BOX):
            return self._anchor(paragraph)
        return _Place(paragraph, spot.start, spot.end, exact=True)

    def _first(self) -> etree._Element:
        return self._paragraphs[0] if self._paragraphs else _new_paragraph(self._body)

    def _anchor(self, paragraph: etree._Element) -> _Place:
        """The run of the body that holds the text box in which `paragraph` stands."""
        runs = list(paragraph.iterancestors(w("r")))
        owner = next(runs[-1].iterancestors(w("p")), None) if runs else None
        if owner is None:
            return _Place(self._first(), stands=True)
        return _Place(owner, stands=True, reference=runs[-1])

    def _elsewhere(self, spot: Spot) -> _Place:
        if spot.part in self._package.notes:
            return self._note(spot)
        return _Place(self._section(spot.part), stands=True)

    def _note(self, spot: Spot) -> _Place:
        kind = "footnote" if spot.part in self._package.related("footnotes") else "endnote"
        paragraph = list(_paragraphs(self._package.tree(spot.part)))[spot.number]
        note = next(paragraph.iterancestors(w(kind)), None)
        call = self._calls.get((kind, note.get(w("id"), ""))) if note is not None else None
        run = call.getparent() if call is not None else None
        owner = next(run.iterancestors(w("p")), None) if run is not None else None
        if run is None or owner is None:
            return _Place(self._first(), stands=True)
        if _taken_from(owner, _BOX):
            return self._anchor(owner)
        return _Place(owner, stands=True, reference=run)

    def _section(self, member: str) -> etree._Element:
        """The first paragraph of the first section that uses a header or footer."""
        package = self._package
        idents = {r.id for r in package.relationships(package.document_part) if r.target == member}
        start: etree._Element | None = None
        for node in self._body.iter(w("p"), w("sectPr")):
            if node.tag == w("p"):
                if start is None and not _taken_from(node, _BOX):
                    start = node
                continue
            uses = {link.get(f"{R}id") for link in node.iterchildren(w("headerReference"), w("footerReference"))}
            if uses & idents and start is not None:
                return start
            start = None
        return self._first()


def _paragraphs(part: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a part, as the check counts them: those that are struck out are none."""
    for child in part:
        if not isinstance(child.tag, str) or child.tag in _GONE:
            continue
        if child.tag == w("p"):
            yield child
        yield from _paragraphs(child)


def _taken_from(node: etree._Element, ancestor: str) -> bool:
    return next(node.iterancestors(ancestor), None) is not None


def _new_paragraph(document: etree._Element) -> etree._Element:
    """A paragraph for a body that has none."""
    made = _new("p")
    body = document.find(w("body"))
    (document if body is None else body).insert(0, made)
    return made


# ---------------------------------------------------------------------- runs


def _texts(paragraph: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """(where its words begin, element) of every text of a paragraph itself, counted as the check counts."""
    position = 0
    for node in _own(paragraph):
        if node.tag == w("t"):
            yield position, node
            position += len(node.text or "")
        else:
            position += 1


def _own(node: etree._Element) -> Iterator[etree._Element]:
    """Texts, tabs and breaks of a paragraph; not of those that stand within it, as in a text box."""
    for child in node:
        if not isinstance(child.tag, str) or child.tag in _GONE or child.tag == w("p"):
            continue
        if child.tag == w("t") or (child.tag in (w("tab"), w("br")) and node.tag == w("r")):
            yield child
        else:
            yield from _own(child)


def _run_from(paragraph: etree._Element, start: int) -> etree._Element | None:
    """The run that begins with character `start`; one is split where it must be."""
    for begin, node in _texts(paragraph):
        if begin <= start < begin + len(node.text or ""):
            return _split(node, start - begin)
    return None


def _run_to(paragraph: etree._Element, end: int) -> etree._Element | None:
    """The run that ends before character `end`."""
    for begin, node in _texts(paragraph):
        length = len(node.text or "")
        if begin < end <= begin + length:
            run = node.getparent()
            if end < begin + length or node.getnext() is not None:
                rest = _split(node, end - begin)
                return rest.getprevious() if rest is not None else None
            return run if run is not None and run.tag == w("r") else None
    return None


def _split(node: etree._Element, at: int) -> etree._Element | None:
    """The run that begins with character `at` of the text `node`: its own one, or what is taken off from that."""
    run = node.getparent()
    if run is None or run.tag != w("r"):
        return None
    before = node.getprevious()
    if at <= 0 and (before is None or before.tag == w("rPr")):
        return run
    rest = _new("r")
    for key, value in run.attrib.items():
        rest.set(key, value)
    properties = run.find(w("rPr"))
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    following = list(node.itersiblings())
    text = node.text or ""
    if at <= 0:
        rest.append(node)
    elif at < len(text):
        other = _new("t")
        other.text = text[at:]
        other.set(XML_SPACE, "preserve")
        rest.append(other)
        node.text = text[:at]
        node.set(XML_SPACE, "preserve")
    rest.extend(following)
    run.addnext(rest)
    return rest


# ---------------------------------------------------------------------- the part of the comments


class _Comments:
    """The comments of a document: those that it has, and new ones."""

    def __init__(self, package: Package) -> None:
        from lxml import etree

        self._package = package
        self._member = next(iter(package.comments), "")
        if self._member:
            self._tree = package.tree(self._member)
        else:
            self._tree = etree.Element(w("comments"), nsmap={"w": WORD})
        idents = [number(one.get(w("id"))) for one in self._tree.iterchildren(w("comment"))]
        self._next = max(idents, default=-1) + 1

    def add(self, lines: Sequence[str]) -> str:
        """The id of a new comment that says `lines`."""
        ident = str(self._next)
        self._next += 1
        comment = _made("comment", ident)
        comment.set(w("author"), AUTHOR)
        comment.set(w("initials"), _INITIALS)
        for index, line in enumerate(lines):
            paragraph, run, text = _new("p"), _new("r"), _new("t")
            if not index:
                mark = _new("r")
                mark.append(_new("annotationRef"))
                paragraph.append(mark)
                properties = _new("rPr")
                properties.append(_new("b"))
                run.append(properties)
            text.text = "".join(c if c >= " " else " " for c in line)
            text.set(XML_SPACE, "preserve")
            run.append(text)
            paragraph.append(run)
            comment.append(paragraph)
        self._tree.append(comment)
        return ident

    def written(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """(members that change, members that are new)."""
        package = self._package
        if self._member:
            return {self._member: _serialized(self._tree, like=package.xml(self._member))}, {}
        body = package.document_part
        folder, _, base = body.rpartition("/")
        member = f"{folder}/comments.xml" if folder else "comments.xml"
        while package.find(member) is not None:
            member = member.replace(".xml", "-ks.xml")
        changes: dict[str, bytes] = {}
        added = {member: _serialized(self._tree, like=package.xml(body))}
        types = package.find(CONTENT_TYPES) or CONTENT_TYPES
        tree = package.tree(types)
        entry = tree.makeelement(f"{_TYPES_NS}Override", {"PartName": f"/{member}", "ContentType": _TYPE})
        tree.append(entry)
        changes[types] = _serialized(tree)
        wanted = f"{folder}/_rels/{base}.rels".lstrip("/")
        rels = package.find(wanted)
        links = package.tree(rels) if rels is not None else _empty_links()
        taken = {link.get("Id", "") for link in links}
        ident = next(i for n in range(1, len(taken) + 2) if (i := f"rIdKs{n}") not in taken)
        strict = any("purl.oclc.org" in r.address for r in package.relationships(body))
        kind = _RELATION.replace(R[1:-1], _TO_TRANSITIONAL[1][0].decode()) if strict else _RELATION
        told: Mapping[str, str] = {"Id": ident, "Type": kind, "Target": member.rpartition("/")[2]}
        links.append(links.makeelement(f"{_RELS_NS}Relationship", dict(told)))
        (changes if rels is not None else added)[rels or wanted] = _serialized(links)
        return changes, added


def _empty_links() -> etree._Element:
    return parse(f'<Relationships xmlns="{_RELS_NS[1:-1]}"/>'.encode())


def _new(name: str) -> etree._Element:
    from lxml import etree

    return etree.Element(w(name), nsmap={"w": WORD})


def _made(name: str, ident: str) -> etree._Element:
    made = _new(name)
    made.set(w("id"), ident)
    return made


def _serialized(tree: etree._Element, *, like: bytes = b"") -> bytes:
    """A part as bytes, in the dialect of the part `like`: "strict" files were read as transitional ones."""
    from lxml import etree

    xml: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    if b"http://purl.oclc.org/" in like:
        for strict, transitional in _TO_TRANSITIONAL:
            xml = xml.replace(transitional, strict)
    return xml
