"""A .docx as the package of parts that it is: checked before it is unpacked, written back byte for byte.

What is encrypted, too large, doubly named or named outside the package is refused before one byte is
decompressed (`container`). Nothing is ever extracted by name, and no part is parsed before it is known to
hold no DOCTYPE. `replace` joins pieces that are prepared once per package.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from ksdocs.docx.container import (
    DEFLATED,
    MAX_FILE,
    Entry,
    archive,
    directory,
    fresh_records,
    records,
    safe_name,
)
from ksdocs.docx.memory import Memory
from ksdocs.docx.xmlns import parse
from ksdocs.problems import Location, Problem, TemplateError, problem

if TYPE_CHECKING:
    from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

Bytes: TypeAlias = bytes  # `Package.bytes` hides the built-in name inside the class

_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_REL_TYPE = re.compile(r"/relationships/(?:metadata/)?([A-Za-z-]+)$")


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another, or out of the package.

    `type` is the last word of the type's address (`header`, `image`, `hyperlink`, `core-properties`), the
    same for transitional and strict files; `address` is all of it. `target` is a member name, or the address as
    written when `external`.
    """

    id: str
    type: str
    target: str
    external: bool
    address: str = ""


class Package:
    """Immutable view of an OPC zip; safe to share between threads, and picklable.

    `name` is the file's name as problems should call it; `names` are its members in zip order, without
    folders.
    """

    def __init__(self, data: bytes, name: str, entries: Mapping[str, Entry]) -> None:
        """For `read` alone: `entries` have passed its checks."""
        self.data = data
        self.name = name
        self.names: tuple[str, ...] = tuple(entries)
        self._entries = entries
        self._by_lower = {n.lower(): n for n in entries}

    # ------------------------------------------------------------------ reading

    @classmethod
    def read(cls, data: bytes | Path, *, name: str = "") -> Package:
        """The package in `data` (bytes, or the path of a file).

        Raises:
            TemplateError: with every problem found, in the order of the reading: KS401 unreadable file, KS402
                no zip, KS403 old .doc, KS404 encrypted, KS405 macros, KS406 damaged, KS407 too large, KS408
                dangerous member name, KS409 member twice, KS410 part missing, KS411 another kind of document,
                KS412 DOCTYPE, KS413 encoding, KS414 malformed XML, KS415 unknown compression.
        """
        if isinstance(data, Path):
            name = name or str(data)
            data = load_file(data, name)
        at = Location(file=name or None)
        entries, problems = directory(data, at)
        if problems:
            raise TemplateError(problems)
        package = cls(data, name, entries)
        if problems := list(package._check_kind(at)):
            raise TemplateError(problems)
        return package

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.data, self.name))

    def __repr__(self) -> str:
        return f"Package({self.name!r}, {len(self.names)} members, {self.content_hash[:12]})"

    def __contains__(self, member: object) -> bool:
        return member in self._entries

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the file's bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def at(self, part: str | None = None, paragraph: str | None = None) -> Location:
        """The place of `part` (and of a paragraph's text in it) in this file."""
        return Location(file=self.name or None, part=part, paragraph=paragraph)

    def bytes(self, member: str) -> Bytes:
        """The decompressed bytes of `member`; never more than the directory promised.

        Raises:
            KeyError: no such member.
            TemplateError: KS406, the data do not match the directory.
        """
        e = self._entries[member]
        raw = self.data[e.start : e.start + e.packed]
        if e.method == DEFLATED:
            machine = zlib.decompressobj(-15)
            try:
                raw = machine.decompress(raw, e.size + 1)
            except zlib.error:
                raise self._damaged(member) from None
        if len(raw) != e.size or zlib.crc32(raw) != e.crc:
            raise self._damaged(member)
        return raw

    def xml(self, member: str) -> Bytes:
        """The bytes of an XML part as UTF-8, known to hold no DOCTYPE and no ENTITY; not parsed yet.

        Raises:
            TemplateError: KS406 damaged, KS412 DOCTYPE or ENTITY, KS413 an encoding other than UTF-8
                or UTF-16.
        """
        data = self.bytes(member)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                data = data.decode("utf-16").encode("utf-8")
            except UnicodeError:
                raise self._fail("KS413", member, pengodean="UTF-16") from None
            data = _declare_utf8(data)
        else:
            data = data.removeprefix(b"\xef\xbb\xbf")
            declared = _DECLARATION.match(data)
            # Any other encoding could hide a DOCTYPE from the search below; OPC allows only these two.
            if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
                raise self._fail("KS413", member, pengodean=declared[1].decode("ascii"))
        # NUL and a first byte other than "<" betray encodings that only a parser would guess: UTF-32, EBCDIC.
        if b"\0" in data or (data and data[:1] != b"<" and data.lstrip()[:1] != b"<"):
            raise self._fail("KS413", member, pengodean="?")
        # One character is found far faster than a word, and these are seldom there at all.
        if b"!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
            raise self._fail("KS412", member)
        return data

    def text(self, member: str) -> str:
        """The XML of a part as text (its declaration says UTF-8 or nothing); raises as `xml` does."""
        try:
            return self.xml(member).decode("utf-8")
        except UnicodeDecodeError:
            raise self._fail("KS413", member, pengodean="UTF-8") from None

    def tree(self, member: str) -> etree._Element:
        """The parsed root of an XML part; entities are never resolved, the network is never used.

        Raises:
            TemplateError: as `xml`, and KS414 malformed XML.
        """
        from lxml import etree

        try:
            return parse(self.xml(member))
        except etree.XMLSyntaxError as error:
            line, sebab = error.lineno or 0, str(error.msg or "")
            raise TemplateError([problem("KS414", self.at(member), baris=line, sebab=sebab)]) from None

    # ------------------------------------------------------------------ parts

    @cached_property
    def content_types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """(extension → type, member → type), both keyed in lower case."""
        return _types.get(self.stored(CONTENT_TYPES), self._read_types)

    def _read_types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for node in self.tree(CONTENT_TYPES).iterchildren("{*}*"):
            kind = node.get("ContentType", "")
            if node.tag.endswith("}Default"):
                defaults[node.get("Extension", "").lower()] = kind
            elif node.tag.endswith("}Override"):
                overrides[node.get("PartName", "").lstrip("/").lower()] = kind
        return defaults, overrides

    def content_type(self, member: str) -> str:
        """The declared content type of `member`; empty when none is declared."""
        defaults, overrides = self.content_types
        lower = member.lower()
        return overrides.get(lower) or defaults.get(posixpath.basename(lower).rpartition(".")[2], "")

    def is_xml(self, member: str) -> bool:
        """Is `member` XML, by its name or its type?"""
        return member.lower().endswith((".xml", ".rels")) or self.content_type(member).endswith("xml")

    def stored(self, member: str) -> tuple[int, int, int, Bytes]:
        """`member` as it is stored: method, CRC, size, packed bytes; equal ones hold equal bytes."""
        e = self._entries[member]
        return e.method, e.crc, e.size, self.data[e.start : e.start + e.packed]

    def find(self, member: str) -> str | None:
        """The member as the zip spells it: names of parts do not tell upper from lower case."""
        return self._by_lower.get(member.lower())

    @cached_property
    def _relationships(self) -> dict[str, tuple[Relationship, ...]]:
        return {}

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """What `part` points to, in the order of its file; `""` asks for the package's own.

        Targets are member names as the zip spells them; one that does not exist is named as it resolves.
        """
        known = self._relationships.get(part)
        if known is None:
            folder, base = posixpath.split(part)
            member = self.find(posixpath.join(folder, "_rels", f"{base}.rels"))
            known = ()
            if member is not None:
                key = (folder, self.names, self.stored(member))
                known = _links.get(key, lambda: tuple(self._read_relationships(folder, member)))
            self._relationships[part] = known
        return known

    def _read_relationships(self, folder: str, member: str) -> Iterator[Relationship]:
        for node in self.tree(member).iterchildren("{*}Relationship"):
            target, kind = node.get("Target", ""), node.get("Type", "")
            named = _REL_TYPE.search(kind)
            external = node.get("TargetMode", "") == "External"
            if not external:
                target = unquote(target).partition("#")[0]
                resolved = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                target = self.find(resolved) or resolved
            yield Relationship(node.get("Id", ""), named[1] if named else kind, target, external, kind)

    @cached_property
    def document_part(self) -> str:
        """The member that holds the body, usually `word/document.xml`."""
        found = self._targets("", "officeDocument")
        if not found:
            raise self._fail("KS410", None, bagian="word/document.xml")
        return found[0]

    def _targets(self, part: str, *kinds: str) -> tuple[str, ...]:
        return tuple(
            r.target
            for r in self.relationships(part)
            if r.type in kinds and not r.external and r.target in self._entries
        )

    def related(self, *kinds: str) -> tuple[str, ...]:
        """Members that the document part points to by a relationship of one of `kinds`, sorted, once each."""
        return tuple(sorted(set(self._targets(self.document_part, *kinds)), key=_natural))

    @cached_property
    def headers(self) -> tuple[str, ...]:
        return self.related("header")

    @cached_property
    def footers(self) -> tuple[str, ...]:
        return self.related("footer")

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Footnotes, then endnotes."""
        return self.related("footnotes") + self.related("endnotes")

    @cached_property
    def comments(self) -> tuple[str, ...]:
        return self.related("comments")

    @cached_property
    def text_parts(self) -> tuple[str, ...]:
        """Every part whose words a reader sees: body, headers, footers, notes."""
        return (self.document_part, *self.headers, *self.footers, *self.notes)

    @cached_property
    def styles(self) -> str | None:
        return next(iter(self.related("styles")), None)

    @cached_property
    def settings(self) -> str | None:
        return next(iter(self.related("settings")), None)

    @cached_property
    def numbering(self) -> str | None:
        return next(iter(self.related("numbering")), None)

    @cached_property
    def core_properties(self) -> str | None:
        return next(iter(self._targets("", "core-properties")), None)

    @cached_property
    def custom_properties(self) -> str | None:
        return next(iter(self._targets("", "custom-properties")), None)

    # ------------------------------------------------------------------ writing

    @cached_property
    def _pieces(self) -> tuple[tuple[str, tuple[Bytes, Bytes, Bytes]], ...]:
        """(member, its records for the zip): [Content_Types].xml first, the rest in its order."""
        order = sorted(self.names, key=lambda n: n.lower() != CONTENT_TYPES.lower())  # stable: the rest stays
        pieces = []
        for name in order:
            e = self._entries[name]
            raw = self.data[e.start : e.start + e.packed]
            pieces.append((name, records(name, e.method, e.crc, e.size, raw)))
        return tuple(pieces)

    def replace(
        self, changes: Mapping[str, Bytes], added: Mapping[str, Bytes] | None = None, *, level: int = 0
    ) -> Bytes:
        """The .docx with `changes` (member → new bytes) and `added` members; same input, same bytes.

        Untouched members are copied as the compressed bytes they were; every time is 1980-01-01. Order:
        [Content_Types].xml, then as before, then the added ones sorted by name. New bytes are stored as they
        are, since the output of zlib differs between builds; `level` 1–9 deflates them where size matters
        more than equal bytes on every machine. Content types and relationships of added members are the
        caller's.

        Raises:
            ValueError: a changed member that is not there, or an added one that is or has no safe name.
        """
        if unknown := [n for n in changes if n not in self._entries]:
            raise ValueError(f"no such member: {', '.join(sorted(unknown))}")
        fresh = {**changes, **(added or {})}
        pieces = [fresh_records(name, fresh[name], level) if name in fresh else ready for name, ready in self._pieces]
        for name in sorted(added or ()):
            if self.find(name) or not safe_name(name):
                raise ValueError(f"cannot add member: {name}")
            pieces.append(fresh_records(name, fresh[name], level))
        return archive(pieces)

    # ------------------------------------------------------------------ checks after the directory

    def _check_kind(self, at: Location) -> Iterator[Problem]:
        """Is this a Word document without macros? Reads content types and the package's relationships."""
        macros = [n for n in self.names if re.search(r"(?i)(^|/)vba(project\.bin|data\.xml)$", n)]
        missing = [n for n in (CONTENT_TYPES, "_rels/.rels") if self.find(n) is None]
        if missing and (kind := self._other_office()):
            yield problem("KS411", at, jenis=kind)
        elif missing:
            if macros:
                yield problem("KS405", at, anggota=macros[0])
            for name in missing:
                yield problem("KS410", at, bagian=name)
        if missing:
            return
        try:
            main, kind = self.document_part, self.content_type(self.document_part)
            macros += [n for n in self.names if "vbaproject" in self.content_type(n).lower()]
        except TemplateError as error:
            yield from error.problems
            return
        if macros or "macroEnabled" in kind:
            yield problem("KS405", at, anggota=macros[0] if macros else main)
        elif kind != MAIN_TYPE:
            yield problem("KS411", at.with_(part=main), jenis=kind or "?")

    def _other_office(self) -> str:
        """What LibreOffice says of its own files: `OpenDocument text`, under whatever name they come."""
        if self.find("mimetype") is None:
            return ""
        found = re.match(rb"application/vnd\.oasis\.opendocument\.([a-z-]+)", bytes(self.bytes("mimetype"))[:200])
        return f"OpenDocument {found[1].decode()}, misalnya .odt" if found else ""

    def _fail(self, code: str, member: str | None, **params: Any) -> TemplateError:
        return TemplateError([problem(code, self.at(member), **params)])

    def _damaged(self, member: str) -> TemplateError:
        return self._fail("KS406", member, sebab=f"{member}: CRC")


