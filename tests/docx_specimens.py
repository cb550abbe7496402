"""Small .docx files made by code: each says only what a test is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
VML = "urn:schemas-microsoft-com:vml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wp="{WP}" xmlns:wps="{WPS}" xmlns:a="{A}" '
    f'xmlns:v="{VML}" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{WML}.document.main+xml"

Link = tuple[str, str, str] | tuple[str, str, str, str]
"""(id, last word of the type, target) and, where it is external, "External"."""


def p(text: str = "", *, style: str = "", run: str = "", ppr: str = "") -> str:
    """A paragraph of one run; `run` is the XML of the run's properties."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ppr
    rpr = f"<w:rPr>{run}</w:rPr>" if run else ""
    body = f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{body}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table; each cell is the XML of its blocks."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    lines = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def part(root: str, content: str) -> bytes:
    """A whole XML part with all namespaces declared; `root` is its element, `w:hdr` say."""
    return f"{DECLARATION}<{root} {NAMESPACES}>{content}</{root}>".encode()


def rels(*links: Link) -> bytes:
    """A relationships part."""
    lines = ""
    for link in links:
        mode = f' TargetMode="{link[3]}"' if len(link) > 3 else ""
        lines += f'<Relationship Id="{link[0]}" Type="{REL}/{link[1]}" Target="{link[2]}"{mode}/>'
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE_REL}">{lines}</Relationships>'.encode()


def content_types(overrides: Mapping[str, str] | None = None, defaults: Mapping[str, str] | None = None) -> bytes:
    """[Content_Types].xml; the body is always declared unless `overrides` says otherwise."""
    known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    known |= defaults or {}
    parts = {"word/document.xml": MAIN_TYPE} | dict(overrides or {})
    lines = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in known.items())
    lines += "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in parts.items())
    address = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{DECLARATION}<Types xmlns="{address}">{lines}</Types>'.encode()


_KINDS = {
    "header": ("hdr", "header"),
    "footer": ("ftr", "footer"),
    "footnotes": ("footnotes", "footnotes"),
    "endnotes": ("endnotes", "endnotes"),
    "styles": ("styles", "styles"),
    "numbering": ("numbering", "numbering"),
    "settings": ("settings", "settings"),
    "comments": ("comments", "comments"),
}


def members(
    body: str = "",
    *,
    parts: Mapping[str, str] | None = None,
    links: tuple[Link, ...] = (),
    extra: Mapping[str, bytes] | None = None,
    types: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """The members of a .docx with `body` as the content of w:body.

    `parts`: name of a Word part ("header1", "styles", "footnotes") → XML inside its root; relationship and
    content type are added. `links`: further relationships of the body. `extra`: members as they are (they
    replace what would stand there). `types`: further content types, by member.
    """
    out: dict[str, bytes] = {}
    overrides: dict[str, str] = {}
    made: list[Link] = []
    for name, content in (parts or {}).items():
        root, kind = _KINDS[name.rstrip("0123456789")]
        out[f"word/{name}.xml"] = part(f"w:{root}", content)
        overrides[f"word/{name}.xml"] = f"{WML}.{kind}+xml"
        made.append((f"rId_{name}", kind, f"{name}.xml"))
    fixed = {
        "[Content_Types].xml": content_types(overrides | dict(types or {}), {"png": "image/png"}),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
    }
    if made or links:
        fixed["word/_rels/document.xml.rels"] = rels(*made, *links)
    return fixed | out | dict(extra or {})


def zipped(files: Mapping[str, bytes] | list[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `files`, in their order; a list may hold a name twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return stream.getvalue()


def docx(
    body: str = "",
    *,
    parts: Mapping[str, str] | None = None,
    links: tuple[Link, ...] = (),
    extra: Mapping[str, bytes] | None = None,
    types: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx; see `members`."""
    return zipped(members(body, parts=parts, links=links, extra=extra, types=types))


def text_box(content: str, *, both: bool = True) -> str:
    """A run with a text box, as Word writes it: a Choice and its VML twin."""
    choice = (
        '<mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="Kotak" descr="kotak teks"/>'
        '<a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>'
        f"{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</mc:Choice>"
    )
    fallback = (
        "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    )
    return f"<w:r><mc:AlternateContent>{choice}{fallback if both else ''}</mc:AlternateContent></w:r>"


def field(instruction: str, result: str = "") -> str:
    """A complex field of five runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(number: int = 1, alt: str = "", *, embed: str = "") -> str:
    """A run with a picture; `alt` is its alternative text."""
    blip = f'<a:blip r:embed="{embed}"/>' if embed else ""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="Gambar {number}" descr="{alt}"/>'
        f'<a:graphic><a:graphicData uri="x">{blip}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
