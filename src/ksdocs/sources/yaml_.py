"""YAML files → Sources: one record, several documents, or a list of records."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ksdocs.problems import Location, Problem, SourceError, problem

from .places import Scan, TextPlaces, records_of, tree_of
from .plain import NotText, plain
from .source import Source, make
from .text import Text


def records(text: Text) -> Iterator[Source | SourceError]:
    """One Source per record of a YAML file.

    What YAML refuses (KS108, KS115, KS121, KS122) spoils the record it stands in; where YAML cannot be read on
    (KS109, KS110, KS120, KS123), the documents before are still read.
    """
    from . import places_yaml

    roots, troubles = places_yaml.compose(text.text)
    spots = [spot for root in roots for spot in records_of(root)]
    starts = [spot.start for spot in spots]
    own: dict[int, list[Problem]] = {}
    for code, offset, params in troubles:
        # What is refused at the end of a record is no part of what was read of it, and spoils it all the same.
        index = bisect_right(starts, offset) - 1 if code not in places_yaml.FATAL else -1
        own.setdefault(index, []).append(Problem(code, text.at(offset), params))
    scan = Scan(text, places_yaml.spots)
    for index, spot in enumerate(spots):
        if index in own:
            yield SourceError(own[index])
            continue
        tree, faults = plain(tree_of(spot), _leaf)
        yield make(tree, faults, TextPlaces(scan, index), text.name)
    if -1 in own:
        yield SourceError(own[-1])
    elif not spots:
        yield SourceError([problem("KS107" if roots else "KS106", Location(file=text.name))])


def _leaf(value: object) -> str | NotText | None:
    return None if value is None else NotText(str(value))
