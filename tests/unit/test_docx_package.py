"""A .docx is let in only when its zip is sound, and comes out byte for byte as it went in."""

from __future__ import annotations

import contextlib
import io
import pickle
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docx_specimens import DECLARATION, W, content_types, docx, members, p, part, rels, zipped
from ksdocs.docx import container
from ksdocs.docx.package import Package
from ksdocs.problems import TemplateError

BODY = "word/document.xml"


def codes(data: bytes) -> list[str]:
    """The codes with which `data` is refused; fails when it is not."""
    with pytest.raises(TemplateError) as caught:
        Package.read(data, name="kiriman.docx")
    for problem in caught.value.problems:
        assert problem.refuses
        assert problem.at.file == "kiriman.docx"
        for language in ("id", "en"):
            assert "{" not in problem.message(language) + problem.hint(language)
    return [q.code for q in caught.value.problems]


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """`data` with `value` written `offset` bytes after every `signature`."""
    out, at = bytearray(data), data.find(signature)
    while at >= 0:
        out[at + offset : at + offset + len(value)] = value
        at = data.find(signature, at + 1)
    return bytes(out)


# ---------------------------------------------------------------------- reading


def test_a_sound_file_tells_its_parts_through_its_relationships() -> None:
    package = Package.read(
        docx(p("Halo"), parts={"header1": p("kop"), "header10": p("c"), "header2": p("b"), "footnotes": ""})
    )
    assert package.document_part == BODY
    assert package.headers == ("word/header1.xml", "word/header2.xml", "word/header10.xml")
    assert package.notes == ("word/footnotes.xml",)
    assert package.text_parts == (BODY, *package.headers, *package.notes)
    assert package.styles is None and package.custom_properties is None
    assert "Halo" in package.text(BODY)


def test_the_body_is_found_wherever_the_relationships_put_it() -> None:
    files = members(p("Halo"))
    files["isi/naskah.xml"] = files.pop(BODY)
    files["_rels/.rels"] = rels(("r1", "officeDocument", "/isi/naskah.xml"))
    files["[Content_Types].xml"] = content_types(
        {"isi/naskah.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"}
    )
    assert Package.read(zipped(files)).document_part == "isi/naskah.xml"


def test_relationships_resolve_to_members_and_keep_external_addresses() -> None:
    package = Package.read(
        docx(
            links=(
                ("a", "image", "Media/Logo%20kami.PNG"),
                ("b", "hyperlink", "https://contoh.id/../x", "External"),
                ("c", "image", "../luar.png"),
            ),
            extra={"word/media/logo kami.png": b"x"},
        )
    )
    found = {r.id: r for r in package.relationships(BODY)}
    assert found["a"].target == "word/media/logo kami.png"
    assert found["b"].external and found["b"].target == "https://contoh.id/../x"
    assert found["c"].target == "luar.png"
    assert package.relationships("word/media/logo kami.png") == ()


def test_the_content_type_comes_from_the_override_or_the_ending() -> None:
    package = Package.read(docx(extra={"word/media/A.PNG": b""}))
    assert package.content_type("word/media/A.PNG") == "image/png"
    assert package.content_type(BODY).endswith("main+xml")
    assert package.content_type("docProps/x.bin") == ""


def test_a_package_is_read_from_a_path_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(docx(p("Halo")))
    package = Package.read(file)
    assert package.name == str(file)
    assert package.content_hash == Package.read(file.read_bytes()).content_hash


def test_a_package_survives_pickling() -> None:
    package = Package.read(docx(p("Halo")), name="a.docx")
    again = pickle.loads(pickle.dumps(package))
    assert (again.data, again.name, again.names) == (package.data, package.name, package.names)


def test_utf16_parts_and_byte_order_marks_are_read_as_the_same_text() -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?>\n<w:document xmlns:w="{W}"><w:body/></w:document>'
    package = Package.read(docx(extra={BODY: text.encode("utf-16")}))
    assert package.text(BODY) == text.replace("UTF-16", "UTF-8")
    package = Package.read(docx(extra={BODY: b"\xef\xbb\xbf" + text.replace("UTF-16", "UTF-8").encode()}))
    assert package.text(BODY).startswith("<?xml")


# ---------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "0 byte"), (b"%PDF-1.7\n", "PDF"), (b"{\\rtf1 }", "RTF"), (b"\n<html>", "HTML"), (b"Halo", "?")],
)
def test_what_is_no_zip_is_refused_by_what_it_is(data: bytes, kind: str) -> None:
    assert codes(data) == ["KS402"]
    with pytest.raises(TemplateError) as caught:
        Package.read(data)
    assert kind in caught.value.problems[0].message()


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak-ada.docx", tmp_path):
        with pytest.raises(TemplateError) as caught:
            Package.read(path)
        assert [q.code for q in caught.value.problems] == ["KS401"]


def test_an_old_doc_is_told_from_a_locked_docx() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    assert codes(ole + "WordDocument".encode("utf-16-le")) == ["KS403"]
    assert codes(ole + "EncryptedPackage".encode("utf-16-le")) == ["KS404"]


