"""Dokumen → what a template gets: rich values with language and bookmark, in the names of docs/templat.md."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, Literal

from ksdocs.docx.values import Gap, InlineImage, Run, Runs, Table
from ksdocs.dokumen import Blok, Dokumen, KepalaPihak, Pasal, TandaTangan
from ksdocs.dokumen import Run as TextRun
from ksdocs.memo import LONGEST, Memo, by_text

LOCALES: Final = {"id": "id-ID", "en": "en-GB"}
"""Language of a text → language of its runs in the file."""

_WORDS: Final[dict[str, dict[str, str]]] = {
    "id": {
        "antara": "ANTARA",
        "dan": "DAN",
        "dengan": "DENGAN",
        "tentang": "TENTANG",
        "nomor": "NOMOR",
        "pasal": "Pasal",
        "lampiran": "LAMPIRAN",
        "rahmat": "DENGAN RAHMAT TUHAN YANG MAHA ESA",
        "halaman": "Halaman",
        "dari": "dari",
        "draf": "DRAF",
        "paraf": "Paraf",
        "meterai": "Meterai Rp10.000",
        "emeterai": "Meterai elektronik",
    },
}
LAYOUT_WORDS: Final = _WORDS["id"]
"""Words that belong to the layout; a template may print them or its own."""

_ALIGN: Final[Mapping[str, Literal["left", "center", "right"]]] = {"kiri": "left", "tengah": "center", "kanan": "right"}
LOGO_BOX_MM: Final = (26.0, 26.0)
"""Width and height of the box that every logo fits into, so that none looks more important than another."""


def rich(runs: Sequence[TextRun], language: str, bookmark: str = "") -> Runs:
    """Runs of a Dokumen as runs of the file."""
    locale = LOCALES[language]
    return Runs(
        [
            Gap(run.celah, lang=locale) if run.celah else Run(run.teks, bold=run.tebal, italic=run.miring, lang=locale)
            for run in runs
        ],
        bookmark=bookmark,
    )


@by_text(2048)
def words(text: str, language: str, bookmark: str = "") -> Runs:
    """A plain text as runs of the file."""
    return rich((TextRun(text),), language, bookmark)


_KEPT_SMALL: Final = re.compile(r"\b(Tbk)\b")
"""What keeps its small letters in a title set in capitals: "PT BINTANG LAUT Tbk"."""


@by_text(512)
def titled(text: str, language: str, bookmark: str = "") -> Runs:
    """The name of an institution for a title in capitals."""
    parts = [p for p in _KEPT_SMALL.split(text) if p]
    return Runs(
        [Run(p, lang=LOCALES[language], as_written=bool(_KEPT_SMALL.fullmatch(p))) for p in parts], bookmark=bookmark
    )


def template_context(dokumen: Dokumen, *, original: int | None = None) -> dict[str, Any]:
    """The names of docs/templat.md for `dokumen`.

    `original` n (from 1) makes the original that party n keeps: the same text, with the slot for the stamp duty
    where domain rules put it (`stamped`). None is the plain document, without slots.
    """
    language = dokumen.bahasa[0]
    labels = _WORDS["id"]
    parties = [_head(p, n, language) for n, p in enumerate(dokumen.pihak, 1)]
    logos = parties if dokumen.sakelar.get("urutan_logo") != "kesatu_kanan" else parties[::-1]
    stamps = stamped(dokumen, original)
    cells = [_signature(t, n, language, n in stamps) for n, t in enumerate(dokumen.tanda_tangan, 1)]
    last = next((b.id for p in reversed(dokumen.pasal) for b in reversed(p.blok)), "")
    kind = dokumen.judul_jenis[language]
    return {
        "draf": dokumen.draf,
        "kata": labels,
        "rahmat": dokumen.sakelar.get("dengan_rahmat") == "ya",
        "judul_jenis": words(kind.upper(), language, "judul") if "judul" in dokumen.bagian else words("", language),
        "antara": labels["antara"],
        "penghubung": dokumen.sakelar.get("penghubung_judul", "DAN"),
        "kata_tentang": labels["tentang"],
        "tentang": words(dokumen.tentang[language], language, "tentang"),
        "pihak": parties,
        "logo": logos,
        "pembuka": _blocks(dokumen.pembuka, language, last),
        "komparisi": _blocks(dokumen.komparisi, language, last),
        "premis": _blocks(dokumen.premis, language, last),
        "sepakat": _blocks(dokumen.sepakat, language, last),
        "pasal": [_article(p, language, last, p is dokumen.pasal[-1]) for p in dokumen.pasal],
        "ttd": _rows(cells, dokumen.sakelar.get("urutan_ttd") == "kesatu_kanan"),
        "paraf": dokumen.sakelar.get("kotak_paraf") == "ya",
        "paraf_pihak": [{"label": p.label} for p in dokumen.pihak],
        "lampiran": [
            {
                "nomor": words(f"{labels['lampiran']} {a.nomor}", language, f"judul_lampiran_{n}"),
                "judul": words(a.judul[language], language),
                "blok": _blocks(a.blok, language, ""),
            }
            for n, a in enumerate(dokumen.lampiran, 1)
        ],
        "asli": "",
        "kaki": footer_words(dokumen),
    }


def footer_words(dokumen: Dokumen) -> str:
    """What stands at the foot of every page: the kind and the record's id."""
    return f"{dokumen.judul_jenis[dokumen.bahasa[0]]} — {dokumen.id}"


