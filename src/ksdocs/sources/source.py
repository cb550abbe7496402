"""One record as it was read: a plain tree that can tell where each of its values stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ksdocs.problems import Location, Problem, SourceError

from .places import InsertionPoint, NoPlaces, Places, segments
from .plain import Fault, Tree, plain, python_leaf, record_id, tell
from .text import Text


@dataclass(frozen=True)
class Source:
    """A record: its `tree`, the `name` of its file as the user gave it (or `<dict>`), and its `warnings`.

    Every leaf of the tree is text; a blank value is absent. Places are found only when asked for.
    """

    tree: dict[str, Tree]
    name: str
    warnings: tuple[Problem, ...] = ()
    places: Places = field(default_factory=lambda: NoPlaces("<dict>"), repr=False, compare=False)

    @property
    def id(self) -> str:
        """The record's `id`, or ""."""
        return record_id(self.tree)

    def locate(self, path: str | Sequence[str | int]) -> Location:
        """The place of `path` (items counted from 1), or of its nearest ancestor that stands in the file."""
        return self.places.locate(segments(path))

    def span(self, path: str | Sequence[str | int]) -> tuple[int, int] | None:
        """Start and end, in characters of `document()`, of a scalar as it is written in a YAML, JSON or
        TOML file.

        None for a list, a mapping, a missing value, and for other formats. Start equals end where the value
        is left empty (`nomor:`).
        """
        return self.places.span(segments(path))

    def insertion_point(self, path: str | Sequence[str | int]) -> InsertionPoint | None:
        """Where a missing value could be written into its nearest existing mapping; None if it cannot."""
        return self.places.insertion_point(segments(path))

    def document(self) -> Text | None:
        """The text of the file that spans count in, with its encoding; None where there are no spans."""
        return self.places.document()


def from_tree(tree: Mapping[str, Any], name: str = "<dict>") -> Source:
    """The Source of a plain Python mapping.

    Dates become ISO text, numbers exact decimal text, booleans `true` or `false`; None and blank text are absent.

    Raises:
        SourceError: KS107–KS115, every value that is no text, at its path.
    """
    places = NoPlaces(name)
    found, faults = plain(tree, python_leaf)
    return _source(found, faults, places, name)


def _source(tree: dict[str, Tree] | None, faults: list[Fault], places: Places, name: str) -> Source:
    if tree is None or faults:
        raise SourceError(tell(faults, places, record_id(tree)))
    return Source(tree, name, (), places)


def make(tree: dict[str, Tree] | None, faults: list[Fault], places: Places, name: str) -> Source | SourceError:
    """A Source, or the SourceError that tells all faults of its record, as a value."""
    try:
        return _source(tree, faults, places, name)
    except SourceError as error:
        return error
