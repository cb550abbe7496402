"""The clause library of one kind: its required sections, its clauses with their variants, checked when loaded.

`loading` reads `substansi.toml`, the kind's `jenis.toml`, its own and the shared `klausul/*.md`, and raises
`LibraryError` with every fault found, each with file and line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Template, TemplateSyntaxError, meta, nodes

from ksdocs.clauses.environment import ExpressionError, condition, environment, gave_up
from ksdocs.clauses.files import (
    PAIRS,
    TEXTS,
    WORDS,
    Form,
    check_form,
    fits,
    line_of,
    parse_toml,
)
from ksdocs.clauses.guard import check_pattern, forbidden
from ksdocs.clauses.lint import gaps_in, lint_text
from ksdocs.clauses.text import Isi, parse_body, split_front_matter
from ksdocs.models import NASKAH
from ksdocs.problems import LibraryError, Location, Problem, problem, suggest

COMPUTED_NAMES: Final = frozenset(
    [
        "pihak",
        "semua_badan_publik",
        "ada_pihak_asing",
        "naskah_ini",
        "sebutan",
        "waktu",
        "rangkap",
        "institusi",
        "pengadilan",
        "mou",
        "sifat",
        "label_pihak",
        "nama_lampiran",
        "ref",
        "ada",
        "celah",
        "loop",
    ]
)
"""What a clause may use besides the fields of the record (docs/klausul.md)."""

FRONT_KEYS: Final[dict[str, Form]] = {
    "id": str,
    "judul": str,
    "versi": str,
    "substansi": TEXTS,
    "substansi_bila": PAIRS,
    "dasar": TEXTS,
    "perlu": TEXTS,
    "bila": str,
}


@dataclass(frozen=True, slots=True)
class Substansi:
    """A section that can be required, and the signs by which its substance is recognised in a text."""

    id: str
    judul: Mapping[str, str]
    dasar: tuple[str, ...]
    terverifikasi: bool
    dapat_dikecualikan: bool
    penanda: tuple[re.Pattern[str], ...]
    penanda_semua: tuple[re.Pattern[str], ...]
    juga_dalam: tuple[str, ...] = ()
    """Clauses that do not claim this section, and yet count when its substance stands in them."""

    def found_in(self, text: str) -> bool:
        """True when the substance stands in `text` (one line, Indonesian)."""
        some = not self.penanda or any(p.search(text) for p in self.penanda)
        return some and all(p.search(text) for p in self.penanda_semua)

    @property
    def basis(self) -> str:
        """What the requirement rests on; an unverified source is told as accepted practice."""
        return ", ".join(self.dasar) if self.terverifikasi and self.dasar else "praktik baku"


@dataclass(frozen=True, slots=True)
class Jenis:
    """A kind of document as its `jenis.toml` describes it."""

    id: str
    judul: Mapping[str, str]
    sebutan: Mapping[str, str]
    naskah_ini: Mapping[str, str]
    bagian: tuple[str, ...]
    bagian_substansi: Mapping[str, str]
    urutan: tuple[str, ...]
    wajib: tuple[str, ...]
    anjuran: tuple[str, ...]
    wajib_bila: Mapping[str, str]
    anjuran_bila: Mapping[str, str]

    def required(self) -> tuple[str, ...]:
        """Every section that can be required or recommended, in the order they are written."""
        return tuple(dict.fromkeys((*self.wajib, *self.wajib_bila, *self.anjuran, *self.anjuran_bila)))


@dataclass(frozen=True, slots=True)
class Klausul:
    """One clause text, parsed and compiled."""

    id: str
    varian: str
    bahasa: str
    judul: str
    versi: str
    substansi: tuple[str, ...]
    substansi_bila: Mapping[str, str]
    dasar: tuple[str, ...]
    perlu: tuple[str, ...]
    bila: str
    file: str
    baris_awal: int
    teks: str
    isi: Isi
    sidik: str
    template: Template | None = field(compare=False, default=None)

    @property
    def label(self) -> str:
        """`jangka_waktu@1.0`, `pembiayaan.termin@1.0`."""
        return f"{self.id}{'.' + self.varian if self.varian else ''}@{self.versi}"

    @property
    def semua_substansi(self) -> tuple[str, ...]:
        return (*self.substansi, *self.substansi_bila)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that is kept about the words of one kind."""

    jenis: Jenis
    substansi: Mapping[str, Substansi]
    klausul: Mapping[str, Mapping[tuple[str, str], Klausul]]
    sidik: str

    def variants(self, clause: str, language: str = "id") -> dict[str, Klausul]:
        """Variant name → clause text; "" is the base."""
        return {v: k for (v, lang), k in self.klausul.get(clause, {}).items() if lang == language}

    @property
    def parts(self) -> tuple[str, ...]:
        """Clauses that are parts of the document rather than articles (pembuka, komparisi, premis, sepakat)."""
        return tuple(p for p in self.jenis.bagian if p in self.klausul)


