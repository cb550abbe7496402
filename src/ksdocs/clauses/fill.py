"""A parsed clause + values → numbered blocks. Values arrive as text and are never parsed again.

References stay marks (`REF`) until the whole document is numbered; `resolve` prints them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ksdocs.bahasa import huruf
from ksdocs.clauses.text import (
    BLOCK,
    BLOCK_END,
    BOLD,
    CELL,
    EOL,
    GAP,
    ITALIC,
    REF,
    VALUE,
    VALUE_END,
    Baris,
    read_number,
)
from ksdocs.dokumen import Blok, JenisBlok, Run, Runs, Tabel

_TOKENS: Final = re.compile(f"([{BOLD}{ITALIC}{VALUE}{VALUE_END}]|{GAP}[0-9]+{GAP}|{REF}[^{REF}]*{REF})")
_CLOSING: Final = re.compile(r"\s*(?:;\s*(dan|atau|dan/atau|and|or)|[;.])?\s*$")
LISTED: Final = frozenset({"huruf", "angka"})


@dataclass(slots=True)
class Potong:
    """A piece of filled text: its dress, whether it came from data, or the gap or reference it stands for."""

    teks: str
    tebal: bool = False
    miring: bool = False
    nilai: bool = False
    celah: int = 0
    rujukan: str = ""


@dataclass(slots=True)
class BlokIsi:
    """One filled block before numbering."""

    baris: Baris
    potong: list[Potong]
    sel: list[list[Potong]] | None = None
    nomor: str = ""
    tingkat: int = 1


def read_filled(filled: str, baris: Sequence[Baris]) -> list[BlokIsi]:
    """The blocks of a filled clause, in order; those without any text (an empty value line) are kept."""
    blocks: list[BlokIsi] = []
    for chunk in filled.replace(EOL, "").split(BLOCK)[1:]:
        index, _, text = chunk.partition(BLOCK_END)
        source = baris[int(index)]
        if source.jenis == "tabel":
            blocks.append(BlokIsi(source, [], [_read_pieces(cell) for cell in text.split(CELL)]))
        else:
            blocks.append(BlokIsi(source, _read_pieces(text)))
    return blocks


def read_data_body(text: str) -> list[BlokIsi]:
    """The blocks of a clause that came as data (klausul_tambahan, klausul_khusus): structure, but no tag is read."""
    blocks: list[BlokIsi] = []
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        kind, rest = read_number(raw.strip())
        if kind == "paragraf" and raw[:1] in " \t" and blocks:
            blocks[-1].potong[-1].teks += " " + rest
            continue
        blocks.append(BlokIsi(Baris(kind, "", number), [Potong(rest, nilai=True)]))
    return blocks


def _read_pieces(text: str) -> list[Potong]:
    pieces: list[Potong] = []
    bold = italic = value = False
    for token in _TOKENS.split(text):
        if not token:
            continue
        if token == BOLD:
            bold = not bold
        elif token == ITALIC:
            italic = not italic
        elif token == VALUE:
            value = True
        elif token == VALUE_END:
            value = False
        elif token[0] == GAP:
            pieces.append(Potong("", bold, italic, nilai=True, celah=int(token[1:-1])))
        elif token[0] == REF:
            pieces.append(Potong("", bold, italic, rujukan=token[1:-1]))
        else:
            pieces.append(Potong(token, bold, italic, value))
    if pieces and not pieces[0].nilai:
        pieces[0].teks = pieces[0].teks.lstrip() if not pieces[0].rujukan else ""
    if pieces and not pieces[-1].nilai and not pieces[-1].rujukan:
        pieces[-1].teks = pieces[-1].teks.rstrip()
    return [p for p in pieces if p.teks or p.celah or p.rujukan]


MAX_LETTERS: Final = 702
"""Items that letters can count: a to zz."""


def number_blocks(blocks: Sequence[BlokIsi]) -> int:
    """Give every block its literal number and level, in place: ayat, huruf under it, angka under huruf.

    Returns the length of the longest list of letters; items beyond `MAX_LETTERS` get no letter.
    """
    longest = 0
    counters = {"ayat": 0, "huruf": 0, "angka": 0, "nomor": 0}
    has_ayat = has_huruf = False
    for block in blocks:
        kind = block.baris.jenis
        if kind == "ayat":
            counters.update(ayat=counters["ayat"] + 1, huruf=0, angka=0)
            has_ayat, has_huruf = True, False
            block.nomor, block.tingkat = f"({counters['ayat']})", 1
        elif kind == "huruf":
            counters.update(huruf=counters["huruf"] + 1, angka=0)
            has_huruf = True
            longest = max(longest, counters["huruf"])
            letter = huruf(counters["huruf"]) if counters["huruf"] <= MAX_LETTERS else "?"
            block.nomor, block.tingkat = f"{letter}.", 2 if has_ayat else 1
        elif kind == "angka":
            counters["angka"] += 1
            block.nomor, block.tingkat = (
                f"{counters['angka']})",
                (2 if has_ayat else 1) + (1 if has_huruf else 0),
            )
        elif kind == "nomor":
            counters.update(nomor=counters["nomor"] + 1, huruf=0, angka=0)
            has_huruf = False
            block.nomor = f"{counters['nomor']}."
        else:
            block.tingkat = 1
            if kind == "paragraf":
                counters.update(huruf=0, angka=0)
                has_ayat = has_huruf = False
    return longest


def close_lists(blocks: Sequence[BlokIsi], joiner: str) -> None:
    """Put `;`, `; dan` and `.` at the end of list items, in place.

    A value that already ends with a mark keeps it and gets no second one; an item that introduces a deeper list
    keeps its colon, and the mark goes to the last item of that list.
    """
    _close(list(blocks), 0, len(blocks), ".", joiner)


def _depth(block: BlokIsi) -> int:
    return {"ayat": 0, "nomor": 0, "paragraf": 0, "tabel": 0, "huruf": 1, "angka": 2}[block.baris.jenis]


def _close(blocks: list[BlokIsi], start: int, end: int, final: str, joiner: str) -> None:
    index = start
    while index < end:
        if blocks[index].baris.jenis not in LISTED:
            index += 1
            continue
        depth = _depth(blocks[index])
        stop = index
        while stop < end and _depth(blocks[stop]) >= depth:
            stop += 1
        heads = [i for i in range(index, stop) if _depth(blocks[i]) == depth]
        join = next((w for i in heads if (w := _written_joiner(blocks[i]))), joiner)
        for position, head in enumerate(heads):
            upto = heads[position + 1] if position + 1 < len(heads) else stop
            last, before_last = position == len(heads) - 1, position == len(heads) - 2
            mark = final if last else f"; {join}" if before_last else ";"
            if upto > head + 1:
                _close(blocks, head + 1, upto, mark, joiner)
            else:
                _end_with(blocks[head], mark)
        index = stop


def _written_joiner(block: BlokIsi) -> str:
    last = block.potong[-1] if block.potong else None
    if last is None or last.nilai:
        return ""
    found = _CLOSING.search(last.teks)
    return (found[1] or "") if found else ""


def _end_with(block: BlokIsi, mark: str) -> None:
    if not block.potong:
        return
    last = block.potong[-1]
    if last.nilai and last.teks and last.teks[-1] in ".;:?!":
        return
    if not last.nilai and not last.rujukan:
        last.teks = _CLOSING.sub("", last.teks)
        if not last.teks:
            block.potong.pop()
            _end_with(block, mark)
            return
    block.potong.append(Potong(mark))


def runs_of(pieces: Iterable[Potong], resolve: Callable[[str], str]) -> Runs:
    """Runs of equal dress, joined; references printed by `resolve`."""
    runs: list[Run] = []
    words: list[str] = []
    dress = (False, False)
    for piece in pieces:
        own = (piece.tebal, piece.miring)
        if words and (piece.celah or own != dress):
            runs.append(Run("".join(words), *dress))
            words = []
        dress = own
        if piece.celah:
            runs.append(Run("", *own, piece.celah))
        else:
            words.append(resolve(piece.rujukan) if piece.rujukan else piece.teks)
    if words:
        runs.append(Run("".join(words), *dress))
    return tuple(runs)


def finish_blocks(
    blocks: Mapping[str, Sequence[BlokIsi]], owner: str, resolve: Callable[[str], str]
) -> tuple[Blok, ...]:
    """Numbered blocks of one clause, from its filled blocks in each language (same structure in all)."""
    languages = list(blocks)
    first = blocks[languages[0]]
    result: list[Blok] = []
    place = 0
    while place < len(first):
        rows = place
        if first[place].baris.jenis == "tabel":
            while (
                rows < len(first)
                and first[rows].baris.jenis == "tabel"
                and (rows == place or not first[rows].baris.kepala)
            ):
                rows += 1
            result.append(_table(blocks, languages, place, rows, f"{owner}.{place + 1}", resolve))
            place = rows
            continue
        block = first[place]
        texts = {lang: runs_of(blocks[lang][place].potong, resolve) for lang in languages}
        name = block.baris.nama or str(place + 1)
        result.append(Blok(block.baris.jenis, block.nomor, block.tingkat, f"{owner}.{name}", texts))
        place += 1
    return tuple(result)


def _table(
    blocks: Mapping[str, Sequence[BlokIsi]],
    languages: Sequence[str],
    start: int,
    stop: int,
    ident: str,
    resolve: Callable[[str], str],
) -> Blok:
    def row(index: int) -> tuple[dict[str, Runs], ...]:
        cells = {lang: blocks[lang][index].sel or [] for lang in languages}
        count = len(cells[languages[0]])
        return tuple({lang: runs_of(cells[lang][n], resolve) for lang in languages} for n in range(count))

    head = blocks[languages[0]][start].baris
    table = Tabel(row(start), tuple(row(i) for i in range(start + 1, stop)), head.lebar, head.rata)
    kind: JenisBlok = "tabel"
    return Blok(kind, "", 1, ident, {}, table)
