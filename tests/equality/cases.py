"""What templates of the equality tests are put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

BOLD = "<w:b/>"
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


@dataclass(frozen=True)
class Case:
    """A template, and its context: values, or a function of (library, template)."""

    body: str
    context: Mapping[str, Any] | Callable[[Any, Any], Mapping[str, Any]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def cell(content: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    return f"<w:tcPr>{properties}</w:tcPr>{content}"


def proof(kind: str) -> str:
    return f'<w:proofErr w:type="{kind}"/>'


def rsid(text: str, number: str, properties: str = "") -> str:
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidR="{number}" w:rsidRPr="{number}">{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def bookmark(number: int, name: str, *, end: bool = False) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>' if end else f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


PEOPLE = {"orang": [{"nama": "Ani & Co <1>", "umur": 30}, {"nama": "Budi", "umur": 41}, {"nama": "Cici", "umur": 5}]}
GRID = {
    "kolom": ["A", "B", "C"],
    "baris": [{"label": "satu", "isi": [1, 2, 3]}, {"label": "dua", "isi": [4, 5, 6]}],
    "lebar": 4,
    "warna": "FFAA00",
}
