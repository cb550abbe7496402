"""A rendered .docx is not believed; it is read back and held against its Dokumen.

What is proved: the package is sound; every word of the document stands in the file, in its order, each under its
own number and heading; the title block and every signature are there; nothing that the template adds of its own
is a heading of an article, or a date, an amount, a percentage or a party that the document does not know; no tag
is left; DRAF stands on every page of a draft and on no page of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from ksdocs.docx.inspect import check as inspect
from ksdocs.docx.naskah import LAYOUT_WORDS, footer_words
from ksdocs.docx.package import Package
from ksdocs.docx.skim import Margin, Words, skim, words_of
from ksdocs.docx.text import Paragraf, properties, read
from ksdocs.dokumen import Blok, Dokumen, plain
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.rules.bacaan import amounts_in, dates_in
from ksdocs.rules.rujukan import Rujukan, references_in

BREAK: Final = "\x1e"
"""Stands between paragraphs in the stream; no text can hold it."""

_HEADING: Final = re.compile(r"\s*(?:pasal|bab|article)\s+(?:\d+|[ivxlc]+)\b\s*[:.]?\s*", re.IGNORECASE)
_FACTS: Final = re.compile(
    r"\b\d{1,2}\s+(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)\s+\d{4}\b"
    r"|\b\d{1,2}[-/]\d{1,2}[-/]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b|\bRp\s?[\d.]+(?:,\d+)?|\b\d+(?:,\d+)?\s?(?:%|persen\b)"
    r"|\b\d+/[A-Z0-9.]+/[IVX]+/\d{4}\b|\b(?:PIHAK|pihak|Pihak) (?:KE\w+|PERTAMA|SATU|DUA|TIGA|[Kk]e\w+|[Pp]ertama)\b"
)
_TAGS: Final = re.compile(r"\{\{|\{%|\{#|%\}|#\}")


Unit = tuple[str, str, tuple[str, ...]]
"""(owner, anchor, before): words that must stand in one place, `before` in the gap in front of `anchor`, in any order.
A plain tuple: every document has a few hundred."""


@dataclass(slots=True)
class _Reading:
    """The stream of the body, what of it has been recognised, and what was found wrong."""

    text: str
    taken: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def find(self, words: str, start: int, stop: int | None = None) -> int:
        """Where `words` stand, not inside a longer word; -1 when nowhere between `start` and `stop`."""
        end = len(self.text) if stop is None else stop
        at = self.text.find(words, start, end)
        while at >= 0:
            after = at + len(words)
            cut_left = at > 0 and words[:1].isalnum() and self.text[at - 1].isalnum()
            cut_right = after < len(self.text) and words[-1:].isalnum() and self.text[after].isalnum()
            if not (cut_left or cut_right):
                return at
            at = self.text.find(words, at + 1, end)
        return -1

    def find_paragraph(self, words: str, numbers: Sequence[str], start: int) -> tuple[int, str, int]:
        """(where `words` are a paragraph of their own, alone or behind one of `numbers`; that number; where it stands).

        A value may be a single letter or a point, which stands anywhere: only where there is no such paragraph are
        the words looked for at all. The number is "" where there is none.
        """
        text, whole = self.text, words + BREAK
        at = text.find(whole, start)
        while at >= 0:
            begin = text.rfind(BREAK, 0, at) + 1
            if begin == at:
                return at, "", at
            number = text[begin:at].strip()
            if not number or number in numbers:
                return at, number, text.index(number, begin)
            at = text.find(whole, at + 1)
        return self.find(words, start), "", -1

    def take(self, words: str, start: int, stop: int | None = None) -> int:
        """As `find`, and the words count as recognised; the position behind them, or -1."""
        at = self.find(words, start, stop)
        if at < 0:
            return -1
        self.taken.append((at, at + len(words)))
        return at + len(words)

    def take_all(self, wanted: Iterable[tuple[str, str]], start: int, stop: int, code: str) -> None:
        """Recognise every (owner, words) between `start` and `stop` in any order, each word once."""
        region = self.text[start:stop]
        for owner, words in sorted(wanted, key=lambda item: -len(item[1])):
            reading = _Reading(region)
            at = reading.find(words, 0)
            if at < 0:
                self.problems.append(problem(code, Location(path=owner), substansi=owner, teks=shown(words)))
                continue
            region = region[:at] + "\x00" * len(words) + region[at + len(words) :]
            self.taken.append((start + at, start + at + len(words)))

    def rest(self) -> list[str]:
        """What nobody recognised, by paragraph: the template's own words."""
        pieces, last = [], 0
        for start, stop in sorted(self.taken):
            if start > last:
                pieces.append(self.text[last:start])
            last = max(last, stop)
        pieces.append(self.text[last:])
        return "\x00".join(pieces).split(BREAK)


