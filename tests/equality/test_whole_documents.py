"""Whole documents, as scripts for docxtpl make them with python-docx: pictures, replacements, properties, functions."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
import pytest
from canonical import differences
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Inches, Mm, Pt
from two_libraries import both, run

from ksdocs.docx import Template, compat
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.problems import TemplateError


def png(width: int, height: int, *, seed: int = 0, dpi: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([seed, 0, 0]) * width for _ in range(height))
    dots = round(dpi / 0.0254)
    physical = chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)) if dpi else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + physical
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def bmp(width: int, height: int, per_metre: int = 0) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, per_metre, per_metre, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head + b"\0" * (((width * 3 + 3) & ~3) * height)


def gif(width: int, height: int) -> bytes:
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", width, height, 0x80, 0, 0)
        + b"\0\0\0\xff\xff\xff"
        + b"\x2c"
        + b"\0" * 20
        + b";"
    )


def tiff(width: int, height: int, dpi: int, order: str) -> bytes:
    entries = [(256, 3, width), (257, 3, height), (282, 5, 100), (283, 5, 100), (296, 3, 2)]
    out = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(entries))
    for tag, kind, value in entries:
        packed = struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}I", value)
        out += struct.pack(f"{order}HHI", tag, kind, 1) + packed
    return out.ljust(100, b"\0") + struct.pack(f"{order}II", dpi, 1)


def jpeg(width: int, height: int, dpi: int = 0) -> bytes:
    app0 = b"\xff\xe0\x00\x10JFIF\0\1\1" + struct.pack(">BHHBB", 1 if dpi else 0, dpi or 1, dpi or 1, 0, 0)
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\1\x11\0\2\x11\1\3\x11\1"
    return b"\xff\xd8" + app0 + frame + b"\xff\xda\x00\x02\xff\xd9"


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def template(*paragraphs: str, change: Callable[[Any], None] | None = None) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change is not None:
        change(document)
    return saved(document)


def same(data: bytes, context: Any, **options: Any) -> bytes:
    ours, theirs = both(data, context, **options)
    assert "\n".join(differences(ours, theirs)) == ""
    assert [q.code for q in check(ours) if q.refuses] == []
    return ours


# ---------------------------------------------------------------------- documents of python-docx


def order_form(document: Any) -> None:
    document.add_heading("Pesanan {{ nomor }}", 0)
    document.add_paragraph("Yth. {{ pelanggan.nama }}", style="Intense Quote")
    table = document.add_table(rows=4, cols=3, style="Light Grid Accent 1")
    for row, texts in zip(
        table.rows,
        [
            ("Barang", "Jumlah", "Harga"),
            ("{%tr for b in barang %}", "", ""),
            ("{{ b.nama }}", "{{ b.jumlah }}", "{{ '%.2f'|format(b.harga) }}"),
            ("{%tr endfor %}", "", ""),
        ],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("{% if lunas %}LUNAS{% else %}Belum lunas: {{ barang|sum(attribute='harga') }}{% endif %}")
    for text in ("{%p for b in barang %}", "{{ b.nama }}", "{%p endfor %}"):
        document.add_paragraph(text, style="List Bullet")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Kepada {{ pelanggan.nama }}\tNo. {{ nomor }}"
    section.footer.paragraphs[0].add_run("{{ nomor ").bold = True
    section.footer.paragraphs[0].add_run("}} selesai")
    document.core_properties.title = "Pesanan {{ nomor }}"
    document.core_properties.author = "{{ pelanggan.nama }}"
    document.core_properties.comments = "untuk {{ pelanggan.nama }}"
    document.core_properties.subject = "{% if lunas %}lunas{% endif %}"


ORDER = {
    "nomor": "7/2026",
    "pelanggan": {"nama": "PT Maju"},
    "barang": [{"nama": "A & B", "jumlah": 2, "harga": 1.5}, {"nama": "<C>", "jumlah": 1, "harga": 20.25}],
    "lunas": False,
}


def test_a_form_made_with_python_docx_is_filled_alike() -> None:
    same(template(change=order_form), ORDER)


def test_one_template_is_filled_many_times_alike() -> None:
    data = template("{{ judul }}", "{{ isi }}")
    for n in range(3):
        same(data, {"judul": f"Judul {n}", "isi": f"isi & {n}"})


def test_functions_of_an_environment_are_used_alike() -> None:
    environment = jinja2.Environment()
    environment.filters["tambah"] = lambda value, other: value + other
    environment.tests["besar"] = lambda value: value > 2
    environment.globals["sapa"] = lambda name: f"Hai {name}"
    data = template("{{ a|tambah(' dunia') }} {{ n|tambah(1.5) }}", "{% if n is besar %}besar{% endif %} {{ sapa(a) }}")
    same(data, {"a": "Halo", "n": 3}, environment=environment)


def test_names_that_a_template_asks_for_are_told_alike() -> None:
    data = template(change=order_form)
    theirs = docxtpl.DocxTemplate(io.BytesIO(data)).get_undeclared_template_variables()
    assert compat.DocxTemplate(io.BytesIO(data)).get_undeclared_template_variables() == theirs
    assert Template.open(data).get_undeclared_template_variables() == theirs == set(ORDER)
    scoped = template(
        "{% for x in xs %}{{ x }}{{ loop.index }}{% endfor %}{{ x }}{% set y = z %}{{ y }}{{ range(2)|list }}"
    )
    assert (
        Template.open(scoped).get_undeclared_template_variables()
        == docxtpl.DocxTemplate(io.BytesIO(scoped)).get_undeclared_template_variables()
        == {"xs", "x", "z"}
    )
    missing = {"nomor": 1, "lunas": True}
    assert Template.open(data).get_undeclared_template_variables(missing) == docxtpl.DocxTemplate(
        io.BytesIO(data)
    ).get_undeclared_template_variables(context=missing)


def test_a_rendered_document_can_be_worked_on_before_it_is_saved(tmp_path: Path) -> None:
    for library in (compat, docxtpl):
        made = library.DocxTemplate(io.BytesIO(template("{{ a }}")))
        made.render({"a": "x"}, autoescape=True)
        made.docx.core_properties.keywords = "kunci"
        made.docx.paragraphs[0].add_run(" y")
        made.add_paragraph("z")
        made.save(tmp_path / "a.docx")
        again = Document(str(tmp_path / "a.docx"))
        assert [p.text for p in again.paragraphs] == ["x y", "z"]
        assert again.core_properties.keywords == "kunci"


def test_a_template_is_opened_by_path_and_saved_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(template("tetap"))
    for source in (tmp_path / "t.docx", str(tmp_path / "t.docx")):
        made = compat.DocxTemplate(source)
        made.save(str(tmp_path / "u.docx"))
        assert [p.text for p in Document(str(tmp_path / "u.docx")).paragraphs] == ["tetap"]


# ---------------------------------------------------------------------- pictures

PICTURES = {
    "png": png(40, 20),
    "png_dpi": png(40, 20, dpi=300),
    "jpeg": jpeg(640, 480),
    "jpeg_dpi": jpeg(640, 480, 150),
    "gif": gif(30, 10),
    "bmp": bmp(12, 6),
    "bmp_dpi": bmp(12, 6, 11811),
    "tiff": tiff(50, 40, 200, "<"),
    "tiff_big": tiff(50, 40, 96, ">"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_of_every_kind_are_as_large_as_docxtpl_makes_them(name: str) -> None:
    def context(library: Any, tpl: Any) -> dict[str, Any]:
        def make(**size: Any) -> Any:
            return library.InlineImage(tpl, io.BytesIO(PICTURES[name]), **size)

        return {
            "a": make(),
            "b": make(width=Mm(20)),
            "c": make(height=Inches(1)),
            "d": make(width=Mm(30), height=Pt(60)),
            "e": library.InlineImage(tpl, io.BytesIO(PICTURES[name]), Mm(7)),
        }

    same(template("{{ a }}", "x {{ b }} y", "{{ c }}{{ d }}", "{{ e }}"), context)


def test_pictures_stand_in_headers_footers_tables_and_loops_alike(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(8, 8, seed=1))

    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ logo }}"
        document.sections[0].footer.paragraphs[0].text = "F {{ logo }}"
        table = document.add_table(rows=3, cols=1)
        for row, text in zip(
            table.rows, ("{%tr for g in gambar %}", "{{ g.isi }} {{ g.nama }}", "{%tr endfor %}"), strict=True
        ):
            row.cells[0].text = text

    def context(library: Any, tpl: Any) -> dict[str, Any]:
        return {
            "logo": library.InlineImage(tpl, str(tmp_path / "logo.png"), width=Mm(10)),
            "gambar": [
                {"isi": library.InlineImage(tpl, io.BytesIO(png(9, 9, seed=n)), height=Mm(5)), "nama": f"g{n}"}
                for n in range(3)
            ],
        }

    ours = same(template("{{ logo }}", change=change), context)
    numbers = Package.read(ours).text("word/document.xml").split('docPr id="')[1:]
    assert len({n.partition('"')[0] for n in numbers}) == 4


def test_a_picture_leads_to_an_address_alike() -> None:
    def context(library: Any, tpl: Any) -> dict[str, Any]:
        picture = io.BytesIO(png(8, 8))
        return {"a": library.InlineImage(tpl, picture, width=Mm(9), anchor="https://contoh.example/x")}

    same(template("{{ a }}"), context)


# ---------------------------------------------------------------------- replacements


def with_pictures(document: Any) -> None:
    names = iter(("satu.png", "dua.png", "kepala.png"))
    header = document.sections[0].header.paragraphs[0]
    for paragraph, seed in ((document.add_paragraph("{{ a }}"), 1), (document.add_paragraph(), 2), (header, 3)):
        inline = paragraph.add_run().add_picture(io.BytesIO(png(10, 10, seed=seed)))._inline
        inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", next(names))
        inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("descr", f"gambar nomor {seed}")


@pytest.mark.parametrize("name", ["satu.png", "kepala.png", "gambar nomor 2"])
def test_a_picture_is_replaced_by_its_name_or_alternative_text_alike(name: str) -> None:
    new = png(10, 10, seed=9)
    ours = same(template(change=with_pictures), {"a": 1}, before=lambda tpl: tpl.replace_pic(name, io.BytesIO(new)))
    assert any(Package.read(ours).bytes(n) == new for n in Package.read(ours).names)


def test_a_picture_of_another_kind_is_declared_as_what_it_is() -> None:
    new = jpeg(4, 4)
    out = Template.open(template(change=with_pictures)).render({"a": 1}, pictures={"satu.png": new})
    (member,) = [n for n in Package.read(out).names if n.startswith("word/media") and Package.read(out).bytes(n) == new]
    assert Package.read(out).content_type(member) == "image/jpeg"
    assert [q.code for q in check(out) if q.refuses] == []


def test_media_are_replaced_by_their_bytes_alike(tmp_path: Path) -> None:
    (tmp_path / "lama.png").write_bytes(png(10, 10, seed=2))
    (tmp_path / "baru.png").write_bytes(png(10, 10, seed=8))
    replace = lambda tpl: tpl.replace_media(str(tmp_path / "lama.png"), str(tmp_path / "baru.png"))  # noqa: E731
    same(template(change=with_pictures), {"a": 1}, before=replace)


def with_embedded(document: Any) -> None:
    package = document.part.package
    for name, content in (("a.xlsx", b"buku kerja"), ("b.docx", b"naskah")):
        part = Part(
            PackURI(f"/word/embeddings/{name}"), "application/vnd.openxmlformats-officedocument.x", content, package
        )
        document.part.relate_to(part, RT.PACKAGE)


def test_embedded_files_are_replaced_by_bytes_and_by_name_alike(tmp_path: Path) -> None:
    for name, content in (("lama", b"naskah"), ("baru", b"naskah baru"), ("buku", b"buku baru")):
        (tmp_path / name).write_bytes(content)

    def replace(tpl: Any) -> None:
        tpl.replace_embedded(str(tmp_path / "lama"), str(tmp_path / "baru"))
        tpl.replace_zipname("word/embeddings/a.xlsx", str(tmp_path / "buku"))

    ours = same(template("{{ a }}", change=with_embedded), {"a": 1}, before=replace)
    assert Package.read(ours).bytes("word/embeddings/a.xlsx") == b"buku baru"
    assert Package.read(ours).bytes("word/embeddings/b.docx") == b"naskah baru"


def test_replacements_are_forgotten_when_asked_alike() -> None:
    def replace(tpl: Any) -> None:
        tpl.replace_pic("satu.png", io.BytesIO(png(10, 10, seed=9)))
        tpl.reset_replacements()

    same(template(change=with_pictures), {"a": 1}, before=replace)


def test_pictures_are_replaced_after_the_render_and_before_each_save_alike() -> None:
    first, second = png(10, 10, seed=7), png(10, 10, seed=8)
    for library in (compat, docxtpl):
        made = library.DocxTemplate(io.BytesIO(template(change=with_pictures)))
        made.render({"a": 1}, autoescape=True)
        for new in (first, second):
            made.replace_pic("satu.png", io.BytesIO(new))
            stream = io.BytesIO()
            made.save(stream)
            package = Package.read(stream.getvalue())
            assert new in [package.bytes(n) for n in package.names]
        made.replace_pic("tidak ada", io.BytesIO(second))
        with pytest.raises(ValueError, match="tidak ada"):
            made.save(io.BytesIO())


def test_a_picture_that_is_not_there_is_refused_unless_allowed() -> None:
    data = template(change=with_pictures)

    def replace(tpl: Any) -> None:
        tpl.replace_pic("stau.png", io.BytesIO(png(10, 10)))

    with pytest.raises(TemplateError, match=r"KS472.*stau\.png"):
        run(compat, data, {"a": 1}, before=replace)

    def allowed(tpl: Any) -> None:
        tpl.allow_missing_pics = True
        replace(tpl)

    same(data, {"a": 1}, before=allowed)
