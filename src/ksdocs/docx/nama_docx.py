"""A Word file that lists the names of a template, so that tags can be copied from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ksdocs.docx.xmltext import escape_text


@dataclass(frozen=True, slots=True)
class Bagian:
    """A part of the list: a title, tags that are typed around it, and rows of cells (tag, meaning, type, example)."""

    judul: str
    pembuka: tuple[str, ...] = ()
    baris: tuple[tuple[str, ...], ...] = ()


_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDTHS: Final = (4700, 5300, 1200, 3600)
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
_HEADING: Final = (
    '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next '
    'w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="60"/><w:outlineLvl '
    'w:val="{level}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
)
_STYLES: Final = (
    f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" '
    'w:cs="Arial"/><w:sz w:val="19"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    + _HEADING.format(id="Judul1", name="heading 1", before=0, level=0, size=32)
    + _HEADING.format(id="Judul2", name="heading 2", before=240, level=1, size=24)
    + '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Tag"><w:name w:val="Tag"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Kepala"><w:name w:val="Kepala"/><w:basedOn '
    'w:val="Normal"/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)


def listing(title: str, hint: str, head: Sequence[str], parts: Sequence[Bagian]) -> bytes:
    """The bytes of a .docx; equal input gives equal bytes."""
    body = "".join(_body(title, hint, head, parts))
    document = (
        f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" '
        'w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(kind="officeDocument", target="word/document.xml"),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _RELS.format(kind="styles", target="styles.xml"),
        "word/styles.xml": _STYLES,
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(
                ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}', ZIP_DEFLATED
            )
    return stream.getvalue()


def _body(title: str, hint: str, head: Sequence[str], parts: Sequence[Bagian]) -> Iterator[str]:
    yield _paragraph(title, "Judul1")
    yield _paragraph(hint)
    for part in parts:
        if part.judul:
            yield _paragraph(part.judul, "Judul2")
        for line in part.pembuka:
            yield _paragraph(line, "Tag")
        if part.baris:
            yield _table(head, part.baris)
            yield _paragraph("")


def _paragraph(text: str, style: str = "") -> str:
    dress = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{dress}{run}</w:p>"


def _paragraphs(text: str, style: str) -> str:
    """One for each line, so that each tag of a loop can be copied with its paragraph."""
    return "".join(_paragraph(line, style) for line in text.split("\n"))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    lines = _row(head, ("Kepala",) * 4, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    lines += "".join(_row(row, ("Tag", "", "", ""), "<w:trPr><w:cantSplit/></w:trPr>") for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>'
    )


def _row(cells: Sequence[str], styles: Sequence[str], properties: str) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraphs(text, style)}</w:tc>'
        for text, style, width in zip(cells, styles, _WIDTHS, strict=True)
    )
    return f"<w:tr>{properties}{made}</w:tr>"
