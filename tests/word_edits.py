"""What Word writes when a person spoils a template: revision ids, spelling marks, tracked changes, hyperlinks, parts of
their own. An ``Edit`` changes the parts of a .docx."""

import io
import struct
import zipfile
from collections.abc import Callable

Parts = dict[str, bytes]
Edit = Callable[[Parts], None]

BODY = "word/document.xml"
HEADER = "word/header1.xml"
FOOTER = "word/footer1.xml"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# What Word writes


def run(text: str, dress: str = "", rsid: str = "00A77B3E") -> str:
    held = f"<w:rPr>{dress}</w:rPr>" if dress else ""
    return f'<w:r w:rsidRPr="{rsid}">{held}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "Isi") -> str:
    return (
        f'<w:p w14:paraId="6B1F20A4" w14:textId="77777777" w:rsidR="00C51D9E" w:rsidRDefault="00C51D9E" '
        f'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{''.join(runs)}</w:p>"
    )


SPELL = ('<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>')
GRAMMAR = ('<w:proofErr w:type="gramStart"/>', '<w:proofErr w:type="gramEnd"/>')
GO_BACK = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
TRACKED = 'w:id="7" w:author="Staf Humas" w:date="2026-11-02T09:14:00Z"'


def plain(text: str) -> str:
    """The run of a shipped template that holds exactly this text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def cut(text: str, start: str) -> str:
    """``text`` from the element that starts with ``start`` to its end; it holds none of its own name."""
    name = start[1:].split(" ")[0].rstrip(">")
    first = text.index(start)
    return text[first : text.index(f"</{name}>", first) + len(name) + 3]


def swap(old: str, new: str, *, part: str = BODY, nth: int = 1) -> Edit:
    """Replaces one occurrence; that it is there is part of the case."""

    def edit(parts: Parts) -> None:
        text = parts[part].decode("utf-8")
        at = -1
        for _ in range(nth):
            at = text.index(old, at + 1)
        parts[part] = (text[:at] + new + text[at + len(old) :]).encode("utf-8")

    return edit


def drop(opening: str, holding: str, *, part: str = BODY, nth: int = 1) -> Edit:
    """Deletes the innermost element ``opening`` around the n-th ``holding``."""

    def edit(parts: Parts) -> None:
        text = parts[part].decode("utf-8")
        at = -1
        for _ in range(nth):
            at = text.index(holding, at + 1)
        first = max(text.rfind(f"<{opening}>", 0, at), text.rfind(f"<{opening} ", 0, at))
        last = text.index(f"</{opening}>", at) + len(opening) + 3
        parts[part] = (text[:first] + text[last:]).encode("utf-8")

    return edit


def between(start: str, end: str, new: str = "", *, part: str = BODY) -> Edit:
    """Deletes all paragraphs from the one that holds ``start`` to the one that holds ``end``."""

    def edit(parts: Parts) -> None:
        text = parts[part].decode("utf-8")
        first = text.rindex("<w:p>", 0, text.index(start))
        last = text.index("</w:p>", text.index(end, first)) + len("</w:p>")
        parts[part] = (text[:first] + new + text[last:]).encode("utf-8")

    return edit


def after_heading(heading: str, new: str) -> Edit:
    """Puts paragraphs directly under a heading of the body."""
    return swap(f"{plain(heading)}</w:p>", f"{plain(heading)}</w:p>{new}")


def related(ident: str, kind: str, target: str, *, outside: bool = False) -> Edit:
    """A relationship of the body, as ``word/_rels/document.xml.rels`` keeps it."""
    mode = ' TargetMode="External"' if outside else ""
    return swap(
        "</Relationships>",
        f'<Relationship Id="{ident}" Type="{_REL}/{kind}" Target="{target}"{mode}/></Relationships>',
        part=RELS,
    )


def added(name: str, content: str, kind: str, ident: str) -> Edit:
    """A part of its own with its content type and its relationship."""

    def edit(parts: Parts) -> None:
        parts[f"word/{name}.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()
        swap(
            "</Types>",
            f'<Override PartName="/word/{name}.xml" ContentType="{WML}.{kind}+xml"/></Types>',
            part=TYPES,
        )(parts)
        related(ident, kind, f"{name}.xml")(parts)

    return edit


def together(*edits: Edit) -> Edit:
    def edit(parts: Parts) -> None:
        for each in edits:
            each(parts)

    return edit


def ole(*streams: str) -> bytes:
    """A compound file whose folder names these streams, as old Word and Word with a password write."""
    sector = 512
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(sector - 8))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    folder = b""
    for index, name in enumerate(("Root Entry", *streams)):
        letters = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(letters)] = letters
        struct.pack_into("<HBB", entry, 64, len(letters) + 2, 5 if index == 0 else 2, 1)
        struct.pack_into("<III", entry, 68, 0xFFFFFFFF, 0xFFFFFFFF, 1 if index == 0 and streams else 0xFFFFFFFF)
        struct.pack_into("<IQ", entry, 116, 0xFFFFFFFE, 0)
        folder += bytes(entry)
    return bytes(header) + fat + folder.ljust(sector, b"\0") + bytes(4096)


def odt(_: bytes) -> bytes:
    """A text of LibreOffice under the name of a Word file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office:document-content/>")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
    return held.getvalue()
