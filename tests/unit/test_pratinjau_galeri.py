"""A gallery holds what breaks layouts, passes every rule, and knows nothing of the office's own data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ksdocs.borang import load_jenis
from ksdocs.models.fault import read_model
from ksdocs.office import Office
from ksdocs.pipeline import check, render
from ksdocs.pratinjau.bahan import GAMBAR, picture, register
from ksdocs.pratinjau.borang import BANYAK, galeri_borang
from ksdocs.pratinjau.galeri import HARI, Galeri, galeri
from ksdocs.sources import from_tree
from samples import office

KINDS = sorted(office().workspace.kinds())
NOT_MADE = {
    ("evaluasi", "paling-sedikit"),
    ("evaluasi", "lengkap"),
    ("notulen", "lengkap"),
    ("penjajakan", "lengkap"),
    ("program", "paling-sedikit"),
    ("program", "lengkap"),
    ("survei", "lengkap"),
}
"""Cases that the rules of a kind keep its fields alone from making; the samples that are shown besides hold most."""


@cache
def _office() -> Office:
    return office()


def made(kind: str, folder: Path, own: Office | None = None) -> Galeri:
    folder.mkdir()
    return galeri(kind, own or _office(), folder.resolve())


def records(kind: str, folder: Path) -> dict[str, Mapping[str, Any]]:
    return {one.kasus.id: one.sumber.tree for one in made(kind, folder).bahan}


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_of_a_gallery_passes_and_what_cannot_be_made_is_told(kind: str, tmp_path: Path) -> None:
    found = made(kind, tmp_path / "g")
    assert len(found.bahan) >= 4
    for one in found.bahan:
        assert not check(one.sumber, one.kantor, HARI).refused, one.kasus.id
        assert one.kasus.arti["id"] and one.kasus.arti["en"]
    told = {(kind, p.params["kasus"]) for p in found.tidak}
    assert told == {pair for pair in NOT_MADE if pair[0] == kind}
    assert all(p.code == "KS891" and p.params["sebab"].startswith("KS") for p in found.tidak)


def lists(value: Any) -> list[int]:
    """How long the lists in a record are."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [len(value)] * isinstance(value, list) + [count for one in inner for count in lists(one)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_is_what_its_name_says(kind: str, tmp_path: Path) -> None:
    found = records(kind, tmp_path / "g")
    plain = json.dumps({name: tree for name, tree in found.items() if name.startswith(("contoh", "biasa", "lengkap"))})
    if "banyak-butir" in found:
        assert max(lists(dict(found["banyak-butir"]))) >= 25
    assert "tanda-khusus" in found
    for name, marks in (("tanda-khusus", "R&D <"), ("akhir-tahun", "-12-31")):
        assert name not in found or marks in json.dumps(found[name])
        assert name == "akhir-tahun" or marks not in plain
    if "paling-sedikit" in found:
        assert len(found["paling-sedikit"]) <= min(len(tree) for tree in found.values())


@pytest.mark.parametrize("kind", ["mou", "pks"])
def test_agreements_are_tried_with_what_breaks_their_layout(kind: str, tmp_path: Path) -> None:
    found = records(kind, tmp_path / "g")
    trees = list(found.values())
    assert {len(tree["pihak"]) for tree in trees} == {2, 3, 4}
    assert {tree["tahap"] for tree in trees} == {"draf", "siap_ttd", "ditandatangani"}
    assert {len(tree["ruang_lingkup"]) for tree in trees} >= {1, 2, 25}
    assert any("dasar_hukum" not in tree for tree in trees)
    text = json.dumps(trees, ensure_ascii=False)
    for wanted in ("2025-12-31", "terpisah", "tte", "diisi_tangan", "R&D <", "lampiran", "“"):
        assert wanted in text
    names = {register().lembaga_[party["id"]].nama.id for tree in trees for party in tree["pihak"]}
    assert any(len(name) > 150 for name in names)
    assert any("&" in name and "<" in name and '"' in name for name in names)


def test_a_pks_is_tried_with_money_of_every_kind(tmp_path: Path) -> None:
    money = [tree.get("pembiayaan", {}) for tree in records("pks", tmp_path / "g").values()]
    assert {"per_satuan", "termin", "masing_masing"} <= {one.get("skema") for one in money}
    assert "0" in {one.get("nilai") for one in money}


def test_the_office_has_no_part_in_a_gallery(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    other = office(data=tmp_path / "kosong")
    for kind in ("mou", "usulan"):
        first = made(kind, tmp_path / f"a-{kind}").bahan
        second = made(kind, tmp_path / f"b-{kind}", other).bahan
        assert [one.sumber.tree for one in first] == [one.sumber.tree for one in second]


FORM = """
id = "kunjungan"
judul.id = "Laporan Kunjungan"
"""
EVERY = (
    *("baris", "teks", "pengenal", "tanggal", "jam", "bulan", "tahun", "uang", "cacah", "desimal", "persen"),
    *("ya_tidak", "tautan", "lembaga", "naskah", "butir", "bentuk", "pejabat", "notulen", "gambar"),
)


def form_of(folder: Path) -> Any:
    lines = [FORM]
    for number, kind in enumerate(EVERY):
        required = "true" if number < 2 else "false"
        lines.append(f'[[isian]]\nnama = "i_{kind}"\njenis = "{kind}"\nlabel.id = "Isian {kind}"\nwajib = {required}\n')
    lines.append('[[isian]]\nnama = "hasil"\njenis = "daftar"\nlabel.id = "Hasil"\n')
    lines.append('[[isian.isian]]\nnama = "uraian"\njenis = "teks"\nlabel.id = "Uraian"\nwajib = true\n')
    lines.append('[[isian.isian]]\nnama = "pilih"\njenis = "pilihan"\nlabel.id = "P"\npilihan = ["a", "b"]\n')
    folder.mkdir(parents=True)
    (folder / "jenis.toml").write_text("\n".join(lines), encoding="utf-8")
    return load_jenis("kunjungan", folder)


def test_a_form_that_is_only_a_folder_is_tried_with_fields_of_every_type(tmp_path: Path) -> None:
    form = form_of(tmp_path / "templates" / "forms" / "kunjungan")
    cases = {one.id: one.rekaman for one in galeri_borang("kunjungan", form.isian, register())}
    assert set(cases["paling-sedikit"]) == {"jenis", "id", "institusi", "i_baris", "i_teks"}
    assert {f"i_{kind}" for kind in EVERY} <= set(cases["lengkap"])
    assert len(cases["banyak-butir"]["hasil"]) == BANYAK
    assert len(cases["teks-panjang"]["i_teks"]) > 500
    assert "R&D <" in cases["tanda-khusus"]["i_baris"]
    assert (cases["akhir-tahun"]["i_tanggal"], cases["akhir-tahun"]["i_uang"]) == ("2025-12-31", "0")
    own = office(templates=tmp_path / "templates")
    for ident, record in cases.items():
        read, faults = read_model(own.form_model("kunjungan"), from_tree(record), tanggal_dmy=False)
        assert (read is not None, faults) == (True, []), ident


def test_a_form_with_a_picture_is_printed_with_one(tmp_path: Path) -> None:
    found = made("laporan_pelaksanaan", tmp_path / "g")
    assert (tmp_path / "g" / GAMBAR).read_bytes() == picture()
    full = next(one for one in found.bahan if one.kasus.id == "lengkap")
    assert GAMBAR in json.dumps(full.sumber.tree)
    report = render(full.sumber, full.kantor, HARI)
    assert not report.refused and report.artifacts
