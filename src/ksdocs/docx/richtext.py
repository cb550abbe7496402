"""Rich text and listings under the names, and with the meaning, that docxtpl gives to them, so that scripts can move.

In their texts a newline is a line break, a tab a tab, `\\a` a new paragraph and `\\f` a new page. What they print is
dressed by them alone: a `RichText` does not take over the dress of the run in which its tag stood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ksdocs.docx.xmltext import Refusal, Rich, Sink, escape_attribute, escape_breaking
from ksdocs.problems import Location, TemplateError, problem

_NS_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_UNDERLINES = frozenset(["single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave"])
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_HIGHLIGHTS = frozenset(
    (
        *("black", "blue", "cyan", "green", "magenta", "red", "yellow", "white", "none", "darkGray", "lightGray"),
        *("darkBlue", "darkCyan", "darkGreen", "darkMagenta", "darkRed", "darkYellow"),
    )
)

# The order in which the schema wants the properties of a run.
_SCHEMA = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl "
    "cs em lang eastAsianLayout specVanish oMath"
)
_ORDER = {name: place for place, name in enumerate(_SCHEMA.split())}


def ordered(properties: Mapping[str, str]) -> str:
    """The inside of a `w:rPr`: name → XML, in the order of the schema."""
    return "".join(properties[name] for name in sorted(properties, key=lambda n: (_ORDER.get(n, 99), n)))


class UrlId(str):
    """An address that a rich text links to; the relationship is made in the part where the text is printed."""

    __slots__ = ()


def build_url_id(url: str) -> UrlId:
    """What `RichText.add(url_id=…)` takes for `url`: the web, mail, telephone, a file beside, `#` and a bookmark.

    Raises:
        TemplateError: KS471 for any other address.
    """
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        scheme = "?"
    relative = not scheme and url[:1] not in ("", "/", "\\") and url != "#"
    if not (scheme in _SCHEMES or relative):
        raise TemplateError([problem("KS471", Location(), alamat=url[:120])])
    return UrlId(url)


class RichText(Rich):
    """Text put together bit by bit; printed by `{{r x }}`."""

    __slots__ = ("_runs",)

    def __init__(self, text: object = None, **dress: object) -> None:
        self._runs: list[tuple[str, str, str]] = []
        if text:
            self.add(text, **dress)  # type: ignore[arg-type]

    def add(
        self,
        text: object,
        style: str | None = None,
        color: str | None = None,
        highlight: str | None = None,
        size: float | str | None = None,
        subscript: bool | None = None,
        superscript: bool | None = None,
        bold: bool = False,
        italic: bool = False,
        underline: bool | str | None = False,
        strike: bool = False,
        font: str | None = None,
        url_id: str | None = None,
        rtl: bool = False,
        lang: str | None = None,
    ) -> None:
        """Append `text`, or another rich text as it is.

        `size` is in half-points; `color` and `highlight` are RRGGBB (a `#` is allowed; `highlight` may be a
        name that Word has); `underline` is True or one of Word's; `font` may name its region ("eastAsia:SimSun");
        `url_id` comes from `Template.build_url_id`.
        """
        if isinstance(text, RichText):
            self._runs += text._runs
            return
        words = _words(text)
        dress: dict[str, str] = {}
        for name, on in (("b", bold), ("i", italic), ("strike", strike)):
            if on:
                dress[name] = f"<w:{name}/>"
                if rtl and name != "strike":
                    dress[f"{name}Cs"] = f"<w:{name}Cs/>"
        line = (underline if underline in _UNDERLINES else "single") if underline else ""
        vertical = "superscript" if superscript else "subscript" if subscript else ""
        valued = {
            "rStyle": style or "",
            "color": (color or "").removeprefix("#"),
            "sz": str(size or ""),
            "szCs": str(size or ""),
            "u": str(line),
            "vertAlign": vertical,
            "rtl": "true" if rtl else "",
            "lang": lang or "",
        }
        for name, value in valued.items():
            if value:
                dress[name] = f'<w:{name} w:val="{_attribute(value)}"/>'
        if highlight in _HIGHLIGHTS:
            dress["highlight"] = f'<w:highlight w:val="{highlight}"/>'
        elif highlight:
            dress["shd"] = f'<w:shd w:val="clear" w:color="auto" w:fill="{_attribute(highlight.removeprefix("#"))}"/>'
        if font:
            dress["rFonts"] = _font(font)
        self._runs.append((words, ordered(dress), url_id or ""))

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return "".join(text for text, _, _ in self._runs)

    def in_text(self, sink: Sink) -> str:
        return escape_breaking(str(self), sink)

    def to_runs(self, sink: Sink, base: str = "") -> str:  # noqa: ARG002
        return "".join(_linked(_run(text, dress, sink), url, sink) for text, dress, url in self._runs)


R = RichText


def _words(text: object) -> str:
    return text.decode("utf-8", "ignore") if isinstance(text, bytes) else str(text)


def _attribute(value: str) -> str:
    try:
        return escape_attribute(value)
    except Refusal as refusal:
        raise TemplateError([refusal.problem()]) from refusal


def _font(font: str) -> str:
    region, _, face = font.rpartition(":")
    face = _attribute(face)
    east = f' w:eastAsia="{face}"' if region == "eastAsia" else ""
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}"{east}/>'


def _run(text: str, dress: str, sink: Sink) -> str:
    properties = f"<w:rPr>{dress}</w:rPr>" if dress else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape_breaking(text, sink)}</w:t></w:r>'


def _linked(run: str, url: str, sink: Sink) -> str:
    if not url:
        return run
    if url.startswith("#"):
        return f'<w:hyperlink w:anchor="{escape_attribute(url[1:])}">{run}</w:hyperlink>'
    if isinstance(url, UrlId):
        number = sink.link(url)
    elif sink.has_link(url):
        number = url
    else:
        raise Refusal("KS471", alamat=url[:120])
    return f'<w:hyperlink xmlns:r="{_NS_R}" r:id="{number}" w:tgtFrame="_blank">{run}</w:hyperlink>'


class RichTextParagraph(Rich):
    """Whole paragraphs, each of a rich text in a paragraph style; printed by `{{p x }}`."""

    __slots__ = ("_paragraphs",)

    def __init__(self, text: object = None, parastyle: str | None = None) -> None:
        self._paragraphs: list[tuple[RichText, str]] = []
        if text:
            self.add(text, parastyle)

    def add(self, text: object, parastyle: str | None = None) -> None:
        """Append a paragraph; `parastyle` is the id of a paragraph style."""
        self._paragraphs.append((text if isinstance(text, RichText) else RichText(text), parastyle or ""))

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return "\n".join(str(text) for text, _ in self._paragraphs)

    def to_blocks(self, sink: Sink) -> str:
        pieces = []
        for text, style in self._paragraphs:
            properties = f'<w:pPr><w:pStyle w:val="{escape_attribute(style)}"/></w:pPr>' if style else ""
            pieces.append(f"<w:p>{properties}{text.to_runs(sink)}</w:p>")
        return "".join(pieces)


RP = RichTextParagraph


@dataclass(frozen=True, slots=True)
class Listing(Rich):
    """Text in the dress of the run where its tag stands, in which `\\a` and `\\f` are new paragraphs and pages."""

    text: str

    def __post_init__(self) -> None:
        given: object = self.text
        if type(given) is not str:
            object.__setattr__(self, "text", _words(given))

    def __str__(self) -> str:
        return self.text

    def in_text(self, sink: Sink) -> str:
        return escape_breaking(self.text, sink)

    def to_runs(self, sink: Sink, base: str = "") -> str:
        return _run(self.text, base, sink)
