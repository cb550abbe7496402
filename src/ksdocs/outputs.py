"""Names of output files, and writing them: inside one folder, whole or not at all.

A name is a slug of words plus the record's id, so that nothing in a record can lead out of the folder or
spell a name that Windows keeps for itself. A file appears under its name only when all its bytes are on the
disk.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import re
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ksdocs.problems import Location, OutputError, problem

MAX_NAME = 120
"""Characters of a file name, its ending included."""

_MAX_STEM = 100
_RESERVED = re.compile(r"(con|prn|aux|nul|conin|conout|clock|com[0-9]|lpt[0-9])", re.IGNORECASE)
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_serial = itertools.count()


def safe_name(text: str, id: str = "") -> str:
    """A file name without ending: `text` and `id` as slugs, joined by `_`; a–z, 0–9, `-` and `_` only.

    At most 100 characters, so that an ending fits into `MAX_NAME`; `text` gives way before `id`. An id that
    its slug does not spell in full (`A/b`, `契約`) is followed by six characters of its hash, so that two ids
    seldom share a name; `Claims` catches the rest. Never empty, never a name that Windows reserves (CON, NUL,
    LPT1).
    """
    words, key = _slug(text), _slug(id)
    if key != id.replace("_", "-") or len(key) > _MAX_STEM - 7 or not (words or key):
        mark = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        key = f"{key[: _MAX_STEM - 7].rstrip('-')}-{mark}".lstrip("-")
    if key and words != key:
        words = words[: max(_MAX_STEM - len(key) - 1, 0)].strip("-")
        name = f"{words}_{key}" if words else key
    else:
        name = words[:_MAX_STEM].rstrip("-")
    return f"naskah-{name}" if _RESERVED.fullmatch(name) else name


class Claims:
    """Which record writes which file in this run; safe to share between threads."""

    def __init__(self) -> None:
        self._owners: dict[tuple[str, str], str] = {}
        self._lock = threading.Lock()

    def claim(self, folder: Path, name: str, owner_id: str) -> None:
        """Keeps `name` in `folder` for `owner_id`; upper and lower case do not make two names.

        Raises:
            OutputError: KS701 when another record has claimed it.
        """
        try:
            place = (_key(str(folder.resolve())), _key(name))
        except (OSError, ValueError, RuntimeError) as e:  # a name too long, with a NUL, a link to itself
            raise _unusable(e, folder, owner_id) from e
        with self._lock:
            owner = self._owners.setdefault(place, owner_id)
        if owner != owner_id:
            at = Location(file=str(folder / name))
            raise OutputError([problem("KS701", at, record=owner_id, nama=name, pemilik=owner, naskah=owner_id)])


def write_atomically(folder: Path, name: str, data: bytes, *, owner_id: str, claims: Claims | None = None) -> Path:
    """The path of the file that now holds `data`: `name` in `folder`, which is made if need be.

    `name` is one file name, or several joined by `/` for folders inside `folder`. The bytes go to a temporary
    file beside it, which then takes the name; whatever goes wrong, the name holds the old file or the new
    one.

    Raises:
        ValueError: `name` is no plain name; make it with `safe_name`.
        OutputError: KS701 claimed by another record, KS702 the folder cannot be written, KS703 the file is
            open elsewhere, KS704 the disk is full, KS705 a link or folder stands in its place, KS706 anything
            else.
    """
    parts = name.split("/")
    if not all(_plain(part) for part in parts):
        raise ValueError(f"not a plain file name: {name!r}")
    if claims is not None:
        claims.claim(folder, name, owner_id)
    target = _make_folder(folder, parts[:-1], owner_id) / parts[-1]
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise _error("KS705", target, owner_id)
    return _put(target, data, owner_id)


def replace_atomically(file: Path, data: bytes, *, owner_id: str) -> Path:
    """The path of `file`, a file of the user's that is there under whatever name, now holding `data`.

    A link is followed: what it points to is the user's own file. Permissions stay as they were.

    Raises:
        OutputError: as `write_atomically`; KS705 when there is no such file.
    """
    try:
        target = file.resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as e:  # gone, or a link to itself
        raise _error("KS705", file, owner_id) from e
    if not target.is_file():
        raise _error("KS705", file, owner_id)
    return _put(target, data, owner_id, mode=target.stat().st_mode)


def _put(target: Path, data: bytes, owner_id: str, mode: int | None = None) -> Path:
    temporary = None
    try:
        temporary = _write_beside(target, data)
        if mode is not None:
            temporary.chmod(mode)
    except OSError as e:
        _remove(temporary)
        raise _explain(e, target, owner_id, denied="KS702") from e
    except BaseException:
        _remove(temporary)
        raise
    try:
        temporary.replace(target)
    except OSError as e:
        _remove(temporary)
        raise _explain(e, target, owner_id, denied="KS703") from e
    return target


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds `folder` against other runs that ask for it too; where the system knows no such lock, does nothing.

    The lock ends with the process that holds it, however that ends.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError, ValueError):  # what is wrong with the folder is told when it is written
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _slug(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(c for c in flat if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _plain(part: str) -> bool:
    stem = part.split(".")[0]
    fits = len(part) <= MAX_NAME and not part.endswith(".")
    return fits and bool(_PART.fullmatch(part)) and not _RESERVED.fullmatch(stem)


def _make_folder(folder: Path, inner: list[str], owner_id: str) -> Path:
    """`folder`, followed to where it really is, and in it the `inner` folders, none of them a link."""
    at = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        at = folder.resolve(strict=True)
        for part in inner:
            at = at / part
            if at.is_symlink():
                raise _error("KS705", at, owner_id)
            at.mkdir(exist_ok=True)
    except (ValueError, RuntimeError) as e:
        raise _unusable(e, folder, owner_id) from e
    except OSError as e:
        code = "KS704" if e.errno in _FULL else "KS702"
        raise _error(code, at / "x", owner_id, e.strerror or type(e).__name__) from e
    return at


def _write_beside(target: Path, data: bytes) -> Path:
    """A new file beside `target` that holds `data`, safely on the disk; nothing stays of one that cannot be written.

    Not tempfile: the file should have the permissions that any other new file of this user gets. A name that is
    taken belongs to a run that was killed, or to one in another container with the same process id: never touched.
    """
    stem = target.name.encode("utf-8", "surrogateescape")[:80].decode("utf-8", "ignore")
    while True:
        path = target.with_name(f".{stem}.{os.getpid()}-{next(_serial)}.tmp")
        try:
            file = path.open("xb")
        except FileExistsError:
            continue
        try:
            with file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            _remove(path)
            raise
        return path


def _remove(path: Path | None) -> None:
    with contextlib.suppress(OSError):
        if path is not None:
            path.unlink(missing_ok=True)


def _unusable(e: Exception, folder: Path, owner_id: str) -> OutputError:
    if isinstance(e, OSError):
        return _explain(e, folder / "x", owner_id, denied="KS702")
    return _error("KS702", folder / "x", owner_id, str(e))


def _explain(e: OSError, target: Path, owner_id: str, *, denied: str) -> OutputError:
    reason = e.strerror or type(e).__name__
    if e.errno in _FULL:
        return _error("KS704", target, owner_id)
    if isinstance(e, PermissionError):
        return _error(denied, target, owner_id, reason)
    if isinstance(e, FileExistsError | NotADirectoryError) or e.errno == errno.EROFS:
        return _error("KS702", target, owner_id, reason)
    return _error("KS706", target, owner_id, reason)


def _error(code: str, target: Path, owner_id: str, reason: str = "") -> OutputError:
    at = Location(file=str(target.parent if code == "KS702" else target))
    return OutputError([problem(code, at, record=owner_id, nama=target.name, folder=target.parent, alasan=reason)])
