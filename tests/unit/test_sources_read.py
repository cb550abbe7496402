"""Files and folders to records: one tree from every format, nothing stops the others."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ksdocs.models.teks import NumericText
from ksdocs.problems import Problem, SourceError
from ksdocs.sources import FORMATS, Source, from_tree, read, read_all


def at(*numbers: int) -> dt.datetime:
    """A moment without a time zone, as spreadsheets and records keep it."""
    return dt.datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001


RECORD: dict[str, Any] = {
    "jenis": "pks",
    "id": "pks-1",
    "tahap": "draf",
    "tanggal": "2025-03-17",
    "pukul": "09:30",
    "jumlah": "1500000",
    "sks": "true",
    "tentang": {"id": "Magang", "en": "Internship"},
    "pihak": [{"id": "polibatam", "hak": ["satu", "dua"]}, {"id": "mitra", "hak": ["tiga"]}],
    "ruang_lingkup": [{"teks": "satu", "bentuk": "magang"}, {"teks": "dua & <b> {{ x }}"}],
}

YAML = """
jenis: pks
id: pks-1
tahap: draf
tanggal: 2025-03-17
pukul: 09:30
jumlah: 1500000
sks: true
tentang: {id: Magang, en: Internship}
pihak:
  - id: polibatam
    hak: [satu, dua]
  - id: mitra
    hak:
      - tiga
ruang_lingkup:
  - teks: satu
    bentuk: magang
  - teks: "dua & <b> {{ x }}"
