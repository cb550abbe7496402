"""What is packed unpacks to the same bytes whatever packs it, and what gains nothing is stored as it is."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_docx_values import png

from docx_specimens import docx, p
from ksdocs.docx.deflating import Packer, pack, packer, with_zlib
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.docx.values import InlineImage

BODY = "word/document.xml"
TEXT = b"<w:p><w:r><w:t>Nota Kesepahaman</w:t></w:r></w:p>" * 200


@pytest.fixture(params=["zlib", "cepat"])
def chosen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Packer]:
    """Without the extra, and with it where it is installed."""
    if request.param == "zlib":
        monkeypatch.setitem(sys.modules, "deflate", None)
    else:
        pytest.importorskip("deflate")
    packer.cache_clear()
    yield packer()
    packer.cache_clear()


def test_without_the_extra_zlib_packs_and_with_it_libdeflate(chosen: Packer, request: pytest.FixtureRequest) -> None:
    assert (chosen is with_zlib) == ("zlib" in request.node.callspec.id)


@pytest.mark.parametrize("level", range(1, 10))
def test_every_level_unpacks_to_the_same_bytes(chosen: Packer, level: int) -> None:
    packed = pack("word/document.xml", TEXT, level)
    assert packed is not None and len(packed) < len(TEXT) / 10
    assert zlib.decompress(packed, -15) == TEXT
    assert packed == pack("word/document.xml", TEXT, level)


@given(st.binary(max_size=2000), st.integers(1, 9))
def test_any_bytes_unpack_to_themselves_or_are_stored(data: bytes, level: int) -> None:
    packed = pack("a.bin", data, level)
    assert packed is None or (zlib.decompress(packed, -15) == data and len(packed) < len(data))


@pytest.mark.parametrize("name", ["word/media/a.png", "word/media/a.jpeg", "word/embeddings/a.xlsx"])
def test_what_is_packed_already_is_stored(name: str) -> None:
    assert pack(name, TEXT, 9) is None


def test_level_0_stores_everything_so_that_all_machines_write_the_same_bytes(chosen: Packer) -> None:
    out = Template.open(docx(p("{{ x }}"))).render({"x": "a" * 5000}, level=0)
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.getinfo(BODY).compress_type == zipfile.ZIP_STORED


def test_a_document_packed_by_either_holds_the_same_parts(chosen: Packer) -> None:
    template = Template.open(docx(p("{{ x }}")))
    context = {"x": InlineImage(png(30, 20), alt="logo"), "y": "a" * 5000}
    packed, stored = (Package.read(template.render(context, level=level)) for level in (3, 0))
    assert packed.names == stored.names
    assert all(packed.bytes(name) == stored.bytes(name) for name in packed.names)
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert archive.testzip() is None


def test_a_rendered_document_is_packed_unless_it_is_told_otherwise() -> None:
    template = Template.open(docx(p("{{ x }}")))
    text = "a b " * 5000
    assert len(template.render({"x": text})) < len(template.render({"x": text}, level=0)) / 5
