"""One template, many threads: every document is the one that a single thread would have made, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from test_docx_lists import NUMBERING, STYLES, item
from test_docx_values import png

from docx_specimens import docx, p, table
from ksdocs.docx.inspect import check
from ksdocs.docx.template import Template
from ksdocs.docx.values import InlineImage, Paragraph, RichText, Run, Runs, Table
from ksdocs.problems import TemplateError

THREADS = 8
BODY = (
    p("{{ logo }} {{ nama }}")
    + p("[{{r tautan }}]")
    + p("{{p blok }}")
    + p("{{p sub }}")
    + p("{%p for bab in bab %}")
    + p("{{ bab.judul }}")
    + p("{%p for x in bab.butir %}")
    + item("{{ x }}")
    + p("{%p endfor %}")
    + p("{%p endfor %}")
    + table((p("{%tr for x in baris %}"), p()), (p("{{ x }}"), p("{%p if x %}") + p("isi") + p("{%p endif %}")))[:-8]
    + table((p("{%tr endfor %}"), p())).partition("</w:tblGrid>")[2]
    + p("akhir")
)
PARTS = {"numbering": NUMBERING, "styles": STYLES, "header1": p("{{ logo }} {{ nama }}"), "footer1": p("{{r tautan }}")}


def context(template: Template, number: int) -> dict[str, Any]:
    """Everything that a render numbers, relates or grafts, other in each of three records."""
    link = RichText("lihat ")
    link.add("laman", url_id=template.build_url_id(f"https://politeknik.example/{number}"))
    sub = template.new_subdoc()
    sub.add_paragraph(f"sub-dokumen {number}")
    runs = Runs([Run("teks", bold=True)], bookmark=f"pasal.{number}")
    return {
        "logo": InlineImage(png(20 + number, 10), 20, 10, alt=f"logo {number}"),
        "nama": f"PT Umpama & Rekan {number}",
        "tautan": link,
        "sub": sub,
        "blok": [Paragraph(runs), Table((runs,), ((runs,),) * (number + 1))],
        "bab": [{"judul": f"Bab {n}", "butir": ["a", "b"]} for n in range(number + 2)],
        "baris": list(range(number)),
    }


def render(template: Template, number: int) -> bytes:
    return template.render(
        context(template, number), properties={"title": f"t{number}"}, custom={"k": str(number)}, level=1 + number
    )


def together(work: Callable[[int], Any]) -> list[Any]:
    """What `work` gives for each of some numbers, begun by all threads at once."""
    start = Barrier(THREADS)

    def begin(number: int) -> list[Any]:
        start.wait()
        return [work((number + turn) % 3) for turn in range(6)]

    with ThreadPoolExecutor(THREADS) as pool:
        return [(number, made) for number, made in enumerate(pool.map(begin, range(THREADS)))]


def test_pictures_links_lists_tables_and_sub_documents_come_out_as_one_thread_makes_them() -> None:
    template = Template.open(docx(BODY, parts=PARTS))
    alone = [render(template, number) for number in range(3)]
    assert len(set(alone)) == 3
    assert [[q for q in check(data) if q.refuses] for data in alone] == [[], [], []]
    for number, made in together(lambda number: render(template, number)):
        assert made == [alone[(number + turn) % 3] for turn in range(6)]


def test_threads_that_open_one_template_at_once_get_templates_that_give_equal_bytes() -> None:
    data = docx(BODY + p("dibuka bersama"), parts=PARTS)
    made = {made for _, all_ in together(lambda _: render(Template.open(data), 1)) for made in all_}
    assert len(made) == 1


def test_a_refused_record_leaves_nothing_behind_for_the_others() -> None:
    template = Template.open(docx(BODY, parts=PARTS))
    alone = render(template, 0)

    def work(number: int) -> bytes | None:
        if number:
            with pytest.raises(TemplateError, match="KS460"):
                template.render({**context(template, number), "bab": [{"judul": "x"}]})
            return None
        return render(template, 0)

    assert {made for _, all_ in together(work) for made in all_} == {alone, None}
