"""Hostile templates and clauses, row by row, as they reach an office: every row ends in a refusal with a place and
plain words, and nothing is written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import samples
import threats
from ksdocs.docx.package import Package

MOU = samples.MOU


def test_the_record_that_these_tests_spoil_is_fit(tmp_path: Path) -> None:
    left = threats.run(tmp_path, samples.record(), templates=threats.templates(tmp_path))
    assert left.codes == set()
    assert list(left.files) == [f"{MOU}.docx"]


# ---------------------------------------------------------------------- Jinja in a template


ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ tentang.__class__ }}",
    "{{ pihak[0]['__class__'] }}",
    "{% include '/etc/passwd' %}",
    "{{ lipsum() }}",
]
BOMBS = [
    "{{ range(10**9)|list }}",
    "{{ 'a'*10**10 }}",
    "{{ 9**9**9**9**9 }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    "{{" * 5000,
]


@pytest.mark.parametrize("code", [*ESCAPES, *BOMBS], ids=lambda code: code[:40])
def test_row_jinja_in_a_template(tmp_path: Path, code: str) -> None:
    spoiled = threats.with_member(tmp_path, "word/document.xml", threats.in_body(threats.paragraph(code)))
    assert threats.refused(tmp_path, templates=spoiled) <= {f"KS4{n}" for n in range(50, 80)}


@pytest.mark.parametrize("place", ["footer", "header", "docProps/core.xml"])
def test_row_jinja_outside_of_the_body(tmp_path: Path, place: str) -> None:
    package = Package.read(samples.TEMPLATES / "mou" / "naskah.docx")
    member = next(n for n in package.names if place in n and n.endswith(".xml"))
    code = "{{ cycler.__init__.__globals__ }}"

    def spoil(content: bytes) -> bytes:
        if place.startswith("docProps"):
            title = b"<dc:title>" + code.encode() + b"</dc:title></"
            return re.sub(rb"</(?=(?:cp:)?coreProperties>)", title, re.sub(rb"<dc:title>.*?</dc:title>", b"", content))
        return re.sub(rb"</(?=w:(?:hdr|ftr)>)", threats.paragraph(code).encode() + b"</", content)

    spoiled = threats.with_member(tmp_path, member, spoil)
    assert threats.refused(tmp_path, templates=spoiled) <= {"KS456", "KS460", "KS469"}


# ---------------------------------------------------------------------- Jinja in clauses of an officer's own folder


CLAUSES = {
    "reaches-python": "bahwa {{ ''.__class__.__mro__[1].__subclasses__() }}",
    "reaches-globals": "bahwa {{ ref.__globals__ }}",
    "text-multiplied": "bahwa {{ 'a' * 10**10 }}",
    "list-multiplied": "{% for x in [0] * 10**9 %}\nbahwa x\n{% endfor %}",
    "power": "bahwa {{ 9**9**9**9 }}",
    "padding": "bahwa {{ naskah_ini.center(10**9) }}",
    "formatting": "bahwa {{ '%999999999d' % 1 }}",
    "wide-gap": "bahwa {{ celah(1000000000) }}",
    "loops-in-loops": "{% for a in ruang_lingkup %}\n" * 8 + "bahwa x\n" + "{% endfor %}\n" * 8,
    "loops-too-deep": "{% for a in premis %}\n" * 30 + "bahwa x\n" + "{% endfor %}\n" * 30,
    "conditions-too-deep": "{% if premis %}\n" * 300 + "bahwa x\n" + "{% endif %}\n" * 300,
    "brackets-too-deep": "bahwa {{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "endless-number": "bahwa {{ " + "9" * 9000 + " }}",
    "recursion": "{% for x in premis recursive %}\nbahwa {{ loop(premis) }}\n{% endfor %}",
    "two-commands-on-a-line": "{% if premis %}{% set a = 'x' %}{% endif %}",
    "words-that-would-be-lost": "{% if premis %}bahwa {{ premis[0] }}{% endif %}",
    "inclusion": "{% if premis %}{% include '/etc/passwd' %}{% endif %}",
    "division-by-nothing": "bahwa {{ 1 / 0 }}",
    "party-of-no-number": "bahwa {{ label_pihak(99) }}",
    "braces": "bahwa {{ " * 20_000,
    "huge": "bahwa " + "x" * 20_000_000,
    "control-characters": "bahwa \x01 9 \x02 x",
    "bidi": "bahwa \u202e x",
    "escaped-control-character": 'bahwa {{ "\\x01" }}',
}


@pytest.mark.parametrize("name", CLAUSES)
def test_row_jinja_in_a_clause(tmp_path: Path, name: str) -> None:
    spoiled = threats.with_clause(tmp_path, CLAUSES[name])
    left = threats.run(tmp_path, samples.record(), templates=spoiled)
    assert left.files == {}
    assert left.codes & {"KS303", "KS310", "KS316", "KS319", "KS341", "KS342"}
    assert all(Path(str(p.at.file)).name == "premis.md" for p in left.problems if p.refuses)


@pytest.mark.parametrize(
    "expression",
    ["premis * 10**10", "(" * 3000 + "premis" + ")" * 3000, "premis.x()", "tidak_ada", "premis|tidak", "premis ==", ""],
    ids=["product", "brackets", "call", "name", "filter", "syntax", "empty"],
)
def test_row_conditions_of_clauses_and_kinds(tmp_path: Path, expression: str) -> None:
    spoiled = threats.templates(tmp_path)
    kind = spoiled / "mou" / "jenis.toml"
    threats.edit(kind, lambda text: text.replace("ada_pihak_asing", expression))
    assert threats.refused(tmp_path, templates=spoiled) <= {"KS310", "KS311", "KS312"}


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "([a-z]+ ?)+x", ".*.*.*x", "(", "(" * 3000 + ")" * 3000, "a{99999999999}"]
)
def test_row_patterns_that_would_search_for_ever(tmp_path: Path, pattern: str) -> None:
    spoiled = threats.templates(tmp_path)
    threats.edit(spoiled / "substansi.toml", lambda text: text.replace(r"'\bbahwa\b'", f"'{pattern}'"))
    assert threats.refused(tmp_path, templates=spoiled) == {"KS316"}


KINDS: dict[str, tuple[str, str]] = {
    "number-for-list": (r"(?m)^bagian = .*$", "bagian = 3"),
    "text-for-list": (r"(?m)^bagian = .*$", 'bagian = "pasal"'),
    "list-with-a-number": (r"(?m)^bagian = .*$", 'bagian = ["pasal", 3]'),
    "table-for-list": (r"(?s)urutan = \[.*?\]", "urutan = {a = 1}"),
    "twice": (r"urutan = \[", 'urutan = ["penutup", "penutup",'),
    "title-without-indonesian": (r"(?m)^judul\.id.*$", ""),
    "demand-of-a-number": (r"(?s)wajib = \[.*?\]", "wajib = 3"),
    "condition-of-a-number": (r'= "ada_pihak_asing"', "= 3"),
    "other-kind": (r'(?m)^id = "mou"', 'id = "pks"'),
    "path-for-clause": (r"urutan = \[", 'urutan = ["../../etc/passwd",'),
    "no-toml": (r"(?s)\A.*\Z", "\x01\x02"),
    "empty": (r"(?s)\A.*\Z", "# kosong"),
    "too-deep": (r"(?s)\A.*\Z", "a = " + "[" * 50_000),
    "endless-number": (r"(?s)\A", "a = " + "9" * 9000 + "\n"),
}


@pytest.mark.parametrize("name", KINDS)
def test_row_a_kind_of_another_form(tmp_path: Path, name: str) -> None:
    pattern, replacement = KINDS[name]
    spoiled = threats.templates(tmp_path)
    threats.edit(spoiled / "mou" / "jenis.toml", lambda text: re.sub(pattern, lambda _m: replacement, text, count=1))
    assert threats.refused(tmp_path, templates=spoiled) <= {"KS302", "KS310", "KS314", "KS316"}


@pytest.mark.parametrize(
    "entry", ["substansi = [1, 2]", "substansi.judul = 3", "substansi.judul.penanda = 'x'", "\xff"]
)
def test_row_sections_of_another_form(tmp_path: Path, entry: str) -> None:
    spoiled = threats.templates(tmp_path)
    (spoiled / "substansi.toml").write_bytes(entry.encode("latin-1"))
    assert threats.refused(tmp_path, templates=spoiled) == {"KS316"}


# ---------------------------------------------------------------------- folders of templates


@pytest.mark.parametrize(
    ("file", "spoil", "code"),
    [
        ("mou/naskah.docx", threats.folder_instead, "KS006"),
        ("mou/naskah.docx", threats.pipe_instead, "KS006"),
        ("mou/naskah.docx", Path.unlink, "KS006"),
        ("mou/naskah.docx", threats.link_instead("/dev/zero"), "KS006"),
        ("substansi.toml", threats.folder_instead, "KS316"),
        ("mou/klausul/premis.md", threats.folder_instead, "KS316"),
        ("mou/klausul/premis.md", threats.pipe_instead, "KS316"),
        ("mou/klausul/premis.md", threats.link_instead("/dev/zero"), "KS316"),
        ("mou/klausul/premis.md", threats.link_instead("/tidak/ada"), "KS316"),
        ("mou/klausul/premis.md", threats.link_instead("premis.md"), "KS316"),
        ("mou/klausul/premis.md", threats.link_instead("/etc/passwd"), "KS301"),
    ],
)
def test_row_something_else_in_the_place_of_a_file(
    tmp_path: Path, file: str, spoil: Callable[[Path], None], code: str
) -> None:
    spoiled = threats.templates(tmp_path)
    spoil(spoiled / file)
    assert threats.refused(tmp_path, templates=spoiled) == {code}


# ---------------------------------------------------------------------- the file of a template


def _shipped(*more: tuple[str, bytes]) -> bytes:
    with zipfile.ZipFile(samples.TEMPLATES / "mou" / "naskah.docx") as archive:
        return threats.zipped(*((n, archive.read(n)) for n in archive.namelist()), *more)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "KS402"),
    "text": (lambda: b"bukan docx", "KS402"),
    "old-doc": (lambda: bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000), "KS403"),
    "encrypted": (lambda: bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "KS404"),
    "truncated": (lambda: _shipped()[:-300], "KS406"),
    "macros": (lambda: _shipped(("word/vbaProject.bin", b"x")), "KS405"),
    "bomb": (lambda: _shipped(("word/media/a.png", bytes(70_000_000))), "KS407"),
    "bomb-of-members": (lambda: _shipped(*((f"x/{n}.xml", b"") for n in range(3000))), "KS407"),
    "member-outside": (lambda: _shipped(("../../etc/cron.d/x", b"x")), "KS408"),
    "member-absolute": (lambda: _shipped(("/etc/passwd", b"x")), "KS408"),
    "member-twice": (lambda: _shipped(("word/Document.xml", b"<x/>")), "KS409"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", FILES)
def test_row_the_file_of_a_template(tmp_path: Path, name: str) -> None:
    make, code = FILES[name]
    assert code in threats.refused(tmp_path, templates=threats.with_docx(tmp_path, make()))


FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
REVISION = '<w:p><w:{} w:id="1" w:author="a"><w:r><w:{}>{}</w:{}></w:r></w:{}></w:p>'
BODIES = {
    "tag-in-a-deletion": (REVISION.format("del", "delText", "{{ tentang }}", "delText", "del"), "KS437"),
    "insertion": (REVISION.format("ins", "t", "x", "t", "ins"), "KS437"),
    "dde": (FIELD.format("DDEAUTO c:\\\\x"), "KS430"),
    "include": (FIELD.format('INCLUDETEXT "http://contoh.example/x"'), "KS430"),
    "cell-without-paragraph": (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid><w:tr><w:tc/></w:tr></w:tbl>',
        "KS416",
    ),
    "tag-that-does-not-end": (threats.paragraph("{{ tentang"), "KS450"),
    "date-of-its-own": (threats.paragraph("Ditandatangani tanggal 5 Mei 2020"), "KS505"),
    "article-of-its-own": (threats.paragraph("Pasal 77"), "KS504"),
    "another-partner": (threats.paragraph("untuk RS Bahari Medika Contoh"), "KS509"),
    "nesting": ("<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000, "KS414"),
}


@pytest.mark.parametrize("name", BODIES)
def test_row_what_stands_in_the_body_of_a_template(tmp_path: Path, name: str) -> None:
    xml, code = BODIES[name]
    if code == "KS509":
        others = [k.nama.id for k in threats.register().semua_lembaga() if k.id == "rs-bahari"]
        xml = threats.paragraph(f"untuk {others[0]}")
    spoiled = threats.with_member(tmp_path, "word/document.xml", threats.in_body(xml))
    assert code in threats.refused(tmp_path, templates=spoiled)


@pytest.mark.parametrize("member", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
def test_row_doctype_and_entities(tmp_path: Path, member: str) -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

    def spoil(content: bytes) -> bytes:
        return re.sub(rb"(<\?xml.*?\?>)?", lambda m: m[0] + doctype, content, count=1)

    spoiled = threats.with_member(tmp_path, member, spoil)
    assert "KS412" in threats.refused(tmp_path, templates=spoiled)


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject"])
def test_row_relationships_that_lead_outside(tmp_path: Path, kind: str) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="http://contoh.example/x" TargetMode="External"/>'
    spoiled = threats.with_member(
        tmp_path, "word/_rels/document.xml.rels", lambda c: c.replace(b"</Rel", link.encode() + b"</Rel")
    )
    assert threats.refused(tmp_path, templates=spoiled) & {"KS423", "KS428"}


def test_row_an_output_that_would_be_too_large(tmp_path: Path) -> None:
    code = "{% set a %}{% for x in range(9999) %}y{% endfor %}{% endset %}{% for x in range(9999) %}{{ a }}{% endfor %}"
    spoiled = threats.with_member(tmp_path, "word/document.xml", threats.in_body(threats.paragraph(code)))
    assert threats.refused(tmp_path, templates=spoiled) <= {"KS407", "KS465"}
