"""Names of output files, and writing them: inside one folder, whole or not at all.

A name is a slug of words plus the record's id, so that nothing in a record can lead out of the folder or
spell a name that Windows keeps for itself. A file appears under its name only when all its bytes are written.
One file by itself is on the disk before it appears; of many, `settle` brings a whole group to the disk, and what
tells of them is written after that.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import re
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, Final, Protocol

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


class Names(Protocol):
    """Who may write a name: see `Claims`."""

    def claim(self, folder: Path, name: str, owner_id: str) -> None:
        """Keeps `name` for `owner_id`, or raises OutputError KS701."""


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
            raise claimed(folder, name, owner, owner_id)


def claimed(folder: Path, name: str, owner: str, other: str) -> OutputError:
    """KS701: `other` may not write `name`, which is `owner`'s."""
    at = Location(file=str(folder / name))
    return OutputError([problem("KS701", at, record=other, nama=name, pemilik=owner, naskah=other)])


Pieces = bytes | Iterable[bytes]


def write_atomically(
    folder: Path, name: str, data: Pieces, *, owner_id: str, claims: Names | None = None, durable: bool = True
) -> Path:
    """The path of the file that now holds `data`: `name` in `folder`, which is made if need be.

    `name` is one file name, or several joined by `/` for folders inside `folder`. The bytes, or pieces of them, go
    to a temporary file beside it, which then takes the name; whatever goes wrong, the name holds the old file or the
    new one. Without `durable` the file is whole for every program, and outlives this one, but not yet a power cut:
    see `settle`.

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
    return _put(target, data, owner_id, durable=durable)


def write_new(file: Path, data: bytes) -> Path:
    """The path of the file that now holds `data`, under the name that the user gave, in a folder that is made if need
    be. It is there whole or not at all, and what was there before stays.

    Raises:
        OutputError: KS021 there is one already; KS702, KS704, KS706 as `write_atomically`.
    """
    if file.is_symlink() or file.exists():
        raise OutputError([problem("KS021", Location(file=str(file)), nama=file)])
    return _put(_make_folder(file.parent, [], "") / file.name, data, "")


def plain_name(name: str) -> bool:
    """True for a name that every system takes as it is, and that `write_atomically` writes."""
    return _plain(name)


def require_writable(folder: Path, *, owner_id: str) -> None:
    """`folder` is there, made if need be, and takes new files; OutputError KS702, KS704, KS706 when not."""
    at = _make_folder(folder, [], owner_id) / "x"
    try:
        _remove(_write_beside(at, b"", durable=False))
    except OSError as e:
        raise _explain(e, at, owner_id, denied="KS702") from e


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


def _put(target: Path, data: Pieces, owner_id: str, mode: int | None = None, *, durable: bool = True) -> Path:
    temporary = None
    try:
        temporary = _write_beside(target, data, durable)
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


_FEW: Final = 16
"""Files that are forced to the disk one by one; beyond that the system is asked once for all, which costs less."""


def settle(files: Iterable[Path]) -> None:
    """Returns when the bytes and the names of `files` are on the disk; one that is gone meanwhile is passed over.

    Raises:
        OutputError: KS704, KS706: the system could not keep them.
    """
    known = list(files)
    folders = {file.parent for file in known}
    if len(known) > _FEW:
        folders = {folder for folder in folders if not _settle_all(folder)}
    for file in known:
        if file.parent in folders:
            _settle_one(file, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    for folder in folders if os.name == "posix" else ():
        _settle_one(folder, os.O_RDONLY)


def _settle_all(folder: Path) -> bool:
    """Brings everything of the file system of `folder` to the disk; False where that cannot be asked for.

    One `fsync` costs a turn of the disk, also for a file that is there already.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
        handle = os.open(folder, os.O_RDONLY)
    except (OSError, AttributeError):
        return False
    try:
        if not syncfs(handle):
            return True
        code = ctypes.get_errno()
    finally:
        os.close(handle)
    if code in (errno.ENOSYS, errno.EINVAL, errno.EBADF):
        return False
    raise _explain(OSError(code, os.strerror(code)), folder / "x", "", denied="KS702")


