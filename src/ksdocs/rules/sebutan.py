"""Who is known by which name, telephone, e-mail and domain: an index over the lembaga of a register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from ksdocs.memo import LONGEST, Memo, by_text
from ksdocs.models.lembaga import Lembaga
from ksdocs.register import LEGAL_FORMS, Register, words_of

PUBLIC_DOMAINS: Final = frozenset(
    ("gmail.com", "yahoo.com", "yahoo.co.id", "ymail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com")
)
"""Domains that belong to nobody's office."""

_TOKEN: Final = re.compile(r"\w+|&")
_ADDRESS: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24})")
_SHORTEST_ACRONYM: Final = 4


@dataclass(frozen=True, slots=True)
class Sebut:
    """A lembaga named in a text: all ids that go by this name, and the words as they stand there."""

    ids: frozenset[str]
    tertulis: str


Names = dict[str, list[tuple[tuple[str, ...], set[str]]]]


@dataclass
class Sebutan:
    """The index. `nama` are names without their legal form, `nama_utuh` those that need it to be told from a word."""

    nama: Names = field(default_factory=dict)
    nama_utuh: Names = field(default_factory=dict)
    singkatan: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    telepon: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    surel: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    domain: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    orang: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rumpun: dict[str, str] = field(default_factory=dict)
    """Id → id of the topmost parent: what belongs together."""
    _dibaca: Memo[str, tuple[Sebut, ...]] = field(default_factory=lambda: Memo(1024), repr=False, compare=False)
    """Text → whom it names; the index never changes once it is built."""

    def named_in(self, text: str) -> tuple[Sebut, ...]:
        """Every lembaga that `text` names, the longest name first where names overlap."""
        found = self._dibaca.get(text)
        if found is None:
            found = tuple(self._find_names(text))
            if len(text) <= LONGEST:
                self._dibaca.put(text, found)
        return found

    def _find_names(self, text: str) -> Iterator[Sebut]:
        tokens = [(m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        taken: list[tuple[int, int]] = []
        for table, words in (
            (self.nama_utuh, tokens),
            (self.nama, [t for t in tokens if t[0] not in LEGAL_FORMS]),
        ):
            for ids, start, end in _scan(words, table):
                if not any(start < e and s < end for s, e in taken):
                    taken.append((start, end))
                    yield Sebut(frozenset(ids), text[start:end])
        for found in _TOKEN.finditer(text):
            short = self.singkatan.get(found[0])
            if short and not any(found.start() < e and s < found.end() for s, e in taken):
                yield Sebut(frozenset(short), found[0])

    def owners_of_domain(self, domain: str) -> frozenset[str]:
        """Who uses an e-mail domain; nobody, where unrelated lembaga share it (a provider)."""
        domain = domain.casefold()
        owners: set[str] = set()
        while "." in domain and domain not in PUBLIC_DOMAINS:
            owners |= self.domain.get(domain, set())
            domain = domain.partition(".")[2]
        return frozenset(owners) if len({self.rumpun[o] for o in owners}) == 1 else frozenset()

    def related(self, ids: Collection[str], others: Collection[str]) -> bool:
        """True when one of `ids` belongs together with one of `others`."""
        return bool({self.rumpun.get(i, i) for i in ids} & {self.rumpun.get(i, i) for i in others})


def _scan(tokens: list[tuple[str, int, int]], table: Names) -> Iterator[tuple[set[str], int, int]]:
    here = 0
    while here < len(tokens):
        for words, ids in table.get(tokens[here][0], ()):
            if tuple(t[0] for t in tokens[here : here + len(words)]) == words:
                yield ids, tokens[here][1], tokens[here + len(words) - 1][2]
                here += len(words) - 1
                break
        here += 1


def ancestors(lembaga: Lembaga, register: Register) -> tuple[str, ...]:
    """The ids of `lembaga` and of what it belongs to, upwards; a ring of parents ends where it closes."""
    ids = [lembaga.id]
    parent = lembaga.induk
    while parent is not None and parent not in ids:
        ids.append(parent)
        found = register.lembaga(parent)
        parent = found.induk if found is not None else None
    return tuple(ids)


@by_text(4096)
def addresses_in(text: str) -> tuple[tuple[str, str], ...]:
    """(address, domain) of every e-mail address in `text`."""
    return tuple((found[0], found[1]) for found in _ADDRESS.finditer(text)) if "@" in text else ()


def digits(number: str) -> str:
    """A telephone number as it is compared: digits alone, from the country's inside."""
    figures = re.sub(r"\D", "", number)
    return "0" + figures[2:] if figures.startswith("62") else figures


def person(name: str) -> str:
    """A person's name as it is compared."""
    return " ".join(words_of(name))


def build(register: Register) -> Sebutan:
    """The index over all lembaga of `register`."""
    index = Sebutan()
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for lembaga in register.semua_lembaga():
        index.rumpun[lembaga.id] = ancestors(lembaga, register)[-1]
        for name in _names(lembaga):
            words = words_of(name)
            bare = tuple(w for w in words if w not in LEGAL_FORMS)
            if len(bare) > 1:
                names[bare].add(lembaga.id)
            elif len(words) > 1:
                whole[words].add(lembaga.id)
        _add_contacts(lembaga, index)
    index.nama, index.nama_utuh = _by_first_word(names), _by_first_word(whole)
    return index


def _names(lembaga: Lembaga) -> Iterator[str]:
    yield from lembaga.nama.all.values()
    yield from lembaga.ejaan_lain
    if lembaga.singkatan is not None and " " in lembaga.singkatan:
        yield lembaga.singkatan


def _add_contacts(lembaga: Lembaga, index: Sebutan) -> None:
    short = lembaga.singkatan
    if short is not None and _TOKEN.fullmatch(short) and len(short) >= _SHORTEST_ACRONYM:
        index.singkatan[short].add(lembaga.id)
    if lembaga.laman is not None:
        host = re.sub(r"^[a-z]+://", "", lembaga.laman.casefold()).partition("/")[0].removeprefix("www.")
        index.domain[host].add(lembaga.id)
    for number in (lembaga.telepon, *(k.telepon for k in lembaga.kontak)):
        if number is not None and len(digits(number)) > 5:
            index.telepon[digits(number)].add(lembaga.id)
    for contact in lembaga.kontak:
        if contact.surel is not None:
            index.surel[contact.surel.casefold()].add(lembaga.id)
            index.domain[contact.surel.casefold().rpartition("@")[2]].add(lembaga.id)
        if contact.nama is not None:
            index.orang[person(contact.nama)].add(lembaga.id)
    for official in lembaga.pejabat:
        index.orang[person(official.nama)].add(lembaga.id)


def _by_first_word(names: dict[tuple[str, ...], set[str]]) -> Names:
    table: Names = defaultdict(list)
    for words, ids in names.items():
        table[words[0]].append((words, ids))
    for candidates in table.values():
        candidates.sort(key=lambda c: (-len(c[0]), c[0]))
    return dict(table)


_BUILT: WeakKeyDictionary[Register, tuple[tuple[int, ...], Sebutan]] = WeakKeyDictionary()


def index_of(register: Register) -> Sebutan:
    """The index of `register`, built once and again when its lembaga change."""
    state = tuple(map(id, register.semua_lembaga()))
    held = _BUILT.get(register)
    if held is None or held[0] != state:
        held = (state, build(register))
        _BUILT[register] = held
    return held[1]