@lru_cache(maxsize=16)
def build_library(jenis: str, texts: tuple[tuple[str, str, str], ...]) -> Library:
    """The library made of `texts`: (name relative to the templates folder, content, place). See `loading`."""
    problems: list[Problem] = []
    by_name = {name: (text, place) for name, text, place in texts}
    substansi = read_sections(*by_name["substansi.toml"], problems)
    home = by_name[f"{jenis}/jenis.toml"][1]
    kind = read_kind(*by_name[f"{jenis}/jenis.toml"], jenis, problems)
    if kind is None or problems:
        raise LibraryError(problems)
    clauses: dict[str, dict[tuple[str, str], Klausul]] = {}
    faulty: set[str] = set()
    wanted = {*kind.bagian, *kind.urutan}
    own = {split_clause_name(Path(n).stem)[0] for n, _, _ in texts if n.startswith(f"{jenis}/klausul/")}
    for name, text, place in texts:
        is_shared = name.startswith("klausul/")
        if not name.endswith(".md") or (is_shared and split_clause_name(Path(name).stem)[0] in own):
            continue  # a kind's own clause wins whole over the shared one of the same id
        clause = _read_clause(name, text, place, jenis, problems)
        if clause is None:
            faulty.add(split_clause_name(Path(name).stem)[0])
        if clause and (clause.id in wanted or not is_shared):
            clauses.setdefault(clause.id, {})[clause.varian, clause.bahasa] = clause
    digest = hashlib.sha256("\0".join(f"{n}\0{t}" for n, t, _ in texts).encode()).hexdigest()
    library = Library(kind, substansi, clauses, digest)
    problems += check_library(library, home, faulty=frozenset(faulty))
    if problems:
        raise LibraryError(problems)
    return library


def _texts(value: object) -> dict[str, str]:
    if isinstance(value, str):
        return {"id": value}
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


_SECTION: Final[dict[str, Form]] = {
    "judul": WORDS, "dasar": TEXTS, "terverifikasi": bool, "dapat_dikecualikan": bool, "penanda": TEXTS,
    "penanda_semua": TEXTS, "juga_dalam": TEXTS,
}  # fmt: skip
_KIND: Final[dict[str, Form]] = {
    "id": str, "judul": WORDS, "sebutan": WORDS, "naskah_ini": WORDS, "bagian": TEXTS, "urutan": TEXTS,
    "bagian_substansi": PAIRS, "substansi": dict,
}  # fmt: skip
_DEMANDS: Final[dict[str, Form]] = {"wajib": TEXTS, "anjuran": TEXTS, "wajib_bila": PAIRS, "anjuran_bila": PAIRS}


def read_sections(text: str, file: str, problems: list[Problem]) -> dict[str, Substansi]:
    sections: dict[str, Substansi] = {}
    data = parse_toml(text, file, problems)
    if faults := check_form(data, {"substansi": dict}, file):
        problems += faults
        return {}
    for ident, entry in data.get("substansi", {}).items():
        faults = check_form({ident: entry}, {ident: dict}, file, "substansi.")
        faults = faults or check_form(entry, _SECTION, file, f"substansi.{ident}.")
        if faults:
            problems += faults
            continue
        patterns = {key: _patterns(entry.get(key, ()), f"{ident}.{key}", file, problems) for key in _MARKERS}
        sections[ident] = Substansi(
            ident,
            _texts(entry.get("judul", ident)),
            tuple(entry.get("dasar", ())),
            bool(entry.get("terverifikasi", False)),
            bool(entry.get("dapat_dikecualikan", True)),
            patterns["penanda"],
            patterns["penanda_semua"],
            tuple(entry.get("juga_dalam", ())),
        )
    return sections


_MARKERS: Final = ("penanda", "penanda_semua")


def _patterns(texts: Iterable[str], place: str, file: str, problems: list[Problem]) -> tuple[re.Pattern[str], ...]:
    compiled = []
    for text in texts:
        try:
            found = re.compile(text, re.IGNORECASE)
            reason = check_pattern(found)
        except (re.error, RecursionError, OverflowError) as error:
            reason = str(error)
        if reason:
            at = Location(file=file, path=place)
            problems.append(problem("KS316", at, berkas=file, sebab=f"{place} `{text[:60]}`: {reason}"))
        else:
            compiled.append(found)
    return tuple(compiled)


