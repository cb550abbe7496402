"""Reading copies by pandoc: HTML, ODT and Markdown that say of themselves what they are.

They lose letterhead, pictures and page layout, so they are never the document. pandoc (the program that
`pypandoc_binary` carries) runs twice: once to read the .docx into its own tree, once to write; in between the
tree gets the notice and loses pictures and raw code, so that a copy holds and loads nothing from outside. Charts, which
pandoc does not know, are told in their words.
"""

from __future__ import annotations

import json
import os
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from ksdocs.convert.inputs import in_words
from ksdocs.convert.process import run
from ksdocs.problems import ConvertError, MissingToolError, problem

NAME = "pandoc"
TIMEOUT_S = 60.0
"""Seconds for each of the two runs."""

NOTICES = {
    "id": "Salinan baca — bukan dokumen resmi. Yang mengikat hanya naskah Word atau PDF yang ditandatangani.",
    "en": "Reading copy — not the official document. Only the signed Word or PDF document is binding.",
}
"""The first line of every reading copy, by language."""

WRITERS = {"html": "html5", "odt": "odt", "md": "gfm-raw_html"}
"""Format → how pandoc calls what it writes."""

# ODT holds the time of its making; a copy of the same document should be the same file.
_NO_CLOCK = "315532800"


def find_pandoc() -> Path | None:
    """The pandoc that `pypandoc_binary` brought, or one on the PATH."""
    import pypandoc

    try:
        found = Path(pypandoc.get_pandoc_path())
    except OSError:
        return None
    return found if found.is_file() else None


def to_reading_copy(
    document: bytes,
    format: str,
    *,
    language: str,
    title: str,
    pandoc: Path | None = None,
    timeout_s: float = TIMEOUT_S,
) -> bytes:
    """The .docx `document` as `format` ("html", "odt", "md"), its notice in `language` ("id", "en").

    Raises:
        MissingToolError: KS011 when pandoc is not on this machine.
        ConvertError: KS611 too slow, KS612 nothing made, KS613 not what was asked for, KS614 cannot be
        started.
    """
    notice = NOTICES[language]
    pandoc = pandoc or find_pandoc()
    if pandoc is None:
        raise MissingToolError([problem("KS011")])
    with tempfile.TemporaryDirectory(prefix="ksdocs-pandoc-", ignore_cleanup_errors=True) as name:
        work = Path(name)
        (work / "in.docx").write_bytes(in_words(document))
        tree = _pandoc(pandoc, work, ["-f", "docx", "-t", "json", "in.docx"], "tree.json", timeout_s)
        try:
            prepared = _prepare(json.loads(tree), notice, format)
        except (ValueError, KeyError, TypeError) as e:
            raise ConvertError([problem("KS613", program=NAME, format="JSON")]) from e
        (work / "in.json").write_text(json.dumps(prepared), encoding="utf-8")
        options = ["-f", "json", "-t", WRITERS[format], "--wrap=none", "in.json"]
        if format != "md":
            # The title belongs into the properties only: the document prints its own.
            options += ["--standalone", "--metadata", f"title={title}", "--variable", "title="]
            options += ["--variable", f"pagetitle={escape(title)}", "--metadata", f"lang={language}"]
        data = _pandoc(pandoc, work, options, f"out.{format}", timeout_s)
    starts = {"html": b"<!DOCTYPE html>", "odt": b"PK\x03\x04", "md": notice[:8].encode()}
    if starts[format] not in data[:40]:
        raise ConvertError([problem("KS613", program=NAME, format=format.upper())])
    return data


def _pandoc(pandoc: Path, work: Path, options: list[str], output: str, timeout_s: float) -> bytes:
    command: list[str | Path] = [pandoc, "--sandbox", *options, "-o", output]
    environ = dict(os.environ) | {"SOURCE_DATE_EPOCH": _NO_CLOCK}
    end = run(NAME, command, cwd=work, env=environ, timeout_s=timeout_s)
    file = work / output
    if end.timed_out:
        raise ConvertError([problem("KS611", program=NAME, detik=f"{timeout_s:g}")])
    if end.code or not file.is_file():
        kind = file.suffix[1:].upper()
        raise ConvertError([problem("KS612", program=NAME, format=kind, kode=end.code, keluaran=end.last_line)])
    return file.read_bytes()


def _prepare(tree: dict[str, Any], notice: str, format: str) -> dict[str, Any]:
    """The tree with the notice as its first block, and without what a copy must not hold."""
    words: list[Any] = []
    for word in notice.split():
        words += [{"t": "Space"}] * bool(words) + [{"t": "Str", "c": word}]
    first = {"t": "Para", "c": words if format == "md" else [{"t": "Strong", "c": words}]}
    blocks = _strip(tree["blocks"], anchors=format != "md")
    return {"pandoc-api-version": tree["pandoc-api-version"], "meta": {}, "blocks": [first, *blocks]}


def _strip(node: Any, *, anchors: bool) -> Any:
    """Without pictures (their alternative text stays), raw code and, unless wanted, anchors."""
    if isinstance(node, dict):
        return {key: _strip(value, anchors=anchors) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    kept: list[Any] = []
    for item in node:
        kind = item.get("t") if isinstance(item, dict) else None
        if kind in ("RawInline", "RawBlock"):
            continue
        if kind == "Image" or (kind == "Span" and not anchors):
            kept += _strip(item["c"][1], anchors=anchors)
        else:
            kept.append(_strip(item, anchors=anchors))
    return kept
