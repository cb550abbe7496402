"""What was worked out once and stays true as long as what it came from: kept on disk for the next start.

A clause library that was proved, a template that was compiled, a register that was read. An entry is named by a
hash of its kind, of what it was made from (the caller's `key`) and of the programs that made it; so it is never
asked whether it is still true: what has changed has another name. It may hold compiled code, as Python's own
`.pyc` files do, and is believed on the same terms: only out of a folder and a file that nobody but this user could
have written, and only whole. Anything else is passed over in silence, and worked out anew.

The folder is `KSDOCS_CACHE` (empty: none), else the one that this platform has for caches.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import marshal
import os
import pickle
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, MappingProxyType, MethodType
from typing import Any, Final

_FORMAT: Final = 1
_KEPT: Final = {"daftar": 12}
"""Entries of one kind, else `_KEPT_ELSE`; the oldest go."""
_KEPT_ELSE: Final = 60
_MAX_BYTES: Final = 512 * 2**20
_PARTNERS: Final = ("docxtpl", "jinja2", "lxml", "markupsafe", "pydantic", "pydantic_core")
"""Libraries that have a part in what is kept."""
_CALLABLE: Final = frozenset(
    [
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("collections", "OrderedDict"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("decimal", "Decimal"),
        ("jinja2.environment", "TemplateExpression"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
    ]
)
"""What an entry may build, besides what ksdocs defines."""


def folder(name: str) -> Path | None:
    """Where things called `name` are kept; None when nowhere."""
    named = os.environ.get("KSDOCS_CACHE")
    if named is not None:
        return Path(named) / name if named.strip() else None
    base = _of_platform()
    return base / "ksdocs" / name if base is not None and base.is_absolute() else None


def _of_platform() -> Path | None:
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA", ""))
        if sys.platform == "darwin":
            return Path("~/Library/Caches").expanduser()
        return Path(os.environ.get("XDG_CACHE_HOME", "") or "~/.cache").expanduser()
    except RuntimeError:  # nobody's home
        return None


def is_ours(status: os.stat_result) -> bool:
    """Could nobody but this user have written it? Where the system does not say, yes."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def load(kind: str, key: str, given: Mapping[str, Any] | None = None) -> Any:
    """What `save` kept under `kind` and `key`; None when there is nothing that can be believed.

    `given` are the objects that `save` was given under the same names: they are not kept, but put in again.
    """
    file = _file(kind, key)
    if file is None:
        return None
    try:
        with file.open("rb") as stream:
            if not is_ours(os.fstat(stream.fileno())) or not is_ours(file.parent.stat()):
                return None
            data = stream.read(_MAX_BYTES + 1)
        head, _, body = data.partition(b"\n")
        if len(data) > _MAX_BYTES or head != _seal(body):
            return None
        return _Reader(io.BytesIO(body), given or {}).load()
    except Exception:
        # Whatever is wrong with an entry, what it stands for is worked out anew.
        return None


def save(kind: str, key: str, value: object, given: Mapping[str, Any] | None = None) -> None:
    """Keep `value`; in silence, since nothing depends on it."""
    file = _file(kind, key)
    if file is None:
        return
    made = io.BytesIO()
    try:
        _Writer(made, given or {}).dump(value)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
        return
    body = made.getvalue()
    if len(body) < _MAX_BYTES - 200:
        write(file, _seal(body) + b"\n" + body, _KEPT.get(kind, _KEPT_ELSE))


def write(file: Path, data: bytes, kept: int) -> None:
    """`file` whole or not at all, in a folder for this user alone; of its kind only the last `kept` remain."""
    import tempfile

    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix="~")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            temporary.replace(file)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _prune(file, kept)


