"""New paragraphs and pages in the middle of a text: what `\\a` and `\\f` in listings and rich texts become.

Done once a part is written, and only when one of its values holds such a mark: only then is it known which
paragraph and which run the mark stands in, with their dress, and what else is open around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[\a\f]|<(/?)([\w:.-]+)(?:\s[^>]*?)?(/?)>")
_PROPERTIES = frozenset({"w:rPr", "w:pPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:fldData"})
_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>|<w:sectPr[^>]*/>", re.DOTALL)
_CONTROL_ID = re.compile(r"<w:id w:val=\"[^\"]*\"/>")
_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass(slots=True)
class _Open:
    """An element that has not ended: its start tag, its properties, and for a paragraph their place in the output."""

    name: str
    start: str
    properties: str = ""
    piece: int = -1

    @property
    def again(self) -> str:
        return _CONTROL_ID.sub("", self.start + self.properties)


def break_paragraphs(xml: str) -> str:
    """`xml` with each `\\a` and `\\f` turned into the end of its paragraph and the start of a like one."""
    out: list[str] = []
    open_: list[_Open] = []
    done = position = 0
    while found := _TOKEN.search(xml, position):
        position = found.end()
        closing, name, empty = found.groups()
        if name is None:
            out.append(xml[done : found.start()])
            _break(out, open_, found[0])
            done = position
        elif closing:
            while open_ and open_.pop().name != name:
                pass
        elif name in _PROPERTIES and open_:
            end = found.end() if empty else xml.index(f"</{name}>", position) + len(name) + 3
            open_[-1].properties += xml[found.start() : end]
            if name == "w:pPr":
                out += [xml[done : found.start()], xml[found.start() : end]]
                open_[-1].piece = len(out) - 1
                done = end
            position = end
        elif not empty:
            open_.append(_Open(name, found[0]))
    out.append(xml[done:])
    return "".join(out)


def _break(out: list[str], open_: list[_Open], mark: str) -> None:
    depth = next((n for n in reversed(range(len(open_))) if open_[n].name == "w:p"), None)
    if depth is None:
        return
    paragraph, inside = open_[depth], open_[depth + 1 :]
    out += [f"</{element.name}>" for element in reversed(inside)]
    out.append("</w:p>")
    if mark == "\f":
        out.append(_PAGE)
    if paragraph.piece >= 0:  # a section ends with the last of the paragraphs
        out[paragraph.piece] = _SECTION.sub("", out[paragraph.piece])
    out += ["<w:p>", paragraph.properties]
    paragraph.piece = len(out) - 1
    out += [element.again for element in inside]
