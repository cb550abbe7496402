"""The Jinja source of templates, kept on disk, so that a warm start reads a file instead of docxtpl's dialect.

An entry is text, never code: whatever it says is parsed, checked and compiled in the sandbox as if a template
had said it. One that is cut off, of another version, of another owner or of a shape that `source.prepare` does
not make is passed over; so is a folder that cannot be read or written.

A template whose functions are ksdocs' own is kept whole (`kept`), and asks nothing here.

The folder is `KSDOCS_CACHE` (empty: no cache), else the one that this platform has for caches.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ksdocs import simpanan
from ksdocs.docx.positions import Broken, Spot
from ksdocs.docx.source import MARK, MAX_PART, Source, Tag

_FORMAT = 1
_KEPT = 300  # entries; the oldest go
_ALIEN = re.compile("[\ufdd3-\ufdef\a\f]")

Sources = dict[str, "Source | None"]
"""Part → its source, or None for a part without tags."""


def folder() -> Path | None:
    """Where entries are; None when nowhere."""
    return simpanan.folder("templat")


def load(content_hash: str, parts: Iterable[str]) -> Sources | None:
    """The sources of the template with this hash; None when no sound entry has just these parts."""
    file = _file(content_hash)
    if file is None:
        return None
    try:
        with file.open("rb") as stream:
            if not simpanan.is_ours(os.fstat(stream.fileno())) or not simpanan.is_ours(file.parent.stat()):
                return None
            data = stream.read(8 * MAX_PART + 1)
        head, _, body = data.partition(b"\n")
        if len(data) > 8 * MAX_PART or head != _seal(body):
            return None
        sources = {str(name): _source(str(name), found) for name, found in json.loads(body).items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, Broken):
        return None
    return sources if list(sources) == list(parts) else None


def save(content_hash: str, sources: Mapping[str, Source | None]) -> None:
    """Keep `sources`; in silence, since nothing depends on it."""
    file = _file(content_hash)
    if file is None:
        return
    plain = {
        name: source
        and {"text": source.text, "tags": [[t.text, t.paragraph] for t in source.tags], "dresses": source.dresses}
        for name, source in sources.items()
    }
    body = json.dumps(plain, ensure_ascii=True).encode()
    simpanan.write(file, _seal(body) + b"\n" + body, _KEPT)


def _file(content_hash: str) -> Path | None:
    here = folder()
    key = hashlib.sha256(f"{content_hash} {_engine()}".encode()).hexdigest()
    return here and here / f"{key}.json"


@cache
def _engine() -> str:
    """What turned a template into its source: this format, our reader of the dialect, docxtpl's.

    docxtpl is looked for, not imported.
    """
    found = [str(_FORMAT)]
    docxtpl = importlib.util.find_spec("docxtpl")
    for file in (
        Path(sys.modules[Source.__module__].__file__ or ""),
        Path(docxtpl.origin if docxtpl and docxtpl.origin else "?").with_name("template.py"),
    ):
        try:
            found.append(hashlib.sha256(file.read_bytes()).hexdigest())
        except OSError:
            found.append("?")
    return " ".join(found)


def _seal(body: bytes) -> bytes:
    return f"ksdocs {_FORMAT} {hashlib.sha256(body).hexdigest()}".encode()


def _source(part: str, found: Any) -> Source | None:
    """A source of the shape that `prepare` makes; raises ValueError or TypeError for any other."""
    if found is None:
        return None
    text, tags, dresses = found["text"], found["tags"], found["dresses"]
    pieces = [text, *dresses, *(piece for tag in tags for piece in tag)]
    if any(type(piece) is not str for piece in pieces) or len(text) > MAX_PART:
        raise ValueError(part)
    source = Source(part, text, [Tag(*tag) for tag in tags], dresses)
    begins = [line.startswith(tag.text) for line, tag in zip(text.split("\n")[1:], source.tags, strict=True)]
    marks = [int(found[1]) for found in MARK.finditer(text)]
    if not all(begins) or any(mark >= len(dresses) for mark in marks) or _ALIEN.search(text):
        raise ValueError(part)
    if any(Spot().advance(dress) != Spot() for dress in dresses):
        raise ValueError(part)
    return source
