"""Filling values into a file changes those values and not one byte more."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksdocs.problems import SourceError
from ksdocs.sources import Source, items, set_values

YAML = """# catatan
jenis: pks   # jenis naskah
tahap: siap_ttd
waktu:
  tempat: 'Batam'  # kota
pihak:
  - id: polibatam
    nomor:
  - id: mitra
    nomor: diisi_tangan # nanti
    tentang: >-
      dua
      baris
catatan: {a: 1}
"""

YAML_FILLED = """# catatan
jenis: pks   # jenis naskah
tahap: ditandatangani
waktu:
  tempat: "Tanjung Pinang: kota"  # kota
  tanggal: 2025-03-17
pihak:
  - id: polibatam
    nomor: 012/MOU.PL29/III/2025
  - id: mitra
    nomor: "7" # nanti
    tentang: >-
      dua
      baris
catatan: {a: 1, b: x, "c d": "true"}
"""

VALUES = {
    "tahap": "ditandatangani",
    "waktu.tempat": "Tanjung Pinang: kota",
    "waktu.tanggal": "2025-03-17",
    "pihak.1.nomor": "012/MOU.PL29/III/2025",
    "pihak.2.nomor": "7",
    "catatan.b": "x",
    "catatan.c d": "true",
}


def source_of(folder: Path, name: str, content: str, record: int = 0) -> Source:
    path = folder / name
    path.write_bytes(content.encode())
    found = list(items(path))[record]
    assert isinstance(found, Source)
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_yaml_keeps_its_comments_order_and_quotes(tmp_path: Path, newline: str, bom: str) -> None:
    source = source_of(tmp_path, "a.yaml", bom + YAML.replace("\n", newline))
    assert set_values(source, VALUES).decode() == bom + YAML_FILLED.replace("\n", newline)


def test_json_keeps_its_layout(tmp_path: Path) -> None:
    text = '{\n    "id": "x",\n    "n": 1.0,\n    "pihak": [{"id": "a"}, {}],\n'
    text += '    "waktu": {\n        "tempat": null\n    }\n}\n'
    source = source_of(tmp_path, "a.json", text)
    values = {
        "n": '"2"',
        "pihak.1.nomor": "1",
        "pihak.2.nomor": "2",
        "waktu.tempat": "B",
        "waktu.tanggal": "2025-03-17",
    }
    assert set_values(source, values).decode() == (
        '{\n    "id": "x",\n    "n": "\\"2\\"",\n    "pihak": [{"id": "a", "nomor": "1"}, {"nomor": "2"}],\n'
        '    "waktu": {\n        "tempat": "B",\n        "tanggal": "2025-03-17"\n    }\n}\n'
    )


def test_toml_keeps_its_tables(tmp_path: Path) -> None:
    text = (
        "# c\nid = 'x' # id\ntanggal = 2025-01-01\ntentang.en = 'About'\nlogo = {a = 1}\n\n"
        "[waktu]\n# kosong\n\n[[pihak]]\nid = 'a'\n[[pihak]]\nid = 'b'\n"
    )
    values = {
        "id": "y",
        "tanggal": "2025-03-17",
        "tempat": "Batam",
        "tentang.id": "Tentang",
        "logo.b": "2",
        "waktu.tanggal": "2025-03-17",
        "pihak.2.nomor": "7",
        "sah.oleh.nama": "Z",
    }
    assert set_values(source_of(tmp_path, "a.toml", text), values).decode() == (
        '# c\nid = "y" # id\ntanggal = 2025-03-17\ntentang.en = \'About\'\ntentang.id = "Tentang"\n'
        'logo = {a = 1, b = "2"}\ntempat = "Batam"\nsah = {oleh = {nama = "Z"}}\n\n'
        "[waktu]\ntanggal = \"2025-03-17\"\n# kosong\n\n[[pihak]]\nid = 'a'\n[[pihak]]\nid = 'b'\nnomor = \"7\"\n"
    )


def test_only_the_asked_record_of_a_file_changes(tmp_path: Path) -> None:
    source = source_of(tmp_path, "a.yaml", "id: a\n---\nid: b\nn: |\n  x\n  y\n---\nid: c\n", 1)
    assert set_values(source, {"n": "z", "m": "1"}).decode() == 'id: a\n---\nid: b\nm: "1"\nn: z\n---\nid: c\n'


def test_missing_parents_come_as_one_entry(tmp_path: Path) -> None:
    source = source_of(tmp_path, "a.yaml", "id: a\n")
    filled = set_values(source, {"waktu.tanggal": "2025-03-17", "waktu.tempat": "Batam"})
    assert filled.decode() == "id: a\nwaktu: {tanggal: 2025-03-17, tempat: Batam}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "id: a\npihak: [x]\n"),
        ("a.jsonl", '{"id": "a"}\n'),
        ("a.csv", "id;x\na;b\n"),
        ("a.toml", "id = 'a'\npihak = ['x']\n"),
    ],
)
def test_what_cannot_be_filled_in_is_told_with_its_value(tmp_path: Path, name: str, text: str) -> None:
    source = source_of(tmp_path, name, text)
    with pytest.raises(SourceError) as caught:
        set_values(source, {"pihak.2.nomor": "7"})
    (found,) = caught.value.problems
    assert (found.code, found.params) == ("KS127", {"jalur": "pihak.2.nomor", "nilai": "7"})
    assert found.at.path == "pihak.2.nomor"
