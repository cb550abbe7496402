"""Tables as CSV for a spreadsheet program in Indonesian: `;` between cells, a decimal comma, nothing that runs.

A text that a program would take for a formula, or for a number whose digits it would lose, gets an apostrophe in
front; `restore` takes exactly that apostrophe away again.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import Final

from ksdocs.laporan.evaluasi import Evaluasi
from ksdocs.laporan.tabel import Isi, Tabel

EKSPOR: Final = {"portal": "portal", "lkps": "lkps_1"}
"""Name of an export → id of the table that it writes."""

_GUARDED: Final = re.compile(r"'*(?:[=+\-@\t\r\n＝＋－＠]|0[0-9]+\Z|[0-9]{12,}\Z)")


def export_csv(found: Evaluasi, name: str) -> str:
    """The export `name` of `EKSPOR`; `to_csv` tells its form. KeyError where there is no such export."""
    return to_csv(found.tabel[EKSPOR[name]])


def to_csv(table: Tabel) -> str:
    """A table with its heads, for UTF-8: byte order mark, `;`, CRLF; dates are ISO, numbers have a decimal comma."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.kolom)
    writer.writerows([_text(cell.isi) for cell in row] for row in table.baris)
    return "\ufeff" + held.getvalue()


def _text(value: Isi) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def guard(text: str) -> str:
    """`text`, with an apostrophe in front where a spreadsheet program would not take it as the text that it is."""
    return f"'{text}" if _GUARDED.match(text) else text


def restore(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
