"""A printed MoU → the template that belongs to no engine, and the values of each record for it.

A mark is a text between `⟦` and `⟧`: `⟦field x⟧` and `⟦item list x⟧` print, `⟦loop list⟧ … ⟦end list⟧` and
`⟦if x⟧ … ⟦fi x⟧` are paragraphs of their own, `⟦row list⟧ … ⟦rowend list⟧` rows, `⟦image x⟧` a picture in a run.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from bench.office import LISTS
from ksdocs.dokumen import Blok, Dokumen, Pasal, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
BODY, FOOTER = "word/document.xml", "word/footer1.xml"
_OPENING_ONLY = frozenset({"hari", "tempat"})
"""Fields whose words mean something else elsewhere: Monday is also a working day, Batam also an address."""

_COLUMNS = ("pihak", "tujuan", "telepon", "surel")


@dataclass(frozen=True, slots=True)
class Made:
    """The members of the template (XML of `BODY` and `FOOTER` with marks), and of the document as it was printed."""

    members: dict[str, bytes]
    body: etree._Element
    footer: etree._Element
    values: dict[str, Any]
    size_mm: tuple[float, float]
    """Width and height of a logo."""

    def context(self, dokumen: Dokumen) -> dict[str, Any]:
        """The values of another record, as plain data."""
        return {**self.values, **_own(dokumen), **_lists(dokumen)}


def make(printed: bytes, dokumen: Dokumen) -> Made:
    """The template behind `printed`, which shows `dokumen`."""
    with ZipFile(BytesIO(printed)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    body, footer = etree.fromstring(members[BODY]), etree.fromstring(members[FOOTER])
    fixed = _fixed(dokumen)
    size = _size(body)
    _drop_bookmarks(body)
    _mark_logos(body)
    for name, items in _lists(dokumen).items():
        _mark_loop(body, name, items)
    contacts = _mark_rows(body)
    _mark_conditions(body)
    names = {**fixed, **_own(dokumen)}
    for root in (body, footer):
        _mark_fields(root, names)
    flags = {"ada_nip_1": True, "ada_nip_2": False, "dapat_diperpanjang": True}
    return Made(members, body, footer, {**fixed, **flags, "kontak": contacts}, size)


def _own(dokumen: Dokumen) -> dict[str, str]:
    """What differs from record to record and stands in a field."""
    numbers = {f"nomor_{n}": plain(p.nomor) for n, p in enumerate(dokumen.pihak, 1)}
    return {"tentang": dokumen.tentang["id"], "id": dokumen.id, **numbers}


def _fixed(dokumen: Dokumen) -> dict[str, str]:
    """What an officer would still put into fields: who signs for whom, when, where, for how long."""
    found: dict[str, str] = {}
    for n, (party, signature) in enumerate(zip(dokumen.pihak, dokumen.tanda_tangan, strict=True), 1):
        found |= {f"pihak_{n}": party.nama["id"], f"nama_{n}": signature.nama, f"label_{n}": party.label}
        found[f"jabatan_{n}"] = signature.jabatan["id"]
        if signature.nip:
            found[f"nip_{n}"] = signature.nip
    opening = plain(dokumen.pembuka[0].teks["id"])
    when = re.fullmatch(r"Pada hari ini, (\w+), tanggal (.+ tahun .+) \(([\d-]+)\), bertempat di (\w+),.*", opening)
    if when:  # an office may word it otherwise; then the opening holds no fields
        found |= dict(zip(("hari", "tanggal_terbilang", "tanggal", "tempat"), when.groups(), strict=True))
    for name, pattern in {
        "lama": r"jangka waktu (\d+ \(\w+\) tahun)",
        "usul": r"paling lambat (\d+ \(\w+\) bulan) sebelum jangka waktu",
        "pemberitahuan": r"paling lambat (\d+ \(\w+\) bulan) sebelum tanggal pengakhiran",
    }.items():
        texts = (plain(b.teks["id"]) for p in dokumen.pasal for b in p.blok if b.tabel is None)
        match = next((m for t in texts if (m := re.search(pattern, t))), None)
        if match:
            found[name] = match[1]
    found.setdefault("nip_2", "")
    return found


def _lists(dokumen: Dokumen) -> dict[str, list[dict[str, str]]]:
    """The lists of a record as they are printed: number and words of each item."""
    by_title = {p.judul["id"].casefold().replace(" ", "_"): p for p in dokumen.pasal}
    sources: dict[str, Sequence[Blok]] = {
        "premis": dokumen.premis,
        **{name: article.blok for name in LISTS if (article := _article(by_title, name))},
    }
    return {name: [_item(b) for b in blocks if b.jenis == "huruf"] for name, blocks in sources.items()}


def _article(by_title: dict[str, Pasal], name: str) -> Pasal | None:
    return by_title.get({"tujuan": "maksud_dan_tujuan"}.get(name, name))


def _item(block: Blok) -> dict[str, str]:
    return {"nomor": block.nomor, "teks": plain(block.teks["id"])}


def text_of(node: etree._Element) -> str:
    """The words of a paragraph; a tab is a tab."""
    return "".join("\t" if t.tag == f"{W}tab" else t.text or "" for r in node.iter(f"{W}r") for t in r)


def paragraph(text: str) -> etree._Element:
    """A paragraph of one run."""
    made = etree.Element(f"{W}p")
    etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = text
    return made


def _drop_bookmarks(root: etree._Element) -> None:
    for node in [*root.iter(f"{W}bookmarkStart"), *root.iter(f"{W}bookmarkEnd")]:
        _parent(node).remove(node)


def _size(root: etree._Element) -> tuple[float, float]:
    extent = next(root.iter(_DRAWING))
    return int(extent.get("cx", "0")) / 36_000, int(extent.get("cy", "0")) / 36_000


def _mark_logos(root: etree._Element) -> None:
    for number, drawing in enumerate(list(root.iter(f"{W}drawing")), 1):
        run = _parent(drawing)
        for child in list(run):
            run.remove(child)
        etree.SubElement(run, f"{W}t").text = f"⟦image logo_{number}⟧"


def _mark_loop(root: etree._Element, name: str, items: list[dict[str, str]]) -> None:
    wanted = [f"{i['nomor']}\t{i['teks']}" for i in items]
    found = [p for p in root.iter(f"{W}p") if text_of(p) in wanted]
    assert [text_of(p) for p in found] == wanted, name
    first = found[0]
    parent = _parent(first)
    texts = [t for t in first.iter(f"{W}t") if t.text]
    texts[0].text, texts[-1].text = f"⟦item {name} nomor⟧", f"⟦item {name} teks⟧"
    for other in found[1:]:
        parent.remove(other)
    at = parent.index(first)
    parent.insert(at + 1, paragraph(f"⟦end {name}⟧"))
    parent.insert(at, paragraph(f"⟦loop {name}⟧"))


def _mark_rows(root: etree._Element) -> list[dict[str, str]]:
    """The table of contacts as a loop over its rows; what it holds."""
    tables = [t for t in root.iter(f"{W}tbl") if next(t.iter(f"{W}tblHeader"), None) is not None]
    (table,) = tables
    _, *rows = table.findall(f"{W}tr")
    contacts = [dict(zip(_COLUMNS, map(text_of, row.findall(f"{W}tc")), strict=True)) for row in rows]
    for cell, column in zip(rows[0].findall(f"{W}tc"), _COLUMNS, strict=True):
        next(cell.iter(f"{W}t")).text = f"⟦item kontak {column}⟧"
    for row in rows[1:]:
        table.remove(row)
    at = table.index(rows[0])
    table.insert(at + 1, _row_of(rows[0], "⟦rowend kontak⟧"))
    table.insert(at, _row_of(rows[0], "⟦row kontak⟧"))
    return contacts


def _row_of(row: etree._Element, text: str) -> etree._Element:
    """A row like `row` with `text` in its first cell alone."""
    made = copy.deepcopy(row)
    for number, cell in enumerate(made.findall(f"{W}tc")):
        next(cell.iter(f"{W}t")).text = "" if number else text
    return made


def _mark_conditions(root: etree._Element) -> None:
    names = [p for p in root.iter(f"{W}p") if _style(p) == "TandaTanganNama"]
    (shown,) = [p for p in root.iter(f"{W}p") if text_of(p).startswith("NIP ")]
    for number, name in enumerate(names, 1):
        cell = _parent(name)
        line = shown if number == 1 else copy.deepcopy(shown)
        if number > 1:
            next(line.iter(f"{W}t")).text = f"⟦field nip_{number}⟧"
            cell.append(line)
        _around(line, f"ada_nip_{number}")
    (extension,) = [p for p in root.iter(f"{W}p") if "dapat diperpanjang" in text_of(p)]
    _around(extension, "dapat_diperpanjang")


def _around(node: etree._Element, flag: str) -> None:
    parent = _parent(node)
    at = parent.index(node)
    # A cell must end with a paragraph when the tags are gone, and it does: the name stands above them.
    parent.insert(at + 1, paragraph(f"⟦fi {flag}⟧"))
    parent.insert(at, paragraph(f"⟦if {flag}⟧"))


def _style(node: etree._Element) -> str:
    style = node.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _mark_fields(root: etree._Element, names: dict[str, str]) -> None:
    by_value: dict[str, str] = {}
    for name, value in names.items():
        if value:
            by_value.setdefault(value, name)
    everywhere = _any_of([v for v, name in by_value.items() if name not in _OPENING_ONLY])
    opening = _any_of(list(by_value))
    for line in root.iter(f"{W}p"):
        pattern = opening if _style(line) == "Pembuka" else everywhere
        for node in line.iter(f"{W}t"):
            if node.text and not node.text.startswith("⟦"):
                node.text = pattern.sub(lambda m: f"⟦field {by_value[m[0]]}⟧", node.text)


def _any_of(values: list[str]) -> re.Pattern[str]:
    """Finds each of `values`, the longest first, where it is no part of a word."""
    longest = sorted(values, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


def _parent(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None
    return parent
