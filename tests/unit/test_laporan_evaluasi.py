"""The figures of a year: the edges of every count, and the same figures counted once more from the files."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from cli_runs import ROOT
from hitung import Count
from ksdocs.laporan.arti import ARTI
from ksdocs.laporan.evaluasi import Evaluasi, evaluate
from ksdocs.laporan.periksa import cannot_report, own_institution, report_day
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.office import open_office
from tahun import HARI, KINI, OWN, ROWS, counts, evaluated, ids, office, write_folder, write_list


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("tahun") / "data")


@pytest.fixture(scope="module")
def found(data: Path) -> Evaluasi:
    return evaluated(data)


def test_the_small_folder_can_be_reported(data: Path) -> None:
    assert cannot_report(office(data).register, 2026, HARI, OWN, KINI) == []


# --- agreements ---------------------------------------------------------------------------------------------


def test_on_its_last_day_an_agreement_is_in_force_and_ended_in_the_year(found: Evaluasi) -> None:
    assert "naskah:pks-a" in found.ukuran["naskah_berlaku"].asal
    assert "naskah:pks-a" in found.ukuran["naskah_berakhir"].asal
    assert {"pks-a"} <= ids(found, "berakhir") & ids(found, "berakhir_6")


def test_one_signed_and_over_in_the_same_year_counts_in_both(found: Evaluasi) -> None:
    assert "pks-singkat" in ids(found, "baru") & ids(found, "berakhir")
    assert "naskah:pks-singkat" not in found.ukuran["naskah_berlaku"].asal


def test_what_is_carried_on_has_not_ended_and_what_carries_it_on_is_new_and_in_force(found: Evaluasi) -> None:
    assert "pks-lama" not in ids(found, "berakhir")
    assert "pks-penerus" in ids(found, "baru")
    assert {"naskah:pks-penerus", "naskah:mou-penerus"} <= set(found.ukuran["naskah_berlaku"].asal)
    assert ids(found, "diperpanjang") == {"pks-lama", "mou-lama"}


def test_what_ends_soon_names_what_was_signed_to_carry_it_on(data: Path) -> None:
    early = evaluated(data, day=date(2026, 2, 20))  # signed, and beginning on 1 March
    told = {str(row[0].isi): row[-1] for row in early.tabel["berakhir_6"].baris}
    assert (told["pks-lama"].isi, told["pks-lama"].asal) == ("pks-penerus", ("naskah:pks-penerus",))
    assert told["pks-singkat"].isi == ""


def test_a_year_knows_nothing_of_what_was_signed_after_the_day(found: Evaluasi) -> None:
    assert not any("pks-nanti" in str(cell) for table in found.tabel.values() for row in table.baris for cell in row)
    assert "naskah:pks-nanti" not in found.asal


def test_a_later_day_counts_what_was_signed_until_then(data: Path) -> None:
    assert "pks-nanti" in ids(evaluated(data, day=KINI), "baru")


def test_how_an_agreement_ended_is_told(found: Evaluasi) -> None:
    how = {str(row[0].isi): (row[4].isi, row[5].isi) for row in found.tabel["berakhir"].baris}
    assert how == {
        "pks-putus": (date(2026, 4, 15), "Diakhiri sebelum waktunya"),
        "pks-singkat": (date(2026, 6, 30), "Habis masa berlakunya"),
        "pks-tuntas": (date(2026, 8, 1), "Selesai"),
        "pks-a": (date(2026, 11, 20), "Habis masa berlakunya"),
    }


def test_drafts_and_what_has_not_begun_are_neither_in_force_nor_counted_as_signed_before_they_are(
    found: Evaluasi,
) -> None:
    assert counts(found, "status", "Draf") == [0, 0, 0, 1]
    assert counts(found, "status", "Proses Tanda Tangan") == [0, 0, 0, 1]
    assert counts(found, "status", "Belum Berlaku") == [1, 0, 0, 1]


def test_several_fields_count_in_each_and_once_in_the_total(found: Evaluasi) -> None:
    rows = {str(row[0].isi): row for row in found.tabel["bidang"].baris}
    assert all("naskah:pks-tiga" in rows[name][1].asal for name in ("Pendidikan", "Penelitian"))
    signed = [int(str(row[1].isi)) for row in rows.values()]
    assert signed[-1] == found.ukuran["naskah_baru"].isi == 7
    assert sum(signed[:-1]) == 9


def test_a_partner_counts_once_however_many_agreements_it_has(found: Evaluasi) -> None:
    assert set(found.ukuran["mitra_berlaku"].asal) == {"mitra:jaya", "mitra:nusa", "mitra:kota", "mitra:asing"}
    assert set(found.ukuran["mitra_industri"].asal) == {"mitra:jaya", "mitra:asing"}
    assert found.ukuran["mitra_baru"].isi == 0


def test_another_institution_in_the_folder_counts_only_in_its_own_report(found: Evaluasi, data: Path) -> None:
    assert not any("tetangga" in key for key in found.asal)
    theirs = evaluated(data, own="tetangga")
    assert theirs.ukuran["naskah_baru"].asal == ("naskah:pks-tetangga",)
    assert theirs.ukuran["peserta"].isi == 50
    assert evaluated(data, own="").ukuran["naskah_baru"].isi == 8


# --- activities ---------------------------------------------------------------------------------------------


def test_an_activity_counts_once_with_its_last_state_and_in_every_year_that_it_touches(found: Evaluasi) -> None:
    done = {found.asal[key].isi["judul"] for key in found.ukuran["kegiatan_terlaksana"].asal}
    assert done == {"MAGANG", "Melintasi dua tahun", "Seminar"}
    assert counts(found, "kegiatan", "Jumlah") == [1, 2, 3, 0, 1, 7]
    assert found.ukuran["peserta"].isi == 21 + 5 + 100


def test_what_is_over_only_after_the_day_still_goes_on_and_what_began_later_is_not_there(found: Evaluasi) -> None:
    states = {one.isi["judul"]: one.isi["keadaan"] for one in found.asal.values() if one.jenis == "kegiatan"}
    assert states["Pertukaran"] == "berjalan"
    assert states["Rencana Desember"] == "rencana"
    assert "Sesudah hari laporan" not in states and "Tahun lalu saja" not in states


def test_activities_without_evidence_and_agreements_without_activity_are_listed(found: Evaluasi) -> None:
    assert ids(found, "tanpa_bukti") == {"Seminar"}
    # mou-a has one through pks-a, mou-penerus none under any that rests on itself.
    assert ids(found, "tanpa_kegiatan") == {"pks-penerus", "mou-b", "mou-penerus"}
    assert ids(found, "mou_tanpa_pks") == {"mou-b"}


def test_table_one_of_the_lkps_stands_by_field_and_numbers_each_anew(found: Evaluasi) -> None:
    rows = [[cell.isi for cell in row] for row in found.tabel["lkps_1"].baris]
    fields = [str(row[0]) for row in rows]
    assert fields == sorted(fields, key=["Pendidikan", "Penelitian", "Pengabdian kepada masyarakat"].index)
    for field in set(fields):
        assert [row[1] for row in rows if row[0] == field] == list(range(1, fields.count(field) + 1))
    (intern,) = (row for row in rows if row[4] == "MAGANG")
    assert intern[6] == "2 Februari 2026 – 30 Juni 2026 (149 hari)"
    assert intern[8] == 2026


def test_what_ended_early_ends_on_the_same_day_in_every_table(tmp_path: Path) -> None:
    extra = [
        {"id": "pks-baru-putus", "tanggal": "2026-01-05", "berakhir": "2029-01-04", "pihak": "polibatam; jaya",
         "bentuk": "seminar", "diakhiri": "2026-09-30"},
        {"id": "pks-baru-tuntas", "tanggal": "2026-01-06", "berakhir": "2028-01-05", "pihak": "polibatam; jaya",
         "bentuk": "seminar", "selesai": "2026-06-08"},
    ]  # fmt: skip
    data = write_folder(tmp_path / "data")
    write_list(data / "arsip" / "tambah.csv", extra)
    path = data / "monitoring" / "kegiatan-putus.yaml"
    path.write_text(
        "jenis: monitoring\nid: monitoring-putus\ninstitusi: polibatam\ntahun: 2026\nperiode: Setahun\n"
        "tanggal: 2026-11-20\njabatan_penyusun: Kepala\nkegiatan:\n"
        "  - {naskah: pks-baru-putus, judul: Kuliah, mulai: 2026-02-02, selesai: 2026-02-03, keadaan: terlaksana,\n"
        "     manfaat: Ada, pic: Ketua, tanggal_monitoring: 2026-03-02}\n",
        encoding="utf-8",
    )
    found = evaluated(data)
    ended = {str(row[0].isi): row[4].isi for row in found.tabel["berakhir"].baris}
    signed = {str(row[0].isi): row[-1].isi for row in found.tabel["baru"].baris}
    for ident in ("pks-baru-putus", "pks-baru-tuntas"):
        assert signed[ident] == ended[ident]
    assert signed["pks-baru-putus"] == date(2026, 9, 30)
    assert {row[8].isi for row in found.tabel["lkps_1"].baris if row[4].isi == "Kuliah"} == {2026}


# --- survey and programme -----------------------------------------------------------------------------------


def test_satisfaction_is_the_mean_of_what_was_answered_and_a_silent_partner_only_lowers_the_response(
    found: Evaluasi,
) -> None:
    rows = {str(row[1].isi): row for row in found.tabel["kepuasan"].baris}
    assert (rows["Bukti fisik"][2].isi, rows["Bukti fisik"][3].isi) == (3, Decimal("3.00"))
    assert (rows["Keandalan"][2].isi, rows["Keandalan"][3].isi) == (2, Decimal("3.50"))
    assert found.ukuran["kepuasan_rerata"].isi == Decimal("3.20")
    assert found.ukuran["respons_persen"].isi == Decimal("50.0")


def test_a_survey_that_has_not_begun_on_the_day_tells_nothing(data: Path) -> None:
    early = evaluated(data, day=date(2026, 10, 4))
    assert early.tabel["kepuasan"].baris == ()
    assert early.ukuran["kepuasan_rerata"].isi is None


def test_targets_without_a_measure_wait_for_what_the_evaluation_tells(found: Evaluasi) -> None:
    assert [row[0].isi for row in found.tabel["sasaran"].baris] == ["S1", "S2"]
    assert [(row[5].isi, row[7].isi) for row in found.tabel["sasaran"].baris] == [(None, "Belum dilaporkan")] * 2


def test_a_target_is_held_against_its_measure_or_against_what_the_evaluation_tells(data: Path, tmp_path: Path) -> None:
    templates = forms_with_measures(tmp_path / "templates")
    shutil.copytree(data, tmp_path / "data")
    programme = tmp_path / "data" / "program" / "program.yaml"
    told = programme.read_text(encoding="utf-8").replace(
        "indikator: PKS baru,", "indikator: PKS baru, ukuran: pks_baru,"
    )
    programme.write_text(told, encoding="utf-8")
    (tmp_path / "data" / "evaluasi").mkdir()
    (tmp_path / "data" / "evaluasi" / "evaluasi.yaml").write_text(
        "jenis: evaluasi\nid: evaluasi-2026\ninstitusi: polibatam\ntahun: 2026\n"
        "realisasi: [{kode: S2, realisasi: '45,5', keterangan: Buku bukti}, {kode: S1, realisasi: 9, keterangan: x}]\n",
        encoding="utf-8",
    )
    register = open_office(data=tmp_path / "data", templates=templates).register
    assert cannot_report(register, 2026, HARI, OWN, KINI) == []
    found = evaluate(register, 2026, HARI, OWN)
    hold_together(found)
    rows = {str(row[0].isi): row for row in found.tabel["sasaran"].baris}
    assert [cell.isi for cell in rows["S1"][5:]] == [4, Decimal("66.7"), "Dihitung"]
    assert rows["S1"][5].asal == found.ukuran["pks_baru"].asal
    assert [cell.isi for cell in rows["S2"][5:]] == [Decimal("45.5"), Decimal("50.6"), "Buku bukti"]
    (key,) = rows["S2"][5].asal
    assert found.asal[key].isi["keterangan"] == "Buku bukti" and "evaluasi.yaml" in found.asal[key].tempat


def forms_with_measures(folder: Path) -> Path:
    """The shipped templates, in which a target may name a measure, and an evaluation that tells realisations only."""
    shutil.copytree(ROOT / "templates", folder)
    program = folder / "forms" / "program" / "jenis.toml"
    text = program.read_text(encoding="utf-8")
    if 'nama = "ukuran"' not in text:
        field = '  [[isian.isian]]\n  nama = "ukuran"\n  jenis = "pengenal"\n  label.id = "Ukuran"\n\n'
        head, sep, tail = text.partition('[[isian]]\nnama = "kegiatan"')
        program.write_text(head + field + sep + tail, encoding="utf-8")
    own = folder / "forms" / "evaluasi"
    own.mkdir(exist_ok=True)
    (own / "jenis.toml").write_text(
        'id = "evaluasi"\njudul.id = "Evaluasi"\n'
        '[[isian]]\nnama = "tahun"\njenis = "tahun"\nlabel.id = "Tahun"\n'
        '[[isian]]\nnama = "realisasi"\njenis = "daftar"\nlabel.id = "Realisasi"\n'
        + "".join(
            f'  [[isian.isian]]\n  nama = "{name}"\n  jenis = "{kind}"\n  label.id = "{name}"\n'
            for name, kind in (("kode", "pengenal"), ("realisasi", "desimal"), ("keterangan", "baris"))
        ),
        encoding="utf-8",
    )
    return folder


# --- an empty year ------------------------------------------------------------------------------------------


def test_an_empty_year_has_every_table_no_count_and_no_mean(data: Path, found: Evaluasi) -> None:
    empty = evaluated(data, 2019, date(2019, 12, 31))
    assert list(empty.tabel) == list(found.tabel)
    assert list(empty.ukuran) == list(UKURAN)
    without = {"kegiatan_berbukti_persen", "mou_ditindaklanjuti_persen", "naskah_berkegiatan_persen"}
    without |= {"kepuasan_rerata", "respons_persen"}
    assert {ident for ident, cell in empty.ukuran.items() if cell.isi is None} == without
    assert {cell.isi for ident, cell in empty.ukuran.items() if ident not in without} == {0}
    assert {cell.isi for t in ("jenis", "tingkat") for row in empty.tabel[t].baris for cell in row[1:]} == {0}
    assert all(not empty.tabel[t].baris for t in ("baru", "berakhir", "kegiatan", "kepuasan", "sasaran", "portal"))
    assert empty.asal == {} or set(empty.asal) <= {key for cells in _cells(empty) for key in cells}


def _cells(found: Evaluasi) -> list[tuple[str, ...]]:
    told = [cell.asal for table in found.tabel.values() for row in table.baris for cell in row]
    return told + [cell.asal for cell in found.ukuran.values()]


# --- every figure has its rows ------------------------------------------------------------------------------


def hold_together(found: Evaluasi) -> None:
    """What must be true of any evaluation: kinds add up, every key leads to its row, a count is that of its rows."""
    for name, total in (("jenis", "naskah"), ("tingkat", "naskah"), ("status", "naskah")):
        *rows, last = found.tabel[name].baris
        for column in range(1, len(last)):
            assert last[column].isi == sum(int(str(row[column].isi)) for row in rows)
        told = [found.ukuran[f"{total}_{what}"].isi for what in ("baru", "berlaku", "berakhir")]
        assert [cell.isi for cell in last[1:4]] == told
    named = {key for keys in _cells(found) for key in keys}
    assert named == set(found.asal)
    cells = [cell for table in found.tabel.values() for row in table.baris for cell in row]
    for cell in [*cells, *found.ukuran.values()]:
        assert len(cell.asal) == len(set(cell.asal))
        if isinstance(cell.isi, int) and not cell.satuan and cell.asal:
            assert cell.isi == len(cell.asal)
        if cell.isi == 0 and not cell.satuan:
            assert cell.asal == ()
    done, proved = (int(str(found.ukuran[f"kegiatan_{name}"].isi)) for name in ("terlaksana", "berbukti"))
    assert len(found.tabel["tanpa_bukti"].baris) == done - proved
    for name in ("baru", "berakhir", "diperpanjang"):
        assert len(found.tabel[name].baris) == found.ukuran[f"naskah_{name}"].isi
    for table in found.tabel.values():
        assert {len(row) for row in table.baris} <= {len(table.kolom)}
        assert len(set(table.kolom)) == len(table.kolom)
    assert set(found.tabel) == set(ARTI)


def test_the_small_year_holds_together(found: Evaluasi) -> None:
    hold_together(found)


def test_rows_tell_where_they_stand(found: Evaluasi) -> None:
    places = {key: one.tempat for key, one in found.asal.items()}
    assert places["naskah:pks-a"].endswith("arsip.csv B3")
    assert all(places.values())


# --- counted once more --------------------------------------------------------------------------------------


def compare(found: Evaluasi, again: Count) -> None:
    told = {ident: cell.isi for ident, cell in found.ukuran.items()}
    assert told == again.ukuran()
    assert ids(found, "tanpa_kegiatan") == again.idle()
    assert ids(found, "berakhir_6") == again.ending(6)
    assert ids(found, "berakhir_12") == again.ending(12)
    for table, row, wanted in _groups(again):
        assert counts(found, table, row)[:3] == again.three(wanted), (table, row)


def _groups(again: Count) -> list[tuple[str, str, list[dict[str, object]]]]:
    names = {"jenis": ("jenis_naskah", {"mou": "MoU", "pks": "PKS", "ia": "IA", "adendum": "Adendum"})}
    names["tingkat"] = (
        "tingkat", {"lokal": "Lokal/wilayah", "nasional": "Nasional", "internasional": "Internasional"}
    )  # fmt: skip
    found = [
        (table, label, [a for a in again.known if a[field] == key])
        for table, (field, keys) in names.items()
        for key, label in keys.items()
    ]
    fields = {"pendidikan": "Pendidikan", "penelitian": "Penelitian", "pengabdian": "Pengabdian kepada masyarakat"}
    found += [("bidang", label, [a for a in again.known if key in a["bidang"]]) for key, label in fields.items()]
    return [*found, ("bidang", "Jumlah", again.known)]


def test_the_small_year_is_the_same_when_counted_from_the_files(data: Path, found: Evaluasi) -> None:
    compare(found, Count(data, 2026, HARI, OWN))


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 11, 21), KINI])
def test_on_any_day_the_figures_are_those_of_the_files(data: Path, day: date) -> None:
    compare(evaluated(data, day=day), Count(data, 2026, day, OWN))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_the_sample_year_is_the_same_when_counted_from_the_files(year: int) -> None:
    day = report_day(year, HARI)
    found = evaluated(ROOT / "data", year, day)
    hold_together(found)
    compare(found, Count(ROOT / "data", year, day, OWN))


@pytest.mark.parametrize("seed", range(6))
def test_a_list_made_by_chance_is_the_same_when_counted_from_the_files(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    data = write_folder(tmp_path / "data")
    write_list(data / "arsip" / "arsip.csv", [*ROWS, *(_by_chance(chance, n) for n in range(60))])
    found = evaluated(data)
    hold_together(found)
    compare(found, Count(data, 2026, HARI, OWN))


def _by_chance(chance: Random, number: int) -> dict[str, str]:
    def some_day(first: int, last: int) -> date:
        return date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))

    signed = some_day(2023, 2026)
    kind = chance.choice(["mou", "pks", "pks", "ia"])
    row = {
        "id": f"{kind}-{number}x", "tanggal": signed.isoformat(), "berakhir": some_day(2027, 2029).isoformat(),
        "pihak": "; ".join([OWN, *chance.sample(["jaya", "nusa", "kota", "asing", "diam"], chance.randint(1, 3))]),
        "tingkat": chance.choice(["lokal", "nasional", "internasional"]),
        "bidang": "; ".join(chance.sample(["pendidikan", "penelitian", "pengabdian"], chance.randint(1, 3))),
    }  # fmt: skip
    if chance.random() < 0.3:
        row["berakhir"] = max(signed, some_day(2025, 2026)).isoformat()
    if chance.random() < 0.2:
        row[chance.choice(["diakhiri", "selesai"])] = min(
            max(signed, some_day(2025, 2026)), date.fromisoformat(row["berakhir"])
        ).isoformat()
    if kind != "mou" and chance.random() < 0.5:
        row["mou"] = chance.choice(["mou-a", "mou-b", "mou-lama"])
    if chance.random() < 0.1:
        row["tahap"] = "draf"
    return row


# --- what keeps a year from being reported ------------------------------------------------------------------


def codes(data: Path, year: int = 2026, day: date = HARI, own: str = OWN) -> list[str]:
    return [p.code for p in cannot_report(office(data).register, year, day, own, KINI)]


def test_a_day_before_the_year_or_still_to_come_is_refused(data: Path) -> None:
    assert codes(data, 2027, date(2026, 12, 1)) == ["KS850"]
    assert codes(data, day=date(2026, 12, 11)) == ["KS851"]


def test_the_institution_must_be_known_and_told_where_there_are_several(data: Path) -> None:
    assert codes(data, own="polbatam") == ["KS853"]
    assert own_institution(office(data).register) == ""
    assert codes(data, own="") == ["KS854"]


def test_a_folder_without_an_institution_is_the_wrong_folder_and_no_empty_year(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert codes(tmp_path / "data", own="") == ["KS855"]
    assert codes(tmp_path / "data", own="polibatam") == ["KS855"]


def test_the_institution_of_every_agreement_is_meant_where_none_is_told(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", [row for row in ROWS if row["id"] != "pks-tetangga"])
    assert own_institution(office(data).register) == OWN


def test_one_row_that_cannot_be_read_refuses_the_whole_report_at_its_place(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", [*ROWS, {"id": "pks-rusak", "tanggal": "besok", "pihak": "polibatam; jaya"}])
    first, *rest = cannot_report(office(data).register, 2026, HARI, OWN, KINI)
    assert first.code == "KS819" and first.params["banyak"] == str(len(rest)) == "1"
    assert str(rest[0].at.file).endswith("arsip.csv")


def test_what_was_terminated_after_its_last_day_would_end_in_two_years_and_is_refused(tmp_path: Path) -> None:
    late = {"id": "pks-dua-kali", "tanggal": "2024-01-02", "berakhir": "2025-12-31", "diakhiri": "2026-02-01"}
    data = write_folder(tmp_path / "data", [*ROWS, {**late, "pihak": "polibatam; jaya"}])
    assert codes(data) == ["KS819", "KS810"]


def test_a_signed_record_without_a_date_and_one_kept_twice_are_told(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data")
    (data / "mou").mkdir()
    for name in ("satu", "dua"):
        text = "jenis: mou\nid: mou-ganda\ntahap: ditandatangani\npihak: [{id: polibatam}, {id: jaya}]\n"
        (data / "mou" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert {"KS819", "KS811", "KS813"} <= set(codes(data))


def test_an_activity_of_an_agreement_that_is_not_there_is_told_at_its_row(tmp_path: Path) -> None:
    data = write_folder(tmp_path / "data", [row for row in ROWS if row["id"] != "ia-c"])
    told = cannot_report(office(data).register, 2026, HARI, OWN, KINI)
    assert [p.code for p in told] == ["KS819", "KS852"]
    assert str(told[1].at.file).endswith("dua.yaml") and told[1].at.line is not None


def test_every_measure_and_table_is_named_and_defined_once() -> None:
    assert len({one.nama for one in UKURAN.values()}) == len(UKURAN)
    assert all(one.arti.endswith(".") for one in UKURAN.values())
    assert all(text.endswith(".") for text in ARTI.values())


def test_a_report_without_a_day_is_of_today_or_of_the_last_day_of_a_year_that_is_over() -> None:
    assert report_day(2026, HARI) == HARI
    assert report_day(2025, HARI) == date(2025, 12, 31)


def test_indicators_that_count_every_kind_of_agreement_do_not_call_them_all_pks() -> None:
    for record in open_office(cwd=ROOT, environ={}).register.rekaman("kpi").rekaman:
        for row in record.isi.indikator:  # type: ignore[attr-defined]
            if row.ukuran and UKURAN[row.ukuran].nama.startswith("Naskah"):
                assert row.satuan == "naskah", row.kode
