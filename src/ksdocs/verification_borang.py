"""A printed form is read back and held against its sheet: nothing lost, nothing added that the record does not say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ksdocs.borang.susun import Bagan, Deret, Lembar, Tulisan
from ksdocs.docx.inspect import check as inspect
from ksdocs.docx.package import Package
from ksdocs.docx.pictures import pictures_in
from ksdocs.docx.text import Paragraf, read
from ksdocs.problems import KsdocsError, Location, Problem, problem
from ksdocs.verification import BREAK, check_rest, shown, without_fields

if TYPE_CHECKING:
    from ksdocs.docx.chart_reader import Shown


def verify_lembar(data: bytes | Package, lembar: Lembar, *, name: str = "") -> tuple[Problem, ...]:
    """Every way in which the file `data` does not say what `lembar` says; empty when it is proved.

    Problems: KS4xx of the package, KS501 a value, a picture or a chart is missing or a list is out of order, KS503 a
    tag is left, KS505 the template adds a date, an amount, a percentage, a number or a chart that the record does not
    know.
    """
    try:
        package = data if isinstance(data, Package) else Package.read(data, name=name)
        if found := tuple(p for p in inspect(package) if p.refuses):
            return found
        paragraphs = list(read(package))
    except KsdocsError as error:
        return error.problems
    margins = [p for p in paragraphs if p.part != package.document_part]
    reading = _Reading([p for p in paragraphs if p.part == package.document_part], margins)
    reading.find_all(lembar.tulisan)
    reading.find_head(lembar.kepala)
    known = BREAK.join(_texts(lembar))
    problems = [*reading.problems, *_lost_pictures(package, lembar), *_other_charts(package, lembar)]
    problems += check_rest(reading.rest().split(BREAK), known, (), (), package.document_part)
    for margin in margins:
        problems += check_rest([without_fields(margin)], known, (), (), margin.part)
    return tuple(problems)


class _Reading:
    """The stream of the file, and what of it has been recognised."""

    def __init__(self, body: Sequence[Paragraf], margins: Sequence[Paragraf]) -> None:
        self._body = BREAK + "".join(p.text + BREAK for p in body)
        self._margins = BREAK.join(p.text for p in margins)
        self._starts = list(accumulate((len(p.text) + 1 for p in body), initial=1))
        self._rows = [p.cells[0][:2] if p.cells else None for p in body]
        self._taken = bytearray(len(self._body))
        self.problems: list[Problem] = []

    def find_head(self, texts: Sequence[str]) -> None:
        """Code, title, marks and retention of the form, anywhere on the page."""
        for text in texts:
            if text not in self._body and text not in self._margins:
                self.problems.append(problem("KS501", Location(path="kendali"), substansi="kendali", teks=shown(text)))

    def find_all(self, wanted: Sequence[Tulisan | Deret]) -> None:
        """Values in any order, the longest first, so that none is taken for a part of another; lists in theirs."""
        for one in wanted:
            if isinstance(one, Deret):
                self._find_list(one, 0)
        singles = [one for one in wanted if isinstance(one, Tulisan)]
        for single in sorted(singles, key=lambda s: -max(map(len, s.cara))):
            self._find(single, 0)

    def _find_list(self, wanted: Deret, start: int) -> int:
        """The place behind the last entry; each entry is looked for behind the one before it.

        The longest value of an entry tells where it stands; the others are taken from its row of the table, or else
        from beside it, since the same short words (an official in charge, a state) may stand in other lists before it.
        """
        for entry in wanted.baris:
            near, end, row = start, start, (0, 0)
            inner = [one for one in entry if isinstance(one, Deret)]
            singles = sorted((o for o in entry if isinstance(o, Tulisan)), key=lambda s: -max(map(len, s.cara)))
            for number, single in enumerate(singles):
                found = self._find(single, start, near, row)
                near, row = (near, row) if number else (found, self._row_around(found - 1))
                end = max(end, found)
            for one in inner:
                end = max(end, self._find_list(one, start))
            start = end
        return start

    def _find(self, wanted: Tulisan, start: int, near: int = 0, row: tuple[int, int] = (0, 0)) -> int:
        """The place behind the value, in whichever way it reads and best within `row`; its problem where it stands
        nowhere free."""
        ways = sorted(wanted.cara, key=len, reverse=True)
        for words, first, last in (*((w, *row) for w in ways if row[1]), *((w, start, len(self._body)) for w in ways)):
            at = self._free(words, first, last, near)
            if at >= 0:
                self._taken[at : at + len(words)] = b"\1" * len(words)
                return at + len(words)
        found = problem("KS501", Location(path=wanted.path), substansi=wanted.path, teks=shown(wanted.cara[0]))
        self.problems.append(found)
        return start

    def _row_around(self, at: int) -> tuple[int, int]:
        """From where to where the row of a table reaches that holds `at`; (0, 0) outside of tables."""
        number = bisect_right(self._starts, at) - 1
        row = self._rows[number] if 0 <= number < len(self._rows) else None
        if row is None:
            return 0, 0
        first = last = number
        while first > 0 and self._rows[first - 1] == row:
            first -= 1
        while last + 1 < len(self._rows) and self._rows[last + 1] == row:
            last += 1
        return self._starts[first], self._starts[last + 1]

    def _free(self, words: str, start: int, stop: int, near: int) -> int:
        """Where `words` stand that nobody took, from `start` to `stop`: best as all of a paragraph or cell, else
        anywhere between other words; of several such places, the one nearest to `near`.

        A short value (a unit, a class of partner) may stand within a long one, which must not be cut by it.
        """
        whole = within = -1
        at = self._body.find(words, start, stop)
        while at >= 0:
            end = at + len(words)
            cut = (words[:1].isalnum() and self._body[at - 1].isalnum()) or (
                words[-1:].isalnum() and self._body[end : end + 1].isalnum()
            )
            if not cut and not any(self._taken[at:end]):
                if self._is_whole(at, end):
                    if whole >= 0 and at - near >= abs(whole - near):
                        return whole
                    whole = at
                elif within < 0 or abs(at - near) < abs(within - near):
                    within = at
            at = self._body.find(words, at + 1, stop)
        return within if whole < 0 else whole

    def _is_whole(self, at: int, end: int) -> bool:
        """Is there nothing else in the paragraph but signs, such as a colon?"""
        before = self._body[self._body.rfind(BREAK, 0, at) + 1 : at]
        after = self._body[end : self._body.find(BREAK, end)]
        return not any(letter.isalnum() for letter in before + after)

    def rest(self) -> str:
        return "".join("\0" if taken else letter for letter, taken in zip(self._body, self._taken, strict=True))


def _lost_pictures(package: Package, lembar: Lembar) -> Iterator[Problem]:
    """Pictures of the record that no part of the file shows."""
    if not lembar.gambar:
        return
    held = pictures_in(package)
    for picture in lembar.gambar:
        if picture.isi not in held:
            at = Location(path=picture.path)
            yield problem("KS501", at, substansi=picture.path, teks=shown(picture.teks))


_PLOTS: Final[Mapping[str, str]] = {
    "batang": "bar",
    "batang_datar": "bar",
    "batang_susun": "bar stacked",
    "lingkaran": "pie",
    "garis": "line",
}


def _other_charts(package: Package, lembar: Lembar) -> Iterator[Problem]:
    """Charts of the record that the file does not show to the figure, and charts that the record does not know."""
    if not lembar.bagan and not any(
        link.type.startswith("chart") for part in package.text_parts for link in package.relationships(part)
    ):
        return
    from ksdocs.docx.chart_reader import holds_its_sheet, shown_charts

    held = list(shown_charts(package))
    for bagan in lembar.bagan:
        if bagan.kosong:
            continue  # words stand in its place, or nothing
        found = next((one for one in held if _is_same(one, bagan) and holds_its_sheet(package, one)), None)
        if found is None:
            at = Location(path=bagan.path)
            yield problem("KS501", at, substansi=bagan.path, teks=shown(bagan.judul or bagan.teks))
        else:
            held.remove(found)
    for one in held:
        if not any(_is_same(one, bagan) for bagan in lembar.bagan):  # a template may print one of them again
            known = one.alt or ", ".join(one.categories) or one.part
            yield problem("KS505", Location(part=one.part), teks=shown(known))


def _is_same(found: Shown, wanted: Bagan) -> bool:
    """Does the chart show these names and figures, all of them and no others, from zero and uncut, in these words?"""
    series = tuple((_line(one.nama), wanted.tercetak(one)) for one in wanted.deret)
    titled = wanted.bentuk != "lingkaran" and wanted.satuan not in ("", "%")
    return (
        found.sound
        and found.kinds == (_PLOTS[wanted.bentuk],)
        and found.alt == _line(wanted.teks)
        and found.categories == tuple(map(_line, wanted.kategori))
        and found.series == series
        and found.words == ((_line(wanted.satuan),) if titled else ())
        and (wanted.bentuk == "lingkaran" or _is_uncut(found, wanted.maksimum))
    )


def _is_uncut(found: Shown, end: Decimal | None) -> bool:
    """Does the axis of figures reach from zero, or below, to the largest figure and to `end`?"""
    figures = [v for _, values in found.series for v in values if v is not None]
    top, low = max((*figures, end or Decimal(0), Decimal(0))), min((*figures, Decimal(0)))
    if found.start is None or found.end is None:
        return False
    return found.end >= top and (found.start <= low if low < 0 else found.start == 0)


def _line(text: str) -> str:
    return " ".join(text.split())


def _texts(lembar: Lembar) -> Iterator[str]:
    def inside(items: Sequence[Tulisan | Deret]) -> Iterator[str]:
        for one in items:
            if isinstance(one, Tulisan):
                yield from one.cara
            else:
                for entry in one.baris:
                    yield from inside(entry)

    yield from inside(lembar.tulisan)
    yield from lembar.kepala
    for name in ("kendali", "retensi"):
        yield from (str(value) for value in lembar.konteks.get(name, {}).values())
    yield str(lembar.konteks.get("kaki", ""))
