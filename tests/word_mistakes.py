"""Templates as people spoil them in Word: each one mistake, made from a shipped template.

What Word writes for it comes from ``word_edits`` (revision ids, spelling marks, tracked changes, hyperlinks, content
controls), because that is what makes such a mistake hard to find. A case without ``says``
is no mistake, since the engine reads it as it was meant: the check must be silent.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from word_edits import (
    BODY,
    FOOTER,
    GO_BACK,
    GRAMMAR,
    HEADER,
    NS,
    RELS,
    SPELL,
    TRACKED,
    TYPES,
    WML,
    Edit,
    Parts,
    added,
    after_heading,
    between,
    drop,
    odt,
    ole,
    paragraph,
    plain,
    related,
    run,
    swap,
    together,
)


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
    """What stands between ⟦ and ⟧, else the whole paragraph."""


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
    f'<w:comments xmlns:w="{NS}"><w:comment w:id="3" w:author="Staf Humas" w:date="2026-11-02T09:20:00Z" '
    f'w:initials="SH">{paragraph(run("Apakah nama ruang perlu?"))}</w:comment></w:comments>'
)
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{NS}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
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
    swap(f"{WML}.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml", part=TYPES)(parts)
    swap(
        '<Default Extension="rels"',
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="rels"',
        part=TYPES,
    )(parts)
    swap(
        "</Relationships>",
        '<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/></Relationships>',
        part=RELS,
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
        words="{{ x.pokk }}",
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
        says=("Tempat", "`tempat`"),
        cell="2.2",
        words="{{ Tempat }}",
    ),
    Mistake(
        "perintah_huruf_besar",
        "notulen",
        tag("{%p if notulis %}", run("{%p If notulis %}")),
        says=("If", "{%p if … %}"),
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
        words="{{ t.urian }}",
    ),
    Mistake(
        "loop_salah_ketik",
        "notulen",
        tag("{%tr if loop.last %}", run("{%tr if loop.lats %}")),
        says=("loop.lats", "loop.last"),
        heading="Butir Kesepakatan yang Dibahas",
        cell="3.1",
        words="{%tr if loop.lats %}",
    ),
    Mistake(
        "titik_tiga_dari_panduan",
        "notulen",
        after_heading("Pembahasan", paragraph(run("Dibuka oleh {{ … }}"))),
        says=("{{ … }}",),
        heading="Pembahasan",
        words="{{ … }}",
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
        words="{{ jam_mulai – jam_selesai }}",
    ),
    Mistake(
        "dua_kata",
        "mou",
        tag("{{r tentang }}", run("{{r kata tentang }}")),
        says=("kata tentang",),
        words="{{r kata tentang }}",
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
        words="{%p if b.gaya = ‘ayat’ %}",
    ),
    Mistake(
        "kutip_tak_ditutup",
        "mou",
        tag("{%p if b.gaya == 'ayat' %}", run("{%p if b.gaya == “ayat %}")),
        says=("kutip",),
        heading="{{r a.judul }}",
        words="{%p if b.gaya == “ayat %}",
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
        words="{% end if %}",
    ),
    # Filters
    Mistake(
        "saringan_salah_ketik",
        "notulen",
        tag(": {{ tempat }}", run(": {{ tempat|uper }}")),
        says=("uper", "upper"),
        cell="2.2",
        words="{{ tempat|uper }}",
    ),
    Mistake(
        "saringan_tidak_cocok",
        "notulen",
        tag(": {{ tempat }}", run(": {{ tempat|rupiah_lengkap }}")),
        says=("rupiah_lengkap",),
        cell="2.2",
        words="{{ tempat|rupiah_lengkap }}",
    ),
    # Names in the wrong place
    Mistake(
        "di_luar_perulangan",
        "notulen",
        after_heading("Dokumentasi", paragraph(run("Kegiatan: {{ x.uraian }}"))),
        says=("x", "{%tr for"),
        heading="Dokumentasi",
        words="{{ x.uraian }}",
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
        words="{{ pihak.nama }}",
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
        says=("{%p if b.jangkar %}", "{%p endfor %}"),
        heading="{{r a.judul }}",
        words="{%p if b.jangkar %}",
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
        says=("sel", "5.4"),
        refused=False,
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
        refused=False,
        words="{%p for b in  premis %}",
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
        words=": {{ tempat }}",
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
        refused=False,
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
            run("{{ x."),
            '<w:sdt><w:sdtPr><w:id w:val="-1204512345"/><w:placeholder>'
            '<w:docPart w:val="DefaultPlaceholder_-1854013440"/>'
            f"</w:placeholder><w:text/></w:sdtPr><w:sdtContent>{run('catatan }}')}</w:sdtContent></w:sdt>",
        ),
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
        words="{{ x.}}",
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
        words="{{ kendali.penyetujui }}",
    ),
    Mistake(
        "kaki_salah_ketik",
        "pks",
        swap("{{ baris[1].label }}", "{{ baris[1].lebel }}", part=FOOTER),
        says=("lebel", "label"),
        part=FOOTER,
        cell="5.3",
        words="{{ baris[1].lebel }}",
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
        words="{{ institusii }}",
    ),
    Mistake(
        "kotak_teks_salah_ketik",
        "notulen",
        after_heading("Pembahasan", box(paragraph(run("{{ kendali.unti }}")), paragraph(run("{{ kendali.unti }}")))),
        says=("kendali.unti", "kendali.unit"),
        heading="Pembahasan",
        words="{{ kendali.unti }}",
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
        words="{{ jabatan_notulis }}",
    ),
    # Files that are no template
    Mistake("makro_ganti_nama", "notulen", with_macros, says=("makro", ".docx"), part=""),
    Mistake("berkas_doc_ganti_nama", "notulen", lambda _: ole("WordDocument", "1Table"), says=("Word 97",), part=""),
    Mistake("berkas_odt_ganti_nama", "notulen", odt, says=(".odt",), part=""),
    Mistake(
        "berkas_bersandi",
        "notulen",
        lambda _: ole("EncryptionInfo", "EncryptedPackage"),
        says=("sandi",),
        part="",
    ),
    # A second round, after the first was mended
    Mistake(
        "ganti_baris_ganti_spasi",
        "mou",
        tag(
            "{%p if not loop.first %}",
            run("{%p if not"),
            '<w:r w:rsidR="00A77B3E"><w:br/></w:r>',
            run("loop.first %}"),
        ),
        says=("Shift+Enter",),
        words="{%p if not loop.first %}",
    ),
    Mistake(
        "pindah_halaman_di_samping_perintah",
        "mou",
        tag("{%p for l in lampiran %}", '<w:r><w:br w:type="page"/></w:r>', run("{%p for l in lampiran %}")),
        says=("pemisah halaman",),
        refused=False,
        heading="{{r a.judul }}",
        words="{%p for l in lampiran %}",
    ),
    Mistake(
        "perintah_kurung_lebar",
        "notulen",
        tag("{%p if notulis %}", run("｛%p if notulis %｝")),
        says=("{%p if notulis %}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="｛%p if notulis %｝",
    ),
    Mistake(
        "kurung_berspasi",
        "usulan",
        tag("{{ pengusul }}", run("{ { pengusul } }")),
        says=("{{ pengusul }}",),
        cell="3.3",
        words="{ { pengusul } }",
    ),
    Mistake(
        "tag_terhapus_terlacak",
        "notulen",
        tag(
            ": {{ tempat }}",
            run(": "),
            f'<w:del {TRACKED}><w:r><w:delText xml:space="preserve">{{{{ tempat }}}}</w:delText></w:r></w:del>',
        ),
        says=("Track Changes",),
        cell="2.2",
        words=":",
    ),
    Mistake(
        "baris_terhapus_terlacak",
        "usulan",
        swap(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>",
            f"<w:tr><w:trPr><w:cantSplit/><w:del {TRACKED}/></w:trPr>",
            nth=3,
        ),
        says=("Track Changes",),
        cell="3.1",
        words="Pengusul",
    ),
    Mistake(
        "ruas_mail_merge",
        "notulen",
        tag(
            ": {{ tempat }}",
            run(": "),
            f'<w:fldSimple w:instr=" MERGEFIELD tempat ">{run("«tempat»")}</w:fldSimple>',
        ),
        says=("tempat",),
    ),
    Mistake(
        "kepala_kurang_kurung",
        "usulan",
        tag("{{ kendali.penyetuju }}", run("{{ kendali.penyetuju }"), part=HEADER),
        says=("}}",),
        part=HEADER,
        cell="1.3",
        words="{{ kendali.penyetuju }",
    ),
    Mistake(
        "isian_daftar_lain",
        "notulen",
        tag("{{ x.butir }}", run("{{ x.pokok }}")),
        says=("x.pokok", "pembahasan"),
        heading="Butir Kesepakatan yang Dibahas",
        cell="4.2",
        words="{{ x.pokok }}",
    ),
    Mistake(
        "in_salah_ketik",
        "mou",
        tag("{%p for x in pihak %}", run("{%p for x on pihak %}")),
        says=("for x in",),
        words="{%p for x on pihak %}",
    ),
    Mistake(
        "daftar_salah_ketik",
        "usulan",
        tag("{%tr for x in manfaat %}", run("{%tr for x in manfat %}")),
        says=("manfat", "`manfaat`"),
        heading="Manfaat yang Diharapkan",
        cell="2.1",
        words="{%tr for x in manfat %}",
    ),
    Mistake(
        "spasi_sesudah_tr_terlupa",
        "notulen",
        tag("{%tr for x in butir %}", run("{%trfor x in butir %}")),
        says=("{%tr for x in butir %}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="2.1",
        words="{%trfor x in butir %}",
    ),
    Mistake(
        "baris_for_dihapus_di_tengah",
        "monitoring",
        drop("w:tr", "{%tr for x in rekap_keadaan %}"),
        says=("{%tr for x in rekap_keadaan %}",),
        heading="Kegiatan menurut Keadaan",
        cell="3.1",
        words="{%tr endfor %}",
    ),
    Mistake(
        "baris_for_dalam_dihapus",
        "survei",
        drop("w:tr", "{%tr for b in d.butir %}"),
        says=("{%tr for b in d.butir %}",),
        heading="Hasil menurut Dimensi",
        cell="5.1",
        words="{%tr endfor %}",
    ),
    Mistake(
        "if_dihapus",
        "notulen",
        drop("w:p", "{%p if notulis %}"),
        says=("{%p if … %}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{%p endif %}",
    ),
    Mistake(
        "sel_tanda_tangan_ketiga",
        "mou",
        tag("{{r baris[1].jabatan }}", run("{{r baris[2].jabatan }}")),
        says=("baris[2]",),
        heading="{{r a.judul }}",
        cell="8.2",
        words="{{r baris[2].jabatan }}",
    ),
    Mistake(
        "fungsi_bukan_saringan",
        "notulen",
        tag(": {{ tanggal_hari }}", run(": {{ tanggal_panjang(tanggal) }}")),
        says=("tanggal_panjang",),
        cell="1.4",
        words="{{ tanggal_panjang(tanggal) }}",
    ),
    Mistake(
        "kotak_teks_di_samping_perintah",
        "notulen",
        tag(
            "{%p if notulis %}",
            run("{%p if notulis %}"),
            _BOX.replace("{new}", paragraph()).replace("{old}", paragraph()),
        ),
        says=("kotak teks",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{%p if notulis %}",
    ),
    # In one branch only
    Mistake(
        "nama_satu_penanda_tangan_dihapus",
        "mou",
        drop("w:p", "{{r baris[0].nama }}"),
        says=("`baris[0].nama`",),
        heading="{{r a.judul }}",
        cell="3.1",
        words="{%tr if baris[1].kosong %}",
    ),
    Mistake(
        "tautan_bukti_dihapus",
        "laporan_pelaksanaan",
        swap(" Tautan: {{ x.tautan }}", ""),
        says=("`x.tautan`",),
        heading="Bukti",
        words="{%p for x in bukti %}",
    ),
    # A third round
    Mistake(
        "baris_isi_dihapus",
        "usulan",
        drop("w:tr", "{{ x.no }}", nth=1),
        says=("x.bagi", "x.uraian"),
        heading="Manfaat yang Diharapkan",
        cell="2.1",
        words="{%tr for x in manfaat %}",
    ),
    Mistake(
        "kolom_dihapus",
        "usulan",
        drop("w:tc", "{{ x.", nth=2),
        says=("x.",),
        heading="Manfaat yang Diharapkan",
        cell="2.1",
        words="{%tr for x in manfaat %}",
    ),
    Mistake(
        "else_if",
        "mou",
        tag("{%p elif b.gaya == 'huruf1' %}", run("{%p else if b.gaya == ‘huruf1’ %}")),
        says=("elif",),
        heading="{{r a.judul }}",
        words="{%p else if b.gaya == ‘huruf1’ %}",
    ),
    Mistake(
        "jika",
        "notulen",
        tag("{%p if notulis %}", run("{%p jika notulis %}")),
        says=("{%p if … %}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{%p jika notulis %}",
    ),
    Mistake(
        "koma_bukan_titik",
        "notulen",
        tag("{{ t.pic }}", run("{{ t,pic }}"), nth=2),
        says=("t.pic",),
        heading="Pembahasan",
        cell="8.5",
        words="{{ t,pic }}",
    ),
    Mistake("spasi_sesudah_titik", "notulen", tag("{{ t.pic }}", run("{{ t. pic }}"), nth=2)),
    Mistake(
        "titik_huruf_besar",
        "notulen",
        tag("{{ t.pic }}", run("{{ t. Pic }}"), nth=2),
        says=("`t.pic`",),
        heading="Pembahasan",
        cell="8.5",
        words="{{ t. Pic }}",
    ),
    Mistake("tabel_kepala_dihapus", "notulen", drop("w:tbl", "{{ institusi }}", part=HEADER), says=("kendali",)),
    Mistake(
        "draf_dihapus",
        "mou",
        swap("{%r if draf %}", "", part=HEADER),
        says=("endif",),
        part=HEADER,
        words="{%r endif %}",
    ),
    Mistake(
        "tiga_kurung",
        "notulen",
        tag(": {{ tempat }}", run(": {{{ tempat }}}")),
        says=("dari dua",),
        cell="2.2",
        words="{{{ tempat }}",
    ),
    Mistake(
        "dan_bukan_and",
        "notulen",
        tag("{%tr if terakhir and loop.last %}", run("{%tr if terakhir &amp; loop.last %}")),
        says=("and",),
        heading="Pembahasan",
        cell="5.1",
        words="{%tr if terakhir & loop.last %}",
    ),
    Mistake(
        "lebih_besar_sama",
        "notulen",
        swap("{% if r|length &gt; 1 %}{{ r[1].berkas }}", "{% if r|length ≥ 2 %}{{ r[1].berkas }}"),
        says=(">=",),
        heading="Dokumentasi",
        cell="2.2",
        words="{% if r|length ≥ 2 %}",
    ),
    Mistake(
        "endfor_dalam_dihapus",
        "survei",
        drop("w:tr", "{%tr endfor %}", nth=3),
        says=("{%tr endfor %}",),
        heading="Hasil menurut Dimensi",
        cell="2.1",
        words="{%tr for d in hasil %}",
    ),
    Mistake(
        "endif_ganda",
        "notulen",
        swap(
            plain("{%p endif %}") + "</w:p>", plain("{%p endif %}") + "</w:p>" + paragraph(run("{%p endif %}")), nth=7
        ),
        says=("{%p if … %}",),
        heading="Butir Kesepakatan yang Dibahas",
        cell="1.1",
        words="{%p endif %}",
    ),
    Mistake(
        "kotak_hanya_baru",
        "notulen",
        after_heading("Pembahasan", box(paragraph(run("{{ kendali.unti }}")), paragraph(run("{{ kendali.unit }}")))),
        says=("kendali.unti",),
        heading="Pembahasan",
        words="{{ kendali.unti }}",
    ),
    Mistake(
        "kata_sebelum_p",
        "mou",
        tag("{%p if rahmat %}", run("Bila perlu: {%p if rahmat %}")),
        says=("Bila perlu",),
        refused=False,
        words="{%p if rahmat %}",
    ),
    Mistake(
        "tanda_kurung",
        "notulen",
        tag(": {{ tempat }}", run(": {{ (tempat }}")),
        says=(")",),
        cell="2.2",
        words="{{ (tempat }}",
    ),
    Mistake("gaya_asing", "notulen", after_heading("Pembahasan", paragraph(run("Catatan"), style="Normal1"))),
    Mistake(
        "tautan_memotong",
        "notulen",
        together(
            related("rId71", "hyperlink", "https://contoh.ac.id/", outside=True),
            tag(": {{ pic }}", run(": {{ "), f'<w:hyperlink r:id="rId71">{run("pic }} di sini")}</w:hyperlink>'),
        ),
    ),
)
