"""Where in the XML a tag stands, followed through the text of a template from tag to tag.

The place decides how a value is written. And because every branch and every turn of a loop must end in the
element where it began, what a template prints is well-formed for whatever data it is given: proved once, when
it is compiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)")
_INSIDE_TAG = re.compile(r'["<>]')


class Broken(Exception):  # noqa: N818 - told to the user as a Problem
    """The XML around a tag does not fit together; `element` is where it shows."""

    def __init__(self, element: str) -> None:
        super().__init__(element)
        self.element = element


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in XML: the open elements; and, within a start tag, its name and whether in an attribute."""

    stack: tuple[str, ...] = ()
    tag: str = ""
    quoted: bool = False

    @property
    def writer(self) -> str:
        """The kind of writer for a value here; empty where no value may stand."""
        if self.tag:
            return ("<field>" if self.tag == "w:fldSimple" else "<attribute>") if self.quoted else ""
        here = self.stack[-1] if self.stack else ""
        if here == "w:t":
            return "<text>" if self.stack[-2:] == ("w:r", "w:t") else "<plain>"
        if here in _TEXT_ONLY:
            return _TEXT_ONLY[here]
        # A content control is as what it stands in.
        around = next((e for e in reversed(self.stack) if e not in ("w:sdtContent", "w:sdt")), "")
        return _HOLDS.get(around, "")

    def advance(self, data: str) -> Spot:
        """The place after `data`.

        Raises:
            Broken: an end tag that does not fit.
        """
        stack, position = list(self.stack), 0
        if self.tag:
            position, rest = _finish_tag(data, self, stack)
            if rest is not None:
                return rest
        while (start := data.find("<", position)) >= 0:
            found = _NAME.match(data, start)
            if found is None:
                raise Broken(data[start : start + 10])
            # Attributes hold `>` only as `&gt;` here: the source was written by lxml.
            end = data.find(">", start)
            name = found[2]
            if end < 0:
                return Spot(tuple(stack), name, data.count('"', start) % 2 == 1)
            if found[1]:
                if not stack or stack.pop() != name:
                    raise Broken(name)
            elif data[end - 1] != "/":
                stack.append(name)
            position = end + 1
        return Spot(tuple(stack))


def _finish_tag(data: str, spot: Spot, stack: list[str]) -> tuple[int, Spot | None]:
    """Where the start tag that `spot` is in ends in `data`, or the spot after `data` if it goes on."""
    position, quoted = 0, spot.quoted
    while True:
        if quoted:
            position = data.find('"', position) + 1
            if not position:
                return 0, Spot(spot.stack, spot.tag, True)
            quoted = False
        found = _INSIDE_TAG.search(data, position)
        if found is None:
            return 0, Spot(spot.stack, spot.tag, False)
        position = found.end()
        if found[0] == '"':
            quoted = True
        elif found[0] == "<":
            raise Broken(spot.tag)
        else:
            if data[position - 2 : position - 1] != "/":
                stack.append(spot.tag)
            return position, None


_HOLDS = {
    **dict.fromkeys(("w:p", "w:hyperlink", "w:smartTag", "w:fldSimple", "w:bdo", "w:dir"), "<runs>"),
    "w:tbl": "<rows>",
    "w:tr": "<cells>",
    **dict.fromkeys(("w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent"), "<blocks>"),
}
_TEXT_ONLY = {
    **dict.fromkeys(("a:t", "m:t", "dc:title", "dc:subject", "dc:creator", "dc:language", "dc:identifier"), "<plain>"),
    **dict.fromkeys(("cp:keywords", "cp:category", "cp:contentStatus", "cp:version"), "<plain>"),
    "dc:description": "<lines>",
    "w:instrText": "<field>",
}
