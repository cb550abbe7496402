"""Pictures as values: in the line of text, in body, headers, footers and notes."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from ksdocs.docx.images import Picture, sniff
from ksdocs.docx.package import Package
from ksdocs.docx.richtext import build_url_id
from ksdocs.docx.xmltext import Drawn, Sink, escape_attribute
from ksdocs.problems import Location, TemplateError, problem

_EMBEDDED: Final = re.compile(r":embed\s*=\s*[\"']([^\"']+)")
_EMU_PER_INCH = 914_400
_EMU_PER_MM = 36_000
_EMU_PER_PIXEL = 9_525  # 96 pixels to the inch, as Word takes it
_NS_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_NS_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_NS_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NS_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class InlineImage(Drawn):
    """A picture in the line of text: PNG, JPEG, GIF, BMP or TIFF.

    `InlineImage(source, width_mm, height_mm, alt)`: as large as fits into `width_mm` × `height_mm` (0: no
    bound; without bounds a pixel is 1/96 inch). `source` is the picture's bytes, a path or an open file; `alt`
    is read aloud instead of the picture; `anchor` is an address that a click leads to; `width` and `height` are as
    below.

    `InlineImage(template, image_descriptor, width, height, anchor)` is docxtpl's form: lengths in EMU (`Mm(20)` of
    python-docx), both given stretch the picture, none leaves the size that the file itself states.

    Raises:
        TemplateError: KS467 when the source is no such picture (an SVG is none), KS471 a forbidden `anchor`.
    """

    __slots__ = ("alt", "anchor", "data", "digest", "extent", "picture")

    data: bytes
    alt: str
    anchor: str
    picture: Picture
    digest: str
    extent: tuple[int, int]
    """Width and height as drawn, in EMU (914,400 to the inch)."""

    def __init__(
        self,
        source: Any = None,
        width_mm: Any = 0,
        height_mm: Any = 0,
        alt: Any = "",
        anchor: str | None = None,
        *,
        tpl: object = None,  # noqa: ARG002 - docxtpl's name for `source`; nothing is asked of it
        image_descriptor: Any = None,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        if isinstance(source, (bytes, bytearray, str, Path)) or hasattr(type(source), "read"):
            self.data = _bytes(source)
            self.alt = str(alt or "")
            self.picture, self.digest = _known(self.data, self.alt)
            if width or height:
                self.extent = _stretched(self.picture, width, height)
            else:
                self.extent = _fitted(self.picture, width_mm or 0, height_mm or 0)
        else:  # docxtpl's order of arguments, `source` being the template
            wide, high = width or height_mm or None, height or alt or None
            self.data = _bytes(width_mm if image_descriptor is None else image_descriptor)
            self.alt = ""
            self.picture, self.digest = _known(self.data)
            self.extent = _stretched(self.picture, wide, high)
        self.anchor = build_url_id(anchor) if anchor else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InlineImage) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.digest, self.extent, self.alt, self.anchor

    def __repr__(self) -> str:
        return f"InlineImage({self.picture.kind}, {self.extent[0]}×{self.extent[1]} EMU, alt={self.alt!r})"

    def __str__(self) -> str:
        return ""

    def in_run(self, sink: Sink) -> str:
        link, number = sink.image(self), sink.drawing_id()
        cx, cy = self.extent
        alt = escape_attribute(" ".join(self.alt.split()))
        click = ""
        if self.anchor:
            click = f'<a:hlinkClick xmlns:a="{_NS_A}" xmlns:r="{_NS_R}" r:id="{sink.link(self.anchor)}"/>'
        named = f'id="{number}" name="Gambar {number}" descr="{alt}"'
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_NS_WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f"{_element('wp:docPr', named, click)}"
            f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_NS_A}" noChangeAspect="1"/>'
            f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_NS_A}"><a:graphicData uri="{_NS_PIC}">'
            f'<pic:pic xmlns:pic="{_NS_PIC}"><pic:nvPicPr>{_element("pic:cNvPr", named, click)}'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_NS_R}" '
            f'r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            f"</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def to_runs(self, sink: Sink, base: str = "") -> str:  # noqa: ARG002
        return f"<w:r>{self.in_run(sink)}</w:r>"


_REMEMBERED = 256 * 1024
"""Bytes of a picture that is remembered: the logo of every document, not the photographs of one."""


def _known(data: bytes, name: str = "") -> tuple[Picture, str]:
    """Kind and size of a picture, and the SHA-256 of its bytes; `name` is what a problem calls it."""
    return (_remembered if len(data) <= _REMEMBERED else _looked_at)(data, name)


def _looked_at(data: bytes, name: str) -> tuple[Picture, str]:
    return sniff(data, name), hashlib.sha256(data).hexdigest()


_remembered = lru_cache(maxsize=32)(_looked_at)


def _element(name: str, attributes: str, inside: str) -> str:
    return f"<{name} {attributes}>{inside}</{name}>" if inside else f"<{name} {attributes}/>"


def read_picture(source: Any) -> bytes:
    """The bytes of `source`: bytes, a path, an open file, or an InlineImage."""
    return source.data if isinstance(source, InlineImage) else _bytes(source)


def pictures_in(package: Package) -> frozenset[bytes]:
    """The bytes of every picture that a drawing in body, headers, footers or notes shows."""
    found: set[bytes] = set()
    for part in package.text_parts:
        shown = set(_EMBEDDED.findall(package.text(part)))
        links = (link for link in package.relationships(part) if link.id in shown and not link.external)
        found |= {bytes(package.bytes(link.target)) for link in links if link.target in package}
    return frozenset(found)


def _bytes(source: Any) -> bytes:
    if isinstance(source, (bytes, bytearray)):
        return bytes(source)
    if isinstance(source, (str, Path)):
        try:
            return Path(source).read_bytes()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise TemplateError([problem("KS467", Location(file=str(source)), rupa=why)]) from None
    data = source.read() if hasattr(source, "read") else None
    if not isinstance(data, bytes):
        raise TemplateError([problem("KS467", Location(), rupa=type(source).__name__)])
    return data


def _fitted(picture: Picture, width_mm: float, height_mm: float) -> tuple[int, int]:
    wide, high = picture.width * _EMU_PER_PIXEL, picture.height * _EMU_PER_PIXEL
    scales = [bound * _EMU_PER_MM / side for bound, side in ((width_mm, wide), (height_mm, high)) if bound]
    scale = min(scales, default=1.0)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _stretched(picture: Picture, width: int | None, height: int | None) -> tuple[int, int]:
    wide = int(picture.width / picture.dpi[0] * _EMU_PER_INCH)
    high = int(picture.height / picture.dpi[1] * _EMU_PER_INCH)
    if width and height:
        return int(width), int(height)
    if width:
        return int(width), max(1, round(high * (width / wide)))
    if height:
        return max(1, round(wide * (height / high))), int(height)
    return wide, high
