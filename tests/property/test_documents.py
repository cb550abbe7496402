"""Whatever a value holds and whatever is chosen: text arrives unchanged, structure stays, numbers follow on."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import samples
from ksdocs.docx.inspect import check as inspect
from ksdocs.docx.text import read
from ksdocs.dokumen import Blok, Dokumen, plain
from ksdocs.models import Mitra
from ksdocs.office import Office
from ksdocs.pipeline import Report, render
from ksdocs.problems import KsdocsError

KINDS = {"mou": samples.MOU, "pks": samples.PKS}

# ---------------------------------------------------------------------- values

HOSTILE = [
    "A & B <Tbk> \"kutip\" 'petik' &amp; &#65; ]]>",
    "{{ 7 * 7 }} {% if x %} {# catatan #} {{ pihak[0].nama }} {%p for a in b %}",
    "{{",
    "%}",
    "{#nama}",
    "**tebal** dan *miring* dan \\*",
    "| a | b |\n|---|---|\n| c | d |",
    "(1) ini seperti ayat",
    "(1) satu\n(2) dua\n    a. huruf\n    b. huruf",
    "a. ini seperti huruf\nb. dan ini",
    "1) ini seperti angka",
    "Pasal 3",
    "Pasal 3\nRUANG LINGKUP",
    "Pasal 99 ayat (2)",
    "LAMPIRAN I",
    "baris satu\nbaris dua\n\nbaris empat",
    "kolom\tkolom",
    "dua  spasi   berturut-turut",
    "👩🏽‍🔬 🇮🇩 🧪",
    "عقد التعاون مرحبا",
    "שלום",
    "é ö combining",
    "契約書",
    "_" * 30,
    "DRAF",
    "PIHAK KESATU",
    "PIHAK SATU",
    "Rp1.000.000,00 (dua juta rupiah)",
    "Selasa, 17 Maret 2025",
    "berakhir dengan titik koma;",
    "berakhir dengan titik.",
    "berakhir dengan; dan",
    ";",
    ".",
    "0",
    "None",
    "x" * 10_000,
    "kata panjang " * 800,
    "karakter\x07kendali",
    "\x01\x02\x0e\x0f\x10\x11",
    "pemisah\x1erekam",
    "arah\u202eterbalik",
    "nol\u200blebar",
    "bukan\ufffe",
    "tanda hubung lunak\u00ad dan tak putus\u2011 dan spasi\u00a0tetap",
    "garis\u2028baru",
]
values = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))

PLACES = {
    "mou": ("tentang", "premis.1", "ruang_lingkup.1.teks", "tujuan.1", "dasar_hukum.1", "pelaksanaan.1",
            "pihak.1.unit"),
    "pks": ("tentang", "premis.2", "ruang_lingkup.2.teks", "pihak.1.hak.1", "pihak.2.kewajiban.2", "pelaksanaan.1",
            "pembiayaan.beban.1.hal", "perlindungan_mahasiswa.uang_saku"),
}  # fmt: skip
places = st.sampled_from([(kind, path) for kind, paths in PLACES.items() for path in paths])


def arrived(value: str) -> str:
    """A value as the model reads it: line ends made one, white space around it gone."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def shape(dokumen: Dokumen) -> list[Any]:
    """The structure without the words."""

    def blocks(given: tuple[Blok, ...]) -> list[tuple[str, str, int, str, int]]:
        return [(b.jenis, b.nomor, b.tingkat, b.id, len(b.tabel.baris) if b.tabel else -1) for b in given]

    opening = [blocks(part) for part in (dokumen.pembuka, dokumen.komparisi, dokumen.premis, dokumen.sepakat)]
    return [*opening, *((p.nomor, p.id, blocks(p.blok)) for p in dokumen.pasal), len(dokumen.tanda_tangan)]


@cache
def plain_shape(kind: str) -> tuple[list[Any], int]:
    report = samples.printed(samples.record(KINDS[kind]))
    assert report.dokumen is not None
    return shape(report.dokumen), len(list(read(report.artifacts[0].data)))


def words_of(report: Report) -> list[str]:
    return [p.text for p in read(report.artifacts[0].data)]


def rendered(tree: dict[str, Any]) -> Report:
    try:
        return render(samples.as_source(tree), samples.office_for(tree["id"]), samples.TODAY)
    except KsdocsError as error:
        return Report(tree["id"], tree["jenis"], "<dict>", error.problems)


