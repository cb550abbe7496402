"""How a value is written, by the place where its tag stands."""

from __future__ import annotations

import datetime
import numbers
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from itertools import islice
from typing import Any

from jinja2 import Undefined
from jinja2.runtime import Context
from markupsafe import Markup

from ksdocs.docx.formats import MAX_TEXT
from ksdocs.docx.job import Job, Place, undefined_refusal
from ksdocs.docx.values import PageBreak, Run
from ksdocs.docx.xmltext import (
    LONG,
    Drawn,
    Refusal,
    Rich,
    Sink,
    escape_attribute,
    escape_breaking,
    escape_plain,
    escape_text,
    is_plain,
    special,
    text_of,
    type_words,
)

WRITERS = {
    # Names that no template can write: a tag reaches these only through the compiler.
    "<text>": "write_text",
    "<plain>": "write_plain",
    "<lines>": "write_lines",
    "<attribute>": "write_attribute",
    "<field>": "write_field",
    "<runs>": "write_runs",
    "<blocks>": "write_blocks",
    "<rows>": "write_rows",
    "<cells>": "write_cells",
    "<drawing-id>": "write_drawing_id",
    "<list-id>": "write_list_id",
    "<restart>": "write_restart",
}
HELPERS = {
    "<walk>": "walk",
    "<weigh>": "weigh",
    "<weigh-defined>": "weigh_defined",
    "<flat>": "flat",
    "<concat>": "concat",
    "<finish>": "finish",
    "<piece>": "piece",
}
PIECES = ("<text>", "<plain>", "<lines>", "<attribute>", "<runs>", "<blocks>", "<rows>", "<cells>")
"""Writers between which a piece that a template has written can be told apart, by number."""


_CALL = 20  # steps that a call of a macro is worth
_NO_TEXT: Any = object.__str__
_NEVER_MEANT = (type(None), str, Undefined, bytes, numbers.Number, datetime.date)  # None, NaN and the like


class Piece(Rich):
    """What a macro, a `{% set %}` block or a recursive loop has written: XML that fits where it was written."""

    __slots__ = ("writer", "xml")

    def __init__(self, xml: str, writer: str) -> None:
        self.xml, self.writer = xml, writer

    def __str__(self) -> str:
        xml = re.sub(r"<w:br/>", "\n", re.sub(r"<w:tab/>", "\t", self.xml))
        from html import unescape

        return unescape(re.sub(r"<[^>]*>", "", xml))

    def in_text(self, sink: Sink) -> str | None:  # noqa: ARG002
        return self.xml if self.writer == "<text>" else None

    def to_runs(self, sink: Sink, base: str = "") -> str:
        if self.writer == "<text>":
            dress = f"<w:rPr>{base}</w:rPr>" if base else ""
            return f'<w:r>{dress}<w:t xml:space="preserve">{self.xml}</w:t></w:r>'
        return self.xml if self.writer == "<runs>" else Run(str(self)).to_runs(sink, base)

    def to_blocks(self, sink: Sink) -> str | None:  # noqa: ARG002
        return self.xml if self.writer == "<blocks>" else None


