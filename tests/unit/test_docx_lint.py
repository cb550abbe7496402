"""What the check of a template promises whatever the template: nothing sound is called wrong, nothing raises."""

from __future__ import annotations

from typing import Any

import pytest

from docx_specimens import docx, members, p, r, table, zipped
from ksdocs.bahasa import filters
from ksdocs.docx import lint_types
from ksdocs.docx.lint import Temuan, lint
from ksdocs.docx.lint_types import Tipe
from ksdocs.docx.template import Template
from ksdocs.nama import Nama, daftar, nama
from ksdocs.problems import KsdocsError
from samples import office

KINDS = sorted(office().workspace.kinds())
NAMES = (
    nama("mitra", "Mitra", "Partner"),
    nama("hari", "Hari", "Day"),
    daftar("hasil", "Hasil", "Results", nama("uraian", "Uraian", "Words")),
)


def checked(body: str, names: tuple[Nama, ...] | None = NAMES, **more: Any) -> list[Temuan]:
    return list(lint(docx(body, **more), names, name="t.docx", filters=filters("id")))


def codes(found: list[Temuan]) -> list[str]:
    return [one.problem.code for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_templates_have_no_problem_and_deserve_no_word(kind: str) -> None:
    here = office()
    file = here.workspace.find_kind(kind).folder / "naskah.docx"
    assert lint(file.read_bytes(), here.names(kind), filters=filters("id")) == ()


@pytest.mark.parametrize("word", ["halo", ""])
def test_a_document_without_a_tag_is_told_once_to_be_no_template(word: str) -> None:
    assert codes(checked(p(word))) == ["KS491"]


@pytest.mark.parametrize("data", [b"", b"halo", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, zipped({"a": b""})])
def test_what_is_no_word_file_gets_one_problem(data: bytes) -> None:
    found = lint(data, NAMES, name="t.docx")
    assert len(found) == 1 and found[0].problem.refuses


def test_what_the_package_is_refused_for_is_told_beside_all_else() -> None:
    files = members(p("{{ mitr }}") + f'<w:p><w:ins w:id="1" w:author="a">{r("x")}</w:ins></w:p>')
    found = lint(zipped(files), NAMES, filters=filters("id"))
    assert codes(list(found)) == ["KS437", "KS479"]


def test_a_template_without_a_kind_is_checked_for_its_writing_alone() -> None:
    assert checked(p("{{ apa_saja }}"), None) == []
    assert codes(checked(p("{{ apa_saja|uper }}"), None)) == ["KS451"]


def test_a_name_asked_for_with_care_is_no_mistake() -> None:
    body = "{% if zz is defined and zz.a %}{{ zz }}{% endif %}{{ zz|default('') }}{{ zz if zz is defined else '' }}"
    assert checked(p(body)) == []
    assert codes(checked(p("{% if zz is defined %}a{% endif %}{{ zz }}"))) == ["KS479"]


def test_what_a_template_names_itself_is_known() -> None:
    body = p("{% set n = hasil|length %}{{ n }}{% with m = mitra %}{{ m|upper }}{% endwith %}")
    body += p("{% macro tulis(a) %}{{ a }}{% endmacro %}{{ tulis(mitra) }}")
    body += p("{% for x in hasil|batch(2) %}{{ x[0].uraian }}{% for y in x %}{{ y.uraian }}{% endfor %}{% endfor %}")
    body += p("{% for k in hasil|map(attribute='uraian') %}{{ k }}{{ loop.index }}{% endfor %}")
    body += p("{{ hasil|map(attribute='uraian')|join(', ') }}{{ hasil[0].uraian }}{{ mitra.upper() }}")
    assert checked(body) == []


def test_a_mistake_in_both_branches_of_a_text_box_is_told_once() -> None:
    from docx_specimens import text_box

    assert codes(checked(f"<w:p>{text_box(p('{{ mitr }}'))}</w:p>")) == ["KS479"]


def test_names_and_writing_are_told_together_and_in_their_order() -> None:
    body = p("{{ mitr }}") + p("{%p if mitra %}") + p("{{ hasil }}") + p("{{ hari|uper }}") + p("{{ mitra")
    assert codes(checked(body)) == ["KS479", "KS475", "KS480", "KS451", "KS450"]


def test_the_very_words_of_a_problem_are_known() -> None:
    body = p("awal") + table((p("a"), p("Mitra: {{ mitr }}, sekian")))
    (found,) = checked(body)
    assert found.spot is not None
    assert (found.spot.part, found.spot.number) == ("word/document.xml", 2)
    assert "Mitra: {{ mitr }}, sekian"[found.spot.start : found.spot.end] == "{{ mitr }}"
    assert (found.problem.at.table, found.problem.at.paragraph) == ("1.2", "Mitra: ⟦{{ mitr }}⟧, sekian")


def test_a_long_paragraph_is_shown_around_the_marked_words() -> None:
    (found,) = checked(p("kata " * 40 + "{{ mitr }}" + " kata" * 40))
    assert "⟦{{ mitr }}⟧" in str(found.problem.at)
    assert len(str(found.problem.at)) < 110


@pytest.mark.parametrize("name", sorted(filters("id")))
def test_a_filter_that_is_called_unfit_for_a_text_fails_for_one(name: str) -> None:
    """And none that fails for every text goes unnoticed."""
    fails = []
    for text in ("teks", "5", "17 Maret 2026", "Rp5,00"):
        try:
            Template.open(docx(p(f"{{{{ x|{name} }}}}")), filters=filters("id")).render({"x": text})
            fails.append(False)
        except KsdocsError:
            fails.append(True)
    assert lint_types.unfit(name, Tipe("teks")) == all(fails)


REQUIRED = (
    nama("draf", "Draf", "Draft", "ya_tidak", wajib="draf"),
    nama("judul", "Judul", "Title", contoh="LAPORAN", wajib="judul", tetap=True),
    nama("tanggal", "Tanggal", "Day", wajib="tanggal"),
    nama("tanggal_hari", "Tanggal dan hari", "Day and weekday", wajib="tanggal"),
    daftar(
        "hasil",
        "Hasil",
        "Results",
        nama("uraian", "Uraian", "Words", wajib="hasil.uraian"),
        nama("biaya", "Biaya", "Cost", wajib="hasil.biaya"),
    ),
)
WHOLE = "{{ judul }}{{ tanggal_hari }}{% for x in hasil %}{{ x.uraian }}{{ x.biaya }}{% endfor %}"
HEADER = {"header1": p("{% if draf %}DRAF{% endif %}")}


def gone(body: str, **parts: str) -> list[str]:
    found = lint(docx(p(body), parts={**HEADER, **parts}), REQUIRED)
    assert {one.problem.code for one in found} <= {"KS487"}
    return [one.problem.params["tag"] for one in found]


def test_what_must_be_printed_and_is_not_is_told_with_the_tag_that_prints_it() -> None:
    assert gone(WHOLE) == []
    assert gone(WHOLE.replace("{{ tanggal_hari }}", "")) == ["{{ tanggal }}"]
    assert gone(WHOLE.replace("{{ x.biaya }}", "")) == ["{{ x.biaya }}"]
    assert gone("{{ judul }}{{ tanggal }}") == ["{%p for x in hasil %} … {%p endfor %}"]
    assert gone("LAPORAN {{ tanggal }}{{ hasil|map(attribute='uraian')|join }}{{ hasil[0].biaya }}") == []


def test_asking_for_a_value_does_not_print_it() -> None:
    asked = WHOLE.replace("{{ x.biaya }}", "{% if x.biaya %}a{% endif %}")
    assert gone(asked) == ["{{ x.biaya }}"]
    assert gone(WHOLE.replace("{{ x.biaya }}", "{{ x.biaya if x.biaya else '–' }}")) == []


def test_a_loop_that_lacks_a_value_is_where_it_is_missing() -> None:
    (one,) = lint(docx(p(WHOLE.replace("{{ x.biaya }}", "")), parts=HEADER), REQUIRED)
    assert "⟦{% for x in hasil %}⟧" in str(one.problem.at.paragraph)
    assert one.spot is not None


def test_a_value_in_a_footer_is_not_in_the_body() -> None:
    assert gone(WHOLE.replace("{{ tanggal_hari }}", ""), footer1=p("{{ tanggal }}")) == ["{{ tanggal }}"]


def test_the_mark_of_a_draft_belongs_into_every_header_or_every_footer() -> None:
    assert gone(WHOLE, header1=p("a")) == ["{% if draf %} … {% endif %}"]
    assert gone(WHOLE, header2=p("a")) == ["{% if draf %} … {% endif %}"]
    assert gone(WHOLE, header1=p("a"), footer1=p("{% if draf %}DRAF{% endif %}")) == []


def test_entries_that_are_named_by_number_are_all_wanted() -> None:
    rows = (daftar("ttd", "T", "T", daftar("", "B", "B", nama("label", "L", "L", wajib="ttd.label"))),)

    def found(body: str) -> list[str]:
        return codes(list(lint(docx(p(f"{{% for b in ttd %}}{body}{{% endfor %}}")), rows)))

    assert found("{{ b[0].label }}{{ b[1].label }}") == []
    assert found("{% if b[1].label %}{{ b[0].label }}{% endif %}") == ["KS487"]
