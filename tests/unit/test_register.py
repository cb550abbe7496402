"""What the data folder knows, and what is wrong with it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import GONE, JAYA, MOU, POLTEK, a_mou, a_pks, a_register, spoiled
from ksdocs.register import MemoryRegister, normal_nama, normal_nomor, open_register, place_key, summarize
from ksdocs.sources import from_tree, read

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82"
"""The two ends of a picture, which is all that the register looks at."""


def make_folder(root: Path, files: dict[str, Any]) -> Path:
    for name, content in files.items():
        file = root / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return root / "data"


def summary(record: dict[str, Any], register: MemoryRegister | None = None) -> Any:
    return summarize(from_tree(record), register)


def test_a_folder_becomes_a_register(tmp_path: Path) -> None:
    data = make_folder(
        tmp_path,
        {
            "acuan/bentuk-kegiatan.toml": '[[bentuk]]\nid = "magang"\nnama = {id = "Magang"}\nsifat = ["magang"]\n',
            "institusi/poltek.json": POLTEK | {"logo": "logo/p.png"},
            "institusi/logo/p.png": PNG,
            "mitra/jaya.json": JAYA,
            "butir/a.json": {"id": "butir-a", "teks": "x", "status": "batal", "naskah": ["mou-jaya"]},
            "mou/mou-jaya.json": MOU,
            "pks/pks-jaya.json": a_pks(),
        },
    )
    register = open_register(data)
    assert register.problems == []
    assert [k.id for k in register.semua_lembaga()] == ["poltek", "jaya"]
    assert (register.logo("poltek"), register.logo("jaya")) == (PNG, None)
    assert register.bentuk()["magang"].sifat == {"magang"}
    assert [b.id for b in register.butir_untuk("mou-jaya")] == ["butir-a"]
    assert sorted(register.semua_naskah()) == ["mou-jaya", "pks-jaya"]
    assert [h.id for h in register.bernomor(" 012/mou.pu/III/2025")] == ["mou-jaya"]


def test_a_missing_folder_is_an_empty_register(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    assert (register.problems, list(register.semua_lembaga()), register.naskah("x")) == ([], [], None)


@pytest.mark.parametrize(
    ("files", "code", "place"),
    [
        ({"acuan/bentuk-kegiatan.toml": "[[bentuk]]\nid = 1 2\n"}, "KS283", "bentuk-kegiatan.toml"),
        ({"acuan/bentuk-kegiatan.toml": '[[bentuk]]\nid = "x"\n'}, "KS283", "bentuk-kegiatan.toml"),
        ({"mitra/a.json": JAYA, "mitra/b.json": JAYA}, "KS284", "b.json"),
        ({"butir/a.json": {"id": "b", "teks": "x", "status": "batal"},
          "butir/b.json": {"id": "b", "teks": "x", "status": "batal"}}, "KS285", "b.json"),
        ({"mitra/a.json": JAYA | {"logo": "logo/tidak-ada.png"}}, "KS287", "a.json"),
        ({"mitra/a.json": JAYA | {"logo": "../../rahasia.png"}, "../rahasia.png": PNG}, "KS287", "a.json"),
        ({"mitra/a.json": JAYA | {"logo": "l.png"}, "mitra/l.png": PNG[:12]}, "KS297", "a.json"),
        ({"mitra/a.json": JAYA | {"logo": "l.png"}, "mitra/l.png": b""}, "KS297", "a.json"),
        ({"mitra/a.json": JAYA | {"logo": "l.png"}, "mitra/l.png": b"<svg/>"}, "KS297", "a.json"),
        ({"mitra/a.json": JAYA | {"logo": "l.png"}, "mitra/l.png": PNG * 400_000}, "KS297", "a.json"),
        ({"mitra/a.json": JAYA | {"logo": "l" * 900}}, "KS297", "a.json"),
        ({"acuan/bentuk-kegiatan.toml": '[[bentuk]]\nid = 3\nnama = "x"\n'}, "KS283", "bentuk-kegiatan.toml"),
        ({"acuan/bentuk-kegiatan.toml": "a = " + "[" * 5000}, "KS283", "bentuk-kegiatan.toml"),
        ({"acuan/bentuk-kegiatan.toml": "a = " + "9" * 9000}, "KS283", "bentuk-kegiatan.toml"),
        ({"mitra/a.json": spoiled(JAYA, {"nama": GONE})}, "KS151", "a.json"),
        ({"mitra/a.json": "{"}, "KS1", "a.json"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_a_problem_and_not_the_end(tmp_path: Path, files: Any, code: str, place: str) -> None:
    register = open_register(make_folder(tmp_path, files | {"institusi/poltek.json": POLTEK}))
    (told,) = register.problems
    assert told.code.startswith(code)
    assert str(told.at.file).endswith(place)
    assert register.lembaga("poltek") is not None


def test_an_entry_says_what_other_records_need() -> None:
    entry = summary(a_mou({"jangka_waktu.lama": "5 (lima) tahun", "pihak.2.nomor": "tanpa_nomor"}), a_register())
    assert (entry.nomor, entry.pihak) == (("012/MOU.PU/III/2025",), ("poltek", "jaya"))
    assert (entry.tanggal, entry.mulai, entry.berakhir) == (date(2025, 3, 17), date(2025, 3, 17), date(2030, 3, 16))
    assert entry.bentuk == {"magang", "pelatihan"}


@pytest.mark.parametrize(
    ("changes", "signed", "start", "end"),
    [
        ({"penandatanganan.tanggal": "diisi_tangan"}, None, None, None),
        ({"penandatanganan": {"cara": "terpisah"}, "pihak.1.tanggal_ttd": "2025-03-10"}, None, None, None),
        (
            {
                "penandatanganan": {"cara": "terpisah"},
                "pihak.1.tanggal_ttd": "2025-03-10",
                "pihak.2.tanggal_ttd": "12 Maret 2025",
            },
            date(2025, 3, 12), date(2025, 3, 12), date(2030, 3, 11),
        ),
        ({"jangka_waktu": {"lama": {"lama": "1", "satuan": "bulan"}, "mulai": "2025-04-01"}},
         date(2025, 3, 17), date(2025, 4, 1), date(2025, 4, 30)),
        ({"jangka_waktu": {"lama": "x", "berakhir": "2026-01-01"}},
         date(2025, 3, 17), date(2025, 3, 17), date(2026, 1, 1)),
        ({"jangka_waktu": {"lama": "9999 tahun"}}, date(2025, 3, 17), date(2025, 3, 17), None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_open(changes: Any, signed: date, start: date, end: date) -> None:
    entry = summary(a_mou(changes))
    assert (entry.tanggal, entry.mulai, entry.berakhir) == (signed, start, end)


def test_dates_and_the_end_of_a_term_follow_the_profile() -> None:
    profile = {"profil.tanggal_dmy": "ya", "profil.akhir_masa": "tanggal_sama"}
    entry = summary(a_mou({"penandatanganan.tanggal": "17/03/2025"}), a_register({"poltek": profile}))
    assert (entry.tanggal, entry.berakhir) == (date(2025, 3, 17), date(2030, 3, 17))


@pytest.mark.parametrize("tree", [{}, {"id": "x"}, {"id": "x", "jenis": "mitra"}, {"id": ["x"], "jenis": "mou"}])
def test_what_is_no_agreement_has_no_entry(tree: dict[str, Any]) -> None:
    assert summary(tree) is None


@pytest.mark.parametrize(
    "changes", [{"pihak": "x"}, {"pihak": ["x"]}, {"ruang_lingkup": {"a": "b"}}, {"jangka_waktu": "5 tahun"}]
)
def test_a_record_with_faulty_parts_still_has_an_entry(changes: dict[str, Any]) -> None:
    assert summary(a_mou(changes)).id == "mou-jaya"


def test_entering_a_record_again_replaces_it() -> None:
    register = a_register()
    changed = summarize(from_tree(a_mou({"pihak.1.nomor": "099/X"}), "data/mou-jaya.yaml"), register)
    assert changed is not None
    register.add_naskah(changed)
    assert register.bernomor("012/MOU.PU/III/2025") == ()
    assert [h.nomor[0] for h in register.bernama("mou-jaya")] == ["099/X"]


def test_one_place_has_one_key_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "all.json"
    file.write_text(json.dumps([MOU, a_mou({"id": "mou-b"})]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [place_key(s) for s in read("all.json")] == [place_key(s) for s in read(file)]
    assert len({place_key(s) for s in read(file)}) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PT Maju Jaya", "PT. MAJU  JAYA"),
        ("PT Maju Jaya Tbk", "Maju Jaya, PT (Persero) Tbk."),
        ('Yayasan "Cahaya"', "Cahaya"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert normal_nama(one) == normal_nama(other)


def test_a_name_that_is_only_a_legal_form_stays() -> None:
    assert normal_nama("PT") == "pt"
    assert normal_nomor(" 12 /MOU/ iii") == "12/mou/iii"