def stamped(dokumen: Dokumen, original: int | None) -> frozenset[int]:
    """Parties (from 1) whose signature carries the slot for the stamp on the original that party `original` keeps.

    Two parties: the other one's. Three or more: the next one's in rotation, or all (profile). domain.md §3.5.
    """
    count = len(dokumen.pihak)
    if original is None or dokumen.sakelar.get("mode") != "basah":
        return frozenset()
    if count > 2 and dokumen.sakelar.get("meterai") == "semua":
        return frozenset(range(1, count + 1))
    return frozenset({original % count + 1})


def _head(party: KepalaPihak, number: int, language: str) -> dict[str, Any]:
    return {
        "label": party.label,
        "nama": titled(party.nama.get(language, party.nama["id"]), language, f"pihak_{number}_nama"),
        "nomor": rich(party.nomor, language, f"pihak_{number}_nomor"),
        "ada_nomor": bool(party.nomor),
        "logo": _logo(party.logo, party.logo_alt) if party.logo else words("", language),
        "ada_logo": party.logo is not None,
    }


_LOGOS: Final[Memo[tuple[int, str], InlineImage]] = Memo(256)


def _logo(data: bytes, alt: str) -> InlineImage:
    """The picture in its box; the one of before for the very same bytes, which it holds."""
    found = _LOGOS.get((id(data), alt))
    if found is None:
        width, height = LOGO_BOX_MM
        made = InlineImage(data, width, height, alt)
        found = _LOGOS.put((id(data), alt), made) if made.data is data else made
    return found


_STYLES: Final = {
    ("huruf", 1): "huruf1",
    ("huruf", 2): "huruf2",
    ("angka", 1): "angka2",
    ("angka", 2): "angka2",
    ("angka", 3): "angka3",
}


_Shown = tuple[Mapping[str, Any], ...]
_SHOWN: Final[Memo[tuple[Hashable, ...], tuple[tuple[Blok, ...], _Shown]]] = Memo(512)
"""(id of blocks, language, the one that is kept with the signatures, whether lists are kept with what leads to them)
→ those blocks, and what the template gets of them."""


def _blocks(blocks: tuple[Blok, ...], language: str, last: str, *, article: bool = False) -> _Shown:
    """What the template gets of `blocks`; the very same for the same blocks, so that nobody may change it."""
    anchor = last if any(block.id == last for block in blocks) else ""
    key = (id(blocks), language, anchor, article)
    held = _SHOWN.get(key)
    if held is not None:
        return held[1]
    made = _kept_together(blocks, language, anchor) if article else [_block(b, language, anchor) for b in blocks]
    shown = tuple(made)
    if sum(map(_length, blocks)) <= LONGEST:
        _SHOWN.put(key, (blocks, shown))
    return shown