def read_kind(text: str, file: str, jenis: str, problems: list[Problem]) -> Jenis | None:
    before = len(problems)
    data = parse_toml(text, file, problems)
    if len(problems) > before:
        return None
    demands = data.get("substansi", {})
    missing = [key for key in ("id", "judul", "bagian", "urutan", "substansi") if key not in data]
    faults = check_form(data, _KIND, file)
    faults = faults or check_form(demands, _DEMANDS, file, "substansi.") or _given_twice(data, file)
    if faults:
        problems += faults
        return None
    if missing or data.get("id") != jenis:
        problems.append(
            problem(
                "KS316",
                Location(file=file),
                berkas=file,
                sebab=f"isian kurang atau salah: {', '.join(missing) or 'id'}",
            )
        )
        return None
    return Jenis(
        jenis,
        _texts(data["judul"]),
        _texts(data.get("sebutan", data["judul"])),
        _texts(data.get("naskah_ini", data["judul"])),
        tuple(data["bagian"]),
        dict(data.get("bagian_substansi", {})),
        tuple(data["urutan"]),
        tuple(demands.get("wajib", ())),
        tuple(demands.get("anjuran", ())),
        dict(demands.get("wajib_bila", {})),
        dict(demands.get("anjuran_bila", {})),
    )


def _given_twice(data: Mapping[str, Any], file: str) -> list[Problem]:
    """KS316 for a part or an article that would be printed twice."""
    found = []
    for key in ("bagian", "urutan"):
        names = data.get(key, ())
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            reason = f"`{key}` menyebut dua kali: {', '.join(twice)}"
            found.append(problem("KS316", Location(file=file, path=key), berkas=file, sebab=reason))
    return found


def split_clause_name(stem: str) -> tuple[str, str, str]:
    """(id, variant, language) of a clause's file name without `.md`."""
    ident, *rest = stem.split(".")
    language = rest.pop() if rest and rest[-1] == "en" else "id"
    return ident, ".".join(rest), language


def _read_clause(name: str, text: str, file: str, jenis: str, problems: list[Problem]) -> Klausul | None:
    front, body, first_line, faults = split_front_matter(text, file)
    if faults:
        problems += faults
        return None
    ident, variant, language = split_clause_name(name.rsplit("/", 1)[1].removesuffix(".md"))
    for key, value in front.items():
        wanted = FRONT_KEYS.get(key)
        if wanted is None or not fits(value, wanted):
            faults.append(
                problem(
                    "KS307",
                    Location(file=file, line=line_of(text, key)),
                    isian=key,
                    saran_isian=suggest(key, FRONT_KEYS),
                )
            )
    faults += [
        problem("KS307", Location(file=file, line=1), isian=k, saran_isian="")
        for k in ("id", "judul", "versi")
        if k not in front
    ]
    if not faults and front["id"] != ident:
        faults.append(problem("KS308", Location(file=file, line=line_of(text, "id")), id=front["id"], nama=ident))
    isi, body_faults = parse_body(body, file=file, first_line=first_line)
    faults += body_faults + lint_text(body, file, first_line)
    template, jinja_faults = _compile(isi, language, jenis, file, first_line)
    faults += jinja_faults
    if faults:
        problems += faults
        return None
    return Klausul(
        ident, variant, language, front["judul"], front["versi"], tuple(front.get("substansi", ())),
        dict(front.get("substansi_bila", {})), tuple(front.get("dasar", ())), tuple(front.get("perlu", ())),
        front.get("bila", ""), file, first_line, body, isi,
        hashlib.sha256(text.encode()).hexdigest(), template,
    )  # fmt: skip


def _compile(isi: Isi, language: str, jenis: str, file: str, first_line: int) -> tuple[Template | None, list[Problem]]:
    env = environment(language)
    at = Location(file=file, line=first_line + 1)
    try:
        tree = env.parse(isi.jinja)
        refused = list(dict.fromkeys(forbidden(tree)))
        if refused:
            return None, [problem("KS319", at.with_(line=first_line + n), bentuk=what) for n, what in refused[:20]]
        unknown = check_names(tree, jenis, file, first_line)
        return (None if unknown else env.from_string(tree)), unknown
    except TemplateSyntaxError as error:
        return None, [problem("KS310", at.with_(line=first_line + error.lineno), sebab=(error.message or "")[:200])]
    except Exception as error:
        # Deep nesting and monstrous numbers make Jinja's and Python's own compilers give up in many ways.
        return None, [problem("KS310", at, sebab=gave_up(error))]


def check_names(tree: nodes.Template, jenis: str, file: str, first_line: int) -> list[Problem]:
    """Names and filters that clauses of `jenis` do not know (KS311, KS312)."""
    problems = []
    env = environment("id")
    for filtered in tree.find_all(nodes.Filter):
        if filtered.name not in env.filters:
            at = Location(file=file or None, line=first_line + filtered.lineno)
            problems.append(problem("KS312", at, nama=filtered.name, mungkin=suggest(filtered.name, env.filters)))
    if problems:  # names cannot be looked up in a source with an unknown filter
        return problems
    known = COMPUTED_NAMES | set(NASKAH[jenis].model_fields) if jenis in NASKAH else COMPUTED_NAMES
    unknown = meta.find_undeclared_variables(tree) - known
    for node in tree.find_all(nodes.Name):
        if node.name in unknown and node.ctx == "load":
            at = Location(file=file or None, line=first_line + node.lineno)
            problems.append(problem("KS311", at, nama=node.name, mungkin=suggest(node.name, known)))
    return problems


