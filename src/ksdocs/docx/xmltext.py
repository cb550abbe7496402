"""Text on its way into XML: escaped, or refused where XML or Word cannot hold it."""

from __future__ import annotations

import datetime
import math
import numbers
import re
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

from ksdocs.problems import Location, Problem

if TYPE_CHECKING:
    from ksdocs.docx.charts import Chart
    from ksdocs.docx.pictures import InlineImage

BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

# Controls, surrogates and non-characters that XML refuses or Word shows as nothing; the two bidi overrides,
# which make a reader see other words than the file holds. A newline and a tab have their own rules.
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff"
_bad = re.compile(f"[{_FORBIDDEN}]")
special = re.compile(f'[&<>"\t\n{_FORBIDDEN}]').search
"""The first character that no text may hold as it is, anywhere in XML; None for most texts."""

LONG = 48
"""Characters from which on it pays to ask `is_plain`."""
_SPECIAL_BYTES = bytes([*range(0x20), 0x7F, *b'&<>"'])


def is_plain(text: str) -> bool:
    """Is there nothing `special` in `text`? Asked of bytes, a long one is gone through three times as fast."""
    if text.isascii():
        return len(text.encode().translate(None, _SPECIAL_BYTES)) == len(text)
    return special(text) is None


class Refusal(Exception):  # noqa: N818 - no error of its own: becomes a Problem at the place of its tag
    """A value or a step of a template that is refused; the place is added by whoever knows it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def problem(self) -> Problem:
        return Problem(self.code, Location(), {name: str(value) for name, value in self.params.items()})


def _checked(text: str) -> str:
    """`text` with `\\r\\n` as `\\n`; refuses characters that must not reach a document."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if found := _bad.search(text):
        raise Refusal("KS463", aksara=f"U+{ord(found[0]):04X}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_text(text: str) -> str:
    """`text` as the inside of a `<w:t>` of a run: newlines become line breaks, tabs become tabs."""
    if special(text) is None:
        return text
    text = _checked(text)
    if "\n" in text:
        text = text.replace("\n", BREAK)
    if "\t" in text:
        text = text.replace("\t", TAB)
    return text


def escape_plain(text: str, *, lines: bool = False) -> str:
    """`text` as the inside of any other element; newline and tab are refused unless `lines`."""
    if special(text) is None:
        return text
    escaped = _checked(text)
    if not lines and ("\n" in escaped or "\t" in escaped):
        raise Refusal("KS464")
    return escaped


def escape_attribute(text: str) -> str:
    """`text` as the inside of a double-quoted attribute; newline and tab are refused."""
    if special(text) is None:
        return text
    return escape_plain(text).replace('"', "&quot;")


_BREAKS = re.compile("([\a\f])")


def escape_breaking(text: str, sink: Sink) -> str:
    """As `escape_text`, for values in which `\\a` is a new paragraph and `\\f` a new page.

    Both stay in the XML as they are; `breaks.break_paragraphs` makes paragraphs of them once the part is whole.
    """
    if "\a" not in text and "\f" not in text:
        return escape_text(text)
    sink.break_paragraph()
    return "".join(t if t in ("\a", "\f") else escape_text(t) for t in _BREAKS.split(text))


class Sink(Protocol):
    """What a value asks of the document that is being written: numbers and parts of its own."""

    def bookmark(self, name: str) -> int | None: ...
    def drawing_id(self) -> int: ...
    def image(self, image: InlineImage) -> str: ...
    def chart(self, chart: Chart) -> str: ...
    def link(self, url: str) -> str: ...
    def has_link(self, number: str) -> bool: ...
    def break_paragraph(self) -> None: ...


class Rich:
    """Base of the values that print as more than text (`docx.values`). `str()` gives the plain text."""

    __slots__ = ()

    def in_text(self, sink: Sink) -> str | None:  # noqa: ARG002
        """The XML inside `<w:t>` of a run; None for its plain text, escaped."""
        return None

    def in_run(self, sink: Sink) -> str | None:  # noqa: ARG002
        """The XML inside a run, between its texts; None where only the plain text can stand there."""
        return None

    def to_runs(self, sink: Sink, base: str = "") -> str:  # noqa: ARG002
        """The XML between the runs of a paragraph, in the dress `base` (inside of a `w:rPr`)."""
        raise Refusal("KS470", jenis=type(self).__name__)

    def to_blocks(self, sink: Sink) -> str | None:  # noqa: ARG002
        """The XML between paragraphs; None for one paragraph with its runs."""
        return None


class Drawn(Rich):
    """Base of the values that are drawn and have no words: they can stand in a run only."""

    __slots__ = ()


_TYPES: Final = {
    "str": "teks (text)",
    "Markup": "teks (text)",
    "int": "bilangan (number)",
    "float": "bilangan (number)",
    "Decimal": "bilangan (number)",
    "bool": "ya/tidak (yes/no)",
    "list": "daftar (list)",
    "tuple": "daftar (list)",
    "dict": "kelompok isian (group)",
    "Runs": "teks kaya (rich text)",
    "RichText": "teks kaya (rich text)",
    "Table": "tabel (table)",
    "InlineImage": "gambar (picture)",
    "function": "fungsi (function)",
    "builtin_function_or_method": "fungsi (function)",
}


def type_words(value: object) -> str:
    """What a value is, in words of officers; of what they never meet, the name of its type."""
    name = type(value).__name__
    return _TYPES.get(name, name)


def text_of(value: object) -> str:
    """The text that `value` prints.

    Refuses (by `Refusal`) what nobody means to print: KS461 an empty value, KS462 a list, a mapping, a
    function, a truth value or any object without a text of its own.
    """
    if isinstance(value, str):
        return str.__str__(value) if not hasattr(value, "__html__") else _unescaped(value)
    if isinstance(value, Rich):
        return str(value)
    if value is None:
        raise Refusal("KS461")
    if isinstance(value, Enum):
        return text_of(value.value)
    if isinstance(value, float):
        if math.isfinite(value):
            return str(value)
    elif isinstance(value, _SPOKEN) and not isinstance(value, bool) and value == value:
        # Not equal to themselves are NaN of Decimal and numpy, and NaT of pandas.
        return str(value)
    raise Refusal("KS462", jenis=type_words(value))


_SPOKEN = (int, numbers.Number, datetime.date, datetime.time)  # Decimal is a Number, and so are those of numpy


def _unescaped(value: str) -> str:
    """The text that markup without elements means (`markupsafe.escape("a & b")`)."""
    if "<" in value:
        raise Refusal("KS462", jenis=type_words(value))
    from html import unescape

    return unescape(str.__str__(value))
