"""What every workbook of ours has in common: no text becomes a formula, a link or a number, and equal input gives equal
bytes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook

STARTS_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula when somebody types it again or saves it as CSV."""
MAX_CELL: Final = 32_767
"""Characters of a cell."""
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the same day in every file


def new_book(target: BinaryIO | str, title: str = "", **options: Any) -> Workbook:
    """A workbook that is written to `target` when it is closed; `options` are XlsxWriter's (`constant_memory`, …)."""
    from xlsxwriter import Workbook

    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(target, plain | options)
    book.set_properties({"created": _MADE} | ({"title": title} if title else {}))
    return book
