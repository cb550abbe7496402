"""Files of the library, read with distrust: their size, their characters, and the form of what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ksdocs.problems import Location, Problem, problem
from ksdocs.sources.text import unsafe_character

MAX_BYTES: Final = 512 * 1024
"""Bytes of one file; the longest clause that ships has 4,000."""

TEXTS: Final = 'daftar teks, misalnya `["a", "b"]`'
PAIRS: Final = 'kelompok teks, misalnya `{ nama = "teks" }`'
WORDS: Final = 'teks, atau teks per bahasa dengan `id`, misalnya `judul.id = "…"`'

Form = type | str
"""What a value must be: a type of TOML, or TEXTS, PAIRS, WORDS."""

_CALLED: Final[Mapping[type, str]] = {
    str: "teks dalam tanda kutip",
    bool: "`true` atau `false`",
    dict: "kelompok isian",
}


def read_library_file(name: str, file: Path, problems: list[Problem]) -> str:
    """The text of `file`; "" with its problem (KS316) when it cannot be used."""

    def refuse(reason: str, line: int | None = None) -> str:
        problems.append(problem("KS316", Location(file=str(file), line=line), berkas=name, sebab=reason))
        return ""

    try:
        if not file.is_file():
            return refuse("bukan berkas" if file.exists() else "tidak ada")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        return refuse("tidak dapat dibaca")
    if len(data) > MAX_BYTES:
        return refuse(f"lebih besar dari {MAX_BYTES // 1024} KB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refuse(f"bukan UTF-8 (bita {error.start})")
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if bad := unsafe_character(line):
            return refuse(f"memuat karakter terlarang {bad}", number)
    return text


def parse_toml(text: str, file: str, problems: list[Problem], first_line: int = 0) -> dict[str, Any]:
    """The values of a TOML text; {} with its problem (KS302) when it cannot be read."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # numbers too long and lists too deep are no TOMLDecodeError
        found = re.search(r"line (\d+)", str(error))
        line = first_line + (int(found[1]) if found else 1)
        reason = str(error)[:200] if isinstance(error, ValueError) else "bersarang terlalu dalam"
        problems.append(problem("KS302", Location(file=file, line=line), sebab=reason))
        return {}


def check_form(data: Any, forms: Mapping[str, Form], file: str, prefix: str = "", text: str = "") -> list[Problem]:
    """KS316 for every value of `data` that has not the form it must have."""
    problems = []
    for key, form in forms.items():
        if key in data and not fits(data[key], form):
            wanted = form if isinstance(form, str) else _CALLED[form]
            reason = f"`{prefix}{key}` harus berupa {wanted}"
            at = Location(file=file, line=line_of(text, key) if text else None, path=f"{prefix}{key}")
            problems.append(problem("KS316", at, berkas=file, sebab=reason))
    return problems


def fits(value: object, form: Form) -> bool:
    """Whether `value` has the form `form`."""
    if isinstance(form, type):
        return isinstance(value, form)
    if form is TEXTS:
        return isinstance(value, list) and all(isinstance(v, str) and v for v in value)
    if form is WORDS and isinstance(value, str):
        return bool(value.strip())
    texts = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return texts and (form is PAIRS or bool(isinstance(value, dict) and value.get("id", "").strip()))


def line_of(text: str, key: str) -> int:
    """The line where `key` is given, or 1."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(rf"\s*{re.escape(key)}\b.*=", line):
            return number
    return 1
