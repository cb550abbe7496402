"""Sub-documents: whole documents, made with python-docx or read from a file, inserted where `{{p x }}` stands.

This is the slow way, for what runs, paragraphs and tables cannot say. python-docx is imported when a sub-document is
made or touched. What it holds is grafted on: its paragraphs and tables, the styles that the template lacks, its
lists as lists of their own, its pictures, links and other parts. The template's styles win over its own.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from ksdocs.docx.inspect import check
from ksdocs.docx.numbering import Lists
from ksdocs.docx.package import Package
from ksdocs.docx.properties import override_type, relationship, rels_name
from ksdocs.docx.styles import number
from ksdocs.docx.xmlns import OFFICE, WP, R, W, w
from ksdocs.docx.xmltext import Refusal, Rich, Sink
from ksdocs.problems import KsdocsError

if TYPE_CHECKING:
    from ksdocs.docx.job import Job

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_STYLES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_OF_STYLES = ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")
_BEFORE_NUMBER = tuple(w(n) for n in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
_LEFT_OUT = tuple(
    w(n)
    for n in (
        *("commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "headerReference"),
        *("footerReference", "lastRenderedPageBreak"),
    )
)


class Subdoc(Rich):
    """A document of python-docx that prints as its body; made by `Template.new_subdoc`."""

    def __init__(self, template: Package, source: Any = None) -> None:
        self._template = template
        self._source: Path | str | bytes | None = source.read() if hasattr(source, "read") else source
        self._document: Any = None
        if source is None:
            body = self._open(template.data).element.body
            for child in list(body):
                if child.tag != w("sectPr"):
                    body.remove(child)

    def _open(self, data: bytes) -> Any:
        if self._document is None:
            from docx import Document

            self._document = Document(io.BytesIO(data))
        return self._document

    def __getattr__(self, name: str) -> Any:
        """Everything that a document of python-docx has: `add_paragraph`, `add_table`, `add_picture`, …"""
        if name.startswith("__"):
            raise AttributeError(name)
        document = self._open(self._bytes())
        return document if name in ("docx", "subdocx") else getattr(document, name)

    def _bytes(self) -> bytes:
        """The document as it is now."""
        if self._document is not None:
            stream = io.BytesIO()
            self._document.save(stream)
            return stream.getvalue()
        return self._source if isinstance(self._source, bytes) else Path(self._source or "").read_bytes()

    def __str__(self) -> str:
        document = self._open(self._bytes())
        return "\n".join(paragraph.text for paragraph in document.paragraphs)

    def to_runs(self, sink: Sink, base: str = "") -> str:  # noqa: ARG002
        raise Refusal("KS470", jenis="Subdoc")

    def in_text(self, sink: Sink) -> str:  # noqa: ARG002
        raise Refusal("KS470", jenis="Subdoc")

    def to_blocks(self, sink: Sink) -> str:
        job: Job = sink  # type: ignore[assignment]
        try:
            package = Package.read(self._bytes(), name=self._source if isinstance(self._source, str) else "subdoc")
            # What the template itself holds has been checked, or answered for.
            problems = [] if self._source is None else [p for p in check(package) if p.refuses]
        except OSError as error:
            raise Refusal("KS473", sebab=error.strerror or type(error).__name__) from None
        except KsdocsError as error:
            problems = list(error.problems)
        if problems:
            raise Refusal("KS473", sebab=problems[0].message())
        if job.grafts is None:
            job.grafts = Grafts(self._template)
        return job.grafts.graft(package, job, native=self._source is None)


class Grafts:
    """What the sub-documents of one render add to the template besides words."""

    def __init__(self, template: Package) -> None:
        self._template = template
        self._lists = Lists(template)
        self._styles = dict(_styles(template))
        self._named = {_style_key(s): i for i, s in self._styles.items()}
        self.styles: list[str] = []
        self.abstracts: list[str] = []
        self.nums: list[str] = []
        self.members: dict[str, bytes] = {}
        self.types: list[str] = []

    def graft(self, package: Package, job: Job, *, native: bool) -> str:
        """The blocks of `package` as XML for the part in hand; with `native` they use the template's lists."""
        body = package.tree(package.document_part).find(w("body"))
        blocks = [deepcopy(n) for n in (body if body is not None else ()) if n.tag != w("sectPr")]
        # Prefixes are named in values too (`Requires="wps"`), so all of them stay declared.
        prefixes = {k: v for k, v in body.nsmap.items() if k} if body is not None else {"w": W[1:-1]}
        holder = etree.Element(w("body"), nsmap=prefixes)
        holder.extend(blocks)
        _refuse_notes(holder)
        _tidy(holder, job)
        own = _Own(package, self, job, native=native)
        if not native:
            own.number(holder)
        own.styles(holder)
        if not native:
            own.lists(holder)
        own.links(holder)
        return "".join(etree.tostring(block, encoding="unicode", with_tail=False) for block in holder)

    def style(self, key: tuple[str, str], found: str) -> str | None:
        """The template's style that stands for the style `found` of a sub-document."""
        return self._named.get(key) or (found if found in self._styles else None)

    def add_style(self, style: etree._Element) -> None:
        name = style.get(w("styleId"), "")
        self._styles[name] = style
        self._named[_style_key(style)] = name

    def free_style(self, name: str) -> str:
        while name in self._styles:
            name += "x"
        return name

    def free_abstract(self) -> int:
        root = self._template.tree(self._template.numbering) if self._template.numbering else ()
        known = [number(a.get(w("abstractNumId"))) for a in root if a.tag == w("abstractNum")]
        return max(known, default=-1) + 1 + len(self.abstracts)

    def declares(self, extension: str, kind: str) -> bool:
        """Does the template declare this content type for the extension already?"""
        return self._template.content_types[0].get(extension) == kind

    def free_member(self, name: str) -> str:
        stem, dot, extension = name.rpartition(".")
        count = 0
        made = name
        while self._template.find(made) or made in self.members:
            count += 1
            made = f"{stem}-ks{count}{dot}{extension}"
        return made

    def written(self, written: dict[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """(members to write, content types to declare), given what the render has written so far."""
        out = dict(self.members)
        types = list(self.types)
        rows: list[tuple[str, str]] = []
        if self.styles:
            member = self._template.styles or self.free_member("word/styles.xml")
            if self._template.styles is None:
                types.append(override_type(member, _word_type("styles")))
                rows.append(("styles", member))
            tree = self._tree(member, written, "styles")
            for style in self.styles:
                tree.append(etree.fromstring(style))
            out[member] = _serial(tree)
        if self.nums:
            member = self._template.numbering or self.free_member("word/numbering.xml")
            if self._template.numbering is None:
                types.append(override_type(member, _word_type("numbering")))
                rows.append(("numbering", member))
            tree = self._tree(member, written, "numbering")
            first = next((n for n, child in enumerate(tree) if child.tag == w("num")), len(tree))
            tree[first:first] = [etree.fromstring(a) for a in self.abstracts]
            last = [n for n, child in enumerate(tree) if child.tag in (w("abstractNum"), w("num"))][-1] + 1
            tree[last:last] = [etree.fromstring(n) for n in self.nums]
            out[member] = _serial(tree)
        if rows:
            out |= self._related(rows, written)
        return out, tuple(types)

    def _tree(self, member: str, written: dict[str, bytes], root: str) -> etree._Element:
        if member in written:
            return etree.fromstring(written[member])
        if member in self._template:
            return self._template.tree(member)
        return etree.Element(w(root), nsmap={"w": W[1:-1]})

    def _related(self, rows: list[tuple[str, str]], written: dict[str, bytes]) -> dict[str, bytes]:
        part = self._template.document_part
        name = self._template.find(rels_name(part)) or rels_name(part)
        tree = self._tree(name, written, "x")
        if tree.tag == w("x"):
            tree = etree.fromstring(f'<Relationships xmlns="{_PACKAGE_RELS}"/>')
        for n, (kind, member) in enumerate(rows):
            target = posixpath.relpath(member, posixpath.dirname(part))
            tree.append(etree.fromstring(relationship(f"rIdKsG{n}", f"{_REL}/{kind}", target)))
        return {name: _serial(tree)}


class _Own:
    """One sub-document on its way into the template: what its styles, lists and links are called there."""

    def __init__(self, package: Package, grafts: Grafts, job: Job, *, native: bool) -> None:
        self._package, self._grafts, self._job = package, grafts, job
        self._native = native
        self._styles = dict(_styles(package))
        self._renamed: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        self._abstracts: dict[str, int] = {}
        self._parts: dict[str, str] = {}

    # -------------------------------------------------------------- styles

    def styles(self, holder: etree._Element) -> None:
        for name in _STYLES:
            for node in holder.iter(w(name)):
                node.set(w("val"), self._style(node.get(w("val"), "")))

    def _style(self, name: str) -> str:
        """What the style `name` is called in the template, where it is added when it is not there."""
        if name in self._renamed or name not in self._styles:
            return self._renamed.get(name, name)
        style = self._styles[name]
        known = self._grafts.style(_style_key(style), name)
        if known is not None:
            self._renamed[name] = known
            return known
        made = deepcopy(style)
        self._renamed[name] = self._grafts.free_style(name)
        made.set(w("styleId"), self._renamed[name])
        made.attrib.pop(w("default"), "")
        self._grafts.add_style(made)
        for child in made.iter(*(w(n) for n in _OF_STYLES)):
            child.set(w("val"), self._style(child.get(w("val"), "")))
        if not self._native:
            self.lists(made)
        self._grafts.styles.append(etree.tostring(made, encoding="unicode", with_tail=False))
        return self._renamed[name]

    # -------------------------------------------------------------- lists

    def number(self, holder: etree._Element) -> None:
        """Paragraphs that are numbered by their style say so themselves, so that their list is one of their own."""
        known = Lists(self._package)
        if not known.exist:
            return
        for properties in holder.iter(w("pPr")):
            own = properties.find(w("numPr"))
            place = known.place(etree.tostring(properties, encoding="unicode", with_tail=False))
            if place is None or (own is not None and own.find(w("numId")) is not None):
                continue
            if own is not None:
                properties.remove(own)
            before = [n for n in properties if n.tag in _BEFORE_NUMBER]
            made = etree.fromstring(
                f'<w:numPr xmlns:w="{W[1:-1]}"><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>'
            )
            properties.insert(len(before), made)

    def lists(self, holder: etree._Element) -> None:
        for node in holder.iter(w("numId")):
            old = number(node.get(w("val")))
            if old:
                node.set(w("val"), str(self._number(old)))

    def _number(self, old: int) -> int:
        if old in self._numbers:
            return self._numbers[old]
        root = self._package.tree(self._package.numbering) if self._package.numbering else None
        nums = {number(n.get(w("numId"))): n for n in root.iterchildren(w("num"))} if root is not None else {}
        if root is None or old not in nums:
            self._numbers[old] = 0
            return 0
        made = deepcopy(nums[old])
        new = self._numbers[old] = self._job.next_list()
        made.set(w("numId"), str(new))
        link = made.find(w("abstractNumId"))
        if link is not None:
            link.set(w("val"), str(self._abstract(link.get(w("val"), ""), root)))
        self._grafts.nums.append(etree.tostring(made, encoding="unicode", with_tail=False))
        return new

    def _abstract(self, old: str, root: etree._Element) -> int:
        if old not in self._abstracts:
            number_ = self._abstracts[old] = self._grafts.free_abstract()
            found = next((a for a in root.iterchildren(w("abstractNum")) if a.get(w("abstractNumId")) == old), None)
            made = deepcopy(found) if found is not None else etree.Element(w("abstractNum"), nsmap={"w": W[1:-1]})
            made.set(w("abstractNumId"), str(number_))
            for node in [*made.iter(w("nsid")), *made.iter(w("tmpl"))]:
                made.remove(node)
            for node in list(made.iter(w("lvlPicBulletId"), w("numStyleLink"), w("styleLink"))):
                parent = node.getparent()
                if parent is not None:
                    parent.remove(node)
            for node in made.iter(w("pStyle")):
                node.set(w("val"), self._renamed.get(node.get(w("val"), ""), node.get(w("val"), "")))
            self._grafts.abstracts.append(etree.tostring(made, encoding="unicode", with_tail=False))
        return self._abstracts[old]

    # -------------------------------------------------------------- links

    def links(self, holder: etree._Element) -> None:
        known = {r.id: r for r in self._package.relationships(self._package.document_part)}
        for node in holder.iter():
            for key, value in list(node.attrib.items()):
                if not (str(key).startswith(R) or str(key) == f"{OFFICE}relid") or not value:
                    continue
                link = known.get(str(value))
                if link is None:
                    continue
                if link.external:
                    if link.type != "hyperlink":
                        raise Refusal("KS473", sebab=link.target[:80])
                    node.set(key, self._job.link(link.target))
                else:
                    node.set(key, self._job.relate(link.address, self._part(link.target)))

    def _part(self, member: str) -> str:
        """The name in the template of a part that is taken over, with all that it points to."""
        if member in self._parts:
            return self._parts[member]
        grafts = self._grafts
        made = self._parts[member] = grafts.free_member(member)
        grafts.members[made] = self._package.bytes(member)
        kind, extension = self._package.content_type(member), made.rpartition(".")[2].lower()
        if not (kind.startswith("image/") and grafts.declares(extension, kind)):
            grafts.types.append(override_type(made, kind))
        links = self._package.relationships(member)
        if links:
            rows = []
            for link in links:
                target = link.target
                if not link.external:
                    target = posixpath.relpath(self._part(target), posixpath.dirname(made))
                rows.append(relationship(link.id, link.address, target, external=link.external))
            grafts.members[rels_name(made)] = (
                f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                f'<Relationships xmlns="{_PACKAGE_RELS}">{"".join(rows)}</Relationships>'
            ).encode()
        return made


def _styles(package: Package) -> Iterator[tuple[str, etree._Element]]:
    if package.styles is not None:
        for style in package.tree(package.styles).iterchildren(w("style")):
            yield style.get(w("styleId"), ""), style


def _style_key(style: etree._Element) -> tuple[str, str]:
    """Kind and name: ids differ between languages of Word, names do not."""
    name = style.find(w("name"))
    return style.get(w("type"), ""), (name.get(w("val"), "") if name is not None else "").lower()


def _refuse_notes(holder: etree._Element) -> None:
    if next(holder.iter(w("footnoteReference"), w("endnoteReference")), None) is not None:
        raise Refusal("KS473", sebab="footnoteReference")


def _tidy(holder: etree._Element, job: Job) -> None:
    """Numbers and names that may stand in a file once; comments and headers stay behind."""
    for node in list(holder.iter(*_LEFT_OUT)):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for node in holder.iter(f"{WP}docPr"):
        node.set("id", str(job.drawing_id()))
    numbers: dict[str, str] = {}
    for node in list(holder.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        old = node.get(w("id"), "")
        if node.tag == w("bookmarkStart"):
            made = job.bookmark(node.get(w("name"), ""))
            if made is not None:
                numbers[old] = str(made)
        if old in numbers:
            node.set(w("id"), numbers[old])
        else:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
    for node in holder.iter(w("sdtPr")):
        for child in node.findall(w("id")):
            node.remove(child)
    for node in holder.iter():
        for key in [k for k in node.attrib if str(k).startswith((f"{_W14}", f"{W}rsid"))]:
            del node.attrib[key]
        if node.tail and not node.tail.strip():
            node.tail = None


def _word_type(kind: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def _serial(tree: etree._Element) -> bytes:
    text = etree.tostring(tree, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