def verify(
    data: bytes | Package, dokumen: Dokumen, *, others: Sequence[str] = (), name: str = ""
) -> tuple[Problem, ...]:
    """Every way in which the file `data` does not say what `dokumen` says; empty when it is proved.

    `others` are names of known partners that are no party: none may stand in what the template adds.

    Problems: KS4xx of the package, KS501 words are missing or out of order, KS502 a heading or number is not where
    it belongs, KS503 a tag is left, KS504 the template adds an article heading, KS505 it adds a fact that the
    document does not know, KS506 the DRAF mark, KS507 the title block, KS508 a signature, KS509 another partner.
    """
    try:
        package = data if isinstance(data, Package) else Package.read(data, name=name)
        words = skim(package)
        if words is None:  # something is unusual: every rule, and every place, by the long way
            found = tuple(p for p in inspect(package) if p.refuses)
            if found:
                return found
            words = words_of(package)
    except KsdocsError as error:
        return error.problems
    return tuple(_prove(words, package, dokumen, others))


def _prove(words: Words, package: Package, dokumen: Dokumen, others: Sequence[str]) -> list[Problem]:
    """What the words of a sound package do not say as `dokumen` does, or say beyond it."""
    units = _units(dokumen)
    problems: list[Problem] = []
    rest = _walk(words.body, dokumen, units)
    if rest is None:
        reading = _Reading(BREAK + BREAK.join(words.body) + BREAK)
        _match(reading, dokumen, units)
        problems, rest = reading.problems, reading.rest()
    known = _Known(dokumen, units)
    articles = {p.nomor for p in dokumen.pasal}
    problems += check_rest(rest, known, articles, others, package.document_part)
    foot = footer_words(dokumen)
    for paragraph in words.margins:
        # An id may look like a date, an amount or a number; under its own kind it is an id.
        own = without_fields(paragraph).replace(foot, " ")
        problems += check_rest([own], known, articles, others, paragraph.part)
    problems += _check_draft(dokumen, words.margins, package)
    return problems


def _walk(body: Sequence[str], dokumen: Dokumen, units: Sequence[Unit]) -> list[str] | None:
    """What of `body` is the template's own, where every unit is a paragraph of its own and in its order, as in nearly
    every document; None where that is not so, or anything is wrong: `_match` looks closer, and tells."""
    if dokumen.lampiran:
        return None
    taken = bytearray(len(body))
    place, first = 0, -1
    for _, anchor, before in units:
        at, number = _next_paragraph(body, place, anchor, before)
        if at < 0:
            return None
        for words in before:
            if words != number and not _take_whole(body, taken, words, place, at):
                return None
        taken[at] = 1
        first = at if first < 0 else first
        place = at + 1
    head = _Reading(BREAK.join(t for t, seen in zip(body[:first], taken, strict=False) if not seen))
    head.take_all(_head_words(dokumen), 0, len(head.text), "KS507")
    foot = _Reading(BREAK.join(body[place:]))
    foot.take_all(_signature_words(dokumen), 0, len(foot.text), "KS508")
    if first < 0 or head.problems or foot.problems:
        return None
    between = [body[n] for n in range(first, place) if not taken[n]]
    return [*head.rest(), *between, *foot.rest()]


def _next_paragraph(body: Sequence[str], start: int, anchor: str, before: Sequence[str]) -> tuple[int, str]:
    """(the first paragraph from `start` on that is `anchor`, alone or behind one of `before`; that one or ""); else
    (-1, "")."""
    if anchor:
        for at in range(start, len(body)):
            text = body[at]
            if text == anchor:
                return at, ""
            if text.endswith(anchor):
                number = text[: -len(anchor)].strip()
                if not number or number in before:
                    return at, number
    return -1, ""


def _take_whole(body: Sequence[str], taken: bytearray, words: str, start: int, end: int) -> bool:
    """Is one of the paragraphs from `start` to before `end` just `words`? It is taken then."""
    for at in range(start, end):
        if not taken[at] and body[at].strip() == words:
            taken[at] = 1
            return True
    return False


