"""What stands in a .docx, read without ksdocs and without any of the engines: what is compared must not judge itself.

The text is that of every paragraph of the body and the footers, in order, empty ones too; the pictures are the
hashes of what the drawings point to, in order.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_SHOWN = {f"{_W}tab": "\t", f"{_W}br": "\n"}
_PART = re.compile(r"word/(document|footer[0-9]*)\.xml")


@dataclass(frozen=True, slots=True)
class Content:
    """Texts of the paragraphs and hashes of the pictures, in the order of the document."""

    paragraphs: tuple[str, ...]
    pictures: tuple[str, ...]


class Reader:
    """Reads many outputs; parts that are byte for byte the same are parsed once."""

    def __init__(self) -> None:
        self._known: dict[bytes, Content] = {}

    def read(self, data: bytes) -> Content:
        """The content of a .docx."""
        with ZipFile(BytesIO(data)) as package:
            names = sorted(n for n in package.namelist() if _PART.fullmatch(n))
            parts = {n: package.read(n) for n in names}
            links = {n: _links(package, n) for n in names}
        key = hashlib.sha256(repr((sorted(links.items()), sorted(parts.items()))).encode()).digest()
        if key not in self._known:
            self._known[key] = _content(parts, links)
        return self._known[key]


def difference(seen: Content, wanted: Content) -> str:
    """Where two contents part, in words; "" when they are equal."""
    for what, left, right in (
        ("paragraph", seen.paragraphs, wanted.paragraphs),
        ("picture", seen.pictures, wanted.pictures),
    ):
        if left != right:
            return _first(what, left, right)
    return ""


def _first(what: str, seen: Sequence[str], wanted: Sequence[str]) -> str:
    for number, (left, right) in enumerate(zip(seen, wanted, strict=False), 1):
        if left != right:
            return f"{what} {number} is {left!r}, not {right!r}"
    return f"{len(seen)} {what}s, not {len(wanted)}"


def _content(parts: dict[str, bytes], links: dict[str, dict[str, str]]) -> Content:
    paragraphs: list[str] = []
    pictures: list[str] = []
    for name, data in parts.items():
        root = ElementTree.fromstring(data)  # noqa: S314 - files made by this very run
        paragraphs += [_text(p) for p in root.iter(f"{_W}p")]
        pictures += [links[name][blip.get(f"{_R}embed", "")] for blip in root.iter(_BLIP)]
    return Content(tuple(paragraphs), tuple(pictures))


def _text(paragraph: ElementTree.Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: ElementTree.Element) -> Iterator[str]:
    for run in paragraph.iter(f"{_W}r"):
        for node in run:
            if node.tag == f"{_W}t":
                yield node.text or ""
            elif node.tag in _SHOWN:
                yield _SHOWN[node.tag]


def _links(package: ZipFile, part: str) -> dict[str, str]:
    """Relationship id → hash of the picture behind it."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.namelist():
        return {}
    found = {}
    for link in ElementTree.fromstring(package.read(rels)):  # noqa: S314
        target = link.get("Target", "")
        if link.get("TargetMode") != "External" and link.get("Type", "").endswith("/image"):
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[link.get("Id", "")] = hashlib.sha256(package.read(member)).hexdigest()
    return found