def _settle_one(path: Path, flags: int) -> None:
    try:
        handle = os.open(path, flags)
    except OSError:
        return  # taken away, or open elsewhere: who reads what is told of it will find out
    try:
        os.fsync(handle)
    except OSError as e:
        if e.errno not in (errno.EINVAL, errno.EBADF):  # systems that cannot force a folder
            raise _explain(e, path, "", denied="KS702") from e
    finally:
        os.close(handle)


def sweep(folder: Path) -> int:
    """How many temporary files and folders of runs that were killed were removed from `folder`.

    One belongs to those when its name tells this machine and a process that is no more.
    """
    removed = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _TEMPORARY.fullmatch(entry.name)
            if found and found[1] == _home() and _is_gone(int(found[2]), entry):
                if entry.is_dir(follow_symlinks=False):
                    import shutil

                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    _remove(Path(entry.path))
                removed += 1
    return removed


def work_folder(parent: Path) -> Path:
    """A new folder in `parent` for what a run needs while it lasts, for nobody else to read. `sweep` knows it.

    Raises:
        OutputError: KS702, KS704, KS706.
    """
    folder = parent / f".ksdocs.{_home()}.{os.getpid()}-{next(_serial)}.tmp"
    try:
        folder.mkdir(mode=0o700)
    except OSError as e:
        raise _explain(e, folder, "", denied="KS702") from e
    return folder


_TEMPORARY = re.compile(r"\..*\.([0-9a-f]{8})\.(\d+)-\d+\.tmp", re.DOTALL)
_HOUR = 3600.0


def _is_gone(pid: int, entry: os.DirEntry[str]) -> bool:
    if os.name != "posix":  # there, asking whether a process lives may end it
        return time.time() - entry.stat().st_mtime > _HOUR
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@cache
def _home() -> str:
    """What tells this machine, or this container, from another that writes into the same folder."""
    words = [os.uname().nodename if os.name == "posix" else os.environ.get("COMPUTERNAME", "")]
    with contextlib.suppress(OSError):
        words.append(str(os.stat("/proc/self/ns/pid").st_ino))  # noqa: PTH116
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:8]


@contextlib.contextmanager
def locked(folder: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Holds `folder` against other runs that ask for it too; where the system knows no such lock, does nothing.

    While another run has it, `waiting` is called a few times a second, and may raise to give up. The lock ends
    with the process that holds it, however that ends.
    """
    handle = _open_lock(folder)
    if handle is None:  # what is wrong with the folder is told when it is written
        yield
        return
    try:
        while not _take(handle):
            if waiting is not None:
                waiting()
            time.sleep(_WAIT_S)
        yield
    finally:
        os.close(handle)


_WAIT_S: Final = 0.1

if sys.platform == "win32":
    import msvcrt

    LOCK_FILE: Final = ".ksdocs.lock"

    def _open_lock(folder: Path) -> int | None:
        try:
            return os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT)
        except (OSError, ValueError):
            return None

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        except OSError:
            return True
        return True
else:
    import fcntl

    def _open_lock(folder: Path) -> int | None:
        try:
            return os.open(folder, os.O_RDONLY)
        except (OSError, ValueError):
            return None

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
        return True


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


def _write_beside(target: Path, data: Pieces, durable: bool) -> Path:
    """A new file beside `target` that holds `data`, with `durable` safely on the disk; nothing stays of one that
    cannot be written.

    Not tempfile: the file should have the permissions that any other new file of this user gets. A name that is
    taken belongs to a run that was killed, or to one in another container with the same process id: never touched
    here; `sweep` removes what is certainly dead.
    """
    stem = target.name.encode("utf-8", "surrogateescape")[:80].decode("utf-8", "ignore")
    while True:
        path = target.with_name(f".{stem}.{_home()}.{os.getpid()}-{next(_serial)}.tmp")
        try:
            file = path.open("xb", buffering=0 if isinstance(data, bytes) else -1)
        except FileExistsError:
            continue
        try:
            with file:
                for piece in (data,) if isinstance(data, bytes) else data:
                    _write_all(file, piece)
                file.flush()
                if durable:
                    os.fsync(file.fileno())
        except BaseException:
            _remove(path)
            raise
        return path


def _write_all(file: BinaryIO, data: bytes) -> None:
    """All of `data`: a file without a buffer may take less at once."""
    done = file.write(data)
    while done < len(data):
        done += file.write(data[done:])


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
