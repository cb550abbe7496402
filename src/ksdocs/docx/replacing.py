"""Pictures, media and embedded files of a template, replaced by name when it is filled."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksdocs.docx.images import sniff
from ksdocs.docx.job import nearest
from ksdocs.docx.package import CONTENT_TYPES, Package
from ksdocs.docx.pictures import InlineImage, read_picture
from ksdocs.docx.properties import Ends, override_type
from ksdocs.docx.xmlns import OFFICE, VML, WP, R
from ksdocs.problems import Problem, TemplateError, problem

if TYPE_CHECKING:
    from lxml import etree

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"


def replace_in(data: bytes, pictures: Mapping[str, Any], members: Mapping[str, Any]) -> bytes:
    """The .docx `data` with other pictures and members; raises as `Replacements.find` does."""
    package = Package.read(data)
    changes, types = Replacements(package).find(pictures, members, {})
    if types:
        name = package.find(CONTENT_TYPES) or CONTENT_TYPES
        changes[name] = Ends.of(package, name, "").with_(*types)
    return package.replace(changes)


class Replacements:
    """What of a template can be replaced; read when somebody asks."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @cached_property
    def _pictures(self) -> dict[str, tuple[str, ...]]:
        """Name, title or alternative text of a picture → members that hold pictures of that name."""
        found: dict[str, list[str]] = {}
        for part in self._package.text_parts:
            links = {r.id: r.target for r in self._package.relationships(part) if not r.external}
            for names, link in _pictures(self._package.tree(part)):
                member = links.get(link)
                if member is not None and member in self._package:
                    for name in names:
                        if name and member not in found.setdefault(name, []):
                            found[name].append(member)
        return {name: tuple(members) for name, members in found.items()}

    def has_picture(self, name: str) -> bool:
        return name in self._pictures

    def members(self, name: str) -> tuple[str, ...]:
        """The members that `name` means: a whole member name, or the last part of one."""
        if (exact := self._package.find(name)) is not None:
            return (exact,)
        return tuple(n for n in self._package.names if posixpath.basename(n).lower() == name.lower())

    def find(
        self, pictures: Mapping[str, Any], members: Mapping[str, Any], written: Mapping[str, bytes]
    ) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """(member → new bytes, content types to be declared).

        Raises:
            TemplateError: KS467 no picture, KS472 no picture or no single member of that name, or one that the
                template itself writes.
        """
        replaced: dict[str, bytes] = {}
        types: list[str] = []
        problems: list[Problem] = []
        for name, source in pictures.items():
            targets = self._pictures.get(name, ())
            if not targets:
                problems.append(self._missing(name, self._pictures))
                continue
            try:
                data = read_picture(source)
                kind = f"image/{sniff(data, name).kind}"
            except TemplateError as error:
                problems += error.problems
                continue
            for member in targets:
                replaced[member] = data
                declared = self._package.content_type(member).lower().replace("image/jpg", "image/jpeg")
                if declared != kind and member.lower() not in self._package.content_types[1]:
                    types.append(override_type(member, kind))
        for name, source in members.items():
            found = self.members(name)
            if len(found) != 1 or found[0] in written or found[0] in self._package.text_parts:
                problems.append(self._missing(name, self._package.names))
            else:
                replaced[found[0]] = read_member(source)
        if problems:
            raise TemplateError(problems)
        return replaced, tuple(types)

    def _missing(self, name: str, known: Any) -> Problem:
        return problem("KS472", self._package.at(), nama=name, usul=nearest(name, known))


def _pictures(tree: etree._Element) -> Iterator[tuple[set[str], str]]:
    """(names of a picture, id of its relationship), for pictures as Word draws them and as it used to."""
    for picture in tree.iter(f"{_PIC}pic"):
        for blip in picture.iter(f"{_A}blip"):
            frame = next((a for a in picture.iterancestors(f"{WP}inline", f"{WP}anchor")), None)
            named = [*picture.iter(f"{_PIC}cNvPr"), *(frame.iterchildren(f"{WP}docPr") if frame is not None else ())]
            yield {n.get(key, "") for n in named for key in ("name", "title", "descr")}, blip.get(f"{R}embed", "")
    for data in tree.iter(f"{VML}imagedata"):
        shape = data.getparent()
        names = {data.get(f"{OFFICE}title", "")}
        if shape is not None:
            names |= {shape.get("alt", ""), shape.get("id", "")}
        yield names, data.get(f"{R}id", "")


def read_member(source: Any) -> bytes:
    """The bytes of `source`: bytes, a path, an open file."""
    if isinstance(source, (bytes, bytearray, InlineImage)):
        return read_picture(source)
    if hasattr(source, "read"):
        data: bytes = source.read()
        return data
    return Path(source).read_bytes()
