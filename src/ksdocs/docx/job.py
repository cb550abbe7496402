"""One render: its budget, its problems, and the numbers, pictures and links that its values ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from ksdocs.docx.faults import missing_entry
from ksdocs.docx.xmltext import Refusal
from ksdocs.problems import Location, Problem

if TYPE_CHECKING:
    from ksdocs.docx.charts import Chart
    from ksdocs.docx.numbering import Lists
    from ksdocs.docx.pictures import InlineImage
    from ksdocs.docx.subdoc import Grafts

MAX_STEPS = 2_000_000
"""Turns of loops, by what each works out, and items or blocks of text that filters go through, in one render."""
MAX_OUTPUT = 64_000_000
"""Characters of XML in one render; a part with more of them could not be read back (`container.MAX_MEMBER`)."""
_MAX_PROBLEMS = 100
TOP_LEVEL = "\0"
"""Stands for the nearest name of the context, until somebody who knows the context is asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag stands: the place for problems, its expression, and the dress of its run (inside of rPr)."""

    at: Location
    expression: str
    base: str = ""


class Job:
    """One render."""

    __slots__ = (
        "_bookmark",
        "_bookmarks",
        "_drawing",
        "_list_ids",
        "_lists",
        "_next_list",
        "_seen",
        "breaks",
        "charts",
        "grafts",
        "images",
        "links",
        "names",
        "new_lists",
        "part",
        "problems",
        "room",
        "steps",
        "taken_links",
    )

    def __init__(
        self,
        bookmark: int,
        bookmarks: Iterable[str],
        drawing: int,
        names: Iterable[str] = (),
        *,
        lists: Lists | None = None,
        taken_links: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.steps = MAX_STEPS
        self.room = MAX_OUTPUT
        self.problems: list[Problem] = []
        self._seen: set[tuple[str, Location]] = set()
        self._bookmark, self._bookmarks, self._drawing = bookmark, set(bookmarks), drawing
        self.names = tuple(names)
        self.part = ""
        self.breaks = False
        self.images: dict[str, InlineImage] = {}
        self.charts: list[Chart] = []
        self.links: dict[str, dict[tuple[str, str], str]] = {}
        self.taken_links: Mapping[str, frozenset[str]] = taken_links or {}
        self._list_ids: dict[int, int] = {}
        self._lists, self._next_list = lists, 0
        self.new_lists: list[tuple[int, int]] = []
        self.grafts: Grafts | None = None

    def bookmark(self, name: str) -> int | None:
        if name in self._bookmarks:
            return None
        self._bookmarks.add(name)
        self._bookmark += 1
        return self._bookmark

    def drawing_id(self) -> int:
        self._drawing += 1
        return self._drawing

    def image(self, image: InlineImage) -> str:
        """The id of the relationship from the part in hand to `image`."""
        self.images.setdefault(image.digest, image)
        return self.relate("image", image.digest)

    def chart(self, chart: Chart) -> str:
        """The id of the relationship from the part in hand to a part of its own for `chart`."""
        self.charts.append(chart)
        return self.relate("chart", str(len(self.charts)))

    def link(self, url: str) -> str:
        """The id of the relationship from the part in hand to an address outside."""
        return self.relate("hyperlink", url)

    def relate(self, kind: str, target: str) -> str:
        links = self.links.setdefault(self.part, {})
        if (kind, target) not in links:
            taken = self.taken_links.get(self.part, frozenset())
            number = len(links) + 1
            while f"rIdKs{number}" in taken or f"rIdKs{number}" in links.values():
                number += 1
            links[kind, target] = f"rIdKs{number}"
        return links[kind, target]

    def has_link(self, number: str) -> bool:
        """Does the part in hand have a relationship with this id in the template?"""
        return number in self.taken_links.get(self.part, ())

    def break_paragraph(self) -> None:
        """A value holds the mark of a new paragraph or page: the part is gone through when it is written."""
        self.breaks = True

    def restart_list(self, group: int) -> None:
        """The next item of this list begins it anew, unless it has not begun yet."""
        if group in self._list_ids:
            self._list_ids[group] = 0

    def list_id(self, group: int, original: int) -> int:
        """The number of the list that an item of `group` stands in now."""
        number = self._list_ids.get(group, original)
        if not number:
            number = self.next_list()
            self.new_lists.append((number, original))
        self._list_ids[group] = number
        return number

    def next_list(self) -> int:
        """A list number that nobody has."""
        number = self._next_list or (self._lists.first_free if self._lists else 1)
        self._next_list = number + 1
        return number

    def refuse(self, refusal: Problem, place: Place) -> None:
        """Keep a problem, once per place; the render goes on, to find the others."""
        at = place.at if refusal.at == Location() else refusal.at
        key = (refusal.code, at)
        if key not in self._seen and len(self.problems) < _MAX_PROBLEMS:
            self._seen.add(key)
            params = {"isian": place.expression, **refusal.params}
            if params.get("usul") == TOP_LEVEL:
                params["usul"] = nearest(params["nama"], self.names)
            self.problems.append(Problem(refusal.code, at, params, refusal.severity_override, refusal.record))

    def refuse_once(self, refusal: Refusal, place: Place) -> None:
        """As `refuse`; what a loop does wrong in every turn costs no more than the first time."""
        if (refusal.code, place.at) not in self._seen and len(self.problems) < _MAX_PROBLEMS:
            self.refuse(refusal.problem(), place)

    def spend(self, steps: int, room: int = 0) -> None:
        self.steps -= steps
        self.room -= room
        if self.steps < 0 or self.room < 0:
            raise Refusal("KS465")


def undefined_refusal(value: Undefined) -> Refusal:
    """Why an undefined value is refused: no such field, or one that templates may not touch."""
    name = str(value._undefined_name or value._undefined_hint or "?")
    if value._undefined_exception is SecurityError:
        return Refusal("KS469", nama=name)
    if missing_entry(value._undefined_name, value._undefined_obj, str(value._undefined_hint or "")):
        return Refusal("KS899")
    if value._undefined_obj is missing:
        return Refusal("KS460", nama=name, usul=TOP_LEVEL)
    return Refusal("KS460", nama=name, usul=_NearestIn(value._undefined_obj, name))


class _NearestIn:
    """What `owner` has that is named nearly like `name`; sought only when somebody reads it."""

    def __init__(self, owner: object, name: str) -> None:
        self._owner, self._name = owner, name

    def __str__(self) -> str:
        owner = self._owner
        known = owner if isinstance(owner, Mapping) else [n for n in dir(owner) if not n.startswith("_")]
        return nearest(self._name, known)


def nearest(name: str, known: Iterable[object]) -> str:
    """The one of `known` that `name` may have been meant to be, or a dash."""
    import difflib

    return next(iter(difflib.get_close_matches(name, [k for k in known if isinstance(k, str)], 1)), "–")
