"""Two documents as plain values that are equal when Word would show the same: what `docxtpl` and ksdocs make of one
template is compared by these.

Taken away is what means nothing: order of attributes and of run properties, prefixes, revision ids, ids of drawings,
bookmarks, paragraphs and relationships (which are followed instead), empty runs, and where a text is cut into runs
of one dress. A picture is its bytes and its size.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from docx_specimens import MC, WP, A, R, W
from ksdocs.docx.package import Package

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
XML = "http://www.w3.org/XML/1998/namespace"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_TEXT = {f"{{{W}}}t", f"{{{W}}}instrText", f"{{{A}}}t"}


def canonical(data: bytes, *, bookmarks: bool = True) -> dict[str, str]:
    """Part → its canonical XML: body, headers, footers, notes, and the rest of the package by content."""
    package = Package.read(data)
    parts = {part: part_xml(package, part, bookmarks=bookmarks) for part in package.text_parts}
    others = set(package.names) - set(parts) - {"[Content_Types].xml"}
    for name in sorted(others):
        if not name.endswith(".rels") and not name.startswith(("docProps/", "word/media/")):
            parts[name] = _plain(package, name)
    parts["properties"] = repr(core(package))
    return parts


def part_xml(package: Package, part: str, *, bookmarks: bool = True) -> str:
    tree = package.tree(part)
    for node in () if bookmarks else list(tree.iter(f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd")):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    _follow_links(package, part, tree)
    for node in list(tree.iter()):
        for key in [str(k) for k in node.attrib]:
            if key.startswith((f"{{{W}}}rsid", f"{{{W14}}}", f"{{{XML}}}")) or key == f"{{{MC}}}Ignorable":
                del node.attrib[key]
        if node.tag not in _TEXT and node.text and not node.text.strip():
            node.text = None
        if node.tail and not node.tail.strip():
            node.tail = None
    for node in tree.iter(f"{{{WP}}}docPr", f"{{{PIC}}}cNvPr", f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd"):
        for key in ("id", f"{{{W}}}id"):
            node.attrib.pop(key, "")
    _draw(tree)
    _undress(tree)
    _join_runs(tree)
    return _written(tree)


def _written(tree: etree._Element) -> str:
    return re.sub(r"(?=<w:(?:p|tbl|tr|tc)[ >/])", "\n", etree.tostring(tree, method="c14n", exclusive=True).decode())


def _follow_links(package: Package, part: str, tree: etree._Element) -> None:
    """Ids of relationships become what they lead to."""
    known = {}
    for link in package.relationships(part):
        target = link.target
        if not link.external and target in package and "media/" in target:
            target = hashlib.sha256(package.bytes(target)).hexdigest()[:12]
        known[link.id] = f"{link.type}:{posixpath.basename(target)}"
    for node in tree.iter():
        for key, value in list(node.attrib.items()):
            if str(key).startswith(f"{{{R}}}"):
                node.set(key, known.get(str(value), "?"))


def _draw(tree: etree._Element) -> None:
    """A picture in the line of text is its size, its content and where a click leads."""
    for inline in list(tree.iter(f"{{{WP}}}inline")):
        blip = next(inline.iter(f"{{{A}}}blip"), None)
        extent = inline.find(f"{{{WP}}}extent")
        if blip is None or extent is None or next(inline.iter(f"{{{PIC}}}pic"), None) is None:
            continue
        picture = etree.Element("picture", {str(k): str(v) for k, v in extent.attrib.items()})
        picture.set("content", blip.get(f"{{{R}}}embed", "?"))
        for click in inline.iter(f"{{{A}}}hlinkClick"):
            picture.set("click", click.get(f"{{{R}}}id", "?"))
        parent = inline.getparent()
        assert parent is not None
        parent.replace(inline, picture)


def _undress(tree: etree._Element) -> None:
    """Run properties in one order; without what says nothing."""
    for properties in list(tree.iter(f"{{{W}}}rPr", f"{{{W}}}pPr")):
        if properties.tag.endswith("rPr"):
            properties[:] = sorted(properties, key=lambda n: str(n.tag))
        parent = properties.getparent()
        if not len(properties) and parent is not None:
            parent.remove(properties)
    for text in list(tree.iter(f"{{{W}}}t")):
        parent = text.getparent()
        if not text.text and parent is not None:
            parent.remove(text)
    for run in list(tree.iter(f"{{{W}}}r")):
        parent = run.getparent()
        if parent is not None and not [c for c in run if c.tag != f"{{{W}}}rPr"]:
            parent.remove(run)


def _join_runs(tree: etree._Element) -> None:
    for run in list(tree.iter(f"{{{W}}}r")):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and _dress(before) == _dress(run):
            for child in run:
                if child.tag != f"{{{W}}}rPr":
                    before.append(child)
            parent = run.getparent()
            assert parent is not None
            run[:] = []
            # The next run is compared with the one that took over.
            parent.remove(run)
    for text in list(tree.iter(f"{{{W}}}t")):
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text = (before.text or "") + (text.text or "")
            parent = text.getparent()
            assert parent is not None
            parent.remove(text)


def _dress(run: etree._Element) -> bytes:
    properties = run.find(f"{{{W}}}rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n", exclusive=True)


def _plain(package: Package, name: str) -> str:
    if not name.endswith(".xml"):
        return hashlib.sha256(package.bytes(name)).hexdigest()
    tree = package.tree(name)
    for node in tree.iter():
        if node.text and not node.text.strip():
            node.text = None
        if node.tail and not node.tail.strip():
            node.tail = None
    return _written(tree)


RENDERED = ("creator", "description", "identifier", "language", "subject", "title")
"""The core properties in which docxtpl fills tags."""


def core(package: Package) -> dict[str, str]:
    name = package.core_properties
    found = package.tree(name).iterchildren("{*}*") if name else iter(())
    texts = {etree.QName(n).localname: n.text or "" for n in found}
    return {n: texts[n] for n in RENDERED if texts.get(n) and not _template_default(texts[n])}


def _template_default(text: str) -> bool:
    """python-docx gives a document without properties some of its own."""
    return text in ("python-docx", "Word Document", "generated by python-docx")


def media(data: bytes) -> set[str]:
    """Contents of the pictures of a document."""
    package = Package.read(data)
    return {hashlib.sha256(package.bytes(n)).hexdigest() for n in package.names if n.startswith("word/media/")}


def differences(ours: bytes, theirs: bytes, *, bookmarks: bool = True) -> Iterator[str]:
    """Where two documents differ, part by part, as a diff a person can read; none when they are equal."""
    import difflib

    mine, other = canonical(ours, bookmarks=bookmarks), canonical(theirs, bookmarks=bookmarks)
    for part in sorted(mine.keys() | other.keys()):
        if mine.get(part) != other.get(part):
            before, after = other.get(part, "").split("\n"), mine.get(part, "").split("\n")
            yield "\n".join(difflib.unified_diff(before, after, f"docxtpl {part}", f"ksdocs {part}", lineterm="", n=1))
    if media(ours) != media(theirs):
        yield "media"