def _match(reading: _Reading, dokumen: Dokumen, units: Sequence[Unit]) -> None:
    """Walk the document in its order; every unit is looked for behind the one before it."""
    position = first = 0
    head_end: int | None = None
    failures = 0
    for owner, anchor, before in units:
        at, number, number_at = reading.find_paragraph(anchor, before, position)
        if at < 0:
            failures += 1
            if failures <= 5:  # one lost paragraph must not drown in its consequences
                reading.problems.append(problem("KS501", Location(path=owner), substansi=owner, teks=shown(anchor)))
            continue
        gap_start = position
        if head_end is None:
            head_end, first = at, at
            gap_start = max(0, at - 200)
        for words in before:
            if words == number and number_at >= gap_start:
                reading.taken.append((number_at, number_at + len(words)))
            elif reading.take(words, gap_start, at) < 0:
                reading.problems.append(problem("KS502", Location(path=owner), substansi=owner, teks=shown(words)))
        position = at + len(anchor)
        reading.taken.append((at, position))
    signatures = _signature_words(dokumen)
    reading.take_all(_head_words(dokumen), 0, first or len(reading.text), "KS507")
    end = len(reading.text)
    if dokumen.lampiran:
        position = _body_end(reading, dokumen)
        start_attachment = reading.find(f"LAMPIRAN {dokumen.lampiran[0].nomor}", position)
        end = start_attachment if start_attachment >= 0 else end
    reading.take_all(signatures, position, end, "KS508")


def _body_end(reading: _Reading, dokumen: Dokumen) -> int:
    last = dokumen.pasal[-1] if dokumen.pasal else None
    anchors = [plain(b.teks["id"]) for b in last.blok if b.tabel is None] if last else []
    at = reading.text.rfind(anchors[-1]) if anchors else 0
    return max(at, 0) + (len(anchors[-1]) if anchors else 0)


def _units(dokumen: Dokumen) -> list[Unit]:
    language = dokumen.bahasa[0]
    units: list[Unit] = []
    for part in ("pembuka", "komparisi", "premis", "sepakat"):
        _add_blocks(units, getattr(dokumen, part), language, part)
    for article in dokumen.pasal:
        heading = (f"Pasal {article.nomor}", article.judul[language])
        _add_blocks(units, article.blok, language, article.id, heading)
    for attachment in dokumen.lampiran:
        units.append(("lampiran", attachment.judul[language], (f"LAMPIRAN {attachment.nomor}",)))
        _add_blocks(units, attachment.blok, language, "lampiran")
    return units


def _add_blocks(
    units: list[Unit], blocks: Sequence[Blok], language: str, owner: str, heading: tuple[str, ...] = ()
) -> None:
    """The units of `blocks`; the words of `heading` stand before the first of them."""
    for block in blocks:
        if block.tabel is None:
            units.append((owner, plain(block.teks[language]), (*heading, block.nomor) if block.nomor else heading))
            heading = ()
            continue
        for row in (block.tabel.kepala, *block.tabel.baris):
            for cell in row:
                if words := plain(cell[language]):
                    units.append((owner, words, heading))
                    heading = ()


def _head_words(dokumen: Dokumen) -> list[tuple[str, str]]:
    language = dokumen.bahasa[0]
    words: list[tuple[str, str]] = []
    words += [("judul", dokumen.judul_jenis[language].upper()), ("judul", dokumen.tentang[language])]
    for party in dokumen.pihak:
        words.append(("identitas_para_pihak", party.nama.get(language, party.nama["id"])))
        if party.nomor:
            words.append(("nomor", plain(party.nomor)))
    return words


def _signature_words(dokumen: Dokumen) -> list[tuple[str, str]]:
    language = dokumen.bahasa[0]
    words: list[tuple[str, str]] = []
    for s in dokumen.tanda_tangan:
        lines = (
            s.label,
            s.lembaga.get(language, s.lembaga["id"]),
            s.jabatan.get(language, s.jabatan["id"]),
            s.nama,
            s.nip,
        )
        words += [("tanda_tangan", line) for line in lines if line]
        if s.tempat_tanggal:
            words.append(("waktu_penandatanganan", plain(s.tempat_tanggal)))
    return words


class _Known(Container[str]):
    """All words of the document: what a template may say again. Put together only when somebody asks."""

    def __init__(self, dokumen: Dokumen, units: Sequence[Unit]) -> None:
        self._dokumen, self._units, self._words = dokumen, units, ""

    def __contains__(self, words: object) -> bool:
        if not self._words:
            printed = (*_head_words(self._dokumen), *_signature_words(self._dokumen))
            anchors = [anchor for _, anchor, _ in self._units]
            self._words = BREAK.join([*anchors, *(w for _, w in printed), *LAYOUT_WORDS.values()])
        return str(words) in self._words