class RenderContext(Context):
    """Jinja's context with the writers that compiled tags call, one per kind of place."""

    job: Job
    places: Sequence[Place]

    def write_text(self, value: object, place: int) -> str:
        """Inside `<w:t>` of a run."""
        # Nearly always a text without anything to escape, and calls are what costs here.
        if type(value) is str and (special(value) is None if len(value) < LONG else is_plain(value)):
            job = self.job
            job.room -= len(value)
            if job.room < 0:
                raise Refusal("KS465")
            return value
        try:
            if type(value) is str:
                text = escape_text(value)
            elif isinstance(value, Rich):
                text = self._rich_text(value)
            else:
                text = escape_text(self._printed(value))
        except Refusal as refusal:
            return self._refused(refusal, place)
        self._paid(text)
        return text

    def _rich_text(self, value: Rich) -> str:
        text = value.in_text(self.job)
        if text is not None:
            return text
        inside = value.in_run(self.job)
        if inside is not None:
            return f'</w:t>{inside}<w:t xml:space="preserve">'
        return escape_text(text_of(value))

    def write_plain(self, value: object, place: int) -> str:
        """Inside another element that holds text only."""
        return self._write_flat(value, place, escape_plain)

    def write_lines(self, value: object, place: int) -> str:
        """Inside an element of text that may hold newlines as they are."""
        return self._write_flat(value, place, lambda text: escape_plain(text, lines=True))

    def write_attribute(self, value: object, place: int) -> str:
        return self._write_flat(value, place, escape_attribute)

    def write_field(self, value: object, place: int) -> str:
        """Inside the code of a field, where a value must stay one word or one quoted text."""
        return self._write_flat(value, place, _escape_field)

    def _write_flat(self, value: object, place: int, escape: Callable[[str], str]) -> str:
        try:
            if isinstance(value, (Drawn, PageBreak)):
                raise Refusal("KS470", jenis=type_words(value))
            text = escape(self._printed(value))
        except Refusal as refusal:
            return self._refused(refusal, place)
        self._paid(text)
        return text

    def write_runs(self, value: object, place: int) -> str:
        """Between the runs of a paragraph."""
        job = self.job
        try:
            rich = value if isinstance(value, Rich) else Run(self._printed(value))
            text = rich.to_runs(job, self.places[place].base)
        except Refusal as refusal:
            return self._refused(refusal, place)
        job.room -= len(text)
        if job.room < 0:
            raise Refusal("KS465")
        return text

    def write_blocks(self, value: object, place: int) -> str:
        """Between paragraphs: a Paragraph or Table, a list of them, or anything that fits into one."""
        if not isinstance(value, (list, tuple)):
            return self._write_block(value, place)
        self.job.spend(len(value))
        return "".join(self._write_block(item, place) for item in value)

    def _write_block(self, value: object, place: int) -> str:
        try:
            if isinstance(value, (str, Undefined)) and not self._printed(value):
                return ""  # no paragraph for nothing
        except Refusal as refusal:
            return self._refused(refusal, place)
        if isinstance(value, Rich):
            try:
                text = value.to_blocks(self.job)
            except Refusal as refusal:
                return self._refused(refusal, place)
            if text is not None:
                self._paid(text)
                return text
        return f"<w:p>{self.write_runs(value, place)}</w:p>"

    def write_rows(self, value: object, place: int) -> str:
        return self._write_piece(value, place, "<rows>")

    def write_cells(self, value: object, place: int) -> str:
        return self._write_piece(value, place, "<cells>")

    def _write_piece(self, value: object, place: int, writer: str) -> str:
        """Between rows or cells: only what a macro or a recursive loop has written at a like place."""
        if isinstance(value, Piece) and value.writer == writer:
            return value.xml
        return self._refused(Refusal("KS470", jenis=type_words(value)), place)

    def write_drawing_id(self, _value: object, _place: int) -> str:
        """The id of a drawing that a loop may copy."""
        return str(self.job.drawing_id())

    def write_list_id(self, original: int, group: int) -> str:
        """The number of a list that begins anew with every turn of a loop."""
        return str(self.job.list_id(group, original))

    def write_restart(self, _value: object, group: int) -> str:
        self.job.restart_list(group)
        return ""

    def _paid(self, text: str) -> None:
        job = self.job
        job.room -= len(text)
        if job.room < 0:
            raise Refusal("KS465")

    def _refused(self, refusal: Refusal, place: int) -> str:
        self.job.refuse_once(refusal, self.places[place])
        return ""

    def _printed(self, value: object) -> str:
        environment: Any = self.environment
        if environment.own_undefined and isinstance(value, Undefined):
            return str(value)
        methods = environment.methods
        if methods and isinstance(value, methods) and getattr(type(value), "__str__", None) is not _NO_TEXT:
            return str(value)
        return printed(value)

    def walk(self, value: Any, place: int, size: int, steps: int) -> Iterable[object]:
        """What a loop goes over, paid for in advance; `size` is the static text of one turn, `steps` its work."""
        job = self.job
        try:
            if isinstance(value, Undefined):
                if not (type(value) is Undefined or self.environment.own_undefined):  # type: ignore[attr-defined]
                    raise undefined_refusal(value)
                value = list(value)
            if value is None or isinstance(value, (str, bytes, int, float)):
                raise Refusal("KS468", jenis=type_words(value))
            if not hasattr(value, "__len__"):
                try:
                    value = list(islice(iter(value), job.steps + 1))
                except TypeError:
                    raise Refusal("KS468", jenis=type_words(value)) from None
        except Refusal as refusal:
            job.refuse_once(refusal, self.places[place])
            return ()
        turns = len(value) + 1
        job.spend(turns * (1 + steps), turns * size)
        return value  # type: ignore[no-any-return]

    def weigh(self, value: Any, _place: int) -> Any:
        """`value` on its way into a filter, which will go through all of it."""
        job = self.job
        if isinstance(value, str):
            job.steps -= 1 + (len(value) >> 6)
        elif isinstance(value, (list, tuple, dict, Mapping, range, set, frozenset)):
            job.steps -= 1 + len(value)
        else:
            job.steps -= 1
        if job.steps < 0:
            raise Refusal("KS465")
        return value

    def weigh_defined(self, value: Any, place: int) -> Any:
        """As `weigh`, for a filter of the caller: it sees an undefined value only where the caller said what one is."""
        environment: Any = self.environment
        if isinstance(value, Undefined) and not (type(value) is Undefined or environment.own_undefined):
            raise undefined_refusal(value)
        return self.weigh(value, place)

    def flat(self, value: Any, _place: int) -> Any:
        """An item of a list that a template writes: no list itself, or comparing them could take for ever."""
        if isinstance(value, (list, tuple, dict, set, frozenset)):
            raise Refusal("KS469", nama=f"[{type(value).__name__}]")
        return value

    def concat(self, values: list[Any], _place: int) -> str:
        """`a ~ b`."""
        return self._bounded("".join(map(self._printed, values)))

    def finish(self, value: Any, _place: int) -> Any:
        """What the caller makes of every value before it is printed (`finalize` of a Jinja environment)."""
        return self.environment.own_finalize(value)  # type: ignore[attr-defined]

    def piece(self, value: Any, writer: int, size: int, steps: int) -> Any:
        """What a macro or a recursive loop gave back, which its own tags have escaped."""
        self.job.spend(_CALL + steps, size)
        return Piece(str(value), PIECES[writer]) if type(value) is Markup else value

    def _bounded(self, text: str) -> str:
        self.job.spend(1 + (len(text) >> 6))
        if len(text) > MAX_TEXT:
            raise Refusal("KS465")
        return text