# Documents of one template share these, to the letter.
_types: Memory[tuple[Mapping[str, str], Mapping[str, str]]] = Memory(64)
_links: Memory[tuple[Relationship, ...]] = Memory(256)


def _again(data: bytes, name: str) -> Package:
    return Package.read(data, name=name)


def load_file(path: Path, name: str) -> bytes:
    """The bytes of a file; a folder, a missing or an unreadable file is a problem, not a traceback."""
    at = Location(file=name)
    try:
        if path.exists() and not path.is_file():
            raise TemplateError([problem("KS401", at, sebab="bukan berkas biasa")])
        size = path.stat().st_size
        if size > MAX_FILE:
            raise TemplateError([problem("KS407", at, rincian=f"{size} > {MAX_FILE} byte")])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        sebab = getattr(error, "strerror", None) or type(error).__name__
        raise TemplateError([problem("KS401", at, sebab=sebab)]) from None


def _declare_utf8(data: bytes) -> bytes:
    declared = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data if declared is None else data[: declared.start(1)] + b"UTF-8" + data[declared.end(1) :]


def _natural(name: str) -> tuple[object, ...]:
    """header2 before header10."""
    return tuple((0, int(s), "") if s.isdigit() else (1, 0, s) for s in re.split(r"([0-9]+)", name))