def test_encrypted_members_are_refused_before_they_are_read() -> None:
    data = docx(p("rahasia"))
    assert codes(patched(data, b"PK\1\2", 8, struct.pack("<H", 1))) == ["KS404"]


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_off_anywhere_is_refused(keep: float) -> None:
    data = docx(p("Halo " * 100))
    assert codes(data[: int(len(data) * keep)]) == ["KS406"]


def test_bytes_after_the_end_are_refused() -> None:
    assert codes(docx() + b"sisa") == ["KS406"]


@given(st.data())
def test_no_damage_to_the_bytes_ends_in_anything_but_a_template_error(data: st.DataObject) -> None:
    whole = bytearray(docx(p("Halo"), parts={"header1": p("kop")}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TemplateError):
        package = Package.read(bytes(whole))
        for name in package.names:
            package.bytes(name)
        assert Package.read(package.replace({})).names == package.names


def test_damaged_data_inside_a_sound_directory_is_found_when_it_is_read() -> None:
    data = zipped(members(p("Halo")), method=zipfile.ZIP_STORED)
    package = Package.read(data.replace(b"Halo", b"Hali"))
    with pytest.raises(TemplateError) as caught:
        package.bytes(BODY)
    assert [q.code for q in caught.value.problems] == ["KS406"]


def test_a_local_name_unlike_the_directory_is_refused() -> None:
    data = docx()
    assert codes(data.replace(b"word/document.xml", b"word/documenx.xml", 1)) == ["KS406"]


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "vbaData.xml"])
def test_macros_are_refused_by_their_member(name: str) -> None:
    assert codes(docx(extra={name: b"x"})) == ["KS405"]


def test_macros_are_refused_by_the_content_type() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert codes(docx(types={BODY: kind})) == ["KS405"]


@pytest.mark.parametrize(
    "kind",
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "application/xml"],
)
def test_another_kind_of_document_is_refused(kind: str) -> None:
    assert codes(docx(types={BODY: kind})) == ["KS411"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../x.xml", "word/../../x", "C:/x", "word\\x.xml", "a//b", "a\nb"])
def test_dangerous_member_names_are_refused(name: str) -> None:
    files = [*members().items(), (name, b"x")]
    assert codes(zipped(files)) == ["KS408"]


def test_a_member_twice_is_refused_also_in_other_letters() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([*members().items(), (BODY, b"x")])
    assert codes(data) == ["KS409"]
    assert codes(zipped([*members().items(), ("WORD/Document.XML", b"x")])) == ["KS409"]


def test_all_problems_of_the_directory_come_at_once() -> None:
    files = [*members().items(), ("../a", b""), ("../b", b""), ("word/DOCUMENT.xml", b"")]
    assert codes(zipped(files)) == ["KS408", "KS408", "KS409"]


@pytest.mark.parametrize("gone", ["[Content_Types].xml", "_rels/.rels", BODY])
def test_a_missing_part_is_named(gone: str) -> None:
    files = members()
    del files[gone]
    with pytest.raises(TemplateError) as caught:
        Package.read(zipped(files))
    assert [q.code for q in caught.value.problems] == ["KS410"]
    assert gone in caught.value.problems[0].message()


def test_an_empty_zip_is_refused() -> None:
    assert codes(zipped({})) == ["KS410"]


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    assert codes(docx(extra={"word/media/b.png": bytes(5_000_000)})) == ["KS407"]


def test_a_size_above_the_limit_is_refused_by_the_directory_alone() -> None:
    huge = struct.pack("<I", container.MAX_MEMBER + 1)
    assert set(codes(patched(docx(p("Halo")), b"PK\1\2", 24, huge))) == {"KS407"}


def test_a_member_larger_than_it_says_is_never_unpacked_further() -> None:
    files = members()
    plain = files[BODY]
    files[BODY] = plain + b" " * 100_000
    data = bytearray(zipped(files))
    at = data.rfind(b"PK\1\2", 0, data.rfind(BODY.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", len(plain))
    package = Package.read(bytes(data))
    with pytest.raises(TemplateError) as caught:
        package.bytes(BODY)
    assert [q.code for q in caught.value.problems] == ["KS406"]


def test_thousands_of_members_are_refused() -> None:
    many = {f"word/{i}.xml": b"" for i in range(container.MAX_MEMBERS)}
    assert codes(docx(extra=many)) == ["KS407"]


def test_members_that_share_their_bytes_are_refused() -> None:
    data = bytearray(zipped({**members(), "word/a.xml": b"A" * 50, "word/b.xml": b"B" * 50}))
    entry = data.rfind(b"PK\1\2", 0, data.rfind(b"word/a.xml"))
    packed = struct.unpack_from("<I", data, entry + 20)[0]
    data[entry + 20 : entry + 24] = struct.pack("<I", packed + 10)  # now it reaches into word/b.xml
    assert codes(bytes(data)) == ["KS407"]


def test_an_unknown_compression_is_refused() -> None:
    data = zipped({**members(), "word/x.bin": b"x"}, method=zipfile.ZIP_BZIP2)
    assert "KS415" in codes(data)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://contoh.id/x.dtd">',
    ],
)
def test_a_doctype_is_refused_before_anything_parses_it(text: str) -> None:
    hostile = f'{DECLARATION}{text}<w:document xmlns:w="{W}"/>'
    plain = {BODY: hostile.encode(), "word/wide.xml": hostile.replace("UTF-8", "UTF-16").encode("utf-16")}
    package = Package.read(docx(extra=plain))
    for member in plain:
        for reading in (package.text, package.xml, package.tree):
            with pytest.raises(TemplateError) as caught:
                reading(member)
            assert [(q.code, q.at.part) for q in caught.value.problems] == [("KS412", member)]


def test_a_doctype_in_the_content_types_is_refused_at_the_door() -> None:
    types = content_types().replace(b"<Types", b"<!DOCTYPE x []><Types")
    assert codes(docx(extra={"[Content_Types].xml": types})) == ["KS412"]


@pytest.mark.parametrize("encoding", ["utf-7", "iso-8859-1", "utf-32"])
def test_an_encoding_that_could_hide_something_is_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{W}"/>'
    package = Package.read(docx(extra={BODY: text.encode(encoding)}))
    with pytest.raises(TemplateError) as caught:
        package.text(BODY)
    assert [q.code for q in caught.value.problems] == ["KS413"]


def test_malformed_xml_is_told_with_its_line() -> None:
    package = Package.read(docx(extra={BODY: b"<w:document>\n<w:body></w:document>"}))
    with pytest.raises(TemplateError) as caught:
        package.tree(BODY)
    problem = caught.value.problems[0]
    assert problem.code == "KS414" and problem.at.part == BODY


# ---------------------------------------------------------------------- writing


def test_untouched_members_keep_their_compressed_bytes() -> None:
    data = docx(p("Halo " * 500), extra={"word/media/a.png": zlib.compress(b"x" * 999)})
    package = Package.read(data)
    out = package.replace({"_rels/.rels": package.bytes("_rels/.rels")})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(out)) as new:
        assert new.testzip() is None
        for name in old.namelist():
            assert new.read(name) == old.read(name)
        assert new.getinfo(BODY).compress_size == old.getinfo(BODY).compress_size