@given(places, values)
@example(("pks", "pihak.1.hak.1"), "x" * 10_000)
def test_a_value_arrives_unchanged_or_is_refused_at_its_place(place: tuple[str, str], value: str) -> None:
    kind, path = place
    tree = samples.record(KINDS[kind])
    samples.put(tree, path, value)
    report = rendered(tree)
    refusals = [p for p in report.problems if p.refuses]
    if refusals:
        for found in refusals:
            assert path == found.at.path or path.rpartition(".")[0] == found.at.path, (found, value)
        return
    assert any(arrived(value) in text for text in words_of(report)), value
    assert report.dokumen is not None
    expected, paragraphs = plain_shape(kind)
    assert shape(report.dokumen) == expected
    assert len(words_of(report)) == paragraphs


@pytest.mark.parametrize("value", HOSTILE, ids=lambda v: ascii(v[:24]))
def test_every_hostile_value_arrives_or_is_refused_in_every_place_it_can_stand(value: str) -> None:
    for kind, paths in PLACES.items():
        for path in paths[:4]:
            test_a_value_arrives_unchanged_or_is_refused_at_its_place.hypothesis.inner_test((kind, path), value)  # type: ignore[attr-defined]


def test_values_that_only_look_like_structure_are_not_refused() -> None:
    for value in HOSTILE[:12]:
        tree = samples.changed(samples.MOU, ruang_lingkup__1__teks=value)
        assert not rendered(tree).refused, value


# ---------------------------------------------------------------------- negotiated words, added articles, names


@given(values)
def test_negotiated_words_arrive_unchanged_and_are_never_read_as_tags(value: str) -> None:
    """Their lines are numbered as legal drafting numbers them; within a line nothing is read."""
    line = " ".join(arrived(value).split()) or "x"
    tree = samples.record(samples.PKS)
    tree["klausul_tambahan"] = [{"id": "khusus", "judul": "Khusus", "teks": f"Kata: {line}"}]
    report = rendered(tree)
    if report.refused:
        assert {p.at.path for p in report.problems if p.refuses} <= {"klausul_tambahan.1.teks"}, value
        return
    assert any(text == f"Kata: {line}" for text in words_of(report)), value
    assert report.dokumen is not None
    added = next(p for p in report.dokumen.pasal if p.id == "khusus")
    assert len(added.blok) == 1


def with_partner_named(name: str) -> Office:
    office = samples.office_for(samples.MOU)
    known = office.register
    fields = known.lembaga_["samudra-elektronika"].model_dump(mode="python") | {"nama": name}
    changed = replace(known, lembaga_={**known.lembaga_, "samudra-elektronika": Mitra.model_validate(fields)})
    return Office(office.workspace, changed)


@given(values)
def test_a_partners_name_arrives_unchanged_or_is_refused(value: str) -> None:
    try:
        office = with_partner_named(value)
    except ValueError:
        return  # the partner's own file is refused at `nama`
    report = render(samples.as_source(samples.record(samples.MOU)), office, samples.TODAY)
    if report.refused:
        assert all(p.at.path.startswith("pihak") for p in report.problems if p.refuses), value
        return
    texts = words_of(report)
    assert texts.count(arrived(value)) >= 2, value  # the title block and the signature
    assert report.dokumen is not None
    assert shape(report.dokumen) == plain_shape("mou")[0]


@given(st.text("abc ", min_size=1).map(str.strip).filter(bool), st.sampled_from([";", ".", ":", "?", "!", "; dan"]))
def test_a_value_that_already_ends_with_a_mark_gets_no_second_one(words: str, mark: str) -> None:
    given_value = words + mark
    tree = samples.changed(samples.PKS, pihak__1__hak__1=given_value, pihak__1__hak__4=given_value)
    report = samples.judge(tree)
    assert report.dokumen is not None
    article = next(p for p in report.dokumen.pasal if p.id == "hak_kewajiban")
    texts = [plain(b.teks["id"]) for b in article.blok][1:5]
    if mark == "; dan":  # ends with a word: the program closes the item as any other
        assert texts[0].startswith(given_value)
    else:
        assert texts[0] == texts[3] == given_value


# ---------------------------------------------------------------------- choices