def _length(block: Blok) -> int:
    cells = [cell for row in (block.tabel.kepala, *block.tabel.baris) for cell in row] if block.tabel else [block.teks]
    return sum(16 + len(run.teks) for cell in cells for runs in cell.values() for run in runs)


_RICH: Final[Memo[tuple[int, str], tuple[Blok, Runs]]] = Memo(1024)


def _text(block: Blok, language: str) -> Runs:
    """The text of a block under its bookmark; the very same for the same block."""
    held = _RICH.get((id(block), language))
    if held is None:
        made = rich(block.teks[language], language, block.id)
        held = (block, made)
        if _length(block) <= LONGEST:
            held = _RICH.put((id(block), language), held)
    return held[1]


def _block(block: Blok, language: str, last: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "gaya": _STYLES.get((block.jenis, block.tingkat), block.jenis),
        "nomor": block.nomor,
        "id": block.id,
        "jangkar": block.id == last,
    }
    table = block.tabel
    if table is None:
        return shown | {"isi": _text(block, language)}
    return shown | {
        "isi": words("", language),
        "tabel": Table(
            head=tuple(rich(cell[language], language) for cell in table.kepala),
            rows=tuple(tuple(rich(cell[language], language) for cell in row) for row in table.baris),
            widths=table.lebar,
            align=tuple(_ALIGN[a] for a in table.rata),
            keep_next=block.id == last,
        ),
    }


def _article(article: Pasal, language: str, last: str, final: bool) -> dict[str, Any]:
    return {
        "nomor": words(f"{_WORDS['id']['pasal']} {article.nomor}", language, f"pasal_{article.id}"),
        "judul": words(article.judul[language], language),
        "id": article.id,
        "blok": _blocks(article.blok, language, last, article=True),
        "terakhir": final,
    }


_FIRST_NUMBERS: Final = frozenset({"a.", "1)", "1."})


def _kept_together(blocks: Sequence[Blok], language: str, last: str) -> list[dict[str, Any]]:
    """The blocks of an article; one that leads to a list or a table is kept with it, as the last one with the
    signatures."""
    shown = [_block(b, language, last) for b in blocks]
    for block, made, following in zip(blocks, shown, blocks[1:], strict=False):
        if block.tabel is None and (following.tabel is not None or following.nomor in _FIRST_NUMBERS):
            made["jangkar"] = True
    return shown


def _signature(signature: TandaTangan, number: int, language: str, stamp: bool) -> dict[str, Any]:
    return {
        "kosong": False,
        "label": signature.label,
        "lembaga": words(signature.lembaga.get(language, signature.lembaga["id"]), language),
        "jabatan": words(signature.jabatan.get(language, signature.jabatan["id"]), language),
        "nama": words(signature.nama, language, f"ttd_{number}_nama"),
        "ada_nip": bool(signature.nip),
        "nip": signature.nip,
        "ada_tempat_tanggal": bool(signature.tempat_tanggal),
        "tempat_tanggal": rich(signature.tempat_tanggal, language, f"ttd_{number}_waktu"),
        "meterai": stamp,
        "emeterai": signature.meterai,
    }


_EMPTY_CELL: Final[Mapping[str, Any]] = {
    "kosong": True,
    "label": "",
    "lembaga": "",
    "jabatan": "",
    "nama": "",
    "ada_nip": False,
    "nip": "",
    "ada_tempat_tanggal": False,
    "tempat_tanggal": "",
    "meterai": False,
    "emeterai": False,
}


def _rows(cells: Sequence[dict[str, Any]], first_right: bool) -> list[list[Mapping[str, Any]]]:
    """Signatures two to a row; an odd last one stands first in its row, before an empty cell."""
    rows: list[list[Mapping[str, Any]]] = [list(cells[n : n + 2]) for n in range(0, len(cells), 2)]
    if rows and len(rows[-1]) == 1:
        rows[-1].append(_EMPTY_CELL)
    return [row[::-1] if first_right and not row[1]["kosong"] else row for row in rows]