def test_the_output_names_no_time_and_keeps_its_order() -> None:
    files = members(p("Halo"), extra={"customXml/item1.xml": b"<a/>"})
    order = [BODY, "customXml/item1.xml", "_rels/.rels", "[Content_Types].xml"]
    package = Package.read(zipped({n: files[n] for n in order}))
    out = package.replace({BODY: part("w:document", "<w:body/>")}, {"word/z.xml": b"z", "word/a.xml": b"a"})
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.namelist() == [
            "[Content_Types].xml",
            BODY,
            "customXml/item1.xml",
            "_rels/.rels",
            "word/a.xml",
            "word/z.xml",
        ]
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(i.flag_bits, i.create_system, i.external_attr, i.extra) for i in archive.infolist()} == {
            (0, 0, 0, b"")
        }


def test_data_descriptors_of_streamed_zips_are_taken_out() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise io.UnsupportedOperation

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members(p("Halo")).items():
            archive.writestr(name, data)
    package = Package.read(stream.getvalue())
    out = package.replace({})
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.testzip() is None
        assert all(i.flag_bits == 0 for i in archive.infolist())
    assert Package.read(out).replace({}) == out


@given(
    st.dictionaries(st.sampled_from([BODY, "_rels/.rels"]), st.binary(max_size=300)),
    st.dictionaries(st.from_regex(r"word/[a-z]{1,8}\.bin", fullmatch=True), st.binary(max_size=300), max_size=4),
)
def test_what_is_put_in_comes_out_and_the_same_input_gives_the_same_bytes(
    changes: dict[str, bytes], added: dict[str, bytes]
) -> None:
    package = Package.read(docx(p("Halo"), parts={"header1": p("kop")}))
    out = package.replace(changes, added)
    turned = dict(reversed(list(added.items())))
    assert out == package.replace(changes, turned) == Package.read(package.data).replace(changes, added)
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            assert archive.read(name) == {**changes, **added}.get(name, b"") or name in package


def test_new_bytes_may_be_deflated_where_size_matters_more() -> None:
    package = Package.read(docx(p("Halo")))
    text = package.bytes(BODY) + b" " * 10_000
    small, large = package.replace({BODY: text}, level=6), package.replace({BODY: text})
    assert len(small) < len(large) - 9_000
    assert Package.read(small).bytes(BODY) == Package.read(large).bytes(BODY) == text


def test_members_are_neither_invented_nor_written_over() -> None:
    package = Package.read(docx())
    for changes, added in (({"word/x.xml": b""}, {}), ({}, {BODY: b""}), ({}, {"WORD/document.xml": b""})):
        with pytest.raises(ValueError, match="member"):
            package.replace(changes, added)
    with pytest.raises(ValueError, match="member"):
        package.replace({}, {"../x": b""})


def test_folders_in_the_zip_are_no_members() -> None:
    package = Package.read(zipped([("word/", b""), *members(p("Halo")).items()]))
    assert "word/" not in package.names
    assert Package.read(package.replace({})).names == package.names