"""

TOML = """
jenis = "pks"
id = "pks-1"
tahap = "draf"
tanggal = 2025-03-17
pukul = 09:30:00
jumlah = 1_500_000
sks = true
tentang = { id = "Magang", en = "Internship" }
[[pihak]]
id = "polibatam"
hak = ["satu", "dua"]
[[pihak]]
id = "mitra"
hak = ["tiga"]
[[ruang_lingkup]]
teks = "satu"
bentuk = "magang"
[[ruang_lingkup]]
teks = "dua & <b> {{ x }}"
"""


def write_csv(folder: Path) -> Path:
    path = folder / "pks.csv"
    path.write_text(
        "jenis;id;tahap;tanggal;pukul;jumlah;sks;tentang.id;tentang.en;pihak.1.id;pihak.2.id\n"
        "pks;pks-1;draf;17/03/2025;09:30;1500000;true;Magang;Internship;polibatam;mitra\n",
        encoding="cp1252",
    )
    (folder / "pks.pihak.hak.csv").write_text("id;pihak;teks\npks-1;1;satu\npks-1;2;tiga\npks-1;1;dua\n")
    (folder / "pks.ruang_lingkup.csv").write_text("id,teks,bentuk\npks-1,satu,magang\npks-1,dua & <b> {{ x }},\n")
    return path


def write_xlsx(folder: Path) -> Path:
    path = folder / "pks.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("rekaman")
    head = "jenis id tahap jumlah sks tentang.id tentang.en pihak.1.id pihak.2.id tanggal pukul"
    sheet.write_row(0, 0, head.split())
    sheet.write_row(1, 0, ["pks", "pks-1", "draf", 1500000, True, "Magang", "Internship", "polibatam", "mitra"])
    sheet.write_datetime(1, 9, at(2025, 3, 17), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_datetime(1, 10, dt.time(9, 30), book.add_format({"num_format": "hh:mm"}))
    rights = book.add_worksheet("pihak.hak")
    for row, cells in enumerate(
        (["id", "pihak", "teks"], ["pks-1", 1, "satu"], ["pks-1", 1, "dua"], ["pks-1", 2, "tiga"])
    ):
        rights.write_row(row, 0, cells)
    scope = book.add_worksheet("ruang_lingkup")
    for row, cells in enumerate(
        (["id", "teks", "bentuk"], ["pks-1", "satu", "magang"], ["pks-1", "dua & <b> {{ x }}"])
    ):
        scope.write_row(row, 0, cells)
    book.close()
    return path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(found: list[Source | SourceError]) -> list[Problem]:
    return [p for i in found if isinstance(i, SourceError) for p in i.problems]


def test_the_same_record_in_every_format_is_the_same_tree(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "a.yaml", YAML),
        write(tmp_path, "a.json", json.dumps({**RECORD, "sks": True, "jumlah": 1500000})),
        write(tmp_path, "a.jsonl", json.dumps(RECORD) + "\n"),
        write(tmp_path, "a.toml", TOML),
        write_csv(tmp_path),
        write_xlsx(tmp_path),
    ]
    assert {FORMATS[f.suffix] for f in files} == set(FORMATS.values())
    for file in files:
        (source,) = read(file)
        assert source.tree == RECORD, file
        assert source.id == "pks-1"
        for path in ("id", "pihak.2.hak.1", "ruang_lingkup.1.bentuk", "tentang.en", "pihak.1.nomor"):
            place = source.locate(path)
            assert place.path == path
            assert Path(place.file or "").stem.startswith(file.stem)
            assert place.line or place.cell
    assert from_tree({**RECORD, "tanggal": dt.date(2025, 3, 17), "sks": True}).tree == RECORD


def test_python_values_become_text() -> None:
    source = from_tree(
        {
            "bulat": 5,
            "pecahan": 0.1,
            "genap": 5.0,
            "desimal": Decimal("1500000.50"),
            "besar": 10**20,
            "hari": dt.date(2025, 3, 17),
            "saat": at(2025, 3, 17, 9, 30),
            "pukul": dt.time(9, 30, 15),
            "ya": True,
            "tiada": None,
            "kosong": " ",
            "daftar": ("a", 1),
            "angka": NumericText("7"),
            "baris": "a\r\nb",
        }
    )
    assert source.tree == {
        "bulat": "5",
        "pecahan": "0.1",
        "genap": "5",
        "desimal": "1500000.50",
        "besar": "1" + "0" * 20,
        "hari": "2025-03-17",
        "saat": "2025-03-17T09:30",
        "pukul": "09:30:15",
        "ya": "true",
        "daftar": ["a", "1"],
        "angka": "7",
        "baris": "a\nb",
    }
    assert isinstance(source.tree["angka"], NumericText)
    assert not isinstance(source.tree["bulat"], NumericText)
    place = source.locate(["daftar", 2])
    assert (place.path, place.file, place.line) == ("daftar.2", "<dict>", None)


def test_python_values_that_are_no_text_are_all_told() -> None:
    loop: dict[str, Any] = {}
    loop["a"] = loop
    with pytest.raises(SourceError) as caught:
        from_tree({"id": "x", "a": object(), "b": [1, None], "c": {"d": float("nan")}, "e": "\x00", "": 1, "f": {1, 2}})
    assert [(p.code, p.at.path, p.record) for p in caught.value.problems] == [
        ("KS112", "a", "x"),
        ("KS111", "b.2", "x"),
        ("KS112", "c.d", "x"),
        ("KS110", "e", "x"),
        ("KS115", "", "x"),
        ("KS112", "f", "x"),
    ]
    with pytest.raises(SourceError) as caught:
        from_tree({"a": Decimal("1E+999999999"), "b": 10**5000})
    assert [p.code for p in caught.value.problems] == ["KS112", "KS112"]
    with pytest.raises(SourceError) as caught:
        from_tree({"a": loop, "b": loop})
    assert [p.code for p in caught.value.problems] == ["KS109"]


def test_folders_are_read_in_order_without_what_is_no_data(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write_csv(tmp_path / "b")
    write(tmp_path, "c.yaml", "id: c")
    write(tmp_path, "a/z.json", '{"id": "z"}')
    write(tmp_path, "a/A.YML", "id: A")
    for name in (".x.yaml", ".tersembunyi/x.yaml", "~$pks.xlsx", "catatan.txt", "a/logo.png"):
        write(tmp_path, name, "id: salah")
    found = list(read_all([tmp_path]))
    assert [s.id if isinstance(s, Source) else s for s in found] == ["c", "A", "z", "pks-1"]


def test_bad_files_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    good = write(tmp_path, "c.yaml", "id: c")
    bad = write(tmp_path, "b.json", "{")
    unknown = write(tmp_path, "d.docx", "x")
    empty = tmp_path / "kosong"
    empty.mkdir()
    found = list(read_all([tmp_path / "tiada.yaml", bad, unknown, empty, good, str(good)]))
    assert [p.code for p in told(found)] == ["KS101", "KS124", "KS113", "KS116"]
    assert [s.id for s in found if isinstance(s, Source)] == ["c"]


def test_a_side_file_is_read_with_its_table_only(tmp_path: Path) -> None:
    main = write_csv(tmp_path)
    side = tmp_path / "pks.pihak.hak.csv"
    (source,) = read_all([side, main])
    assert isinstance(source, Source)
    assert source.tree == RECORD
    found = list(read_all([side]))
    assert [(p.code, p.params["induk"]) for p in told(found)] == [("KS114", "pks.csv")]


def test_a_folder_or_device_is_no_file_to_read(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").mkdir()
    with pytest.raises(SourceError) as caught:
        list(read(tmp_path / "f.yaml"))
    assert [p.code for p in caught.value.problems] == ["KS102"]
    os.mkfifo(tmp_path / "p.yaml")
    assert [p.code for p in told(list(read_all([tmp_path / "p.yaml"])))] == ["KS102"]


def test_read_gives_the_good_records_and_then_all_problems(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"id": "1"}\nrusak\n{"id": "3"}\n{"id": "4", "id": "5"}\n')
    good: list[str] = []
    with pytest.raises(SourceError) as caught:
        good.extend(source.id for source in read(path))
    assert good == ["1", "3"]
    assert [(p.code, p.at.line) for p in caught.value.problems] == [("KS124", 2), ("KS108", 4)]


def test_the_catalogue_holds_exactly_the_codes_that_reading_can_give_with_their_values(checkout: Path) -> None:
    room = checkout / "src" / "ksdocs"
    code = "".join(f.read_text(encoding="utf-8") for f in sorted((room / "sources").glob("*.py")))
    entries = tomllib.loads((room / "pesan" / "sources.toml").read_text(encoding="utf-8"))
    given = set(re.findall(r'"(KS1[0-4][0-9])"', code))
    assert given == set(entries)
    for name, entry in entries.items():
        words = " ".join(entry[lang][key] for lang in ("id", "en") for key in ("pesan", "saran"))
        for value in re.findall(r"\{(\w+)\}", words):
            assert re.search(rf'\b{value}=|"{value}":', code), f"{name} names {value}, which nothing gives"


def test_names_are_shown_as_the_user_gave_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "data/a.yaml", "id: x")
    (source,) = read_all(["data"])
    assert isinstance(source, Source)
    assert str(source.locate("id")) == "data/a.yaml:1:5"
