"""Rules that look beyond the record: the register, other records, agreed points, answers on record."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import GONE, JAYA, MOU, TODAY, a_mou, a_pks, a_register, codes, found, judged, spoiled
from ksdocs.models.penjajakan import summarize_penjajakan
from ksdocs.problems import Severity, catalogue
from ksdocs.register import MemoryRegister, open_register, summarize
from ksdocs.rules import RULES, accept, check_register, open_items, validate
from ksdocs.sources import from_tree, read, read_all

ROOT = Path(__file__).resolve().parents[2]
POINT: dict[str, Any] = {"id": "butir-a", "teks": "Kuota magang", "status": "disepakati", "naskah": ["mou-jaya"]}
CARRIED = {"butir": [{"id": "butir-a", "klausul": "pelaksanaan"}]}


def with_point(status: str) -> MemoryRegister:
    return a_register(naskah=(), butir=({**POINT, "status": status},))


# --- numbers and ids --------------------------------------------------------------------------------------------


def test_a_number_names_every_other_holder_and_its_place() -> None:
    numbers = {"pihak.1.nomor": "012/mou.pu/ III/2025", "pihak.2.nomor": GONE}
    other = [a_mou({"id": f"mou-{n}", **numbers}) for n in ("a", "b")]
    (told,) = found(judged(a_mou(), a_register(naskah=tuple(other))), "KS228")
    assert (told.at.path, told.params["pemegang"]) == (
        "pihak.1.nomor",
        "mou-a (data/mou-a.yaml); mou-b (data/mou-b.yaml)",
    )


def test_a_record_is_not_its_own_duplicate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mou-jaya.json"
    file.write_text(json.dumps(MOU), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    register = a_register(naskah=(next(read("mou-jaya.json")),))
    assert codes(validate(next(read(file)), register, TODAY)) == []


def test_the_same_id_at_another_place_is_refused_for_both() -> None:
    twin = a_mou({"pihak.1.nomor": "013/MOU.PU/III/2025", "pihak.2.nomor": "1/JRU/2025"})
    register = a_register(naskah=())
    sources = [from_tree(MOU, "a/mou.yaml"), from_tree(twin, "b/mou.yaml")]
    for source in sources:
        entry = summarize(source, register)
        assert entry is not None
        register.add_naskah(entry)
    told = [found(validate(source, register, TODAY), "KS280") for source in sources]
    assert [[p.params["tempat"] for p in problems] for problems in told] == [["b/mou.yaml"], ["a/mou.yaml"]]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("data/Addendum PKS jaya.yaml", True),
        ("data/pks-jaya.yaml", True),
        ("data/pks-atas-mou.yaml", False),
        ("data/mou-jaya.yaml", False),
        ("data/jaya-2025.yaml", False),
    ],
)
def test_a_file_named_for_another_kind_is_told(name: str, wrong: bool) -> None:
    assert ("KS281" in codes(judged(a_mou(), name=name))) == wrong


def test_an_mou_in_a_file_named_for_a_pks_is_told_the_other_way_round_too() -> None:
    assert "KS281" in codes(judged(a_pks(), name="data/mou-jaya.yaml"))


# --- the MoU ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mou", "pks", "told"),
    [
        ({"jangka_waktu.lama": "1 bulan"}, {}, ["KS237", "KS233"]),
        ({"jangka_waktu.lama": "1 bulan"}, {"tahap": "draf", "penandatanganan": GONE}, ["KS233"]),
        ({"tahap": "draf"}, {}, ["KS234"]),
        ({"tahap": "siap_ttd"}, {}, ["KS234"]),
        ({"tahap": "siap_ttd"}, {"tahap": "siap_ttd"}, []),
        ({"penandatanganan": GONE}, {}, ["KS239"]),
        ({"pihak.2.id": "lain"}, {}, ["KS235"]),
        ({"ruang_lingkup": [{"teks": "kerja sama"}]}, {"ruang_lingkup.1.bentuk": "seminar"}, []),
    ],
)
def test_the_mou_is_held_against_the_pks(mou: dict[str, Any], pks: dict[str, Any], told: list[str]) -> None:
    register = a_register(naskah=(a_mou(mou),))
    assert sorted(codes(judged(a_pks(pks), register))) == sorted(told)


@pytest.mark.parametrize(
    ("mou", "pks", "severity"),
    [
        ({"tahap": "siap_ttd", "penandatanganan": GONE}, "draf", Severity.PERINGATAN),
        ({"tahap": "siap_ttd", "penandatanganan": GONE}, "siap_ttd", Severity.PERINGATAN),
        ({"tahap": "siap_ttd", "pihak.1.nomor": GONE, "pihak.2.nomor": GONE}, "draf", Severity.PERINGATAN),
        ({"tahap": "siap_ttd", "pihak.1.nomor": GONE, "pihak.2.nomor": GONE}, "siap_ttd", Severity.PERINGATAN),
        ({"tahap": "siap_ttd", "penandatanganan": GONE}, "ditandatangani", Severity.TOLAK),
    ],
)
def test_what_the_mou_lacks_may_be_open_until_both_are_signed(mou: Any, pks: str, severity: Severity) -> None:
    (told,) = found(judged(a_pks({"tahap": pks}), a_register(naskah=(a_mou(mou),))), "KS239")
    assert told.severity is severity


def test_a_pks_does_not_rest_on_a_pks() -> None:
    register = a_register(naskah=(a_pks({"id": "pks-lain"}),))
    result = judged(a_pks({"dasar.mou": "pks-lain", "pihak.1.nomor": "042/MOA.PU/V/2025"}), register)
    assert "KS232" in codes(result) and "KS235" not in codes(result)


def test_a_subsidiary_of_the_mous_party_may_sign_the_pks() -> None:
    register = a_register({"lain": {"induk": "jaya"}})
    assert codes(judged(a_pks({"pihak.2.id": "lain"}), register)) == []


def test_a_ring_of_parents_ends() -> None:
    register = a_register({"lain": {"induk": "jaya"}, "jaya": {"induk": "lain"}})
    assert codes(judged(a_pks(), register)) == []


# --- institutions -------------------------------------------------------------------------------------------------


def test_a_foreign_party_is_refused_since_two_languages_are_needed() -> None:
    result = judged(a_mou({"tingkat": "internasional"}), a_register({"jaya": {"negara": "SG"}}, naskah=()))
    assert [(p.code, p.at.path) for p in result.problems] == [("KS273", "pihak.2.id")]
    assert "Pasal 31" in catalogue()["KS273"]["id"]["penjelasan"]
    assert "Pasal 26" in catalogue()["KS273"]["en"]["penjelasan"]


def test_two_columns_are_a_warning_only() -> None:
    result = judged(a_mou(), a_register({"poltek": {"profil.tata_letak": "dua_kolom"}}, naskah=()))
    assert [(p.code, p.severity) for p in result.problems] == [("KS274", Severity.PERINGATAN)]


def test_a_court_without_a_name_is_refused() -> None:
    register = a_register({"poltek": {"profil.pengadilan": GONE}})
    result = judged(a_pks({"forum": ["pengadilan_negeri"]}), register)
    assert [(p.code, p.at.path) for p in result.problems] == [("KS248", "pengadilan")]
    named = a_pks({"forum": ["pengadilan_negeri"], "pengadilan": "Pengadilan Negeri Batam"})
    assert codes(judged(named, register)) == []


def test_anybody_may_approve_where_the_profile_names_nobody() -> None:
    register = a_register({"poltek": {"profil.penyetuju": []}}, naskah=())
    answer = {"premis": ["diatas"], "tanggapan": [{"kode": "ks270", "alasan": "x", "oleh": "Staf"}]}
    assert [(p.code, p.severity) for p in judged(a_mou(answer), register).problems] == [("KS270", Severity.INFO)]


def test_example_data_are_told_once() -> None:
    register = a_register({"jaya": {"contoh": "ya"}, "poltek": {"isian_contoh": ["alamat"]}}, naskah=())
    (told,) = judged(a_mou(), register).problems
    assert (told.code, told.severity, told.params["lembaga"]) == ("KS295", Severity.INFO, "poltek, jaya")


def test_dates_in_figures_are_read_where_the_profile_allows_it() -> None:
    record = a_mou({"penandatanganan.tanggal": "17/03/2025"})
    assert codes(judged(record)) == ["KS157"]
    assert codes(judged(record, a_register({"poltek": {"profil.tanggal_dmy": "ya"}}, naskah=()))) == []


def test_a_delegated_head_of_department_may_sign() -> None:
    delegated = {"pejabat.2.kewenangan.1.jenis": "pendelegasian"}
    register = a_register({"poltek": delegated}, naskah=())
    assert codes(judged(a_mou({"pihak.1.penanda_tangan": "kajur"}), register)) == []


def test_a_provider_shared_by_strangers_belongs_to_nobody() -> None:
    shared = {"kontak.1.surel": "x@penyedia.example"}
    register = a_register({"jaya": shared, "lain": {"kontak.1.surel": "y@penyedia.example"}}, naskah=())
    contact = {"id": "baru", "jabatan": "Manajer", "surel": "z@penyedia.example"}
    assert codes(judged(a_mou({"pihak.1.kontak": contact}), register)) == []


def test_an_account_in_the_name_of_a_foundation_that_is_named_for_a_person_is_fine() -> None:
    register = a_register({"poltek": {"nama": "Yayasan Rekayana Umpama"}})
    record = a_pks({"pembiayaan.rekening.atas_nama": "Yayasan Rekayana Umpama"})
    assert codes(judged(record, register)) == []


# --- agreed points --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "changes", "told"),
    [
        ("disepakati", CARRIED, []),
        ("disepakati", {}, [("KS289", "butir", Severity.TOLAK)]),
        ("disepakati", {"tahap": "draf"}, [("KS289", "butir", Severity.PERINGATAN)]),
        ("terbuka", CARRIED, [("KS288", "tahap", Severity.TOLAK)]),
        ("terbuka", {**CARRIED, "tahap": "draf"}, []),
        ("batal", CARRIED, [("KS291", "butir.1.id", Severity.TOLAK)]),
        ("batal", {}, []),
    ],
)
def test_agreed_points_are_carried_and_open_ones_keep_it_a_draft(
    status: str, changes: dict[str, Any], told: list[Any]
) -> None:
    result = judged(a_mou(changes), with_point(status))
    assert [(p.code, p.at.path, p.severity) for p in result.problems] == told


# --- all at once, and answers on record -------------------------------------------------------------------------------


def test_an_unknown_partner_does_not_hide_the_other_problems() -> None:
    record = a_pks({"pihak.2.id": "tidak-ada", "pihak.2.hak": GONE, "pembiayaan.nilai": "1"})
    result = judged(record)
    assert result.naskah is None
    assert codes(result)[0] == "KS202"
    assert {"KS245", "KS250"} <= set(codes(result))


def test_without_an_institution_the_rest_is_still_judged() -> None:
    result = judged(a_mou({"pihak.1": {"id": "lain", "nomor": "1; 2"}, "premis": ["diatas"]}))
    assert result.naskah is None
    assert {"KS205", "KS230", "KS270"} <= set(codes(result))


def test_faulty_fields_do_not_hide_unknown_names() -> None:
    record = a_pks(
        {
            "tahap": GONE,
            "pihak.2.id": "jayaa",
            "pihak.1.penanda_tangan": "direktor",
            "pihak.1.kontak": "humass",
            "dasar.mou": "mou-x",
            "ruang_lingkup.1.bentuk": "pelatihn",
        }
    )
    result = judged(record)
    assert codes(result) == ["KS151", "KS203", "KS204", "KS202", "KS207", "KS231"]
    assert [p.params.get("mungkin") for p in result.problems[1:5]] == ["direktur", "humas", "jaya", "pelatihan"]


@pytest.mark.parametrize("tree", [{}, {"jenis": "mou"}, {"jenis": "pks", "pihak": "x", "dasar": []}, {"jenis": ["x"]}])
def test_any_tree_is_answered_with_problems(tree: dict[str, Any]) -> None:
    result = judged(tree)
    assert result.refused and result.naskah is None


def test_an_answered_warning_becomes_information_and_keeps_its_code() -> None:
    record = a_mou({"premis": ["diatas"], "tanggapan": [{"kode": "KS270", "alasan": "kutipan", "oleh": "Direktur"}]})
    result = judged(record)
    assert [(p.code, p.severity) for p in result.problems] == [("KS270", Severity.INFO)]
    assert not result.refused


def test_a_refusal_cannot_be_answered() -> None:
    record = a_mou({"pihak.1.nomor": "1/A, 2/B", "tanggapan": [{"kode": "KS230", "alasan": "x", "oleh": "Direktur"}]})
    result = judged(record)
    assert sorted(codes(result)) == ["KS230", "KS296"]
    assert result.refused


def test_later_stages_can_use_the_same_answers() -> None:
    record = judged(a_mou({"tanggapan": [{"kode": "KS334", "alasan": "x", "oleh": "Direktur"}]}))
    assert record.naskah is not None
    warned = judged(a_mou({"premis": ["diatas"]})).problems
    assert accept(warned, record.naskah.isi) == list(warned)
    assert codes(record) == []


def test_problems_carry_the_record_and_the_place_in_its_file(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("jenis: mou\nid: mou-x\npihak:\n  - id: poltek\n  - id: tidak-ada\n", encoding="utf-8")
    result = validate(next(read(file)), a_register(), TODAY)
    told = next(p for p in result.problems if p.code == "KS202")
    assert (told.record, told.at.file, told.at.line, told.at.path) == ("mou-x", str(file), 5, "pihak.2.id")


def test_problems_survive_pickling() -> None:
    result = judged(a_mou({"premis": ["diatas"]}))
    assert pickle.loads(pickle.dumps(result.problems)) == result.problems


# --- what is still open -------------------------------------------------------------------------------------------


def test_what_is_open_is_listed_before_signing() -> None:
    record = a_mou({"tahap": "draf", "pihak.1.nomor": "tanpa_nomor", "pihak.2.nomor": GONE, **CARRIED})
    record["penandatanganan"] = {"tempat": "diisi_tangan"}
    result = judged(record, with_point("terbuka"))
    assert result.naskah is not None
    assert open_items(result.naskah) == ("pihak.2.nomor", "penandatanganan.tanggal", "pihak.1.nomor", "butir.1")


def test_nothing_is_open_in_a_signed_record() -> None:
    result = judged(a_mou())
    assert result.naskah is not None
    assert open_items(result.naskah) == ()


# --- the register -------------------------------------------------------------------------------------------------


def test_one_partner_under_two_ids_is_told() -> None:
    twin = spoiled(JAYA, {"id": "jaya-raya", "nama": "Jaya Raya Umpama, PT.", "kontak": []})
    told = check_register(a_register(extra=(twin,)))
    assert [(p.code, p.record) for p in told] == [("KS279", "jaya-raya")]


def test_unknown_parents_and_copied_contacts_are_told() -> None:
    copied = {"induk": "jayaa", "kontak.1.surel": "sdm@jaya.example", "kontak.1.telepon": "(0778) 111001"}
    told = check_register(a_register({"lain": copied}))
    assert sorted((p.code, p.record) for p in told) == [("KS282", "lain"), ("KS286", "lain"), ("KS286", "poltek")]
    assert next(p for p in told if p.code == "KS282").params["mungkin"] == "jaya"


def test_a_sound_register_has_no_problem() -> None:
    assert check_register(a_register({"lain": {"induk": "jaya", "kontak.1.surel": "sdm@jaya.example"}})) == []


# --- the whole --------------------------------------------------------------------------------------------------


def test_each_rule_has_a_code_of_its_own() -> None:
    told = [(rule.__doc__ or "").partition(":")[0] for rule in RULES]
    assert sorted(told) == sorted(set(told))
    assert set(told) <= set(catalogue())


def test_the_shipped_records_pass() -> None:
    register = open_register(ROOT / "data")
    assert check_register(register) == []
    day = date(2026, 11, 22)
    refused = [
        f"{p.at} {p.code} {p.message('en')}"
        for source in read_all([ROOT / "data" / "mou", ROOT / "data" / "pks"])
        if not isinstance(source, Exception)
        for p in validate(source, register, day).problems
        if p.refuses
    ]
    assert refused == []


# --- the exploration that an MoU rests on -----------------------------------------------------------------------


def explored(**changes: Any) -> MemoryRegister:
    """A register that knows one exploration, of PT Jaya Raya Umpama."""
    register = a_register(naskah=())
    entry = summarize_penjajakan(
        {"jenis": "penjajakan", "id": "penjajakan-jaya", "mitra": "jaya", "rekomendasi": "layak", **changes}
    )
    assert entry is not None
    register.penjajakan_[entry.id] = entry
    return register


def test_an_mou_may_name_the_exploration_it_rests_on_or_none() -> None:
    assert codes(judged(a_mou({"penjajakan": "penjajakan-jaya"}), explored())) == []
    assert codes(judged(a_mou(), explored())) == []


def test_an_exploration_that_is_not_there_is_told_with_the_nearest() -> None:
    (told,) = found(judged(a_mou({"penjajakan": "penjajakan-jya"}), explored()), "KS298")
    assert told.refuses and (told.at.path, told.params["mungkin"]) == ("penjajakan", "penjajakan-jaya")


def test_an_exploration_of_somebody_else_is_no_basis() -> None:
    (told,) = found(judged(a_mou({"penjajakan": "penjajakan-jaya"}), explored(mitra="lain")), "KS298")
    assert "`lain`" in str(told.params["sebab"])


def test_an_unfit_partner_keeps_the_mou_from_leaving_until_the_direktur_decides() -> None:
    record = a_mou({"penjajakan": "penjajakan-jaya"})
    (told,) = found(judged(record, explored(rekomendasi="tidak layak")), "KS374")
    assert told.refuses and told.at.path == "penjajakan"
    decided = {"tanggal": "2025-02-03", "dari": "Direktur", "keputusan": "dilanjutkan", "isi": "Lanjutkan."}
    assert codes(judged(record, explored(rekomendasi="tidak layak", disposisi=[decided]))) == []


def test_two_explorations_of_one_id_are_told(tmp_path: Path) -> None:
    (tmp_path / "penjajakan").mkdir()
    for name in ("a", "b"):
        record = {"jenis": "penjajakan", "id": "penjajakan-x", "mitra": "jaya"}
        (tmp_path / "penjajakan" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    assert [(p.code, p.record) for p in open_register(tmp_path).problems] == [("KS298", "penjajakan-x")]
