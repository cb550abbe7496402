"""The quick reading of a document acquits nothing that the long one refuses, and says the same."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

import ksdocs
from ksdocs.docx.inspect import check
from ksdocs.docx.package import Package
from ksdocs.docx.skim import Words, skim, words_of
from ksdocs.problems import KsdocsError
from pages import ROOT, TODAY

# What a hand, a program or an attacker may put between, or take from, the tags of a part.
_PIECES = (
    "<w:r><w:t>tambahan</w:t></w:r>",
    "<w:r><w:t> tepi </w:t></w:r>",
    '<w:r><w:t xml:space="preserve"> a &amp; b &lt;c&gt; &#233; </w:t></w:r>',
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>rahasia</w:t></w:r>",
    '<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>other</w:t></w:r>',
    '<w:bookmarkStart w:id="1" w:name="judul"/><w:bookmarkEnd w:id="1"/>',
    '<w:bookmarkStart w:id="9001" w:name="baru"/><w:bookmarkEnd w:id="9001"/>',
    '<w:bookmarkStart w:id="9002" w:name="' + "x" * 41 + '"/><w:bookmarkEnd w:id="9002"/>',
    '<w:bookmarkEnd w:id="1"/>',
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "<w:r><w:instrText> PAGE </w:instrText></w:r>",
    "<w:r><w:instrText> DDEAUTO x </w:instrText></w:r>",
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>7</w:t></w:r></w:fldSimple>',
    '<w:ins w:id="5" w:author="x"><w:r><w:t>disisipkan</w:t></w:r></w:ins>',
    '<w:del w:id="6" w:author="x"><w:r><w:delText>dihapus</w:delText></w:r></w:del>',
    '<w:hyperlink r:id="rId99"><w:r><w:t>tautan</w:t></w:r></w:hyperlink>',
    "<w:p><w:r><w:t>paragraf</w:t></w:r></w:p>",
    '<w:p w:rsidR="00AB12CD"/>',
    "<w:p/>",
    "</w:p>",
    "<w:p>",
    "<w:tc><w:p/></w:tc>",
    "<w:tr><w:tc><w:p/></w:tc></w:tr>",
    "<w:tbl><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "<w:trPr><w:del w:id='8' w:author='x'/></w:trPr>",
    "<w:sdt><w:sdtContent><w:p><w:r><w:t>isi</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    "<!-- </w:p> -->",
    "<![CDATA[x]]>",
    "<?x y?>",
    "]]>",
    "\x07",
    "\r\n",
    "\t",
    " ",
    "&",
    "&#10;",
    '<wp:docPr id="1" name="a" descr="b"/>',
    "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/></w:r>",
    '<w:r><w:br w:type="page"/></w:r>',
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    '<w:r w:rsidR="00AB12CD" w:rsidR="00AB12CD"><w:t>dua kali</w:t></w:r>',
    '<w:p w14:paraId="1A2B3C4D"><w:r><w:t>w14</w:t></w:r></w:p>',
    '<w:proofErr w:type="spellStart"/>',
    "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>",
    "<w:rPr><w:rPrChange w:id='7' w:author='x'><w:rPr/></w:rPrChange></w:rPr>",
    "<w:sectPr/>",
)


@cache
def _samples() -> tuple[bytes, ...]:
    """The documents of the sample data: two to four parties, drafts, originals, tables, attachments."""
    office = ksdocs.open_office(cwd=ROOT, environ={})
    reports = [
        ksdocs.render(record, office, today=date.fromisoformat(TODAY), originals=True)
        for folder in ("mou", "pks")
        for record in ksdocs.load(ROOT / "data" / folder)
    ]
    return tuple(artifact.data for report in reports for artifact in report.artifacts[:2])


def _judge(data: bytes) -> Words | None:
    """What the long way says; None when it refuses."""
    try:
        package = Package.read(data)
        if any(p.refuses for p in check(package)):
            return None
        return words_of(package)
    except KsdocsError:
        return None


def _skim(data: bytes) -> Words | None:
    try:
        return skim(Package.read(data))
    except KsdocsError:
        return None


def _plain(words: Words) -> tuple[list[str], list[object]]:
    return list(words.body), list(words.margins)


def test_shipped_documents_are_read_the_quick_way_and_say_the_same() -> None:
    for data in _samples():
        quick, long = _skim(data), _judge(data)
        assert quick is not None and long is not None
        assert _plain(quick) == _plain(long)


def test_words_between_two_blocks_of_properties_are_read() -> None:
    original = Package.read(_samples()[0])
    xml = original.text(original.document_part)
    more = "<w:rPr><w:rPrChange w:id='7' w:author='x'><w:rPr/></w:rPrChange></w:rPr>"
    at = xml.index("</w:r>", xml.index("</w:rPr><w:t "))
    changed = original.replace({original.document_part: (xml[:at] + more + xml[at:]).encode()})
    quick, long = _skim(changed), _judge(changed)
    assert quick is None or (long is not None and _plain(quick) == _plain(long))


@settings(max_examples=1000)
@given(st.data())
def test_a_changed_document_is_acquitted_only_when_the_long_way_does_so_and_says_the_same(data: st.DataObject) -> None:
    original = Package.read(data.draw(st.sampled_from(_samples())))
    member = data.draw(st.sampled_from([*original.text_parts, "docProps/core.xml", "word/_rels/document.xml.rels"]))
    xml = original.text(member)
    # Few paragraphs, so that what is changed meets all that the reading knows.
    for _ in range(data.draw(st.integers(1, 3))):
        edges = [found.start() for found in re.finditer(r"<|(?<=>)", xml)]
        at = data.draw(st.sampled_from(edges or [0]))
        if data.draw(st.booleans()):
            xml = xml[:at] + data.draw(st.sampled_from(_PIECES)) + xml[at:]
        else:
            end = data.draw(st.sampled_from([e for e in edges if e > at][:6] or [len(xml)]))
            xml = xml[:at] + xml[end:]
    changed = original.replace({member: xml.encode()})
    quick = _skim(changed)
    if quick is not None:
        long = _judge(changed)
        assert long is not None
        assert _plain(quick) == _plain(long)
