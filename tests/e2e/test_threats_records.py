"""Hostile and broken records and data, row by row, as they reach an office: every row ends in a refusal with a place
and plain words and nothing written, or the value arrives exactly as it was given."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import samples
import threats
from ksdocs import api
from ksdocs.problems import KsdocsError

MOU = samples.MOU
PNG = (samples.DATA / "mitra" / "logo" / "samudra-elektronika.png").read_bytes()


# ---------------------------------------------------------------------- values that look like something else


TEXTS = {
    "tags": "{{ 7*7 }} {% if x %} {# y #} %}",
    "escape": "{{ cycler.__init__.__globals__ }}",
    "markup": "<b>A</b> & \"B\" 'C' &amp; &lt; ]]> <!-- -->",
    "emoji": "Kerja 👩‍👩‍👧‍👦 sama 🇮🇩",
    "right-to-left": "اتفاق التعاون עברית",
    "combining": "e\u0301 i\u0308 n\u0303",
    "structure": "(2) ayat **tebal** | sel | a. huruf {#nama}",
    "patterns": r"\n \1 $1 %s {0} ${x}",
    "lines": "baris satu\nbaris dua\tkolom",
    "plane": "𝔎𝔢𝔯𝔧𝔞 \ue000",
}


@pytest.mark.parametrize("name", TEXTS)
def test_row_a_value_arrives_as_it_was_given(tmp_path: Path, name: str) -> None:
    tree = threats.changed("premis.1", f"satu {TEXTS[name]}")
    samples.put(tree, "ruang_lingkup.1.teks", f"dua {TEXTS[name]}")
    left = threats.run(tmp_path, tree)
    assert left.codes == set()
    assert f"satu {TEXTS[name]}" in left.words()
    assert f"dua {TEXTS[name]}" in left.words()


def test_row_names_arrive_as_they_were_given(tmp_path: Path) -> None:
    name = "PT <Satu> & \"Dua\" 'Tiga' اتحاد 🏭"
    here = threats.data(tmp_path)
    file = here / "mitra" / "samudra-elektronika.yaml"
    threats.edit(
        file, lambda text: re.sub(r"(?m)^nama:.*$", lambda _m: f"nama: {json.dumps(name, ensure_ascii=False)}", text)
    )
    left = threats.run(tmp_path, samples.record(), data=here)
    assert left.codes == set()
    assert name in left.words()
    assert all(b"<Satu>" not in d for n, d in left.files.items() if not n.endswith(".docx"))


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800", "\u202e", "\u2066", "\u200b", "\ufdd0"])
@pytest.mark.parametrize("path", ["tentang", "pihak.2.nomor", "premis.1"])
def test_row_characters_that_no_document_may_hold(tmp_path: Path, path: str, sign: str) -> None:
    left = threats.run(tmp_path, threats.changed(path, f"a{sign}b"))
    assert left.files == {}
    assert left.codes <= {"KS110", "KS154"}
    assert {p.at.path for p in left.problems if p.refuses} == {path}


def test_row_invisible_characters_in_names(tmp_path: Path) -> None:
    left = threats.run(tmp_path, threats.changed("pihak.1.nomor", "012/MOU\u200f.PL29/III/2025"))
    assert left.codes == {"KS154"}
    assert left.files == {}


# ---------------------------------------------------------------------- size


LONG = "kata yang panjang sekali " * 400_000  # 10 MB
SIZES: dict[str, tuple[str, Any, str]] = {
    "ten-thousand-items": ("ruang_lingkup", [{"teks": f"kegiatan {n}"} for n in range(10_000)], "KS119"),
    "hundred-thousand-fields": ("varian", {f"k{n}": "x" for n in range(100_000)}, "KS119"),
    "ten-megabytes": ("premis.1", LONG, "KS118"),
    "many-long-texts": ("premis", [LONG[:99_000]] * 30, "KS118"),
    "long-name-of-a-field": ("x" * 10_000, "y", "KS118"),
    "long-subject": ("tentang", "Kerja sama " * 455, "KS172"),
    "long-number": ("pihak.1.nomor", "1/" * 40_000 + "1", "KS172"),
    "long-id": ("id", "a" * 90_000, "KS172"),
    "long-term": ("jangka_waktu.lama", "9" * 90_000, "KS1"),
    "long-date": ("penandatanganan.tanggal", "1 " * 40_000, "KS1"),
    "long-list-of-letters": (
        "klausul_tambahan",
        [{"id": "x", "judul": "X", "teks": "Daftar:\n" + "a. x\n" * 800}],
        "KS342",
    ),
    "long-attachment": ("lampiran", [{"judul": "X", "teks": ["a. x\n" * 800]}], "KS342"),
}


@pytest.mark.parametrize("name", SIZES)
def test_row_records_that_are_too_large(tmp_path: Path, name: str) -> None:
    path, value, code = SIZES[name]
    tree = samples.record()
    if "." in path:
        samples.put(tree, path, value)
    else:
        tree[path] = value
    assert all(found.startswith(code) for found in threats.refused(tmp_path, tree))


WORDY = {
    "digits": "1",
    "amounts": "Rp1.",
    "dates": "tanggal 1 ",
    "articles": "Pasal 1 ",
    "costs": "biaya ",
    "ayat": "(1) x\n",
    "stars": "**",
    "blanks": " x\t",
    "words": "satu juta ",
    "addresses": "a@a.",
}


@pytest.mark.parametrize("name", WORDY)
def test_row_long_texts_that_searches_go_through(tmp_path: Path, name: str) -> None:
    """No search may take for ever over the longest text there can be; without care, some of these do."""
    text = (WORDY[name] * 99_000)[:90_000].strip()
    left = threats.run(tmp_path, threats.changed("klausul_tambahan", [{"id": "x", "judul": "X", "teks": text}]))
    assert left.codes <= {"KS351"}


def test_row_as_many_items_as_letters_can_count(tmp_path: Path) -> None:
    items = [{"teks": f"kegiatan nomor {n}", "bentuk": "magang"} for n in range(700)]
    assert "zx." in threats.run(tmp_path, threats.changed("ruang_lingkup", items)).words()


def test_row_nine_parties(tmp_path: Path) -> None:
    lembaga = [k for k in threats.register().semua_lembaga() if k.negara == "ID" and k.pejabat[0].kewenangan]
    known = [k.id for k in lembaga if k.id != "polibatam"]
    tree = threats.draft("sembilan")
    tree["pihak"] = [{"id": ident, "nomor": "diisi_tangan"} for ident in ["polibatam", *known][:9]]
    left = threats.run(tmp_path, tree, originals=True)
    assert left.codes == set()
    assert len(left.files) == 10
    assert "PIHAK KESEMBILAN" in left.words("sembilan.docx")


# ---------------------------------------------------------------------- records as files


FILES_OF_RECORDS: dict[str, tuple[str, bytes, set[str]]] = {
    "yaml-key-twice": (".yaml", b"jenis: mou\njenis: pks\n", {"KS108"}),
    "yaml-tag": (".yaml", b"jenis: !!python/object/apply:os.system [id]\n", {"KS121"}),
    "yaml-alias-bomb": (".yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", {"KS122"}),
    "yaml-tab": (".yaml", b"jenis: mou\n\tid: x\n", {"KS123"}),
    "yaml-too-deep": (".yaml", b"[" * 100_000, {"KS109"}),
    "yaml-cp1252": (".yaml", "jenis: mou\ntentang: résumé\n".encode("cp1252"), {"KS105"}),
    "yaml-utf16": (".yaml", "jenis: mou\n".encode("utf-16"), {"KS105"}),
    "yaml-too-large": (".yaml", b"a: " + b"x" * 9_000_000, {"KS104"}),
    "json-too-deep": (".json", b'{"a":' * 100_000, {"KS109"}),
    "json-not-a-number": (".json", b'{"jenis": NaN}', {"KS112"}),
    "json-key-twice": (".json", b'{"a": 1, "a": 2}', {"KS108"}),
    "toml-too-deep": (".toml", b"a = " + b"[" * 100_000, {"KS109"}),
    "toml-endless-number": (".toml", b"a = " + b"9" * 9000, {"KS126"}),
    "csv-ragged": (".csv", b"jenis;id\nmou;a;b\n", {"KS130"}),
    "csv-too-deep": (".csv", b"jenis," + b"a." * 5000 + b"a\nmou,x\n", {"KS133"}),
    "csv-index": (".csv", b"jenis,pihak.999999999.id\nmou,x\n", {"KS133"}),
    "xlsx-that-is-none": (".xlsx", b"bukan xlsx", {"KS141"}),
    "xlsx-bomb": (".xlsx", threats.zipped(("xl/worksheets/sheet1.xml", bytes(550_000_000))), {"KS143"}),
    "nothing": (".yaml", b"# kosong\n", {"KS106"}),
    "other-ending": (".exe", b"MZ", {"KS113"}),
}


@pytest.mark.parametrize("name", FILES_OF_RECORDS)
def test_row_files_of_records(tmp_path: Path, name: str) -> None:
    suffix, content, codes = FILES_OF_RECORDS[name]
    file = tmp_path / f"rekaman{suffix}"
    file.write_bytes(content)
    assert threats.read_error(file) == codes
    assert threats.refused(tmp_path, file) == codes


@pytest.mark.parametrize("end", ["tentang: Lain\n", "tahap: &a draf\n", "lain: !!binary aGVsbG8=\n"])
def test_row_what_yaml_refuses_at_the_end_spoils_the_whole_record(tmp_path: Path, end: str) -> None:
    file = tmp_path / "rekaman.yaml"
    sound = (samples.DATA / "mou" / f"{MOU}.yaml").read_text(encoding="utf-8")
    file.write_text(sound.rstrip() + "\n" + end, encoding="utf-8")
    assert threats.refused(tmp_path, file) & {"KS108", "KS121", "KS122"}


def test_row_yaml_words_stay_words(tmp_path: Path) -> None:
    text = (samples.DATA / "mou" / f"{MOU}.yaml").read_text(encoding="utf-8")
    file = tmp_path / "rekaman.yaml"
    file.write_text(
        re.sub(r"(?m)^premis:\n  - .*$", "premis:\n  - no\n  - 0123\n  - 12:30", text), encoding="utf-8-sig"
    )
    words = threats.run(tmp_path, file).words()
    assert all(value in words for value in ("no", "0123", "12:30"))


@pytest.mark.parametrize("path", ["/tidak/ada.yaml", "a\0b.yaml", "x" * 300 + ".yaml"])
def test_row_files_that_cannot_be(path: str) -> None:
    assert threats.read_error(Path(path)) == {"KS101"}


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("penandatanganan.tanggal", "03/04/2025", "KS157"),
        ("penandatanganan.tanggal", "31/02/2025", "KS157"),
        ("penandatanganan.tanggal", "Selasa, 17 Maret 2025", "KS157"),
        ("jangka_waktu.berakhir", "2020-01-01", "KS2"),
        ("penandatanganan", "kemarin", "KS171"),
        ("pihak", "polibatam", "KS170"),
        ("jenis", ["mou"], "KS2"),
    ],
)
def test_row_dates_and_forms(tmp_path: Path, path: str, value: Any, code: str) -> None:
    assert any(found.startswith(code) for found in threats.refused(tmp_path, threats.changed(path, value)))


def test_row_a_plain_dict_that_is_none() -> None:
    around: dict[str, Any] = {}
    around["a"] = around
    trees: list[Any] = [around, {"jenis": object()}, {"jenis": b"mou"}, {"jenis": float("nan")}, {1: "a"}]
    for tree in trees:
        try:
            report = api.check(tree, threats.office(), today=samples.TODAY)
        except KsdocsError as error:
            threats.check_words(error.problems)
        else:
            assert report.refused


# ---------------------------------------------------------------------- the data folder


def _logo(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_logo(b"bukan gambar"), "KS297"),
        (_logo(b"<svg onload='x'/>"), "KS297"),
        (_logo(PNG[:60]), "KS297"),
        (_logo(PNG + bytes(6_000_000)), "KS297"),
        (_logo(b""), "KS297"),
        (_logo(PNG[:16] + b"\0\1\0\0\0\1\0\0" + PNG[24:]), "KS467"),
        (threats.link_instead("/etc/passwd"), "KS287"),
        (threats.link_instead("/dev/zero"), "KS287"),
        (threats.link_instead(str(samples.ROOT / "README.md")), "KS287"),
        (threats.link_instead("samudra-elektronika.png"), "KS297"),
        (threats.folder_instead, "KS287"),
        (Path.unlink, "KS287"),
    ],
)
def test_row_logos_that_are_none(tmp_path: Path, spoil: Callable[[Path], object], code: str) -> None:
    here = threats.data(tmp_path)
    spoil(here / "mitra" / "logo" / "samudra-elektronika.png")
    assert threats.refused(tmp_path, data=here) == {code}


@pytest.mark.parametrize("name", ["../../../../etc/passwd", "/etc/passwd", "x" * 900])
def test_row_logos_that_lie_elsewhere(tmp_path: Path, name: str) -> None:
    here = threats.data(tmp_path)
    file = here / "mitra" / "samudra-elektronika.yaml"
    threats.edit(file, lambda text: re.sub(r"(?m)^logo:.*$", f"logo: {name}", text))
    assert threats.refused(tmp_path, data=here) <= {"KS287", "KS297"}


@pytest.mark.parametrize(
    "content", ["bentuk = 3", "[[bentuk]]\nid = 3\nnama = 3", "a = " + "[" * 50_000, "a = " + "9" * 9000]
)
def test_row_code_lists_in_ruins(tmp_path: Path, content: str) -> None:
    here = threats.data(tmp_path)
    (here / "acuan" / "bentuk-kegiatan.toml").write_text(content, encoding="utf-8")
    assert threats.refused(tmp_path, data=here) == {"KS207"}
    assert "KS283" in {p.code for p in samples.office(data=here).register.problems}
