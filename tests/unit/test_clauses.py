"""Clause text becomes numbered blocks; the library refuses what would make a false document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from ksdocs.bahasa.ejaan import find_typos
from ksdocs.clauses.environment import ExpressionError, environment, gap, reference, render_marked
from ksdocs.clauses.fill import close_lists, finish_blocks, number_blocks, read_data_body, read_filled
from ksdocs.clauses.library import Library
from ksdocs.clauses.loading import load_library
from ksdocs.clauses.text import parse_body
from ksdocs.dokumen import Blok, plain
from ksdocs.problems import LibraryError

ROOT = Path(__file__).resolve().parents[2] / "templates"


def filled(body: str, values: Mapping[str, object]) -> list[Blok]:
    """The blocks of a clause body with `values`."""
    isi, problems = parse_body(body)
    assert not problems
    blocks = read_filled(render_marked(environment("id").from_string(isi.jinja), values), isi.baris)
    number_blocks(blocks)
    close_lists(blocks, "dan")
    return list(finish_blocks({"id": blocks}, "k", lambda target: f"<{target}>"))


def lines(blocks: list[Blok]) -> list[str]:
    return [f"{'  ' * (b.tingkat - 1)}{b.nomor} {plain(b.teks['id'])}".rstrip() for b in blocks]


def test_numbers_and_letters_are_counted_by_the_program_whatever_the_file_says() -> None:
    body = "(1) Satu\n(1) Dua:\na. x\na. y\n(9) Tiga"
    assert lines(filled(body, {})) == ["(1) Satu", "(2) Dua:", "  a. x; dan", "  b. y.", "(3) Tiga"]


def test_a_list_without_an_ayat_above_it_stands_at_the_first_level() -> None:
    assert lines(filled("Lingkup:\na. x\nb. y", {})) == [" Lingkup:", "a. x; dan", "b. y."]


def test_a_nested_list_ends_with_the_mark_of_the_item_that_holds_it() -> None:
    body = "(1) Ayat:\na. satu:\n1) p\n2) q\nb. dua\nc. tiga"
    assert lines(filled(body, {})) == [
        "(1) Ayat:",
        "  a. satu:",
        "    1) p; dan",
        "    2) q;",
        "  b. dua; dan",
        "  c. tiga.",
    ]


def test_a_list_of_alternatives_is_joined_with_atau() -> None:
    assert lines(filled("(1) A:\na. x\nb. y; atau\nc. z", {}))[1:] == ["  a. x;", "  b. y; atau", "  c. z."]


def test_a_loop_repeats_lines_and_a_condition_leaves_them_out() -> None:
    body = "(1) A:\n{% for x in daftar_x %}\na. {{ x }}\n{% endfor %}\n{% if y %}\n(2) B\n{% endif %}"
    assert lines(filled(body, {"daftar_x": ["p", "q", "r"], "y": False})) == [
        "(1) A:",
        "  a. p;",
        "  b. q; dan",
        "  c. r.",
    ]


def test_an_indented_line_continues_the_block_before_it() -> None:
    assert lines(filled("(1) Panjang\n    sekali.\n(2) Dua", {})) == ["(1) Panjang sekali.", "(2) Dua"]


@pytest.mark.parametrize(
    "value",
    [
        "(2) ayat palsu",
        "a. huruf",
        "**tebal**",
        "{{ 7*7 }}",
        "{% if x %}",
        "baris\n(3) satu",
        "| sel | sel |",
        "x; dan",
    ],
)
def test_a_value_is_never_read_again_as_structure_emphasis_or_tag(value: str) -> None:
    [block] = filled("(1) Nilai {{ v }} selesai", {"v": value})
    assert plain(block.teks["id"]) == f"Nilai {value} selesai"
    assert not any(r.tebal for r in block.teks["id"])


def test_a_value_at_the_end_of_an_item_keeps_its_own_mark() -> None:
    assert lines(filled("(1) A:\na. {{ v }}\nb. y", {"v": "sudah;"}))[1] == "  a. sudah;"


def test_bold_and_italic_are_dress_and_not_text() -> None:
    [block] = filled("Disebut **{{ v }}** dan *miring* serta \\*.", {"v": "PIHAK"})
    assert plain(block.teks["id"]) == "Disebut PIHAK dan miring serta *."
    assert [r.teks for r in block.teks["id"] if r.tebal] == ["PIHAK"]
    assert [r.teks for r in block.teks["id"] if r.miring] == ["miring"]


def test_a_gap_is_as_wide_as_it_was_asked_for() -> None:
    [block] = filled("Nomor {{ celah(12) }}.", {"celah": gap})
    assert [r.celah for r in block.teks["id"]] == [0, 12, 0]


def test_a_table_has_widths_alignment_and_rows_from_a_loop() -> None:
    body = "| No | Uraian |\n|--|------:|\n{% for x in xs %}\n| {{ loop.index }} | {{ x }} |\n{% endfor %}"
    [block] = filled(body, {"xs": ["a|b", "c"]})
    assert block.tabel is not None
    assert [plain(c["id"]) for c in block.tabel.kepala] == ["No", "Uraian"]
    assert [[plain(c["id"]) for c in row] for row in block.tabel.baris] == [["1", "a|b"], ["2", "c"]]
    assert block.tabel.rata == ("kiri", "kanan") and block.tabel.lebar == (2, 7)


def test_a_reference_is_printed_by_whoever_knows_the_numbers() -> None:
    [block] = filled("Sesuai {{ ref('jangka_waktu.akhir') }}.", {"ref": reference})
    assert plain(block.teks["id"]) == "Sesuai <jangka_waktu.akhir>."


@pytest.mark.parametrize("value", [None, ["a"], {"a": 1}, 1.5, object()])
def test_what_is_no_text_is_not_printed(value: object) -> None:
    with pytest.raises(ExpressionError):
        filled("(1) baik\n(2) {{ v }}", {"v": value})


def test_an_unknown_name_is_told_with_its_line() -> None:
    with pytest.raises(ExpressionError) as caught:
        filled("(1) baik\n\n(2) {{ tidak_ada }}", {})
    assert caught.value.line == 3 and caught.value.undefined


@pytest.mark.parametrize(
    "expression",
    ["''.__class__", "pihak.__init__.__globals__", "x|attr('__class__')", "range(10)", "lipsum()", "cycler.__init__"],
)
def test_a_clause_cannot_reach_python(expression: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - refused when compiled or when filled
        filled("(1) {{ " + expression + " }}", {"x": "a", "pihak": "b"})
    assert "root" not in str(caught.value)


def test_a_clause_of_a_record_has_structure_but_no_tags() -> None:
    blocks = read_data_body("(1) Satu {{ 7*7 }}\n    lanjut\n(2) Dua:\na. x\nb. y")
    number_blocks(blocks)
    assert lines(list(finish_blocks({"id": blocks}, "k", str))) == [
        "(1) Satu {{ 7*7 }} lanjut",
        "(2) Dua:",
        "  a. x",
        "  b. y",
    ]


def test_slips_of_spelling_are_found() -> None:
    assert [better for _, better in find_typos("bermaterai diatas ijin kerjasama PT. Maju")] == [
        "bermeterai",
        "di atas",
        "izin",
        "kerja sama",
        "PT (tanpa titik)",
    ]


@pytest.fixture(params=["mou", "pks"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def copied(tmp_path: Path, kind: str) -> dict[str, Path]:
    """A copy of the shipped library that a test may damage."""
    import shutil

    shutil.copytree(ROOT, tmp_path / "templates")
    base = tmp_path / "templates"
    return {"kind": base / kind, "shared": base / "klausul", "sections": base / "substansi.toml"}


def load(kind: str, folders: Mapping[str, Path]) -> Library:
    return load_library(kind, folders["kind"], folders["shared"], folders["sections"])


def codes(kind: str, folders: Mapping[str, Path]) -> list[tuple[str, str, int | None]]:
    with pytest.raises(LibraryError) as caught:
        load(kind, folders)
    return [(p.code, Path(p.at.file or "").name, p.at.line) for p in caught.value.problems]


def test_the_shipped_library_has_no_fault(kind: str) -> None:
    library = load_library(kind, ROOT / kind, ROOT / "klausul", ROOT / "substansi.toml")
    assert set(library.jenis.wajib) <= set(library.substansi)


def test_every_required_section_that_loses_its_clauses_is_named(kind: str, tmp_path: Path) -> None:
    whole = load_library(kind, ROOT / kind, ROOT / "klausul", ROOT / "substansi.toml")
    built_in = {s: p for p, s in whole.jenis.bagian_substansi.items()}
    for number, section in enumerate(whole.jenis.required()):
        folders = copied(tmp_path / str(number), kind)
        jenis = folders["kind"] / "jenis.toml"
        text = jenis.read_text(encoding="utf-8")
        if section in built_in:
            parts = ", ".join(f'"{b}"' for b in whole.jenis.bagian if b != built_in[section])
            jenis.write_text(re.sub(r"(?m)^bagian = .*$", f"bagian = [{parts}]", text), encoding="utf-8")
        for folder in (folders["kind"] / "klausul", folders["shared"]):
            for file in folder.glob("*.md"):
                clause = whole.klausul.get(file.name.split(".")[0], {})
                if any(section in k.semua_substansi for k in clause.values()):
                    file.unlink()
        with pytest.raises(LibraryError) as caught:
            load(kind, folders)
        named = [p for p in caught.value.problems if p.code == "KS315" and p.params["substansi"] == section]
        assert named, f"{section} was lost without a word"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("{#berlaku}", "{#lain}"), "KS313"),
        (('versi = "', 'verssi = "'), "KS307"),
        (('id = "jangka_waktu"', 'id = "jangka"'), "KS308"),
        (("{{ naskah_ini }}", "{{ naskah_itu }}"), "KS311"),
        (("|durasi", "|durassi"), "KS312"),
        (("{{ naskah_ini }}", "{{ naskah_ini }"), "KS310"),
        (('substansi = ["jangka_waktu"]', 'substansi = ["jangka_waktoe"]'), "KS309"),
        (('perlu = ["jangka_waktu.lama"]', 'perlu = ["jangka_wakto.lama"]'), "KS317"),
        (("berlaku untuk jangka waktu", "berlaku diatas jangka waktu"), "KS318"),
    ],
)
def test_a_faulty_clause_is_refused_with_its_file_and_line(
    tmp_path: Path, edit: tuple[str, str], expected: str
) -> None:
    folders = copied(tmp_path, "mou")
    file = folders["shared"] / "jangka_waktu.md"
    text = file.read_text(encoding="utf-8")
    assert edit[0] in text, "the shipped clause no longer holds what this test damages"
    file.write_text(text.replace(edit[0], edit[1], 1), encoding="utf-8")
    found = codes("mou", folders)
    assert any(code == expected and name == "jangka_waktu.md" and line for code, name, line in found), found


def test_every_fault_of_a_library_is_told_at_once(tmp_path: Path) -> None:
    folders = copied(tmp_path, "mou")
    (folders["shared"] / "jangka_waktu.md").write_text("tanpa kepala", encoding="utf-8")
    (folders["shared"] / "integritas.md").write_text("+++\nid = \n+++\n", encoding="utf-8")
    assert {"KS301", "KS302"} <= {code for code, _, _ in codes("mou", folders)}