def _prune(file: Path, kept: int) -> None:
    """Without the oldest of what is called like `file`, and without what a stopped program left half written."""
    begin, end = file.name[: -64 - len(file.suffix)], file.suffix
    entries = [e for e in os.scandir(file.parent) if e.name.startswith(begin) and e.name.endswith(end)]
    if len(entries) > kept:
        for entry in sorted(entries, key=lambda e: e.stat().st_mtime_ns)[: len(entries) - kept]:
            Path(entry.path).unlink(missing_ok=True)


def _file(kind: str, key: str) -> Path | None:
    here = folder("hangat")
    if here is None or (not hasattr(os, "getuid") and os.environ.get("KSDOCS_CACHE") is not None):
        return None  # code is believed only where we know whose it is: on Windows, in the user's own profile
    try:
        made_by = programs()
    except OSError:  # run from where there are no files to be asked
        return None
    name = hashlib.sha256(f"{kind}\0{made_by}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()
    return here / f"{kind}-{name}.bin"


def _seal(body: bytes) -> bytes:
    return f"ksdocs {_FORMAT} {hashlib.sha256(body).hexdigest()}".encode()


def fingerprint(place: Path) -> str:
    """A hash of every file below `place`, or of this one: of its names and all its bytes, and of where links lead.

    What cannot be read has its own. Times are not asked: two edits within a second make two hashes.
    """
    found = hashlib.sha256()
    for file in _below(str(place)):
        try:
            linked = os.path.realpath(file) if os.path.islink(file) else ""  # noqa: PTH114
            if os.path.isfile(file):  # noqa: PTH113 - a pipe would wait for ever
                with open(file, "rb") as stream:  # noqa: PTH123
                    state = hashlib.file_digest(stream, "sha256").hexdigest()
            else:
                state = "?"
        except (OSError, ValueError) as error:
            linked, state = "", type(error).__name__
        found.update(f"{file}\0{linked}\0{state}\0".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _below(place: str) -> Iterator[str]:
    if not os.path.isdir(place):  # noqa: PTH112 - asked of every file of the data at every start
        yield place
        return
    for folder, folders, names in os.walk(place):
        folders.sort()
        yield folder
        for name in sorted(names):
            yield os.path.join(folder, name)  # noqa: PTH118


@cache
def programs() -> str:
    """A hash that changes with the programs that make entries: Python, ksdocs, the libraries that compile.

    Files are told apart as Python tells whether a `.pyc` is current: by size and time.
    """
    own = Path(__file__).parent
    found: list[object] = [_FORMAT, sys.version, sys.implementation.cache_tag, str(own)]
    for place in (own, *filter(None, map(_home, _PARTNERS))):
        found += _stamps(str(place), deep=place is own)
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _home(library: str) -> Path | None:
    """The folder of a library that is looked for, not imported."""
    for entry in sys.path:
        if os.path.isdir(place := os.path.join(entry, library)):  # noqa: PTH112, PTH118 - asked at every start
            return Path(place)
    return None


def installed(library: str) -> str:
    """What changes when `library` is installed anew; "" where that cannot be told."""
    found = []
    for entry in sys.path:
        with contextlib.suppress(OSError):
            for place in os.scandir(entry or "."):
                if place.name.startswith(f"{library}-") and place.name.endswith((".dist-info", ".egg-info")):
                    found.append((place.path, *_stamp(os.path.join(place.path, "METADATA"))))  # noqa: PTH118
    return repr(found) if found else ""


def _stamp(file: str) -> tuple[int, int]:
    status = os.stat(file)  # noqa: PTH116
    return status.st_size, status.st_mtime_ns


def _stamps(place: str, *, deep: bool) -> list[tuple[str, int, int]]:
    found = []
    for entry in os.scandir(place):
        if entry.name.endswith((".py", ".toml", ".so", ".pyd")):
            status = entry.stat()
            found.append((entry.name, status.st_size, status.st_mtime_ns))
        elif deep and "." not in entry.name and entry.name not in ("__pycache__", "_bawaan") and entry.is_dir():
            found.append((entry.name, 0, 0))
            found += _stamps(entry.path, deep=True)
    return sorted(found)


# ---------------------------------------------------------------------- values


class _Writer(pickle.Pickler):
    """pickle, which also keeps compiled code, patterns and read-only mappings."""

    def __init__(self, stream: io.BytesIO, given: Mapping[str, Any]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._names = {id(value): name for name, value in given.items()}

    def persistent_id(self, value: Any) -> str | None:
        return self._names.get(id(value))

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, CodeType):
            return code, (marshal.dumps(value),)
        if isinstance(value, re.Pattern):
            return pattern, taken_apart(value)
        if isinstance(value, MappingProxyType):
            return read_only, (dict(value),)
        if isinstance(value, MethodType) and isinstance(value.__self__, type):
            return method, (value.__self__, value.__name__)
        if isinstance(value, FunctionType) and (kind := _class_of(value)) is not None:
            return method, (kind, value.__name__)
        return NotImplemented


class _Reader(pickle.Unpickler):
    """pickle, which builds nothing but what ksdocs defines and a few plain values."""

    def __init__(self, stream: io.BytesIO, given: Mapping[str, Any]) -> None:
        super().__init__(stream)
        self._given = given

    def persistent_load(self, name: str) -> Any:
        return self._given[name]

    def find_class(self, module: str, name: str) -> Any:
        if (module.startswith("ksdocs.") and "." not in name) or (module, name) in _CALLABLE:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def code(data: bytes) -> CodeType:
    """Code as `marshal` wrote it."""
    made: CodeType = marshal.loads(data)  # noqa: S302 - out of a file that `load` believes
    return made


def read_only(values: dict[Any, Any]) -> Mapping[Any, Any]:
    """A mapping that nobody changes."""
    return MappingProxyType(values)


def _class_of(function: FunctionType) -> type | None:
    """The class whose method `function` is; None when it is none of a class that is found by its name."""
    kind = getattr(sys.modules.get(function.__module__), function.__qualname__.rpartition(".")[0], None)
    return kind if isinstance(kind, type) and getattr(kind, function.__name__, None) is function else None


def method(kind: type, name: str) -> Any:
    """A method of a class itself."""
    return getattr(kind, name)


def pattern(text: Any, flags: int, code: list[int], groups: int, index: dict[str, int], names: tuple[Any, ...]) -> Any:
    """A pattern as `re` compiled it before; the engine proves its code once more, and so does the search."""
    return _engine().compile(text, flags, code, groups, index, names)


@cache
def _engine() -> Any:
    return import_module("_sre")


def taken_apart(made: re.Pattern[Any]) -> tuple[Any, ...]:
    """What `pattern` makes `made` of again: what `re` hands to its engine after compiling, which takes its time."""
    compiler, parser = import_module("re._compiler"), import_module("re._parser")
    parsed = parser.parse(made.pattern, made.flags)
    index = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in index.items():
        names[number] = name
    flags = made.flags | parsed.state.flags
    written = [int(word) for word in compiler._code(parsed, made.flags)]
    return made.pattern, flags, written, parsed.state.groups - 1, index, tuple(names)


# ---------------------------------------------------------------------- patterns of a whole program


def know_patterns(name: str) -> int:
    """Hand `re` the patterns that the program `name` had compiled when it last ended; how many it knows now.

    For programs alone, never for the library: it is the memory of `re` for the whole process.
    """
    known = getattr(re, "_cache", {})
    kept = load("pola", name)
    if isinstance(kept, list):
        known.update({(type(text), text, flags): made for text, flags, made in kept})
    return len(known)


def keep_patterns(name: str, known: int) -> None:
    """Keep what was compiled beyond the `known` ones, together with these."""
    compiled = [(text, flags, made) for (_, text, flags), made in [*getattr(re, "_cache", {}).items()]]
    if len(compiled) > known:
        save("pola", name, compiled)
