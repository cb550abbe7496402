"""However commands over paragraphs, rows, cells and texts are nested, both libraries print the same."""

from __future__ import annotations

from canonical import differences
from hypothesis import given, settings
from hypothesis import strategies as st
from two_libraries import both

from cases import BOLD, cell
from docx_specimens import docx, p, table

VALUES = {
    "ya": True,
    "tidak": False,
    "xs": ["a & b", "<c>"],
    "ys": [{"n": 1, "zs": [1, 2, 3]}, {"n": 2, "zs": [4]}, {"n": 3, "zs": [5, 6]}],
    "warna": "FF0000",
    "dua": 2,
}
TEXTS = (
    "tetap",
    "{{ xs[0] }}",
    "{% if ya %}A{% else %}B{% endif %}{{ dua }}",
    "{% for x in xs %}{{ loop.index }}{{ x }}{% endfor %}",
    "{% set q = dua + 1 %}{{ q }}{# c #}",
    "{{ ys|map(attribute='n')|join('-') }}",
)
CONDITIONS = ("ya", "tidak", "dua == 2", "not tidak and dua &gt; 1")
texts = st.builds(p, st.sampled_from(TEXTS), run=st.sampled_from(("", BOLD)), style=st.sampled_from(("", "S")))


def _conditional(inside: str, condition: str, other: str) -> str:
    otherwise = p("{%p else %}") + other if other else ""
    return p(f"{{%p if {condition} %}}") + inside + otherwise + p("{%p endif %}")


def _looped(inside: str, over: str) -> str:
    return p(f"{{%p for i in {over} %}}") + p("{{ loop.index }}") + inside + p("{%p endfor %}")


def _row_loop(cells: list[str]) -> str:
    marks = tuple(p() for _ in cells[1:])
    return table(
        tuple(p(f"K{n}") for n, _ in enumerate(cells)),
        (p("{%tr for y in ys %}"), *marks),
        (cell(p("{{ y.n }}") + cells[0]), *(cell(c) for c in cells[1:])),
        (p("{%tr endfor %}"), *marks),
    )


def _cell_loop(inside: str, over: str, extra: str) -> str:
    rows = [(p(f"{{%tc for z in {over} %}}"), cell(p(extra + "{{ loop.index }}") + inside), p("{%tc endfor %}"))]
    return table(*rows)


def _merged(kind: str) -> str:
    if kind == "vm":
        rows = (
            (p("{%tr for y in ys %}"), p()),
            (cell(p("{% vm %}gabung")), cell(p("{{ y.n }}"))),
            (p("{%tr endfor %}"), p()),
        )
        return table(*rows)
    if kind == "hm":
        return table(
            (p("{%tc for y in ys %}"), cell(p("{% hm %}gabung")), p("{%tc endfor %}")), (p("1"), p("2"), p("3"))
        )
    return table((cell(p("{% colspan dua %}gabung")),), (cell(p("1")), cell(p("2"))))


blocks = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.builds(_conditional, inner, st.sampled_from(CONDITIONS), st.one_of(st.just(""), inner)),
        st.builds(_looped, inner, st.sampled_from(("xs", "ys", "[]", "range(2)"))),
        st.builds(_row_loop, st.lists(texts, min_size=1, max_size=3)).map(lambda t: t + p("t")),
        st.builds(
            _cell_loop, texts, st.sampled_from(("xs", "ys", "range(5)")), st.sampled_from(("", "{% cellbg warna %}"))
        ).map(lambda t: t + p("t")),
        st.sampled_from(("vm", "hm", "colspan")).map(_merged).map(lambda t: t + p("t")),
    ),
    max_leaves=6,
)


@given(blocks)
@settings(max_examples=120)
def test_commands_nested_in_any_way_are_filled_alike(body: str) -> None:
    ours, theirs = both(docx(body + p("akhir")), VALUES)
    assert "\n".join(differences(ours, theirs)) == ""


@given(blocks)
@settings(max_examples=40)
def test_commands_nested_in_a_header_are_filled_alike(body: str) -> None:
    ours, theirs = both(docx(p("x"), parts={"header1": body + p("akhir")}), VALUES)
    found = "\n".join(differences(ours, theirs))
    # docxtpl makes grids fit in the body alone (D21).
    changed = [line for line in found.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert all("gridCol" in line or "tblGrid" in line for line in changed), found