PARTNERS = ("samudra-elektronika", "koperasi-bahari", "smk-rekaraya", "karya-mesin")
FLOWS: dict[str, dict[str, Any]] = {
    "masing_masing": {},
    "biaya_tetap": {"nilai": "24.000.000"},
    "per_satuan": {"nilai_satuan": "2.000.000", "satuan": "peserta", "volume": "12"},
    "termin": {
        "nilai": "24.000.000",
        "termin": [
            {"jumlah": "10.000.000", "syarat": "setelah rencana disetujui"},
            {"jumlah": "14.000.000", "syarat": "setelah laporan diterima", "paling_lambat": "2027-06-30"},
        ],
    },
}
PAYMENT = {
    "pembayar": "1",
    "penerima": "2",
    "tenggat": "30 hari",
    "rekening": {"bank": "Bank Contoh", "nomor": "0011", "atas_nama": "PT Samudra Elektronika Contoh"},
    "pajak": "nilai sudah termasuk pajak",
}
WAIVED = {"alasan": "Disepakati.", "penyetuju": "Direktur", "tanggal": "2026-09-28"}


@cache
def choices(kind: str) -> tuple[list[str], list[str], dict[str, str]]:
    """(clauses that may be left out freely, clauses that may be added, clause → section that must then be waived)."""
    library = samples.office().library(kind)
    jenis = library.jenis
    free, extra, waivable = [], [], {}
    for clause in jenis.urutan:
        variants = library.variants(clause).values()
        serves = {s for k in variants for s in k.semua_substansi}
        if not any(k.perlu for k in variants):
            extra.append(clause)
        if not serves & {*jenis.wajib, *jenis.wajib_bila}:
            free.append(clause)
        elif len(serves) == 1 and all(library.substansi[s].dapat_dikecualikan for s in serves):
            waivable[clause] = serves.pop()
    return free, extra, waivable


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["mou", "pks"]))
    tree = samples.record(KINDS[kind])
    tree |= {"id": f"{kind}-pilihan", "butir": []}
    free, extra, waivable = choices(kind)
    waived = draw(st.lists(st.sampled_from(sorted(waivable)), unique=True, max_size=4))
    left_out = [*draw(st.lists(st.sampled_from(free), unique=True)), *waived]
    picked = [c for c in draw(st.lists(st.sampled_from(extra), unique=True, max_size=5)) if c not in left_out]
    tree |= {
        "tanpa_klausul": left_out,
        "klausul_pilihan": picked,
        "pengecualian": [{"substansi": waivable[c], **WAIVED} for c in waived],
        "forum": draw(st.lists(st.sampled_from(["musyawarah", "pengadilan_negeri", "bani"]), min_size=1, unique=True)),
        "tahap": draw(st.sampled_from(["draf", "siap_ttd", "ditandatangani"])),
        "jangka_waktu": {
            "lama": draw(st.sampled_from(["1 tahun", "6 bulan", "90 hari"])),
            "perpanjangan": {"dapat": draw(st.sampled_from(["ya", "tidak"]))},
        },
        "lampiran": draw(st.sampled_from([[], [{"judul": "Rincian", "teks": ["Isi."]}]])),
    }
    if draw(st.booleans()):
        tree["jangka_waktu"]["mulai"] = "2026-12-01"
    _sign(draw, tree)
    _join(draw, tree)
    if kind == "pks":
        skema = draw(st.sampled_from(sorted(FLOWS)))
        tree["dasar"] = {"alasan": "Rencana Strategis PIHAK KESATU"}
        tree["pembiayaan"] = {"skema": skema, **FLOWS[skema], **(PAYMENT if skema != "masing_masing" else {})}
    return tree


def _sign(draw: st.DrawFn, tree: dict[str, Any]) -> None:
    mode = draw(st.sampled_from(["basah", "tte", "tte_emeterai"]))
    apart = draw(st.booleans())
    tree["penandatanganan"] = {"cara": "terpisah" if apart else "bersama", "mode": mode}
    if not apart:
        tree["penandatanganan"] |= {"tanggal": "2026-10-05", "tempat": "Batam"}


