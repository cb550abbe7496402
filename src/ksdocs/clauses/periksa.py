"""One clause file examined whole: every fault of its description, lines, tags, signs and words, in one run.

The library (`library.py`) refuses what must not be used and ends with a file at its first kind of fault; here
whoever writes a clause is told all of it, each fault with line and column.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import nodes

from ksdocs.bahasa.ejaan import TYPOS
from ksdocs.clauses.files import fits
from ksdocs.clauses.library import FRONT_KEYS, Jenis, Substansi, split_clause_name
from ksdocs.clauses.lint import MONEY_OUT_OF_FORM
from ksdocs.clauses.nama import names_of
from ksdocs.clauses.text import Isi, parse_body
from ksdocs.clauses.ungkapan import Nama, Pembaca, parts_of, unknown_field
from ksdocs.clauses.urutan import Penghitung, check_indents, steps
from ksdocs.models import NASKAH
from ksdocs.problems import Location, Problem, Severity, problem, suggest

_COMMAND: Final = re.compile(r"\{%-?\s*([A-Za-z_]+)\b(.*?)-?%\}")
_COMMANDS: Final = ("for", "if", "elif", "else", "endif", "endfor")
_BRACKET: Final = re.compile(r"\{\{|\}\}|\{%|%\}")
_MEANT: Final = {
    **dict.fromkeys(("jika", "bila", "kalau", "apabila"), "if"),
    **dict.fromkeys(("elseif", "elsif"), "elif"),
    **dict.fromkeys(("untuk", "foreach", "ulangi"), "for"),
}
"""Words that people write for a command."""
_BAD_NAME: Final = re.compile(r"\{#(?![a-z][a-z0-9_]*\}\s*$)[^{}]*\}")
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?\}")
_CLOSES: Final = {"endif": "if", "endfor": "for"}


@dataclass(slots=True)
class Berkas:
    """A clause file as it was examined."""

    nama: str
    """File name without `.md`."""
    file: str
    teks: str
    kepala: Mapping[str, Any] = field(default_factory=dict)
    baris_awal: int = 0
    isi: Isi = field(default_factory=lambda: Isi((), ""))
    ungkapan: tuple[tuple[str, int], ...] = ()
    """(expression, line) of every value and command, as compared between languages."""
    perintah: Mapping[int, str] = field(default_factory=dict)
    """Line → command, where a line is one."""
    cetak: Mapping[int, list[tuple[str, nodes.Expr]]] = field(default_factory=dict)
    """Line → (source, expression) of the values printed there."""
    refs: tuple[tuple[str, str, Location], ...] = ()
    masalah: list[Problem] = field(default_factory=list)

    @property
    def kunci(self) -> tuple[str, str, str]:
        """(id, variant, language)."""
        return split_clause_name(self.nama)

    @property
    def badan(self) -> list[str]:
        """The lines of the body."""
        return _lines(self.teks)[self.baris_awal :]

    def baris_kunci(self, key: str) -> Location:
        """Where `key` of the description stands; the first line when it is not there."""
        for number, line in enumerate(_lines(self.teks)[: self.baris_awal], 1):
            found = re.match(rf"\s*{re.escape(key)}\s*=\s*", line)
            if found:
                return Location(file=self.file, line=number, column=found.end() + 1)
        return Location(file=self.file, line=1)

    def letak(self, key: str, value: str) -> Location:
        """Where `value` stands within what `key` gives; the beginning of that when it is not found."""
        at = self.baris_kunci(key)
        for number, line in enumerate(_lines(self.teks)[: self.baris_awal], 1):
            start = line.find(value) if at.line is not None and number >= at.line else -1
            if start >= 0:
                return at.with_(line=number, column=start + 1)
        return at


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def examine(nama: str, file: str, text: str, kind: Jenis, sections: Mapping[str, Substansi]) -> Berkas:
    """Everything that is told of one file by itself; what it refers to is looked into by `padanan`."""
    found = Berkas(nama, file, text)
    text = _split(found)
    names = names_of(kind.id)
    reader = Pembaca(file, found.kunci[2], names, found.masalah)
    _check_front(found, kind, sections, names, reader)
    found.isi, faults = parse_body(text, file=file, first_line=found.baris_awal)
    lines, told = _read_lines(found, reader, names)
    found.masalah += [p for p in faults if not (p.code == "KS303" and p.at.line in told)]
    stray = _check_blocks(found)
    askew, meant = check_indents(file, steps(lines))
    found.masalah += askew
    found.masalah += Penghitung(file, [step for step in meant if step.line not in stray]).check()
    found.masalah += _spelling(found)
    found.refs = tuple(reader.refs)
    found.masalah = distinct(found.masalah)
    return found


def distinct(problems: Iterable[Problem]) -> list[Problem]:
    """Each of `problems` once, in the order of their lines."""
    kept: list[Problem] = []
    for one in problems:
        if one not in kept:
            kept.append(one)
    return sorted(kept, key=lambda p: (p.at.file or "", p.at.line or 0, p.at.column or 0))


# ---------------------------------------------------------------------- description


def _split(found: Berkas) -> str:
    """The body; the description goes into `found`, read line by line where TOML gives up."""
    lines = _lines(found.teks)
    fences = [number for number, line in enumerate(lines) if line.strip() == "+++"]
    if len(fences) < 2 or fences[0] != 0:
        found.masalah.append(problem("KS301", Location(file=found.file, line=1)))
        found.kepala = {}
        return "\n".join(lines) if not fences else ""
    found.baris_awal = fences[1] + 1
    found.kepala = _front(lines[1 : fences[1]], found)
    return "\n".join(lines[fences[1] + 1 :])


def _front(lines: list[str], found: Berkas) -> dict[str, Any]:
    """What the description says; a line that cannot be read is told, and left out."""
    lines = list(lines)
    for _ in range(len(lines) + 1):
        try:
            return tomllib.loads("\n".join(lines))
        except RecursionError:
            found.masalah.append(problem("KS302", Location(file=found.file, line=2), sebab="bersarang terlalu dalam"))
            return {}
        except ValueError as error:  # a number too long is no TOMLDecodeError
            place = re.search(r"line (\d+), column (\d+)", str(error))
            line = int(place[1]) if place else next((n for n, t in enumerate(lines, 1) if t.strip()), len(lines))
            line = min(line, len(lines))
            reason = re.sub(r"\s*\(at .*\)$", "", str(error))[:200]
            at = Location(file=found.file, line=line + 1, column=int(place[2]) if place else None)
            found.masalah.append(problem("KS302", at, sebab=reason))
            if not lines:
                return {}
            lines[line - 1] = ""
    return {}


def _check_front(found: Berkas, kind: Jenis, sections: Mapping[str, Substansi], names: Nama, reader: Pembaca) -> None:
    front, told = found.kepala, found.masalah
    unread = any(p.code in ("KS301", "KS302") for p in told)
    ident = found.kunci[0]
    for key, value in front.items():
        wanted = FRONT_KEYS.get(key)
        if wanted is None or not fits(value, wanted) or (wanted is str and key != "bila" and not str(value).strip()):
            near = suggest(key, FRONT_KEYS) if wanted is None else ""
            at = found.baris_kunci(key)
            at = at if wanted is not None else at.with_(column=1)
            told.append(problem("KS307", at, isian=key, saran_isian=near))
    meant = {suggest(key, FRONT_KEYS) for key in front if key not in FRONT_KEYS}
    for key in ("id", "judul", "versi"):
        if key not in front and not unread and key not in meant:
            told.append(problem("KS307", Location(file=found.file, line=1), isian=key, saran_isian=""))
    if isinstance(front.get("id"), str) and front["id"].strip() and front["id"] != ident:
        told.append(problem("KS308", found.letak("id", front["id"]), id=front["id"], nama=ident))
    for section in claimed(found):
        if section not in sections:
            key = "substansi" if section in _texts(front.get("substansi")) else "substansi_bila"
            told.append(
                problem("KS309", found.letak(key, section), substansi=section, mungkin=suggest(section, sections))
            )
    fields = {
        name: value for name, value in names.items() if kind.id in NASKAH and name in NASKAH[kind.id].model_fields
    }
    for path in _texts(front.get("perlu")):
        meant_path = unknown_field(path, fields)
        if meant_path is not None:
            told.append(problem("KS317", found.letak("perlu", path), isian=path, mungkin=meant_path))
    conditions = [("bila", front.get("bila"))]
    if isinstance(front.get("substansi_bila"), dict):
        conditions += [("substansi_bila", text) for text in front["substansi_bila"].values()]
    for key, text in conditions:
        if isinstance(text, str) and text:
            at = found.letak(key, text)
            reader.asked(text, at.line or 1, at.column or 1, names)


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def claimed(found: Berkas) -> list[str]:
    """The sections that a file says to satisfy, always or at times."""
    at_times = found.kepala.get("substansi_bila")
    return [*_texts(found.kepala.get("substansi")), *(at_times if isinstance(at_times, dict) else ())]


# ---------------------------------------------------------------------- lines and tags


def _read_lines(found: Berkas, reader: Pembaca, names: Nama) -> tuple[list[tuple[int, str, str]], set[int]]:
    """(line number, line, command) of every line that says something; lines whose brackets or command were told."""
    lines: list[tuple[int, str, str]] = []
    told: set[int] = set()
    commands: dict[int, str] = {}
    printed: dict[int, list[tuple[str, nodes.Expr]]] = {}
    written: list[tuple[str, int]] = []
    scopes: list[Nama] = [names]
    for offset, raw in enumerate(found.badan):
        number, text = found.baris_awal + offset + 1, raw.strip()
        if not text:
            continue
        at = Location(file=found.file, line=number)
        bracket = _open_bracket(raw)
        if bracket is not None:
            told.add(number)
            found.masalah.append(problem("KS322", at.with_(column=bracket[1]), kurung=bracket[0]))
        name = _BAD_NAME.search(raw)
        if name is not None and bracket is None:
            told.add(number)
            found.masalah.append(problem("KS339", at.with_(column=name.start() + 1), tertulis=name[0]))
        command = _COMMAND.fullmatch(text) if bracket is None else None
        word = command[1] if command is not None else ""
        lone = command is not None and word in ("else", "endif", "endfor") and bool(command[2].strip())
        if command is not None and (word not in _COMMANDS or lone):
            told.add(number)
            meant = ("elif" if word == "else" else word) if lone else _MEANT.get(word) or suggest(word, _COMMANDS)
            column = raw.index(word) + 1
            written_word = f"{word} {command[2].strip()}" if lone else word
            found.masalah.append(problem("KS358", at.with_(column=column), nama=written_word, mungkin=meant))
            word = meant  # it was meant so: what belongs to it is not told as well
        if command is not None and word:
            commands[number] = word
            lines.append((number, raw, word))
            column = raw.index("{%") + 1 + command.start(2)
            written.append((_normal(word + command[2]), number))
            if word == "for":
                scopes.append(reader.looped(command[2], number, column, scopes[-1]))
            elif word in ("if", "elif") and not lone:
                reader.asked(command[2], number, column, scopes[-1])
            elif word == "endfor" and len(scopes) > 1:
                scopes.pop()
            continue
        if bracket is not None and text.startswith("{%"):
            word = (re.match(r"\{%-?\s*(\w+)", text) or ["", ""])[1]
            if word in _COMMANDS:
                commands[number] = word
                lines.append((number, raw, word))
                if word == "for":
                    body = re.sub(r"[%}\s]+$", "", text[2:].strip()[3:])
                    scopes.append(reader.looped(body, number, raw.index("for") + 4, scopes[-1]))
            continue
        lines.append((number, raw, ""))
        for source, column in parts_of(raw):
            expression = reader.printed(source, number, column, scopes[-1])
            written.append((_normal(source), number))
            if expression is not None:
                printed.setdefault(number, []).append((source, expression))
    found.perintah, found.cetak, found.ungkapan = commands, printed, tuple(written)
    return lines, told


def _normal(source: str) -> str:
    return re.sub(r"\s+", " ", source.replace("'", '"')).strip()


def _open_bracket(line: str) -> tuple[str, int] | None:
    """(bracket, column) of the first `{{`, `}}`, `{%` or `%}` of a line that has no partner."""
    waiting: tuple[str, int] | None = None
    for found in _BRACKET.finditer(line):
        opens = found[0] in ("{{", "{%")
        if opens and waiting is None:
            waiting = (found[0], found.start() + 1)
        elif opens:
            return waiting
        elif waiting is None or (waiting[0] == "{{") != (found[0] == "}}"):
            return waiting or (found[0], found.start() + 1)
        else:
            waiting = None
    if waiting is None:
        bare = re.search(r"[{}]", _TAG.sub(lambda tag: " " * len(tag[0]), line))
        waiting = (bare[0], bare.start() + 1) if bare else None
    return waiting


def _check_blocks(found: Berkas) -> set[int]:
    """KS320 and KS321 for every `if` and `for` without its end, and the other way; lines of ends that end nothing."""
    waiting: list[tuple[str, int]] = []
    stray: set[int] = set()

    def at(line: int) -> Location:
        raw = _lines(found.teks)[line - 1]
        return Location(file=found.file, line=line, column=len(raw) - len(raw.lstrip()) + 1)

    def unclosed(word: str, line: int, end: int) -> None:
        found.masalah.append(problem("KS320", at(line), perintah=word, penutup=f"end{word}", baris=str(end)))

    for line, word in found.perintah.items():
        if word in ("for", "if"):
            waiting.append((word, line))
            continue
        wanted = _CLOSES.get(word, "if")
        if word == "else" and waiting and waiting[-1][0] == "for":
            continue
        if not any(opened == wanted for opened, _ in waiting):
            found.masalah.append(problem("KS321", at(line), perintah=word, pembuka=wanted))
            stray.add(line)
            continue
        while waiting[-1][0] != wanted:
            unclosed(*waiting.pop(), line)
        if word in _CLOSES:
            waiting.pop()
    end = len(_lines(found.teks.rstrip()))
    for word, line in waiting:
        unclosed(word, line, end)
    return stray


# ---------------------------------------------------------------------- words


def _spelling(found: Berkas) -> Iterable[Problem]:
    """KS318 for every slip in the words that are printed; figures behind `Rp ` are told as a warning."""
    lines = [(found.baris_awal + n, line) for n, line in enumerate(found.badan, 1)]
    title = found.baris_kunci("judul")
    if title.column is not None and title.line is not None:
        lines.append((title.line, _lines(found.teks)[title.line - 1]))
    for number, line in lines:
        for pattern, better in TYPOS:
            for slip in pattern.finditer(line):
                at = Location(file=found.file, line=number, column=slip.start() + 1)
                yield problem("KS318", at, tertulis=slip[0], benar=better)
        for slip in MONEY_OUT_OF_FORM.finditer(line):
            at = Location(file=found.file, line=number, column=slip.start() + 1)
            right = slip[0].replace(" ", "")
            yield problem("KS318", at, severity=Severity.PERINGATAN, tertulis=slip[0], benar=right)