class _Added(NamedTuple):
    """What words that a template adds of its own may do wrong; most say nothing of the kind."""

    tag: bool
    heading: bool
    facts: tuple[str, ...]
    cited: tuple[Rujukan, ...]
    folded: str


@lru_cache(maxsize=1024)
def _added(words: str) -> _Added:
    # The same in every document of a template.
    heading = bool(_HEADING.fullmatch(words))
    cited = () if heading else tuple(references_in(words))
    return _Added(
        bool(_TAGS.search(words)), heading, tuple(f[0] for f in _FACTS.finditer(words)), cited, words.casefold()
    )


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)


def check_rest(
    rest: Iterable[str], known: Container[str], articles: Collection[int], others: Sequence[str], part: str
) -> Iterator[Problem]:
    """What the template says of its own that it must not: KS503 to KS505, KS509.

    `rest` are paragraphs with what was recognised cut out (NUL), `known` the words that it may say again, `articles`
    the numbers of articles that it may refer to, `others` the names that it must not name.
    """
    for paragraph in rest:
        words = paragraph.replace("\x00", " ").strip()
        if not words:
            continue
        found = _added(words)
        at = Location(part=part, paragraph=words)
        if found.tag:
            yield problem("KS503", at, teks=shown(words))
        if found.heading:
            yield problem("KS504", at, teks=shown(words))
        for fact in found.facts:
            if fact not in known:
                yield problem("KS505", at, teks=fact)
        for cited in found.cited:
            if cited.pasal not in articles:
                yield problem("KS505", at, teks=cited.teks)
        for name, folded in zip(others, _folded(tuple(others)), strict=True):
            if folded in found.folded:
                yield problem("KS509", at, nama=name)


def without_fields(paragraph: Margin | Paragraf) -> str:
    """The words of a paragraph without what fields print (page numbers)."""
    text = paragraph.text
    for span in sorted(paragraph.fields, key=lambda s: -s.start):
        text = text[: span.start] + " " + text[span.end :]
    return text


def _check_draft(dokumen: Dokumen, margins: Sequence[Margin], package: Package) -> Iterator[Problem]:
    mark = LAYOUT_WORDS["draf"]
    marked = {p.part for p in margins if mark in p.text or any(mark in d for d in p.drawings)}
    if not dokumen.draf and marked:
        yield problem("KS506", Location(part=sorted(marked)[0]), keadaan="tercetak pada naskah yang bukan draf")
    headers = set(package.headers)
    if (
        dokumen.draf
        and not (headers and headers <= marked)
        and not (package.footers and set(package.footers) <= marked)
    ):
        yield problem("KS506", Location(part=package.document_part), keadaan="tidak tercetak pada setiap halaman")


def shown(words: str) -> str:
    """`words`, cut to what a message can hold."""
    return words if len(words) <= 80 else words[:79] + "…"


_ARTICLE: Final = re.compile(r"\s*(?:PASAL|Pasal)\s+(\d{1,3})\s*")


def verify_alone(data: bytes, *, name: str = "") -> tuple[Problem, ...]:
    """What a .docx tells against itself, without the record it was made from; empty when nothing.

    Problems: KS4xx of the package, KS503 a tag is left, KS511 articles that are not numbered one after the other,
    KS512 a reference to an article that is not there, KS513 weekday, words and figures that disagree, KS514 not made
    by ksdocs (a warning).
    """
    try:
        package = Package.read(data, name=name)
        problems = [p for p in inspect(package) if p.refuses]
        if problems:
            return tuple(problems)
        paragraphs = list(read(package))
    except KsdocsError as error:
        return error.problems
    place = Location(file=name or None)
    numbers = [int(m[1]) for p in paragraphs if (m := _ARTICLE.fullmatch(p.text))]
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append(problem("KS511", place, nomor=", ".join(map(str, numbers))))
    for paragraph in paragraphs:
        at = place.with_(part=paragraph.part, paragraph=paragraph.text)
        if _TAGS.search(paragraph.text):
            problems.append(problem("KS503", at, teks=shown(paragraph.text)))
        for cited in references_in(paragraph.text):
            if numbers and cited.pasal not in numbers:
                problems.append(problem("KS512", at, rujukan=cited.teks, jumlah=len(numbers)))
        for seen, right in (*dates_in(paragraph.text, "id"), *amounts_in(paragraph.text, "id")):
            problems.append(problem("KS513", at, tertulis=seen, benar=right))
    if "ksdocs_id" not in properties(package).get("custom", {}):
        problems.append(problem("KS514", place))
    return tuple(problems)