class BreakingContext(RenderContext):
    """For plain texts in which `\\a` is a new paragraph and `\\f` a new page, as docxtpl has it."""

    def write_text(self, value: object, place: int) -> str:
        if type(value) is not str or ("\a" not in value and "\f" not in value):
            return super().write_text(value, place)
        try:
            text = escape_breaking(value, self.job)
        except Refusal as refusal:
            return self._refused(refusal, place)
        self._paid(text)
        return text


class SpeakingContext(BreakingContext):
    """For values that print what their `str` says, as in docxtpl, as long as that is meant to be read."""

    def _printed(self, value: object) -> str:
        if isinstance(value, Enum):
            return str(value)
        try:
            return super()._printed(value)
        except Refusal:
            if value is not True and value is not False and isinstance(value, _NEVER_MEANT):
                raise
            text = str(value)
            if callable(value) or (text.startswith("<") and text.endswith(">")):
                raise  # the address of an object in memory, and the like
            return text

    def walk(self, value: Any, place: int, size: int, steps: int) -> Iterable[object]:
        return super().walk(list(value) if isinstance(value, str) else value, place, size, steps)


class LenientContext(BreakingContext):
    """For values that print as docxtpl prints them: missing ones as nothing, all others as `str` says."""

    def _printed(self, value: object) -> str:
        if isinstance(value, str):
            return printed(value)
        return str(value)

    def walk(self, value: Any, place: int, size: int, steps: int) -> Iterable[object]:
        return super().walk(list(value) if isinstance(value, (str, Undefined)) else value, place, size, steps)

    def weigh_defined(self, value: Any, place: int) -> Any:
        return self.weigh(value, place)


def _escape_field(text: str) -> str:
    if found := re.search(r'["\\{}]', text):
        raise Refusal("KS463", aksara=found[0])
    return escape_attribute(text)


def printed(value: object) -> str:
    if isinstance(value, Undefined):
        if type(value) is Undefined:  # the `else` that a conditional expression lacks (missing names are strict)
            return ""
        raise undefined_refusal(value)
    return text_of(value)