def _join(draw: st.DrawFn, tree: dict[str, Any]) -> None:
    apart = tree["penandatanganan"]["cara"] == "terpisah"
    first, second = tree["pihak"]
    tree["pihak"] = [first, second][:2] + [{"id": p} for p in PARTNERS[1 : draw(st.integers(1, 3))]]
    for number, party in enumerate(tree["pihak"], 1):
        party["nomor"] = f"7{number}/MO{'U' if tree['jenis'] == 'mou' else 'A'}.PL29/X/2026"
        if apart:
            party |= {"tanggal_ttd": f"2026-10-0{number}", "tempat_ttd": "Batam"}
        if tree["jenis"] == "pks":
            party |= {"hak": ["menerima laporan"], "kewajiban": ["menyediakan pembimbing", "menyusun laporan"]}


def numbered(blocks: tuple[Blok, ...]) -> Iterator[tuple[int, str]]:
    """(ayat, huruf) of everything in an article that can be referred to."""
    ayat = 0
    for block in blocks:
        if block.jenis == "ayat":
            ayat = int(block.nomor.strip("()"))
            yield ayat, ""
        elif block.jenis == "huruf":
            yield ayat, block.nomor.rstrip(".")


def assert_consecutive(blocks: tuple[Blok, ...]) -> None:
    ayat = [b.nomor for b in blocks if b.jenis == "ayat"]
    assert ayat == [f"({n})" for n in range(1, len(ayat) + 1)]
    letters: list[str] = []
    for block in blocks:
        if block.jenis == "huruf":
            letters.append(block.nomor)
            assert letters == [f"{chr(96 + n)}." for n in range(1, len(letters) + 1)]
        elif block.jenis in ("ayat", "paragraf"):
            letters = []


@settings(max_examples=40)
@given(records())
def test_numbers_follow_on_and_every_reference_resolves_for_any_choice(tree: dict[str, Any]) -> None:
    report = render(samples.as_source(tree), samples.office_for(tree["id"]), samples.TODAY)
    assert not report.refused, samples.shown(report.problems)
    dokumen = report.dokumen
    assert dokumen is not None
    assert [p.nomor for p in dokumen.pasal] == list(range(1, len(dokumen.pasal) + 1))
    known = {p.nomor: {(0, ""), *numbered(p.blok)} for p in dokumen.pasal}
    for article in dokumen.pasal:
        assert_consecutive(article.blok)
        for block in article.blok:
            text = plain(block.teks.get("id", ())) if block.tabel is None else ""
            assert not re.search("[\x00-\x08\x0b-\x1f]", text)
            for cited in re.finditer(r"Pasal (\d+)(?: ayat \((\d+)\))?(?: huruf ([a-z]))?(?! Undang| Peraturan)", text):
                if int(cited[1]) in (26, 31):  # articles of the law on language
                    continue
                assert (int(cited[2] or 0), cited[3] or "") in known[int(cited[1])], text
            for cited in re.finditer(r"dalam ayat \((\d+)\)", text):
                assert (int(cited[1]), "") in known[article.nomor], text
    left_out = set(tree["tanpa_klausul"])
    assert not left_out & {p.id for p in dokumen.pasal}
    assert set(tree["klausul_pilihan"]) <= {p.id for p in dokumen.pasal}
    assert dokumen.checklist.lengkap
    assert [p for p in inspect(report.artifacts[0].data) if p.refuses] == []


# ---------------------------------------------------------------------- same input, same bytes


def digests() -> list[str]:
    found = []
    for ident in (samples.MOU, samples.PKS, "mou-konsorsium-proses-2026"):
        report = render(samples.source(ident), samples.office(), samples.TODAY, originals=True)
        found += [hashlib.sha256(a.data).hexdigest() for a in report.artifacts]
    return found


def test_the_same_record_gives_the_same_bytes_in_every_process_and_under_every_hash_seed() -> None:
    here = digests()
    assert here == digests()
    script = "import sys; sys.path[:0] = sys.argv[1:]; import test_documents as t; print('\\n'.join(t.digests()))"
    tests = samples.ROOT / "tests"
    command = [sys.executable, "-c", script, str(tests), str(tests / "property")]
    for seed in ("0", "4711"):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Jakarta", "LC_ALL": "C"}
        made = subprocess.run(command, env=environ, capture_output=True, text=True, check=True, cwd="/")
        assert made.stdout.split() == here, seed


def test_the_order_of_a_records_keys_changes_nothing() -> None:
    tree = samples.record(samples.PKS)
    turned = dict(reversed(tree.items()))
    assert samples.printed(tree).artifacts == samples.printed(turned).artifacts
