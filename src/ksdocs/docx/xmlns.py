"""Names of WordprocessingML, and the one way in which this room parses XML."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W: Final = "{" + WORD + "}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML: Final = "{urn:schemas-microsoft-com:vml}"
OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_TO_TRANSITIONAL = (
    (STRICT.encode(), WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
)


@cache
def w(name: str) -> str:
    """`name` in the namespace of WordprocessingML, as lxml spells it."""
    return W + name


def parse(xml: bytes) -> etree._Element:
    """The root of `xml`, which must be UTF-8 and known to hold no DOCTYPE (`Package.xml`).

    Files saved as "Strict Open XML" differ in their namespaces alone and are read as transitional ones.

    Raises:
        lxml.etree.XMLSyntaxError: malformed XML.
    """
    from lxml import etree

    if b"http://purl.oclc.org/" in xml:
        for strict, transitional in _TO_TRANSITIONAL:
            xml = xml.replace(strict, transitional)
    # A parser per call: lxml's are not to be shared between threads.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(xml, parser)
