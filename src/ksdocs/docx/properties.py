"""The parts beside the text: properties of the document, its own custom ones, relationships, content types.

All of it is read once, when the template is compiled; a render only puts strings together.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ksdocs.docx.package import CONTENT_TYPES, Package
from ksdocs.docx.xmltext import Refusal, escape_attribute, escape_plain
from ksdocs.problems import Location, Problem, TemplateError

if TYPE_CHECKING:
    from lxml import etree

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIXED_TIME = "2000-01-01T00:00:00Z"
"""Stands where no time is given: a render knows no clock."""

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_CORE_HEAD = (
    f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}" xmlns:dcterms="{_DCTERMS}" '
    f'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="{_XSI}">'
)
_PREFIXES = {_CP: "cp", _DC: "dc", _DCTERMS: "dcterms"}
_CORE_ORDER = (
    *("dc:title", "dc:subject", "dc:creator", "cp:keywords", "dc:description", "dc:identifier", "dc:language"),
    *("cp:category", "cp:contentStatus", "cp:version", "cp:lastModifiedBy", "cp:revision"),
    *("dcterms:created", "dcterms:modified"),
)
_CORE_NAMES = {name.partition(":")[2]: name for name in _CORE_ORDER}
_CORE_ELEMENT = re.compile(r"<([a-z]+:[A-Za-z]+)(?: [^>]*)?>(.*?)</\1>", re.DOTALL)

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_REL_BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT_NS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_HEAD = f'<Properties xmlns="{_CUSTOM_NS}" xmlns:vt="{_VT_NS}">'
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

REL_IMAGE = f"{_REL_BASE}/image"
_REL_CHART = f"{_REL_BASE}/chart"
_REL_PACKAGE = f"{_REL_BASE}/package"
_REL_LINK = f"{_REL_BASE}/hyperlink"
_REL_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_REL_CUSTOM = f"{_REL_BASE}/custom-properties"


def core_source(package: Package) -> str:
    """The core properties of the template in one fixed form, as XML; times and names of its authors left out."""
    member = package.core_properties
    found: dict[str, str] = {}
    from lxml import etree

    if member:
        for node in package.tree(member).iterchildren("{*}*"):
            tag = etree.QName(node)
            name = f"{_PREFIXES.get(tag.namespace or '', '?')}:{tag.localname}"
            if name in _CORE_ORDER:
                found[name] = escape_plain(node.text or "", lines=True)
    return _core(found)


def _core(found: Mapping[str, str]) -> str:
    pieces = []
    for name in _CORE_ORDER:
        if name in found:
            kind = ' xsi:type="dcterms:W3CDTF"' if name.startswith("dcterms:") else ""
            pieces.append(f"<{name}{kind}>{found[name]}</{name}>")
    return f"{_CORE_HEAD}{''.join(pieces)}</cp:coreProperties>"


def fill_core(source: str, properties: Mapping[str, str], at: Location) -> str:
    """`source` with `properties` (title, subject, creator, language, …; created and modified as ISO dates).

    Raises:
        TemplateError: KS463, KS464 for a value that cannot stand there.
        ValueError: an unknown name of a property.
    """
    if unknown := sorted(set(properties) - set(_CORE_NAMES)):
        raise ValueError(f"unknown properties: {', '.join(unknown)}")
    found = dict(_CORE_ELEMENT.findall(source[len(_CORE_HEAD) :]))
    for name in ("cp:lastModifiedBy", "dc:creator", "dcterms:created", "dcterms:modified"):
        found.pop(name, None)  # of the template's author, who did not write this document
    values = {"created": FIXED_TIME, "modified": FIXED_TIME, "revision": "1", **properties}
    if "creator" in properties:
        values.setdefault("lastModifiedBy", properties["creator"])
    problems: list[Problem] = []
    for name, value in values.items():
        if name in ("created", "modified") and len(value) == 10:
            value = f"{value}T00:00:00Z"
        try:
            found[_CORE_NAMES[name]] = escape_plain(value, lines=name == "description")
        except Refusal as refusal:
            problems.append(_at(refusal, at, name))
    if problems:
        raise TemplateError(problems)
    return _core(found)


def _at(refusal: Refusal, at: Location, name: str) -> Problem:
    found = refusal.problem()
    return Problem(found.code, at.with_(path=name), {"isian": name, **found.params})


@dataclass(frozen=True, slots=True)
class Ends:
    """An XML file up to its last end tag, and that tag: where children are added."""

    head: str
    tail: str

    @classmethod
    def of(cls, package: Package, member: str | None, root: str) -> Ends:
        """Those of `member`; of an empty file with the start tag `root` when there is none."""
        if member is None:
            name = root[1:].split(" ")[0].rstrip(">")
            return cls(DECLARATION + root, f"</{name}>")
        return cls.of_tree(package.tree(member))

    @classmethod
    def of_tree(cls, tree: etree._Element) -> Ends:
        tree.text = tree.text or ""  # an end tag of its own even when it is empty
        from lxml import etree

        text = etree.tostring(tree, encoding="unicode")
        if text.endswith("/>"):
            name = text[1:-2].split(" ")[0]
            return cls(f"{DECLARATION}{text[:-2]}>", f"</{name}>")
        cut = text.rfind("</")
        return cls(DECLARATION + text[:cut], text[cut:])

    def with_(self, *children: str) -> bytes:
        return f"{self.head}{''.join(children)}{self.tail}".encode()


def rels_name(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relationships(package: Package, part: str) -> Ends:
    return Ends.of(package, package.find(rels_name(part)), f'<Relationships xmlns="{_RELS}">')


def relationship(number: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship xmlns="{_RELS}" Id="{number}" Type="{kind}" Target="{escape_attribute(target)}"{mode}/>'


def default_type(extension: str, kind: str) -> str:
    return f'<Default xmlns="{_TYPES}" Extension="{extension}" ContentType="{kind}"/>'


def override_type(member: str, kind: str) -> str:
    return f'<Override xmlns="{_TYPES}" PartName="/{member}" ContentType="{kind}"/>'


@dataclass(frozen=True, slots=True)
class _Links:
    """Where a part's relationships stand, they themselves, and the way from the part to the folder of pictures."""

    member: str
    ends: Ends
    media: str


