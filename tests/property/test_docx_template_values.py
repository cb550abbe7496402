"""Whatever a value holds, it arrives as it is or is refused, and the structure of the document stays."""

from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docx_specimens import docx, p, table
from ksdocs.docx.inspect import check
from ksdocs.docx.template import Template
from ksdocs.docx.text import read
from ksdocs.docx.values import Run, Runs
from ksdocs.docx.xmltext import Refusal, escape_attribute, escape_plain, escape_text, is_plain, special
from ksdocs.problems import TemplateError

TEMPLATE = Template.open(
    docx(
        p("{{ x }}")
        + p("[{{r r }}]", run="<w:b/>")
        + p("{% for a in xs %}<{{ a }}>{% endfor %}".replace("<", "&lt;").replace(">", "&gt;"))
        + table((p("{{ x|string }}"), p("{% if x == x %}{{ x ~ '' }}{% endif %}")))
        + p("akhir")
    )
)

MARKUP = ["{{", "}}", "{%", "%}", "{#", "#}", "{_{", "%_}", "-%}", "{%-", "&", "<", ">", "]]>", "&amp;", "&#10;"]
MARKUP += ["<w:p>", "</w:t>", '"', "'", "\n", "\t", "\r\n", "\ufdd0", "\ufdd0" + "0\ufdd1", "\ufdd2", " ", "\u00a0"]
WORDS = ["👩‍👩‍👧", "e\u0301", "سلام", "\u200f", "\u200d", "\u2028", "(1) ", "Pasal 3"]
FORBIDDEN = ["\x00", "\ud83d", "\ufffe", "\u202e"]
tricky = st.lists(st.sampled_from(MARKUP + WORDS + FORBIDDEN), max_size=12).map("".join)
harmless = st.lists(st.sampled_from(MARKUP + WORDS), max_size=30).map("".join)
values = st.one_of(st.text(), tricky, harmless, st.tuples(tricky, harmless).map(lambda t: (t[0] + t[1]) * 300))


def unprintable(character: str) -> bool:
    kind = unicodedata.category(character)
    return (kind == "Cc" and character not in "\n\t") or kind == "Cs" or character in "\ufffe\uffff\u202d\u202e"


@given(values)
@example("a" * 10_240)
@example(" spasi di tepi ")
@example("")
def test_any_text_arrives_unchanged_or_is_refused(value: str) -> None:
    context = {"x": value, "r": Runs([Run(value, italic=True)], bookmark="b"), "xs": [value, value]}
    if any(unprintable(c) for c in value.replace("\r\n", "\n")):
        with pytest.raises(TemplateError) as raised:
            TEMPLATE.render(context)
        assert {q.code for q in raised.value.problems} == {"KS463"}
        return
    data = TEMPLATE.render(context, custom={"nilai": "x"})
    meant = value.replace("\r\n", "\n")
    assert [t.text for t in read(data)] == [meant, f"[{meant}]", f"<{meant}>" * 2, meant, meant, "akhir"]


@given(st.one_of(values, st.text(st.characters(max_codepoint=0x80), max_size=80)))
def test_asking_the_bytes_of_a_text_finds_the_same_as_asking_its_characters(text: str) -> None:
    assert is_plain(text) == (special(text) is None)


@given(st.lists(values, max_size=4))
def test_what_is_printed_is_a_sound_document(items: list[str]) -> None:
    template = Template.open(
        docx(
            p("{%p for a in xs %}")
            + p("{{ a }}{{r a }}")
            + table((p("{%p if loop.first %}") + p("{{ a }}") + p("{%p endif %}"),))
            + p("{%p endfor %}")
            + p()
        )
    )
    try:
        data = template.render({"xs": items}, properties={"title": "t"})
    except TemplateError:
        return
    assert [q for q in check(data) if q.refuses] == []


@given(values)
def test_escaped_text_holds_no_markup_of_its_own(value: str) -> None:
    for escape in (escape_plain, escape_attribute):
        try:
            escaped = escape(value)
        except Refusal:
            continue
        assert "<" not in escaped
        meant = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert meant == value.replace("\r\n", "\n")
    with contextlib.suppress(Refusal):
        assert escape_text(value).count("<") == 3 * (value.count("\n") + value.count("\t"))


@given(
    st.recursive(
        st.sampled_from(["{{ x }}", "teks", "{{r r }}"]),
        lambda inner: st.tuples(
            st.sampled_from(
                [("{% if x %}", "{% endif %}"), ("{% for a in xs %}", "{% endfor %}"), ("{%r if x %}", "{%r endif %}")]
            ),
            st.lists(inner, min_size=1, max_size=3),
        ).map(lambda t: t[0][0] + "".join(t[1]) + t[0][1]),
        max_leaves=8,
    ),
    st.booleans(),
)
def test_nested_tags_never_tear_the_document(source: str, on: bool) -> None:
    template = Template.open(docx(p(source)))
    data = template.render({"x": "x" if on else "", "xs": ["1", "2"], "r": Runs("r")})
    assert [q for q in check(data) if q.refuses] == []
    assert len(list(read(data))) == 1
