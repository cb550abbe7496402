"""What went wrong while a template was filled, as an officer can understand it: never the words of Python or Jinja."""

from __future__ import annotations

import re
from typing import Final

import jinja2

from ksdocs.docx.xmltext import Refusal
from ksdocs.problems import KsdocsError, Problem, problem

_UNREADABLE: Final = re.compile(r"(?s)'(.*)' is no (?:date|exact number|time|month|amount)\b")
_ARGUMENTS: Final = re.compile(r"\bargument|\bkeyword\b|number placeholder|format string")
_EMPTY: Final = re.compile(r"No (?:first|last|random) item, sequence was empty")
_SHOWN: Final = 60


def told(error: Exception, expression: str) -> list[Problem]:
    """The problems that an exception in a template means; `expression` is the tag in hand.

    KS896 division by zero, KS897 a value of another type than is needed, KS898 a filter or function used in another
    way than it is made for, KS899 no such entry, KS460 no such field, KS469 not allowed, KS466 anything else.
    """
    if isinstance(error, KsdocsError):
        return list(error.problems)
    if isinstance(error, Refusal):
        return [error.problem()]
    if isinstance(error, jinja2.exceptions.SecurityError):
        return [problem("KS469", None, nama=expression)]
    if isinstance(error, jinja2.UndefinedError):
        return [_undefined(str(error), expression)]
    return [_wrong_use(error)]


def _undefined(words: str, expression: str) -> Problem:
    if _EMPTY.search(words):
        return problem("KS899")
    quoted = re.search(r"'([^']*)'(?: is undefined)?$|element (.*)$", words)
    return problem("KS460", None, nama=(quoted[1] or quoted[2]) if quoted else expression, usul="–")


def _wrong_use(error: Exception) -> Problem:
    words = str(error)
    detail = f"{type(error).__name__}: {words}"[:200]  # for programmers; no message shows it
    if isinstance(error, ZeroDivisionError):
        return problem("KS896", galat=detail)
    if unreadable := _UNREADABLE.match(words):
        return problem("KS897", nilai=unreadable[1][:_SHOWN], galat=detail)
    if isinstance(error, TypeError) and _ARGUMENTS.search(words):
        return problem("KS898", galat=detail)
    if isinstance(error, (IndexError, KeyError)):
        return problem("KS899", galat=detail)
    if isinstance(error, (TypeError, AttributeError, ValueError, ArithmeticError)):
        return problem("KS897", nilai="", galat=detail)
    return problem("KS466", galat=type(error).__name__)


def missing_entry(name: object, owner: object, hint: str) -> bool:
    """Is what is missing an entry of a list, by its number or as the first of none?"""
    return bool(_EMPTY.search(hint)) or (isinstance(owner, (list, tuple)) and str(name).lstrip("-").isdigit())
