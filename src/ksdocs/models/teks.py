"""Text that remembers where it came from."""

from __future__ import annotations


class NumericText(str):
    """Text of a numeric spreadsheet cell: equal to the same plain text, yet known to have been a number.

    A spreadsheet keeps numbers as floats, so a NIP, an account or a nomor that arrives as a number has
    already lost digits or leading zeros. Models refuse it where an identifier belongs and take it
    everywhere else.
    """

    __slots__ = ()
