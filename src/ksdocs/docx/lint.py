"""A template is checked before it is used: every mistake in one run, each where an officer finds it in Word.

Pure: bytes and names in, problems out. What the engine takes is never called a mistake of writing: where it compiles a
template, this only looks at names, at what must be printed, and at what is worth a word.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ksdocs.docx import lint_dress as dress
from ksdocs.docx import lint_follow as follow
from ksdocs.docx import lint_near as nearly
from ksdocs.docx.compiling import _compile_part
from ksdocs.docx.inspect import check as inspect
from ksdocs.docx.lint_around import around
from ksdocs.docx.lint_blocks import Found, Reading, explain, read_blocks
from ksdocs.docx.lint_names import NameCheck, Usage
from ksdocs.docx.lint_needed import missing
from ksdocs.docx.lint_scan import Paragraph, Part, Tag, is_word, scan
from ksdocs.docx.numbering import Lists
from ksdocs.docx.package import Package
from ksdocs.docx.properties import Beside
from ksdocs.docx.sandbox import Environment, Extras, Functions
from ksdocs.docx.source import prepare
from ksdocs.docx.styles import Styles, styles_of
from ksdocs.docx.template import _MENDED
from ksdocs.docx.xmlns import XML_SPACE, parse, w
from ksdocs.nama import Nama
from ksdocs.problems import Problem, Severity, TemplateError, problem

if TYPE_CHECKING:
    from lxml import etree

_CODE: Final = str.maketrans("01", " \t")
_DIGITS: Final = 14
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """The very words: paragraph `number` of `part` among its `w:p` (from 0, in the order of the file), and from where
    to where in its text."""

    part: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Temuan:
    """A problem of a template; `spot` is where a comment belongs, None for what stands in no paragraph."""

    problem: Problem
    spot: Spot | None = None


def lint(
    data: bytes,
    names: Sequence[Nama] | None,
    *,
    name: str = "",
    filters: Functions | None = None,
    fonts: Callable[[Iterable[str]], Mapping[str, str]] | None = None,
) -> tuple[Temuan, ...]:
    """Everything that is wrong with, or worth a word about, the template in `data`; in the order of the file.

    `names` are those of its kind; None checks how it is written, and nothing else. `fonts` tells of fonts what
    this machine puts in their place.

    Problems: KS4xx of the file, KS450 to KS457 and KS475 to KS478, KS489 of writing, KS479 to KS486 names and what is
    done with them, KS487 what must be printed, KS497 what is nearly a tag, KS488, KS490, KS492, KS493, KS495, KS496,
    KS498, KS499 what is worth a word, KS491 no template at all.
    """
    try:
        package = Package.read(data, name=name)
        members = package.text_parts
        package.content_types  # noqa: B018  # read now, so that what is wrong with them is told
    except TemplateError as error:
        return (Temuan(error.problems[0]),)
    found = list(_Lint(package, members, names, filters or {}).run())
    if fonts is not None and not any(one.problem.code == "KS491" for one in found):
        used = dress.fonts_of(package)
        found += map(Temuan, dress.replaced_fonts(used, fonts(used), package.at()))
    return tuple(found)


class _Lint:
    """One check."""

    def __init__(
        self, package: Package, members: Sequence[str], names: Sequence[Nama] | None, filters: Functions
    ) -> None:
        self._package, self._names = package, names
        self._environment = Environment(Extras(dict(filters)))
        self._lists = Lists(package)
        self._members = members
        self._usage: dict[str, Usage] = {}
        self._unread: set[str] = set()

    def run(self) -> Iterator[Temuan]:
        package = self._package
        inspected = inspect(package, template=True)
        refused = [p for p in inspected if p.refuses and p.code not in _MENDED]
        try:
            styles = styles_of(package)
            parts = [scan(m, package.tree(m), package.at(m), styles) for m in self._members]
            parts += self._properties(styles)
        except TemplateError as error:
            yield Temuan((refused or list(error.problems))[0])
            return
        if not any(part.tags or part.strays or part.escaped for part in parts):
            yield Temuan(refused[0] if refused else problem("KS491", package.at()))
            return
        for one, tag in around(package, parts, inspected, _MENDED):
            yield Temuan(one, _spot_of(tag, one))
        for part in parts:
            found = self._part(part)
            yield from self._told(part, found)
            places = {one.problem.at for one in found if one.problem.refuses}
            yield from (Temuan(p) for p in dress.different_boxes(part) if p.at not in places)
        if self._names is not None:
            yield from self._gone(parts)
        yield from self._worth_a_word(parts)

    def _properties(self, styles: Styles) -> Iterator[Part]:
        """The properties of the file, as the engine reads them."""
        beside = Beside(self._package, tuple(self._members))
        if beside.core_member is not None and "{" in beside.core:
            tree = parse(beside.core.encode())
            yield scan(beside.core_member, tree, self._package.at(beside.core_member), styles)

    # ------------------------------------------------------------------ one part

    def _part(self, part: Part) -> list[Found]:
        """What is wrong in a part."""
        near = nearly.nearly_tags(part, self._names) if self._names is not None else []
        part.near += near
        strange = [*self._strays(part), *nearly.told_nearly(part, near)]
        if not part.tags:
            return self._told_of(part, strange, set())
        first = self._engine(part, set())
        reading = read_blocks(part, self._environment)
        found: list[Found] = []
        if first is not None:
            found += self._written_wrong(part, reading, first)
        found += strange
        if self._names is not None:
            found += self._names_in(part, reading)
        if not any(f.problem.code in ("KS495", "KS498") for f in found):
            found += dress.lost_words(part, self._names)
        found += nearly.across_cells(part, reading)
        return self._told_of(part, found, {f.tag for f in strange})

    def _told_of(self, part: Part, found: list[Found], strange: set[Tag]) -> list[Found]:
        """Without what only follows from something else that is told."""
        found = follow.cut_tags(part, found)
        found = follow.unopened(found, sorted(strange, key=lambda t: t.order))
        if self._names is not None:
            usage = self._usage.setdefault(part.member, Usage())
            found, excused = follow.without_loop(part, found, self._names, usage.loops)
            excused |= follow.without_draft(found, self._names)
            usage.used |= excused | follow.excused_by(part, found, self._names)
            found = follow.without_missing(part, found)
        return found

    def _written_wrong(self, part: Part, reading: Reading, first: list[Found]) -> list[Found]:
        """What the blocks and tags tell; then what only the engine can tell, with those tags taken out."""
        found = list(reading.found)
        lost = list(dress.lost_tags(part))
        found += lost
        faulty = reading.whole(reading.faulty | {f.tag for f in lost})
        more = self._engine(part, faulty) if faulty else first
        for _ in range(_ROUNDS):
            fresh = [f for f in more or () if f.tag not in faulty]
            if not fresh:
                break
            found += fresh
            faulty = reading.whole(faulty | {f.tag for f in fresh})
            more = self._engine(part, faulty)
        return found or list(first)

    def _engine(self, part: Part, without: set[Tag]) -> list[Found] | None:
        """What the engine finds in a part, without some of its tags; None when it takes it."""
        tree = _numbered(part, without)
        try:
            source = prepare(part.member, tree, part.at)
            if source is not None:
                _compile_part(self._environment, source, part.at, self._lists if is_word(tree) else None)
        except TemplateError as error:
            return [self._placed(part, p, without) for p in error.problems]
        return None

    def _placed(self, part: Part, found: Problem, without: set[Tag]) -> Found:
        """A problem of the engine, at the tag that it is about."""
        written = found.params.get("tag", "")
        index = _number_in(written)
        tags = part.tags
        if index is None or index >= len(tags):
            tag = next((t for t in tags if t not in without and t.inside and t.inside in written), None)
            if tag is None:
                return Found(found, Tag(Paragraph(-1), 0, 0, "", ""))
        else:
            tag = tags[index]
        told = {**found.params, "tag": tag.text}
        if "galat" in told:
            told["galat"] = explain(told["galat"], tag.inside)
        return Found(Problem(found.code, part.place(tag), told), tag)

    def _strays(self, part: Part) -> Iterator[Found]:
        severity = Severity.TOLAK if self._names is not None else None
        for tag in part.strays:
            opener = {"}}": "{{", "%}": "{%", "#}": "{#"}[tag.kind]
            letter = re.match(r"{\s*(p|tr|tc|r)\s", tag.text)
            opener += letter[1] if letter else ""
            told = problem("KS496", part.place(tag), severity=severity, tag=tag.text, penutup=tag.kind, pembuka=opener)
            yield Found(told, tag)

    def _names_in(self, part: Part, reading: Reading) -> list[Found]:
        assert self._names is not None
        try:
            tree = self._environment.parse(reading.source)
        except Exception:
            self._unread.add(part.member)
            return []
        check = NameCheck(part, tuple(self._names), self._environment)
        check.run(tree)
        self._usage[part.member] = check.usage
        return [f for f in check.found if f.tag not in reading.faulty]

    # ------------------------------------------------------------------ the whole

    def _gone(self, parts: Sequence[Part]) -> Iterator[Temuan]:
        assert self._names is not None
        package = self._package
        margins = (package.headers, package.footers)
        at = package.at(package.document_part)
        if package.document_part in self._unread:
            return  # nothing is known of what it prints
        for gone in missing(self._names, self._usage, parts, at, margins):
            yield Temuan(gone.problem, _spot(gone.tag, parts))

    def _worth_a_word(self, parts: Sequence[Part]) -> Iterator[Temuan]:
        words = [part for part in parts if is_word(part.tree)]
        for part in words:
            yield from self._told(part, list(dress.split_tags(part)))
            yield from map(Temuan, dress.by_hand(part))

    def _told(self, part: Part, found: Sequence[Found]) -> Iterator[Temuan]:
        """In the order of the file; what both branches of a text box hold is told once."""
        twins = dress.with_twins([*part.tags, *part.strays, *part.near])
        seen: set[tuple[str, int]] = set()
        for one in sorted(found, key=lambda f: f.tag.order):
            key = (repr((one.problem.code, sorted(one.problem.params.items()))), id(one.tag))
            if id(one.tag) in twins or key in seen:
                continue
            seen.add(key)
            yield Temuan(one.problem, _spot_in(part, one.tag))


def _spot(tag: Tag | None, parts: Sequence[Part]) -> Spot | None:
    if tag is None:
        return None
    return next((_spot_in(part, tag) for part in parts if tag in part.tags), None)


def _spot_of(tag: Tag | None, told: Problem) -> Spot | None:
    if tag is None or tag.paragraph.number < 0:
        return None
    return Spot(told.at.part or "", tag.paragraph.number, tag.start, tag.end)


def _spot_in(part: Part, tag: Tag) -> Spot | None:
    if tag.paragraph.number < 0:
        return None
    end = tag.end if tag.end >= 0 else tag.start + len(tag.text)
    return Spot(part.member, tag.paragraph.number, tag.start, end)


# ---------------------------------------------------------------------- tags that know their number


def _numbered(part: Part, without: set[Tag]) -> etree._Element:
    """A copy of a part in which every tag carries its number, in blanks and tabs before its end; those in `without`
    are taken out."""
    tree = copy.deepcopy(part.tree)
    twins = dict(zip(part.tree.iter(), tree.iter(), strict=True))
    by_paragraph: dict[int, list[tuple[int, Tag]]] = {}
    for index, tag in enumerate(part.tags):
        if tag.paragraph.number >= 0:
            by_paragraph.setdefault(id(tag.paragraph), []).append((index, tag))
    for held in by_paragraph.values():
        for index, tag in sorted(held, key=lambda one: -one[1].start):
            if tag in without:
                _cut(tag, tag.start, tag.end if tag.end >= 0 else tag.start + len(tag.text), "", twins)
            elif tag.end >= 0 and tag.kind != "{#":
                at = tag.end - 3 if tag.text[-3] in "-+" else tag.end - 2
                _cut(tag, at, at, f"{index:0{_DIGITS}b}".translate(_CODE), twins)
    for gone in list(tree.iter(w("del"), w("moveFrom"))):  # words that are deleted, which is told of
        parent = gone.getparent()
        if parent is not None and len(gone):
            parent.remove(gone)
    return tree


def _cut(tag: Tag, start: int, end: int, text: str, twins: Mapping[etree._Element, etree._Element]) -> None:
    """`text` in place of what stands from `start` to `end` in the paragraph of `tag`; later places were done before."""
    put = False
    for piece in tag.paragraph.nodes:
        node = twins[piece.node]
        length = len(piece.node.text or "")
        first, last = max(start - piece.begin, 0), min(end - piece.begin, length)
        inside = piece.begin <= start < piece.begin + length
        if first > last or (first == last and not inside):
            continue
        old = node.text or ""
        node.text = old[:first] + (text if inside and not put else "") + old[last:]
        put = put or inside
        node.set(XML_SPACE, "preserve")


def _number_in(written: str) -> int | None:
    """The number that a tag carries."""
    code = written[:-2].rstrip("-+")[-_DIGITS:]
    if len(code) < _DIGITS or code.strip(" \t"):
        return None
    return int(code.replace(" ", "0").replace("\t", "1"), 2)
