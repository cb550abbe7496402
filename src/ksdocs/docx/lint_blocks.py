"""How the tags of a part fit together: commands that exist, blocks that open and close, expressions that can be read.

The engine gives up at the first mistake; here every one is found, and what is left is mended into a source of Jinja in
which line n is tag n, so that the names in it can be looked at all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import jinja2

from ksdocs.docx.lint_scan import Part, Tag
from ksdocs.problems import Problem, problem, suggest

ENDS: Final = {
    "if": "endif",
    "for": "endfor",
    "with": "endwith",
    "macro": "endmacro",
    "filter": "endfilter",
    "set": "endset",
}
"""Command → what closes it; `set` only where it has no `=`."""
_OPENED: Final = {end: command for command, end in ENDS.items()}
_BRANCHES: Final = {"else": ("if", "for"), "elif": ("if",)}
_ALONE: Final = frozenset({"break", "continue", "do"})
_OF_CELLS: Final = frozenset({"colspan", "cellbg", "vm", "hm"})
COMMANDS: Final = (*ENDS, *_OPENED, *_BRANCHES, "break", "continue", *sorted(_OF_CELLS))
REFUSED: Final = frozenset(
    [
        "include",
        "import",
        "from",
        "extends",
        "block",
        "endblock",
        "call",
        "endcall",
        "autoescape",
        "endautoescape",
        "do",
        "trans",
        "endtrans",
    ]
)
"""Commands of Jinja that a template may not use."""
_MEANT: Final = {
    "jika": "if",
    "kalau": "if",
    "bila": "if",
    "apabila": "if",
    "untuk": "for",
    "ulang": "for",
    "atau": "else",
    "lain": "else",
    "lainnya": "else",
    "elseif": "elif",
    "elsif": "elif",
    "selesai": "endif",
    "end": "endif",
    "foreach": "for",
}
ANY: Final = "ks_any"
"""Stands in the mended source for what could not be read."""


@dataclass(slots=True)
class Found:
    """A problem and the tag it is at."""

    problem: Problem
    tag: Tag


@dataclass(slots=True, eq=False)
class _Frame:
    tag: Tag
    command: str
    members: list[Tag]


@dataclass(slots=True)
class Reading:
    """What was found in a part: `faulty` are tags that the engine cannot take; `lines` is the mended source; `blocks`:
    tag → all tags of the block that it opens, divides or closes."""

    found: list[Found] = field(default_factory=list)
    faulty: set[Tag] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)
    blocks: dict[Tag, list[Tag]] = field(default_factory=dict)

    def whole(self, tags: Iterable[Tag]) -> set[Tag]:
        """`tags`, and all that belong to the same blocks."""
        found = set(tags)
        waiting = list(found)
        while waiting:
            more = set(self.blocks.get(waiting.pop(), ())) - found
            found |= more
            waiting += more
        return found

    @property
    def source(self) -> str:
        return "\n".join(self.lines)


@dataclass(slots=True)
class _Slip:
    """A block that a `closer` of an outer one cut off."""

    frame: _Frame
    closer: Tag


def read_blocks(part: Part, environment: jinja2.Environment) -> Reading:
    """Every mistake in the tags of `part`, each alone and as blocks."""
    return _Reader(part, environment).run()


class _Reader:
    def __init__(self, part: Part, environment: jinja2.Environment) -> None:
        self._part, self._environment = part, environment
        self._reading = Reading()
        self._stack: list[_Frame] = []
        self._slips: list[_Slip] = []
        self._at = 0

    def run(self) -> Reading:
        tags, reading = self._part.tags, self._reading
        reading.lines = [""] * len(tags)
        raw = False
        for index, tag in enumerate(tags):
            if tag.command in ("raw", "endraw"):
                raw = tag.command == "raw"
            elif not raw:
                self._at = index
                reading.lines[index] = self._line(tag)
        for frame in reversed(self._stack):
            self._unclosed(frame, None)
        if self._stack:
            reading.lines.append("".join(f"{{% {ENDS[f.command]} %}}" for f in reversed(self._stack)))
        self._tell_slips()
        return reading

    # ------------------------------------------------------------------ one tag

    def _line(self, tag: Tag) -> str:
        """What stands for `tag` in the mended source."""
        if tag.end < 0:
            closer = {"{{": "}}", "{%": "%}", "{#": "#}"}[tag.kind]
            self._tell("KS450", tag, tag=tag.text.strip(), penutup=closer)
            return self._guessed(tag)
        if tag.kind == "{#":
            return ""
        if tag.prefix in ("tr", "tc") and not tag.paragraph.table:
            return self._outside(tag)
        return self._value(tag) if tag.kind == "{{" else self._statement(tag)

    def _outside(self, tag: Tag) -> str:
        """A row tag outside of a table; the others of its block are mended together with the first."""
        outer = next((f.tag for f in reversed(self._stack) if ENDS[f.command] == tag.command), None)
        if outer is not None and outer.prefix == tag.prefix and outer in self._reading.faulty:
            self._reading.faulty.add(tag)
        else:
            should = tag.text.replace(f"{tag.kind}{tag.prefix}", f"{tag.kind}p")
            end = ENDS.get(tag.command, "")
            self._tell("KS489", tag, tag=tag.text, seharusnya=should, penutup=f"{{%p {end} %}}" if end else "")
        return self._guessed(tag)

    def _guessed(self, tag: Tag) -> str:
        """A broken tag that opens or closes a block does so all the same: one mistake is told once."""
        if tag.kind != "{%" or tag.command not in (*ENDS, *_OPENED):
            return ""
        if tag.command in _OPENED:
            return self._end(tag)
        return self._open(tag, readable=False)

    def _value(self, tag: Tag) -> str:
        text = f"{{{{ {tag.inside} }}}}"
        reason = self._unreadable(text, tag)
        if not reason:
            return text
        self._tell("KS457", tag, tag=tag.text, galat=reason)
        return ""

    def _statement(self, tag: Tag) -> str:
        command = tag.command
        if command in _OF_CELLS:
            rest = tag.inside[len(command) :].strip()
            return f"{{{{ ({rest})|string }}}}" if rest and not self._unreadable(f"{{{{ {rest} }}}}", tag) else ""
        if command in REFUSED:
            self._tell("KS452", tag, perintah=command, tag=tag.text)
            return ""
        if command not in COMMANDS and command not in _ALONE:
            return self._unknown(tag)
        if command in _OPENED:
            return self._end(tag)
        if command in _BRANCHES:
            return self._branch(tag)
        if command in ENDS and not (command == "set" and "=" in tag.inside):
            text = f"{{% {tag.inside} %}}{{% {ENDS[command]} %}}"
            reason = self._unreadable(text, tag)
            if reason:
                self._tell("KS457", tag, tag=tag.text, galat=reason)
            return self._open(tag, readable=not reason)
        text = f"{{% {tag.inside} %}}"
        reason = self._unreadable(text if command not in _ALONE else f"{{% for x in [] %}}{text}{{% endfor %}}", tag)
        if reason:
            self._tell("KS457", tag, tag=tag.text, galat=reason)
        return "" if reason or command in _ALONE else text

    def _unknown(self, tag: Tag) -> str:
        words = tag.inside.split()
        glued = re.fullmatch(r"(p|tr|tc|r)(\w+)", words[0]) if words and not tag.prefix else None
        if glued and glued[2] in COMMANDS:
            words[:1] = [glued[1], glued[2]]
        near = _nearest_command(words)
        loose = bool(words) and words[0] in ("p", "tr", "tc", "r") and len(words) > 1
        if loose:
            near = f"{{%{words[0]} {' '.join(words[1:])} %}}"
        elif near:
            near = tag.written(near if near.startswith("end") or near == "else" else f"{near} …")
        self._tell("KS478", tag, perintah=tag.command or "".join(words[:1]), tag=tag.text, mungkin=near)
        meant = words[1] if loose else (_nearest_command(words) or "")
        stand_in = Tag(
            tag.paragraph, tag.start, tag.end, tag.text, "{%", tag.prefix,
            " ".join(words[1:]) if loose else meant, tag.order,
        )  # fmt: skip
        if meant in ENDS:
            return self._open(tag, readable=False, command=meant)
        if meant in _OPENED:
            return self._end(stand_in, tag)
        if meant in _BRANCHES and self._stack:
            self._join(tag, self._stack[-1])
            return "{% else %}"
        return ""

    def _unreadable(self, text: str, tag: Tag) -> str:
        """Why Jinja cannot read `text`, in plain words; nothing when it can."""
        try:
            self._environment.parse(text)
        except jinja2.TemplateError as error:
            return explain(getattr(error, "message", None) or str(error), tag.inside)
        except Exception as error:  # deep nesting makes the parser give up in many ways
            return type(error).__name__
        return ""

    # ------------------------------------------------------------------ blocks

    def _open(self, tag: Tag, *, readable: bool, command: str = "") -> str:
        command = command or tag.command
        self._stack.append(_Frame(tag, command, [tag]))
        self._reading.blocks[tag] = self._stack[-1].members
        return f"{{% {tag.inside} %}}" if readable else _stand_in(command, tag.inside)

    def _end(self, tag: Tag, misspelt: Tag | None = None) -> str:
        """Closes what `tag` closes; what stood open within is told. `misspelt`: the tag as it stands, told already."""
        wanted = _OPENED[tag.command]
        if misspelt is None and self._is_orphan(tag, wanted):
            self._tell("KS476", tag, tag=tag.text, pembuka=tag.written(f"{wanted} …"))
            return ""
        if any(frame.command == wanted for frame in self._stack):
            line = ""
            while self._stack[-1].command != wanted:
                inner = self._stack.pop()
                self._slips.append(_Slip(inner, tag))
                line += f"{{% {ENDS[inner.command]} %}}"
            self._join(misspelt or tag, self._stack.pop())
            return f"{line}{{% {tag.command} %}}"
        if misspelt is not None:
            return ""
        slip = next(
            (s for s in reversed(self._slips) if tag.command in (s.closer.command, ENDS[s.frame.command])), None
        )
        if slip is not None:
            # The block was not forgotten: it was closed by the wrong command, or in the wrong order.
            self._slips.remove(slip)
            self._wrong_end(slip.closer, slip.frame)
            self._reading.faulty.add(tag)
        elif self._stack:
            frame = self._stack.pop()
            self._join(tag, frame)
            self._wrong_end(tag, frame)
            return f"{{% {ENDS[frame.command]} %}}"
        else:
            self._tell("KS476", tag, tag=tag.text, pembuka=tag.written(f"{wanted} …"))
        return ""

    def _is_orphan(self, tag: Tag, wanted: str) -> bool:
        """Does nothing that stands open need this end? What it might be taken for has one of its own later."""
        if not self._stack or self._slips:
            return False
        frame = next((f for f in reversed(self._stack) if f.command == wanted), None)
        if frame is None:
            return self._closes_later(self._stack[-1])
        return frame.tag.prefix != tag.prefix and self._closes_later(frame)

    def _closes_later(self, frame: _Frame) -> bool:
        depth = 0
        for tag in self._part.tags[self._at + 1 :]:
            if tag.prefix != frame.tag.prefix or tag.end < 0:
                continue
            if tag.command == ENDS[frame.command]:
                if depth == 0:
                    return True
                depth -= 1
            elif tag.command == frame.command:
                depth += 1
        return False

    def _branch(self, tag: Tag) -> str:
        allowed = _BRANCHES[tag.command]
        if tag.command == "elif":
            text = f"{{% {tag.inside.replace('elif', 'if', 1)} %}}{{% endif %}}"
            reason = self._unreadable(text, tag)
            if reason:
                self._tell("KS457", tag, tag=tag.text, galat=reason)
        else:
            reason = self._unreadable(f"{{% if 1 %}}{{% {tag.inside} %}}{{% endif %}}", tag)
            if reason:
                self._tell("KS457", tag, tag=tag.text, galat=reason)
        if not self._stack or self._stack[-1].command not in allowed:
            inner = [f.command for f in self._stack]
            if not any(command in allowed for command in inner):
                self._tell("KS476", tag, tag=tag.text, pembuka=tag.written("if …"))
            else:
                self._tell("KS477", tag, tag=tag.text, pembuka=self._stack[-1].tag.text,
                           dekat=near(self._stack[-1].tag), penutup=tag.written(ENDS[inner[-1]]))  # fmt: skip
            return ""
        self._join(tag, self._stack[-1])
        return f"{{% {tag.inside} %}}" if not reason else "{% else %}" if tag.command == "else" else "{% elif ks_any %}"

    def _join(self, tag: Tag, frame: _Frame) -> None:
        frame.members.append(tag)
        self._reading.blocks[tag] = frame.members

    def _wrong_end(self, tag: Tag, frame: _Frame) -> None:
        self._reading.faulty.add(frame.tag)
        self._tell("KS477", tag, tag=tag.text, pembuka=frame.tag.text, dekat=near(frame.tag),
                   penutup=tag.written(ENDS[frame.command]))  # fmt: skip

    def _unclosed(self, frame: _Frame, closer: Tag | None) -> None:
        self._tell("KS475", frame.tag, tag=frame.tag.text, penutup=frame.tag.written(ENDS[frame.command]),
                   batas=closer.text if closer else "", dekat=near(closer) if closer else "")  # fmt: skip

    def _tell_slips(self) -> None:
        for slip in self._slips:
            self._unclosed(slip.frame, slip.closer)

    def _tell(self, code: str, tag: Tag, /, **params: Any) -> None:
        self._reading.faulty.add(tag)
        self._reading.found.append(Found(problem(code, self._part.place(tag), **params), tag))


def near(tag: Tag) -> str:
    """Where a tag stands, in a few words: its paragraph, or its cell and paragraph."""
    text = " ".join(tag.paragraph.text.split())
    words = f"“{text if len(text) <= 50 else text[:49] + '…'}”"
    cell = " / ".join(f"{row}.{column}" for row, column in tag.paragraph.table)
    return f"{words} [{cell}]" if cell else words


def _stand_in(command: str, inside: str) -> str:
    """A readable beginning of a block whose own cannot be read."""
    if command == "for":
        names = re.match(r"\w+\s+([^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*)", inside)
        return f"{{% for {names[1] if names else 'ks_item'} in {ANY} %}}"
    if command == "macro":
        return "{% macro ks_macro() %}"
    if command == "filter":
        return "{% filter string %}"
    if command == "set":
        return "{% set ks_set %}"
    return "{% with %}" if command == "with" else f"{{% if {ANY} %}}"


def _nearest_command(words: Sequence[str]) -> str:
    if not words:
        return ""
    first = words[0].lower()
    if first == "end" and len(words) > 1 and f"end{words[1].lower()}" in _OPENED:
        return f"end{words[1].lower()}"
    if first == "else" and len(words) > 1 and words[1].lower() == "if":
        return "elif"
    return _MEANT.get(first, "") or (first if first in COMMANDS else suggest(first, COMMANDS))


_REASONS: Final[tuple[tuple[str, str], ...]] = (
    (r"unexpected char ['\"]&['\"]", "“&” ditulis `and`"),
    (r"unexpected char ['\"]≥['\"]", "“≥” ditulis `>=`"),
    (r"unexpected char ['\"]≤['\"]", "“≤” ditulis `<=`"),
    (r"unexpected char ['\"]≠['\"]", "“≠” ditulis `!=`"),
    (r"unexpected char ['\"]…['\"]", "“…” hanya contoh; tulis nama isian di tempatnya"),
    (
        r"unexpected char ['\"]([–—])['\"]",
        "“{0}” adalah tanda pisah yang dibuat Word, bukan bagian sebuah nama; pakai satu tag untuk setiap isian",
    ),
    (r"unexpected char ['\"]+['\"]", "tanda kutip dibuka dan tidak ditutup"),
    (r"expected name or number", "sesudah titik seharusnya ada nama isian"),
    (r"unexpected char ['\"](.)['\"]", "aksara “{0}” tidak dikenal di sini"),
    (r"Expected an expression, got 'end of", "ada yang kurang: di sini seharusnya ada nama isian atau nilai"),
    (r"expected token 'end of (?:print|statement)[^']*', got '='", "`=` dipakai untuk membandingkan; tulis `==`"),
    (r"expected token 'in', got", "tulis `for x in daftar`"),
    (
        r"expected token 'end of (?:print|statement)[^']*', got '(.*?)'",
        "sebelum “{0}” ada yang kurang, atau “{0}” berlebih",
    ),
    (r"unexpected '(.*?)', expected '(.*?)'", "“{0}” menutup kurung yang salah; seharusnya “{1}”"),
    (r"unexpected '(.*?)'", "“{0}” tidak diharapkan di sini"),
    (r"expected token '(.*?)', got 'end of", "ada yang kurang di ujung: seharusnya ada “{0}”"),
    (r"expected token '(.*?)', got '(.*?)'", "seharusnya ada “{0}”, tetapi tertulis “{1}”"),
    (r"[Cc]an(?:no|')t assign", "nama di sebelah kiri tidak dapat diberi nilai"),
    (r"Encountered unknown tag '(.*?)'", "“{0}” tidak mempunyai pembuka di tempat yang setara"),
    (r"[Uu]nexpected end of template", "yang dibuka di sini tidak ditutup di tempat yang setara"),
)


def explain(message: str, inside: str) -> str:
    """What Jinja says of a tag, in the words of an officer."""
    spaced = re.fullmatch(r"([^\W\d]\w*) ([^\W\d]\w*)((?: [^\W\d]\w*)*)", inside)
    if spaced and spaced[1] not in COMMANDS and "end of print" in message:
        if spaced[1] in ("p", "r", "tr", "tc"):
            return f"tulis `{{{{{spaced[1]} …` tanpa spasi sebelum `{spaced[1]}`"
        return f"nama isian tidak berisi spasi; tulis `{'_'.join(inside.split())}`"
    if inside.startswith("{") and "expected token ':'" in message:
        return "kurung kurawalnya lebih dari dua"
    if re.match(r"else\s+if\b", inside):
        return "“else if” ditulis `elif`"
    for pattern, words in _REASONS:
        if found := re.search(pattern, message):
            return words.format(*found.groups())
    return message[:200]
