"""Templates as people spoil them in Word: each one mistake, made from a shipped template.

What Word writes for it is written here too (revision ids, spelling marks, tracked changes, hyperlinks, content
controls), because that is what makes such a mistake hard to find. What is expected was written down before the check
was run on any of them. A case without ``says`` is no mistake: the check must be silent.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Parts = dict[str, bytes]
Edit = Callable[[Parts], None]

BODY = "word/document.xml"
HEADER = "word/header1.xml"
FOOTER = "word/footer1.xml"
_RELS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One spoilt template, and what must be told of it: where, in which words, and whether it is refused."""

    name: str
    kind: str
    edit: Edit | Callable[[bytes], bytes]
    says: tuple[str, ...] = ()
    """Words that the sentence or the hint must hold, all of them."""
    refused: bool = True
    part: str = BODY
    heading: str = ""
    cell: str = ""
    words: str = ""
    """What stands between ⟦ and ⟧."""


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
        part=_RELS,
    )


def added(name: str, content: str, kind: str, ident: str) -> Edit:
    """A part of its own with its content type and its relationship."""

    def edit(parts: Parts) -> None:
        parts[f"word/{name}.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()
        swap(
            "</Types>",
            f'<Override PartName="/word/{name}.xml" ContentType="{_WML}.{kind}+xml"/></Types>',
            part=_TYPES,
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


def made(mistake: Mistake, template: bytes) -> bytes:
    """The spoilt template."""
    if mistake.name.startswith("berkas_"):
        whole: bytes = mistake.edit(template)  # type: ignore[arg-type,assignment]
        return whole
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        parts = {each.filename: archive.read(each) for each in archive.infolist()}
    before: Mapping[str, bytes] = dict(parts)
    mistake.edit(parts)  # type: ignore[arg-type]
    assert parts != before, mistake.name
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


# Pieces that are used once, but are long

_COMMENTS = (
    f'<w:comments xmlns:w="{_NS}"><w:comment w:id="3" w:author="Staf Humas" w:date="2026-11-02T09:20:00Z" '
    f'w:initials="SH">{paragraph(run("Apakah nama ruang perlu?"))}</w:comment></w:comments>'
)
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{_NS}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
    '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    '</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
    f"{run(' Rapat diadakan ')}{SPELL[0]}{run('{{ institusii }}')}{SPELL[1]}</w:p></w:footnote></w:footnotes>"
)
_BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" '
    'distL="0" distR="0"><wp:extent cx="2160000" cy="360000"/><wp:docPr id="41" name="Text Box 41" descr="Unit"/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    '<wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>{new}</w:txbxContent></wps:txbx><wps:bodyPr/>'
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape id="Text_x0020_Box_x0020_41" type="#_x0000_t202" alt="Unit" style="width:170pt;height:28pt"><v:textbox>'
    "<w:txbxContent>{old}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def box(new: str, old: str) -> str:
    return paragraph(_BOX.replace("{new}", new).replace("{old}", old))


_WEB_PICTURE = (
    '<w:r><w:rPr><w:noProof/></w:rPr><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="914400" cy="914400"/><wp:docPr id="42" name="Picture 1" descr="Logo"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="Picture 1"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId77"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_INNER_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="2000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="1000"/>'
    '<w:gridCol w:w="1000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>'
    f'{paragraph(run("Disusun"))}</w:tc><w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>'
    f"{paragraph(run('{{ jabatan_notulis }}'))}</w:tc></w:tr></w:tbl>"
)


def with_macros(parts: Parts) -> None:
    """A .docm whose name was changed to .docx."""
    swap(f"{_WML}.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml", part=_TYPES)(parts)
    swap(
        '<Default Extension="rels"',
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="rels"',
        part=_TYPES,
    )(parts)
    swap(
        "</Relationships>",
        '<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/></Relationships>',
        part=_RELS,
    )(parts)
    parts["word/vbaProject.bin"] = ole("VBA", "PROJECT")


def row_joined(parts: Parts) -> None:
    """The row of ``{%tr for x in tertunda %}`` merged into the one below it: Word keeps all words in its cells."""
    text = parts[BODY].decode("utf-8")
    at = text.index("{%tr for x in tertunda %}")
    first = text.rindex("<w:tr>", 0, at)
    last = text.index("</w:tr>", at) + len("</w:tr>")
    text = text[:first] + text[last:]
    number = paragraph(run("{%tr for x in tertunda %}"), style="PerintahTemplat")
    at = text.index(plain("{{ x.no }}"), first)
    cell = text.index("</w:tcPr>", text.rindex("<w:tc>", 0, at)) + len("</w:tcPr>")
    parts[BODY] = (text[:cell] + number + text[cell:]).encode("utf-8")


def row_alone(parts: Parts) -> None:
    """Loop, row and end of the loop in one row, as people do who know other programs."""
    text = parts[BODY].decode("utf-8")
    at = text.index("{%tr for x in butir %}")
    first = text.rindex("<w:tr>", 0, at)
    last = text.index("</w:tr>", text.index("{%tr endfor %}", at)) + len("</w:tr>")
    start = text.rindex("<w:tr>", 0, text.index("{{ x.status }}", text.index("{%tr else %}", at)))
    row = text[start : text.index("</w:tr>", start) + len("</w:tr>")]
    row = row.replace("{{ x.no }}", "{%tr for x in butir %}{{ x.no }}").replace(
        "{{ x.status }}", "{{ x.status }}{%tr endfor %}"
    )
    parts[BODY] = (text[:first] + row + text[last:]).encode("utf-8")


def tag(old: str, *pieces: str, nth: int = 1, part: str = BODY) -> Edit:
    """One run of a shipped template replaced by what Word writes."""
    return swap(plain(old), "".join(pieces), nth=nth, part=part)


_ARTICLES = "{{r a.nomor }}"
"""The heading that stands above all that follows the articles of an agreement."""

MISTAKES: tuple[Mistake, ...] = (
    # Words within a tag
    Mistake(
        "nama_salah_ketik_terpotong",
        "notulen",
        tag(
            "{% vm %}{{ x.pokok }}",
            run("{% vm %}{{ "),
            SPELL[0],
            run("x.pok", rsid="00B22C11"),
            run("k", rsid="00F1007D"),
            SPELL[1],
            run(" }}"),
            nth=2,
        ),
        says=("x.pokk", "x.pokok"),
        heading="Pembahasan",
        cell="8.2",
        words="x.pokk",
    ),
    Mistake(
        "format_berubah_di_tengah",
        "notulen",
        tag("{% vm %}{{ x.pokok }}", run("{% vm %}{{ x."), run("pokok", "<w:b/><w:bCs/>"), run(" }}"), nth=2),
        says=("x.pokok",),
        refused=False,
        heading="Pembahasan",
        cell="8.2",
        words="{{ x.pokok }}",
    ),
    Mistake(
        "huruf_besar_otomatis",
        "notulen",
        tag(": {{ tempat }}", run(": {{ Tempat }}")),
        says=("Tempat", "“tempat”"),
        cell="2.2",
        words="Tempat",
    ),
    Mistake(
        "perintah_huruf_besar",
        "notulen",
        tag("{%p if notulis %}", run("{%p If notulis %}")),
        says=("If", "“if”"),
        cell="1.1",
        heading="Butir Kesepakatan yang Dibahas",
        words="{%p If notulis %}",
    ),
    Mistake(
        "nama_salah_jauh_di_dalam",
        "notulen",
        tag("{{ t.uraian }}", run("{{ "), SPELL[0], run("t.urian"), SPELL[1], run(" }}"), nth=2),
        says=("t.urian", "t.uraian"),
        heading="Pembahasan",
        cell="8.4",
        words="t.urian",
    ),
    Mistake(
        "loop_salah_ketik",
        "notulen",
        tag("{%tr if loop.last %}", run("{%tr if loop.lats %}")),
        says=("loop.lats", "loop.last"),
        heading="Butir Kesepakatan yang Dibahas",
        cell="3.1",
        words="loop.lats",
    ),
    Mistake(
        "titik_tiga_dari_panduan",
        "notulen",
        after_heading("Pembahasan", paragraph(run("Dibuka oleh {{ … }}"))),
        says=("{{ … }}",),
        heading="Pembahasan",
        words="…",
    ),
    Mistake(
        "tanda_pisah_otomatis",
        "notulen",
        tag(
            ": {{ jam_mulai }}{% if jam_selesai %}–{{ jam_selesai }}{% endif %} {{ zona_waktu }}",
            run(": {{ jam_mulai – jam_selesai }} {{ zona_waktu }}"),
        ),
        says=("–",),
        cell="2.4",
        words="jam_mulai – jam_selesai",
    ),
    Mistake(
        "dua_kata",
        "mou",
        tag("{{r tentang }}", run("{{r kata tentang }}")),
        says=("kata tentang",),
        words="kata tentang",
    ),
    Mistake(
        "spasi_tak_terputus_sesudah_r",
        "mou",
        tag("{{r tentang }}", run("{{r\u00a0tentang\u00a0}}")),
    ),
    Mistake(
        "tab_di_dalam_tanda",
        "notulen",
        tag(
            ": {{ tempat }}",
            run(": {{"),
            '<w:r w:rsidR="00A77B3E"><w:tab/></w:r>',
            run("tempat }}"),
        ),
    ),
    Mistake(
        "ganti_baris_di_dalam_nama",
        "notulen",
        tag(
            ": {{ notulen_sebelumnya }}",
            run(": {{ notulen_"),
            '<w:r w:rsidR="00A77B3E"><w:br/></w:r>',
            run("sebelumnya }}"),
        ),
        says=("Shift+Enter",),
        cell="10.2",
        words="notulen_",
    ),
    Mistake(
        "tanda_hubung_lunak",
        "notulen",
        tag(
            ": {{ notulen_sebelumnya }}",
            run(": {{ notulen_"),
            '<w:r w:rsidR="00A77B3E"><w:softHyphen/></w:r>',
            run("sebelumnya }}"),
        ),
        says=("tanda hubung",),
        cell="10.2",
        words="notulen_",
    ),
    Mistake(
        "kurung_lebar",
        "notulen",
        tag(": {{ tempat }}", run(": ｛｛ tempat ｝｝")),
        says=("｛｛", "{{"),
        cell="2.2",
        words="｛｛ tempat ｝｝",
    ),
    Mistake(
        "kurung_kurang_satu",
        "notulen",
        tag(": {{ tempat }}", run(": {{ tempat }")),
        says=("}}",),
        cell="2.2",
        words="{{ tempat }",
    ),
    Mistake(
        "kurung_tunggal",
        "notulen",
        tag(": {{ tempat }}", run(": { tempat }")),
        says=("{{ tempat }}",),
        cell="2.2",
        words="{ tempat }",
    ),
    Mistake(
        "persen_terlupa",
        "notulen",
        tag("{%p if notulis %}", run("{%p if notulis }")),
        says=("%}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{%p if notulis }",
    ),
    Mistake(
        "persen_pembuka_terlupa",
        "notulen",
        tag("{%p if notulis %}", run("{p if notulis %}")),
        says=("{%p",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{p if notulis %}",
    ),
    Mistake(
        "sama_dengan_satu",
        "mou",
        tag("{%p if b.gaya == 'ayat' %}", run("{%p if b.gaya = ‘ayat’ %}")),
        says=("==",),
        heading="{{r a.judul }}",
        words="b.gaya = ‘ayat’",
    ),
    Mistake(
        "kutip_tak_ditutup",
        "mou",
        tag("{%p if b.gaya == 'ayat' %}", run("{%p if b.gaya == “ayat %}")),
        says=("kutip",),
        heading="{{r a.judul }}",
        words="“ayat",
    ),
    Mistake(
        "kutip_lengkung",
        "mou",
        tag("{%p if b.gaya == 'ayat' %}", run("{%p if b.gaya == “ayat” %}")),
    ),
    Mistake(
        "end_if_dua_kata",
        "notulen",
        tag(
            ": {% if peserta %}{{ peserta }}{% else %}sesuai daftar hadir terlampir{% endif %}",
            run(": {% if peserta %}{{ peserta }}{% else %}sesuai daftar hadir terlampir{% end if %}"),
        ),
        says=("endif",),
        cell="3.2",
        words="end if",
    ),
    # Filters
    Mistake(
        "saringan_salah_ketik",
        "notulen",
        tag(": {{ tempat }}", run(": {{ tempat|uper }}")),
        says=("uper", "upper"),
        cell="2.2",
        words="uper",
    ),
    Mistake(
        "saringan_tidak_cocok",
        "notulen",
        tag(": {{ tempat }}", run(": {{ tempat|rupiah_lengkap }}")),
        says=("rupiah_lengkap",),
        cell="2.2",
        words="tempat|rupiah_lengkap",
    ),
    # Names in the wrong place
    Mistake(
        "di_luar_perulangan",
        "notulen",
        after_heading("Dokumentasi", paragraph(run("Kegiatan: {{ x.uraian }}"))),
        says=("x", "{%tr for"),
        heading="Dokumentasi",
        words="x",
    ),
    Mistake(
        "daftar_dicetak",
        "notulen",
        after_heading("Pembahasan", paragraph(run("{{ pembahasan }}"))),
        says=("pembahasan", "for"),
        heading="Pembahasan",
        words="{{ pembahasan }}",
    ),
    Mistake(
        "isian_daftar_tanpa_for",
        "mou",
        tag("{{ kata_tentang }}", run("{{ pihak.nama }}")),
        says=("pihak", "for"),
        words="pihak.nama",
    ),
    Mistake(
        "r_terlupa",
        "mou",
        tag("{{r x.nama }}", run("{{ x.nama }}")),
        says=("{{r x.nama }}",),
        refused=False,
        words="{{ x.nama }}",
    ),
    Mistake(
        "p_terlupa",
        "notulen",
        tag("{%p if notulis %}", run("{% if notulis %}")),
        says=("{%p",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{% if notulis %}",
    ),
    Mistake(
        "isian_diganti_contoh",
        "notulen",
        tag(": {{ tempat }}", run(": Ruang Rapat Humas")),
        says=("tempat",),
    ),
    Mistake(
        "isian_tersembunyi",
        "notulen",
        tag(": {{ tempat }}", run(": "), run("{{ tempat }}", "<w:vanish/>")),
        says=("tersembunyi",),
        cell="2.2",
        words="{{ tempat }}",
    ),
    # Blocks
    Mistake(
        "endif_dihapus",
        "notulen",
        drop("w:p", "{%p endif %}", nth=7),
        says=("{%p endif %}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{%p if notulis %}",
    ),
    Mistake(
        "endif_pasal_dihapus",
        "pks",
        # the last one before the loop of the articles ends: it closes {%p if b.jangkar %}
        swap(
            f'<w:p><w:pPr><w:pStyle w:val="Perintah"/></w:pPr>{plain("{%p endif %}")}</w:p>'
            f'<w:p><w:pPr><w:pStyle w:val="Perintah"/></w:pPr>{plain("{%p endfor %}")}</w:p>'
            f'<w:p><w:pPr><w:pStyle w:val="Perintah"/></w:pPr>{plain("{%p endfor %}")}</w:p><w:tbl>',
            f'<w:p><w:pPr><w:pStyle w:val="Perintah"/></w:pPr>{plain("{%p endfor %}")}</w:p>'
            f'<w:p><w:pPr><w:pStyle w:val="Perintah"/></w:pPr>{plain("{%p endfor %}")}</w:p><w:tbl>',
        ),
        says=("{%p if b.jangkar %}", "endif"),
        heading="{{r a.judul }}",
        words="endfor",
    ),
    Mistake(
        "endfor_di_sel_lain",
        "notulen",
        together(
            tag(
                ": {% for m in mitra %}{{ m.mitra }}{% if not loop.last %}; {% endif %}{% endfor %}",
                run(": {% for m in mitra %}{{ m.mitra }}{% if not loop.last %}; {% endif %}"),
            ),
            tag(": {{ jenis_rapat }}", run(": {{ jenis_rapat }}{% endfor %}")),
        ),
        says=("sel",),
        cell="5.2",
        words="{% for m in mitra %}",
    ),
    Mistake(
        "baris_for_dihapus",
        "notulen",
        drop("w:tr", "{%tr for x in butir %}"),
        says=("{%tr endfor %}", "for"),
        heading="Butir Kesepakatan yang Dibahas",
        cell="7.1",
        words="{%tr endfor %}",
    ),
    Mistake(
        "baris_endfor_dihapus",
        "notulen",
        drop("w:tr", "{%tr endfor %}", nth=1),
        says=("{%tr endfor %}",),
        heading="Tindak Lanjut Rapat Sebelumnya",
        cell="2.1",
        words="{%tr for x in tertunda %}",
    ),
    Mistake(
        "baris_perintah_digabung",
        "notulen",
        row_joined,
        says=("{%tr", "baris"),
        heading="Tindak Lanjut Rapat Sebelumnya",
        cell="2.1",
        words="{%tr for x in tertunda %}",
    ),
    Mistake(
        "perulangan_dalam_satu_baris",
        "notulen",
        row_alone,
        says=("{%tr", "baris"),
        heading="Butir Kesepakatan yang Dibahas",
        cell="2.1",
        words="{%tr for x in butir %}",
    ),
    Mistake(
        "tr_di_luar_tabel",
        "notulen",
        after_heading(
            "Pembahasan",
            paragraph(run("{%tr for m in mitra %}"))
            + paragraph(run("{{ m.mitra }}"))
            + paragraph(run("{%tr endfor %}")),
        ),
        says=("{%p for m in mitra %}",),
        heading="Pembahasan",
        words="{%tr for m in mitra %}",
    ),
    Mistake(
        "pindah_halaman_di_dalam_perintah",
        "mou",
        tag(
            "{%p for b in premis %}",
            run("{%p for b in "),
            '<w:r w:rsidR="00A77B3E"><w:br w:type="page"/></w:r>',
            run("premis %}"),
        ),
        says=("halaman",),
        words="{%p for b in",
    ),
    Mistake(
        "pasal_dihapus",
        "pks",
        between("{%p for a in pasal %}", f"{plain('{%p endfor %}')}</w:p><w:tbl>"),
        says=("pasal",),
    ),
    Mistake(
        "tabel_tanda_tangan_dihapus",
        "mou",
        drop("w:tbl", "{%tr for baris in ttd %}"),
        says=("tanda tangan",),
    ),
    # What Word puts around a tag
    Mistake(
        "tanda_biasa_word",
        "notulen",
        tag(
            ": {{ tempat }}",
            run(": {{ "),
            GO_BACK,
            GRAMMAR[0],
            run("tem", rsid="00B22C11"),
            "<w:r><w:lastRenderedPageBreak/><w:t>pat</w:t></w:r>",
            GRAMMAR[1],
            run(" }}"),
        ),
    ),
    Mistake(
        "sisipan_terlacak",
        "notulen",
        tag(": {{ tempat }}", run(": "), f"<w:ins {TRACKED}>{run('{{ tempat }}')}</w:ins>"),
        says=("Track Changes",),
        cell="2.2",
        words="{{ tempat }}",
    ),
    Mistake(
        "hapusan_terlacak",
        "notulen",
        tag(
            ": {{ tempat }}",
            run(": {{ tempat"),
            f'<w:del {TRACKED}><w:r><w:delText xml:space="preserve">_rapat</w:delText></w:r></w:del>',
            run(" }}"),
        ),
        says=("Track Changes",),
        cell="2.2",
        words="_rapat",
    ),
    Mistake(
        "komentar_di_dalam_tanda",
        "notulen",
        together(
            added("comments", _COMMENTS, "comments", "rId70"),
            tag(
                ": {{ tempat }}",
                run(": {{ "),
                '<w:commentRangeStart w:id="3"/>',
                run("tempat"),
                '<w:commentRangeEnd w:id="3"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
                '<w:commentReference w:id="3"/></w:r>',
                run(" }}"),
            ),
        ),
        says=("omentar",),
        cell="2.2",
        words="tempat",
    ),
    Mistake(
        "alamat_surat_otomatis",
        "notulen",
        together(
            related("rId71", "hyperlink", "mailto:%7b%7b%20pic%20%7d%7d@contoh.ac.id", outside=True),
            tag(
                ": {{ pic }}",
                run(": "),
                f'<w:hyperlink r:id="rId71" w:history="1">{run("{{ pic }}@contoh.ac.id")}</w:hyperlink>',
            ),
        ),
        says=("tautan",),
        refused=False,
        cell="3.4",
        words="{{ pic }}@contoh.ac.id",
    ),
    Mistake(
        "kendali_isi_separuh",
        "notulen",
        tag(
            "{{ x.catatan }}",
            run("{{ x.", '<w:color w:val="000000"/>'),
            '<w:sdt><w:sdtPr><w:id w:val="-1204512345"/><w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/>'
            f"</w:placeholder><w:text/></w:sdtPr><w:sdtContent>{run('catatan }}')}</w:sdtContent></w:sdt>",
        ),
        says=("kontrol isi",),
        heading="Tindak Lanjut Rapat Sebelumnya",
        cell="3.7",
        words="{{ x.catatan }}",
    ),
    Mistake(
        "persamaan_separuh",
        "notulen",
        tag(
            "{{ x.tenggat }}",
            run("{{ x."),
            f'<m:oMath {_MATH}><m:r><w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'
            "<m:t>tenggat </m:t></m:r></m:oMath>",
            run("}}"),
        ),
        says=("persamaan",),
        heading="Tindak Lanjut Rapat Sebelumnya",
        cell="3.5",
        words="{{ x.",
    ),
    Mistake(
        "gambar_dari_web",
        "notulen",
        together(
            related("rId77", "image", "https://contoh.ac.id/logo.png", outside=True),
            after_heading("Pembahasan", paragraph(_WEB_PICTURE)),
        ),
        says=("https://contoh.ac.id/logo.png",),
        heading="Pembahasan",
    ),
    # Elsewhere than in the body
    Mistake(
        "kepala_salah_ketik",
        "notulen",
        tag("{{ kendali.penyetuju }}", run("{{ kendali.penyetujui }}"), part=HEADER),
        says=("kendali.penyetujui", "kendali.penyetuju"),
        part=HEADER,
        cell="1.3",
        words="kendali.penyetujui",
    ),
    Mistake(
        "kaki_salah_ketik",
        "pks",
        swap("{{ baris[1].label }}", "{{ baris[1].lebel }}", part=FOOTER),
        says=("lebel", "label"),
        part=FOOTER,
        cell="5.3",
        words="lebel",
    ),
    Mistake(
        "catatan_kaki_salah_ketik",
        "notulen",
        together(
            added("footnotes", _FOOTNOTES, "footnotes", "rId72"),
            tag(": {{ pic }}", run(": {{ pic }}"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        ),
        says=("institusii", "institusi"),
        part="word/footnotes.xml",
        words="institusii",
    ),
    Mistake(
        "kotak_teks_salah_ketik",
        "notulen",
        after_heading("Pembahasan", box(paragraph(run("{{ kendali.unti }}")), paragraph(run("{{ kendali.unti }}")))),
        says=("kendali.unti", "kendali.unit"),
        heading="Pembahasan",
        words="kendali.unti",
    ),
    Mistake(
        "kotak_teks_cadangan_kosong",
        "notulen",
        after_heading("Pembahasan", box(paragraph(run("{{ kendali.unit }}")), paragraph())),
        says=("otak teks",),
        refused=False,
        heading="Pembahasan",
        words="{{ kendali.unit }}",
    ),
    Mistake(
        "tabel_di_dalam_sel",
        "notulen",
        swap(
            f'<w:p><w:pPr><w:pStyle w:val="TandaTangan"/></w:pPr>{plain("Mengetahui,")}</w:p>',
            f'{_INNER_TABLE}<w:p><w:pPr><w:pStyle w:val="TandaTangan"/></w:pPr>{plain("Mengetahui,")}</w:p>',
        ),
        says=("jabatan_notulis",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.2 / 1.2",
        words="jabatan_notulis",
    ),
    # Files that are no template
    Mistake("makro_ganti_nama", "notulen", with_macros, says=("makro", ".docx"), part=""),
    Mistake("berkas_doc_ganti_nama", "notulen", lambda _: ole("WordDocument", "1Table"), says=("Word 97",), part=""),
    Mistake("berkas_odt_ganti_nama", "notulen", odt, says=("ODT",), part=""),
    Mistake(
        "berkas_bersandi",
        "notulen",
        lambda _: ole("EncryptionInfo", "EncryptedPackage"),
        says=("sandi",),
        part="",
    ),
)
