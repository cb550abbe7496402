"""Two kinds of picture, drawn with nothing but text: bars and lines, in grey, so that they print and read alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

WIDTH = 720
_FONT = 'font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif"'
_INK, _SOFT, _LINE = "#222222", "#6b6b6b", "#d9d9d9"
DARK, MIDDLE, LIGHT = "#333333", "#8a8a8a", "#bdbdbd"
_DASHES = ("", "7 4", "2 3")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length, the words behind it, its grey."""

    name: str
    value: float
    told: str
    fill: str = LIGHT


@dataclass(frozen=True, slots=True)
class Line:
    """One line through points (x, y), both above 0."""

    name: str
    points: Sequence[tuple[float, float]]


def bars(title: str, note: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars from 0."""
    left, right, step = 190, 90, 30
    top = 64
    height = top + step * len(rows) + 14
    scale = (WIDTH - left - right) / max(row.value for row in rows)
    parts = [_text(0, 22, title, size=16, weight=600), _text(0, 43, note, size=12, fill=_SOFT)]
    for number, row in enumerate(rows):
        y = top + step * number
        long = max(row.value * scale, 2.0)
        parts.append(_text(left - 10, y + 15, row.name, anchor="end"))
        parts.append(f'<rect x="{left}" y="{y}" width="{long:.1f}" height="21" rx="2" fill="{row.fill}"/>')
        parts.append(_text(left + long + 7, y + 15, row.told, fill=_INK))
    parts.append(f'<path d="M{left} {top - 6}V{height - 10}" stroke="{_INK}" stroke-width="1"/>')
    return _whole(title, height, parts)


def lines(title: str, note: str, drawn: Sequence[Line], *, x: str, y: str) -> str:
    """Lines over two logarithmic scales, each with its own dash and its name at its end."""
    left, right, top, bottom, inner = 62, 150, 78, 46, 250
    height = top + inner + bottom
    points = [p for line in drawn for p in line.points]
    low_x, high_x = _decades([p[0] for p in points])
    low_y, high_y = _decades([p[1] for p in points])

    def at(point: tuple[float, float]) -> tuple[float, float]:
        across = (log10(point[0]) - low_x) / (high_x - low_x)
        up = (log10(point[1]) - low_y) / (high_y - low_y)
        return left + across * (WIDTH - left - right), top + (1 - up) * inner

    parts = [_text(0, 22, title, size=16, weight=600), _text(0, 43, note, size=12, fill=_SOFT)]
    for power in range(low_x, high_x + 1):
        across, _ = at((10.0**power, 10.0**low_y))
        parts.append(f'<path d="M{across:.1f} {top}V{top + inner}" stroke="{_LINE}"/>')
        parts.append(_text(across, top + inner + 18, _number(power), anchor="middle", fill=_SOFT, size=12))
    for power in range(low_y, high_y + 1):
        _, down = at((10.0**low_x, 10.0**power))
        parts.append(f'<path d="M{left} {down:.1f}H{WIDTH - right}" stroke="{_LINE}"/>')
        parts.append(_text(left - 8, down + 4, _number(power), anchor="end", fill=_SOFT, size=12))
    middle = left + (WIDTH - left - right) / 2
    parts.append(_text(middle, height - 8, x, anchor="middle", fill=_SOFT, size=12))
    parts.append(_text(left, top - 9, y, fill=_SOFT, size=12))
    taken: list[float] = []
    for number, line in enumerate(drawn):
        places = [at(p) for p in line.points]
        way = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
        dash = f' stroke-dasharray="{_DASHES[number % 3]}"' if _DASHES[number % 3] else ""
        parts.append(f'<polyline points="{way}" fill="none" stroke="{DARK}" stroke-width="2"{dash}/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{DARK}"/>' for a, b in places]
        down = places[-1][1] + 4
        while any(abs(down - other) < 15 for other in taken):
            down += 5
        taken.append(down)
        parts.append(_text(places[-1][0] + 10, down, line.name))
    return _whole(title, height, parts)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _number(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"


def _text(
    x: float, y: float, words: str, *, size: int = 13, anchor: str = "start", fill: str = _INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
        f'font-weight="{weight}" {_FONT}>{escape(words)}</text>'
    )


def _whole(title: str, height: int, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + 32}" height="{height + 16}" '
        f'viewBox="-16 -8 {WIDTH + 32} {height + 16}" role="img" aria-label="{escape(title)}">'
    )
    paper = f'<rect x="-16" y="-8" width="{WIDTH + 32}" height="{height + 16}" fill="#ffffff"/>'
    return "\n".join([head, paper, *parts, "</svg>", ""])