def _links(package: Package, part: str, media: str) -> _Links:
    name = rels_name(part)
    to_media = _relative(media, posixpath.dirname(part)) + "/"
    return _Links(package.find(name) or name, relationships(package, part), to_media)


def _relative(member: str, folder: str) -> str:
    """The way from `folder` to `member`, both counted from the top of the package."""
    return posixpath.relpath(f"/{member}", f"/{folder}")


class Beside:
    """What a render needs to know of the parts beside the text; made when a template is compiled."""

    def __init__(self, package: Package, parts: tuple[str, ...]) -> None:
        self._package = package
        self._types = Ends.of(package, package.find(CONTENT_TYPES), f'<Types xmlns="{_TYPES}">')
        self._type_member = package.find(CONTENT_TYPES) or CONTENT_TYPES
        self._defaults = package.content_types[0]
        self._top = relationships(package, "")
        self._top_ids = {r.id for r in package.relationships("")}
        self._media = posixpath.join(posixpath.dirname(package.document_part), "media")
        self._links = {part: _links(package, part, self._media) for part in parts}
        self.taken = {part: frozenset(r.id for r in package.relationships(part)) for part in parts}
        self.core_member = package.core_properties
        self.core = core_source(package)
        self._custom_member = package.custom_properties
        self._custom = _read_custom(package, self._custom_member)

    def core_name(self) -> str:
        return self.core_member or self._free("docProps/core.xml")

    def media_name(self, digest: str, kind: str) -> str:
        return f"{self._media}/ks-{digest[:24]}.{kind}"

    def chart_names(self, number: int) -> tuple[str, str]:
        """Free names for the part of a chart and for the workbook of its figures."""
        folder = posixpath.dirname(self._media)
        return self._free(f"{folder}/charts/ks-{number}.xml"), self._free(f"{folder}/embeddings/ks-{number}.xlsx")

    def chart_links(self, part: str, workbook: str) -> tuple[str, bytes]:
        """The relationships of the chart `part`, which is new: (member, bytes)."""
        row = relationship("rId1", _REL_PACKAGE, _relative(workbook, posixpath.dirname(part)))
        return rels_name(part), f'{DECLARATION}<Relationships xmlns="{_RELS}">{row}</Relationships>'.encode()

    def custom_name(self) -> str:
        return self._custom_member or self._free("docProps/custom.xml")

    def _free(self, name: str) -> str:
        stem, dot, extension = name.rpartition(".")
        while self._package.find(f"{stem}.{extension}"):
            stem += "-ks"
        return f"{stem}{dot}{extension}"

    def custom(self, values: Mapping[str, str], at: Location) -> bytes:
        """docProps/custom.xml: what the template has, and `values`; equal names are replaced."""
        inside = {name: xml for name, xml in self._custom.items() if name not in values}
        problems = []
        for name, value in values.items():
            try:
                inside[name] = f"<vt:lpwstr>{escape_plain(value, lines=True)}</vt:lpwstr>"
                escape_attribute(name)
            except Refusal as refusal:
                problems.append(_at(refusal, at, name))
        if problems:
            raise TemplateError(problems)
        items = (
            f'<property fmtid="{_FMTID}" pid="{number}" name="{escape_attribute(name)}">{xml}</property>'
            for number, (name, xml) in enumerate(inside.items(), start=2)
        )
        return f"{DECLARATION}{_CUSTOM_HEAD}{''.join(items)}</Properties>".encode()

    def links(self, part: str, links: Mapping[tuple[str, str], str], media: Mapping[str, str]) -> tuple[str, bytes]:
        """The relationships of `part` with those of `links` added: (member, bytes).

        `links` are (kind, target) → id: a picture by its digest in `media`, a chart by its number there, an address,
        or for any other kind (an address of a relationship's type) a member.
        """
        own = self._links[part]
        rows = []
        for (kind, target), number in links.items():
            if kind == "hyperlink":
                rows.append(relationship(number, _REL_LINK, target, external=True))
            elif kind == "image":
                base = media[target].rpartition("/")[2]
                rows.append(relationship(number, REL_IMAGE, own.media + base))
            elif kind == "chart":
                rows.append(relationship(number, _REL_CHART, _relative(media[target], posixpath.dirname(part))))
            else:
                rows.append(relationship(number, kind, _relative(target, posixpath.dirname(part))))
        return own.member, own.ends.with_(*rows)

    def picture_type(self, kind: str) -> str:
        """The content type of a kind of picture, for `register`; nothing when it is declared."""
        return "" if kind in self._defaults else default_type(kind, f"image/{kind}")

    @cached_property
    def _numbering(self) -> Ends:
        tree = self._package.tree(self._package.numbering or "")
        for last in tree.findall("{*}numIdMacAtCleanup"):
            tree.remove(last)
        return Ends.of_tree(tree)

    def numbering(self, nums: Iterable[str]) -> dict[str, bytes]:
        """The numbering part with `nums` after its own."""
        return {self._package.numbering or "": self._numbering.with_(*nums)}

    def register(self, *, core: bool, custom: bool, types: Iterable[str]) -> dict[str, bytes]:
        """Content types and top relationships for what a render adds; empty when nothing needs them."""
        types = [t for t in types if t]
        rows: list[str] = []
        for wanted, name, content, link in (
            (core and not self.core_member, self.core_name, _CORE_TYPE, _REL_CORE),
            (custom and not self._custom_member, self.custom_name, _CUSTOM_TYPE, _REL_CUSTOM),
        ):
            if wanted:
                types.append(override_type(name(), content))
                number = f"rIdKs{len(rows) + 1}"
                while number in self._top_ids:
                    number += "x"
                rows.append(relationship(number, link, name()))
        out: dict[str, bytes] = {}
        if types:
            out[self._type_member] = self._types.with_(*types)
        if rows:
            out[self._package.find("_rels/.rels") or "_rels/.rels"] = self._top.with_(*rows)
        return out


def _read_custom(package: Package, member: str | None) -> dict[str, str]:
    if member is None:
        return {}
    found = {}
    from lxml import etree

    for node in package.tree(member).iterchildren("{*}property"):
        children = [etree.tostring(c, encoding="unicode", with_tail=False) for c in node.iterchildren("{*}*")]
        found[node.get("name", "")] = "".join(children)
    return found