def references(clause: Klausul) -> Iterable[tuple[str, int]]:
    """(target, line in the file) of every `ref("…")` of a clause."""
    tree = environment(clause.bahasa).parse(clause.isi.jinja)
    for call in tree.find_all(nodes.Call):
        if (
            isinstance(call.node, nodes.Name)
            and call.node.name == "ref"
            and call.args
            and isinstance(call.args[0], nodes.Const)
        ):
            yield str(call.args[0].value), clause.baris_awal + call.lineno


def check_library(library: Library, home_file: str = "", *, faulty: frozenset[str] = frozenset()) -> list[Problem]:
    """Every fault between the clauses, the required sections and the order of a kind (KS309, KS313 to KS317).

    What follows only from a clause that could not be read (`faulty`, told already) is not told again.
    """
    jenis, problems = library.jenis, []
    home = Location(file=home_file or f"{jenis.id}/jenis.toml")
    for section in (*jenis.required(), *jenis.bagian_substansi.values()):
        if section not in library.substansi:
            problems.append(problem("KS309", home, substansi=section, mungkin=suggest(section, library.substansi)))
    built_in = {"judul", "nomor", "tanda_tangan", "pasal"}
    for clause_id in (*jenis.urutan, *(b for b in jenis.bagian if b not in built_in)):
        if not library.klausul.get(clause_id) and clause_id not in faulty:
            problems.append(problem("KS314", home, klausul=clause_id))
    for expression in (*jenis.wajib_bila.values(), *jenis.anjuran_bila.values()):
        problems += _check_condition(expression, jenis.id, home)
    can = _claimable(library)
    for section in jenis.required() if not faulty else ():
        if section in library.substansi and section not in can:
            title = library.substansi[section].judul.get("id", section)
            problems.append(problem("KS315", home, substansi=section, judul=title, jenis=jenis.id))
    for variants in library.klausul.values():
        for clause in variants.values():
            problems += _check_clause(clause, library, faulty)
    return problems


def _check_condition(expression: str, jenis: str, at: Location) -> list[Problem]:
    """KS310 for a condition that cannot be asked, KS311 and KS312 for what it names and clauses do not know."""
    try:
        condition(expression)
        tree = environment("id").parse("{{ (" + expression + ") }}")
    except ExpressionError as error:
        return [problem("KS310", at, sebab=error.reason)]
    return [Problem(p.code, at, p.params) for p in check_names(tree, jenis, "", 0)]


def _claimable(library: Library) -> set[str]:
    jenis = library.jenis
    can = {section for part, section in jenis.bagian_substansi.items() if part in jenis.bagian}
    for clause_id in (*jenis.bagian, *jenis.urutan):
        for clause in library.klausul.get(clause_id, {}).values():
            can |= set(clause.semua_substansi)
    return can


def _check_clause(clause: Klausul, library: Library, faulty: frozenset[str]) -> Iterable[Problem]:
    at = Location(file=clause.file, line=1)
    if clause.id in (*library.jenis.urutan, *library.jenis.bagian):  # in no order, it is never printed
        yield from gaps_in(clause.teks, clause.file, clause.baris_awal)
    for section in clause.semua_substansi:
        if section not in library.substansi:
            yield problem("KS309", at, substansi=section, mungkin=suggest(section, library.substansi))
    for expression in (*([clause.bila] if clause.bila else ()), *clause.substansi_bila.values()):
        yield from _check_condition(expression, library.jenis.id, at)
    fields = NASKAH[library.jenis.id].model_fields if library.jenis.id in NASKAH else {}
    for path in clause.perlu:
        if path.split(".")[0] not in fields:
            yield problem("KS317", at, isian=path, mungkin=suggest(path.split(".")[0], fields))
    for target, line in references(clause):
        target_id, _, name = target.partition(".")
        if target_id in faulty:
            continue
        variants = library.klausul.get(target_id, {})
        in_all = all(not name or name in k.isi.nama for (_, lang), k in variants.items() if lang == clause.bahasa)
        known = target_id in library.jenis.urutan or target_id == clause.id  # in no order, it is never printed
        if not known or not variants or not in_all:
            names = {f"{target_id}.{n}" for k in variants.values() for n in k.isi.nama}
            yield problem(
                "KS313",
                Location(file=clause.file, line=line),
                rujukan=target,
                mungkin=suggest(target, {*library.jenis.urutan, *names}),
            )
