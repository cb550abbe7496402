"""What clause files of one kind owe each other: references, both languages in step, and the substance they claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

from jinja2 import nodes

from ksdocs.clauses.beda import said
from ksdocs.clauses.library import Jenis, Substansi
from ksdocs.clauses.lint import gaps_in
from ksdocs.clauses.periksa import Berkas, claimed
from ksdocs.clauses.text import read_number
from ksdocs.problems import Location, Problem, problem, suggest

Kunci = tuple[str, str, str]
"""(id, variant, language) of a clause text."""


def check_together(
    files: Mapping[Kunci, Berkas], kind: Jenis, sections: Mapping[str, Substansi], before: Mapping[Kunci, Berkas]
) -> Iterator[Problem]:
    """Faults between the clauses of a kind; `before` are the texts that they are held against, as they were shipped."""
    for key, found in files.items():
        yield from _references(found, files, kind)
        yield from _language(key, found, files)
        if key[2] == "id":
            yield from _substance(found, kind, sections, before.get(key))
        yield from _version(found, kind, before.get(key))
        if key[0] not in (*kind.urutan, *kind.bagian) and key[1:] == ("", "id"):
            yield problem("KS355", found.baris_kunci("id"), klausul=key[0], jenis=kind.id)
        elif key[0] in (*kind.urutan, *kind.bagian):  # in no order, it is never printed
            yield from gaps_in("\n".join(found.badan), found.file, found.baris_awal)


def _references(found: Berkas, files: Mapping[Kunci, Berkas], kind: Jenis) -> Iterator[Problem]:
    """KS313 for what points nowhere; a clause in no order points to itself without harm, it is never printed."""
    known = {key[0] for key in files}
    for function, target, at in found.refs:
        ident, _, name = target.partition(".")
        texts = [one for key, one in files.items() if key[0] == ident and key[2] == found.kunci[2]]
        own = ident == found.kunci[0]
        if function == "ada":
            there = ident in (*kind.urutan, *kind.bagian, *known)
        else:
            there = (ident in kind.urutan or own) and bool(texts) and all(not name or name in t.isi.nama for t in texts)
        if not there:
            names = {f"{ident}.{n}" for t in texts for n in t.isi.nama}
            pool = names if name and names else {*kind.urutan, *names}
            yield problem("KS313", at, rujukan=target, mungkin=suggest(target, pool))


# ---------------------------------------------------------------------- languages


def _language(key: Kunci, found: Berkas, files: Mapping[Kunci, Berkas]) -> Iterator[Problem]:
    ident, variant, language = key
    english = any(other[0] == ident and other[2] == "en" for other in files)
    twin = files.get((ident, variant, "id" if language == "en" else "en"))
    if twin is None:
        if english:
            missing = f"{ident}{'.' + variant if variant else ''}{'' if language == 'en' else '.en'}.md"
            yield problem("KS328", Location(file=found.file, line=1), berkas=missing)
        return
    if language == "en":
        yield from _out_of_step(found, twin)


def _out_of_step(english: Berkas, indonesian: Berkas) -> Iterator[Problem]:
    """KS329 for a version, a line or a field that one language has and the other has not."""
    given, wanted = (str(one.kepala.get("versi", "")) for one in (english, indonesian))
    if given != wanted and given and wanted:
        at = english.baris_kunci("versi")
        yield problem("KS329", at, beda=f'versi "{given}"', lain=f'"{wanted}"', tempat=_place(indonesian, "versi"))
    ours, theirs = _shape(english), _shape(indonesian)
    matcher = SequenceMatcher(None, [s for s, _ in ours], [s for s, _ in theirs], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        line = ours[a][1] if a < len(ours) else (ours[-1][1] if ours else 1)
        other = theirs[c][1] if c < len(theirs) else (theirs[-1][1] if theirs else 1)
        at = Location(file=english.file, line=line)
        mine = ", ".join(s for s, _ in ours[a:b]) or "-"
        yours = ", ".join(s for s, _ in theirs[c:d]) or "-"
        yield problem("KS329", at, beda=mine, lain=yours, tempat=f"{indonesian.file}:{other}")
    yield from _fields(english, indonesian)


def _place(found: Berkas, key: str) -> str:
    return f"{found.file}:{found.baris_kunci(key).line}"


def _shape(found: Berkas) -> list[tuple[str, int]]:
    """(block or command, line) in order, as far as both languages must have it alike."""
    blocks = {b.line: f"{b.jenis}{' {#' + b.nama + '}' if b.nama else ''}" for b in found.isi.baris}
    return sorted(((text, line) for line, text in (blocks | dict(found.perintah)).items()), key=lambda pair: pair[1])


def _fields(english: Berkas, indonesian: Berkas) -> Iterator[Problem]:
    for one, other in ((english, indonesian), (indonesian, english)):
        there = {text for text, _ in other.ungkapan}
        for text, line in dict(reversed([*one.ungkapan])).items():
            if text not in there:
                at = Location(file=one.file, line=line)
                yield problem("KS329", at, beda=f"`{text}`", lain="-", tempat=other.file)


# ---------------------------------------------------------------------- substance

_WHEN: Final = "17 Maret 2025"
_STANDING: Final = {
    "durasi": "1 (satu) tahun", "rupiah": "Rp1.500.000,00", "angka_terbilang": "2 (dua)", "terbilang": "dua",
    "tanggal_panjang": _WHEN, "tanggal_lengkap": _WHEN, "tanggal_angka": "17-03-2025", "romawi": "I",
}  # fmt: skip
_FIXED: Final = {"ref": "Pasal 1 ayat (1)", "celah": "____", "label_pihak": "PIHAK KESATU"}


def _substance(
    found: Berkas, kind: Jenis, sections: Mapping[str, Substansi], before: Berkas | None
) -> Iterator[Problem]:
    """KS332 for a section whose signs stand nowhere in the words, whatever branch is taken.

    Where a record's own words are printed only a record can tell, unless the shipped words held the signs alone.
    """
    text, open_ = words_of(found, kind)
    for section in claimed(found):
        known = sections.get(section)
        if known is None or known.found_in(text):
            continue
        decided = not open_ or (before is not None and known.found_in(words_of(before, kind)[0]))
        if decided:
            key = "substansi" if section in found.kepala.get("substansi", ()) else "substansi_bila"
            title = known.judul.get("id", section)
            at = found.letak(key, section)
            yield problem("KS332", at, klausul=found.kunci[0], substansi=section, judul=title)


def words_of(found: Berkas, kind: Jenis) -> tuple[str, bool]:
    """(the words of all branches in one line with something standing for each value, whether a record adds words)."""
    words: list[str] = []
    open_ = False
    for offset, raw in enumerate(found.badan):
        number = found.baris_awal + offset + 1
        if number in found.perintah or not raw.strip():
            continue
        text = re.sub(r"\s*\{#\w+\}\s*$", "", read_number(raw.strip())[1])
        for source, expression in found.cetak.get(number, ()):
            shown, free = _standing(expression, kind)
            open_ = open_ or free
            text = text.replace("{{" + source + "}}", shown, 1)
        words.append(text.replace("*", ""))
    return " ".join(" ".join(words).split()), open_


def _standing(node: nodes.Node, kind: Jenis) -> tuple[str, bool]:
    """(what stands for a value, whether a record's own words may be there)."""
    if isinstance(node, nodes.Name) and node.name in ("naskah_ini", "sebutan"):
        return (kind.naskah_ini if node.name == "naskah_ini" else kind.sebutan).get("id", "…"), False
    if isinstance(node, nodes.Filter) and node.name in _STANDING:
        return _STANDING[node.name], False
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        return _FIXED.get(node.node.name, "…"), False
    if isinstance(node, nodes.CondExpr):
        return _standing(node.expr1, kind)
    if isinstance(node, nodes.Name) and node.name == "rangkap":
        return "2", False
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in ("waktu", "loop"):
        return "…", False
    return "…", True


# ---------------------------------------------------------------------- versions


def unchanged_version(found: Berkas, before: Berkas) -> bool:
    """True for other words under the same version."""
    return said(found) != said(before) and found.kepala.get("versi") == before.kepala.get("versi")


def _version(found: Berkas, kind: Jenis, before: Berkas | None) -> Iterator[Problem]:
    if before is not None and isinstance(found.kepala.get("versi"), str) and unchanged_version(found, before):
        name = found.nama.removesuffix(".en")
        at = found.letak("versi", found.kepala["versi"])
        yield problem("KS333", at, klausul=found.nama, versi=found.kepala["versi"], jenis=kind.id, id=name)


def worst(problems: Iterable[Problem]) -> int:
    """How many of `problems` refuse."""
    return sum(p.refuses for p in problems)
