"""`ksdocs new` for forms: a record made of a form's fields, that can be read as it is and with everything in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import forms
import samples
from cli_runs import ksdocs
from docx_specimens import docx, p
from ksdocs.borang.awal import left_as_they_were, starting_record
from ksdocs.borang.jenis import JenisBorang, Kendali
from ksdocs.models.borang import JENIS_ISIAN, Isian, build_model
from ksdocs.models.fault import read_model
from ksdocs.register import MemoryRegister
from ksdocs.sources import Source, read

OPTIONAL = re.compile(r"^#(?! \S)", re.MULTILINE)


def faults(text: str, form: JenisBorang, folder: Path) -> tuple[Any, list[str]]:
    """(what was read, what is wrong) of a record as an officer would keep it."""
    file = folder / "baru.yaml"
    file.write_text(text, encoding="utf-8")
    (source,) = list(read(file))
    assert isinstance(source, Source), source
    found, told = read_model(build_model(form.id, form.isian), source)
    return found, [f"{fault.code} {fault.at.path}" for fault in told]


@pytest.mark.parametrize("kind", forms.KINDS)
def test_the_start_of_a_form_can_be_read_as_it_is_and_with_all_its_examples(kind: str, tmp_path: Path) -> None:
    text = ksdocs("new", kind).out
    form = forms.jenis(kind)
    found, wrong = faults(text, form, tmp_path)
    assert wrong == []
    whole, wrong = faults(OPTIONAL.sub("", text), form, tmp_path)
    assert wrong == []
    given = whole.model_fields_set
    assert given == {"jenis", "id", "institusi", *(f.nama for f in form.isian)}
    assert found.model_fields_set < given or not any(not f.wajib or f.bawaan for f in form.isian)


@pytest.mark.parametrize("kind", forms.KINDS)
def test_what_is_required_stands_before_what_is_not(kind: str) -> None:
    lines = ksdocs("new", kind).out.splitlines()
    given = [n for n, line in enumerate(lines) if re.match(r"[a-z_]+:", line)]
    left_out = [n for n, line in enumerate(lines) if re.match(r"#[a-z_]+:", line)]
    assert given and max(given) < min(left_out, default=len(lines))


def test_a_start_is_written_into_a_file_and_names_what_the_data_know(tmp_path: Path) -> None:
    file = tmp_path / "notulen.yaml"
    assert ksdocs("new", "notulen", "-o", file).code == 0
    text = file.read_text(encoding="utf-8")
    known = samples.office().register
    (ident,) = re.findall(r"^#notulen_sebelumnya: (\S+)$", text, re.MULTILINE)
    assert known.notulen(ident) is not None
    assert re.search(r"^id: notulen-2026$", text, re.MULTILINE)
    # Everything can be read; what nobody can know is marked, and must not be printed as it is.
    told = ksdocs("check", file, "--json")
    assert told.code == 1 and {p["kode"] for p in told.json["hasil"][0]["masalah"]} == {"KS365"}


def test_a_form_that_is_only_a_folder_has_a_start_too(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "forms" / "kunjungan"
    folder.mkdir(parents=True)
    (folder / "jenis.toml").write_text(ALL_TYPES, encoding="utf-8")
    (folder / "naskah.docx").write_bytes(docx(p("{{ judul }}")))
    run = ksdocs("new", "kunjungan", "--templates", tmp_path / "templates")
    assert run.code == 0
    (tmp_path / "baru.yaml").write_text(OPTIONAL.sub("", run.out), encoding="utf-8")
    told = ksdocs("check", tmp_path / "baru.yaml", "--templates", tmp_path / "templates", "--json").json
    # What the data do not hold (a picture) is told by check; the fields can all be read.
    assert {problem["kode"] for problem in told["hasil"][0]["masalah"]} <= {"KS365", "KS385"}
    (folder / "baru.yaml").write_text("jenis: kunjungan\nid: «id»\n", encoding="utf-8")
    own = ksdocs("new", "kunjungan", "--templates", tmp_path / "templates").out
    assert own == "jenis: kunjungan\nid: kunjungan-2026\n"


def _types() -> str:
    text = 'id = "kunjungan"\njudul.id = "Laporan Kunjungan"\n'
    for number, kind in enumerate(JENIS_ISIAN):
        text += f'\n[[isian]]\nnama = "isian_{kind}"\njenis = "{kind}"\nlabel.id = "Isian: {kind} # {number}"\n'
        text += "wajib = true\n" if number % 2 else ""
        if kind == "pilihan":
            text += 'pilihan = ["ya, tentu", "tidak: nanti"]\n'
        if kind == "daftar":
            text += "minimal = 2\n"
            text += '  [[isian.isian]]\n  nama = "satu"\n  jenis = "teks"\n  label.id = "Satu"\n'
            text += '  [[isian.isian]]\n  nama = "dua"\n  jenis = "daftar"\n  label.id = "Dua"\n'
            text += '    [[isian.isian.isian]]\n    nama = "tiga"\n    jenis = "jam"\n    label.id = "Tiga"\n'
    return text


ALL_TYPES = _types()

texts = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40)


@example(label="0", example="Null", choices=["0"])
@given(label=texts, example=st.none() | texts, choices=st.lists(texts, min_size=1, max_size=3, unique=True))
def test_whatever_labels_and_examples_hold_the_start_is_read(
    tmp_path_factory: pytest.TempPathFactory, label: str, example: str | None, choices: list[str]
) -> None:
    words = {"id": label}
    own = (
        Isian("a", "teks", words, words, wajib=True, contoh=example),
        Isian("b", "baris", words, {}, contoh=example),
        Isian("c", "tanggal", words, words, wajib=True, contoh=example),
        Isian("d", "daftar", words, words, isian=(Isian("e", "baris", words, words, contoh=example),)),
    )
    form = JenisBorang("coba", {"id": "Coba"}, Kendali(), own)
    text = starting_record(form, MemoryRegister(), samples.TODAY, id="coba-1", institusi="poltek", mitra="jaya")
    folder = tmp_path_factory.mktemp("awal")
    for spelled in (text, OPTIONAL.sub("", text)):
        assert faults(spelled, form, folder)[1] == []


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\x85", "\u2028"])
def test_a_label_of_two_lines_stays_behind_its_mark(break_: str, tmp_path: Path) -> None:
    words = {"id": f"Nama{break_}lengkap: dua"}
    form = JenisBorang("coba", {"id": f"Coba{break_}saja"}, Kendali(), (Isian("a", "baris", words, words, wajib=True),))
    text = starting_record(form, MemoryRegister(), samples.TODAY, id="coba-1", institusi="poltek", mitra="jaya")
    found, wrong = faults(text, form, tmp_path)
    assert wrong == [] and found.a == "[Nama lengkap: dua]"


def test_a_placeholder_that_was_left_in_is_told_at_its_place_and_what_was_filled_in_is_not() -> None:
    form = forms.jenis("usulan")
    values = forms.values(forms.tree("usulan", "usulan-magang-samudra-2026"))
    assert list(left_as_they_were(values, form.isian)) == []
    labels = {one.nama: one.label["id"] for one in form.isian}
    inner = {one.nama: one.label["id"] for one in next(i for i in form.isian if i.nama == "manfaat").isian}
    benefits = [{**values["manfaat"][0], "uraian": f"[{inner['uraian']}]"}, *values["manfaat"][1:]]
    left = {**values, "judul_usulan": f"[{labels['judul_usulan']}]", "manfaat": benefits}
    assert list(left_as_they_were(left, form.isian)) == ["judul_usulan", "manfaat.1.uraian"]
