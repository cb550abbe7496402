"""What `clause check` finds: a seeded set of mistakes, each at its very place with its hint, and nothing besides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ksdocs
from ksdocs.assemble.konteks import clause_values
from ksdocs.clauses.nama import Nilai, names_of
from ksdocs.clauses.padanan import Kunci, check_together
from ksdocs.clauses.periksa import examine
from ksdocs.clauses.urutan import Penghitung, steps
from ksdocs.models import NASKAH
from ksdocs.models.pandangan import Pandangan
from ksdocs.problems import Problem
from ksdocs.pustaka import Rak, check_kind, only, open_shelf
from ksdocs.rules import validate

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = only(ROOT / "templates")

FRONT = """\
+++
id = "seragam"
judul = "Seragam"
versi = "1.0"
substansi = []
dasar = ["praktik_baku"]
perlu = ["jangka_waktu.lama"]
+++
"""
"""Eight lines; the body begins on line 9."""

Found = tuple[int, int | None, str, str]
"""Line, column, code, and what the hint or message says."""


@dataclass(frozen=True)
class Seed:
    """One clause text of kind PKS and all that is told of it."""

    name: str
    body: str
    found: tuple[Found, ...]
    front: str = FRONT
    file: str = "seragam"
    beside: dict[str, str] = field(default_factory=dict)


def front(old: str, new: str) -> str:
    assert FRONT.count(old) == 1
    return FRONT.replace(old, new)


GOOD = '(1) Satu sebagaimana {{ naskah_ini }}. {#satu}\n(2) Dua menurut {{ ref("seragam.satu") }}.\n'

SEEDS = (
    # --- fields ---
    Seed("unknown name", "(1) Menurut {{ naskah_inii }}.", ((9, 16, "KS311", "`naskah_ini`"),)),
    Seed("unknown field", "(1) Selama {{ jangka_waktu.lam|durasi }}.", ((9, 28, "KS311", "`jangka_waktu.lama`"),)),
    Seed(
        "unknown field three deep",
        "(1) Paling lambat\n    {{ jangka_waktu.perpanjangan.paling_lmbat|durasi }}.",
        ((10, 34, "KS311", "`jangka_waktu.perpanjangan.paling_lambat`"),),
    ),
    Seed(
        "unknown field of a loop's item",
        "(1) Para pihak:\n{% for p in pihak %}\n    a. {{ p.nma }}\n{% endfor %}",
        ((11, 13, "KS311", "`p.nama`"),),
    ),
    Seed(
        "unknown field inside a loop inside a loop",
        "(1) Hak:\n{% for p in pihak %}\n    a. {{ p.label }}:\n"
        "{% for h in p.hakk %}\n       1) {{ h }}\n{% endfor %}\n{% endfor %}",
        ((12, 15, "KS311", "`p.hak`"),),
    ),
    Seed(
        "unknown field of a signatory in a table",
        "(1) Daftar:\n| Nama | Jabatan |\n|---|---|\n{% for p in pihak %}\n"
        "| {{ p.pejabat.nama }} | {{ p.pejabat.jabatn }} |\n{% endfor %}",
        ((13, 39, "KS311", "`p.pejabat.jabatan`"),),
    ),
    Seed("a field without its group", "(1) {{ perpanjangan }}.", ((9, 8, "KS311", "`jangka_waktu.perpanjangan`"),)),
    Seed("a field of a text", "(1) Tentang {{ tentang.judul }}.", ((9, 24, "KS311", "`tentang`"),)),
    Seed("loop outside a loop", "(1) Ke-{{ loop.index }}.", ((9, 11, "KS311", "docs/klausul.md"),)),
    Seed(
        "an item used behind its loop",
        "(1) Tujuan:\n{% for t in tujuan %}\n    a. {{ t }}\n{% endfor %}\n(2) Juga {{ t }}.",
        ((13, 13, "KS311", "docs/klausul.md"),),
    ),
    Seed(
        "the same unknown name twice on a line",
        "(1) {{ sebutn }} dan {{ sebutn }}.",
        ((9, 8, "KS311", "`sebutan`"), (9, 25, "KS311", "`sebutan`")),
    ),
    Seed("a field in brackets", '(1) {{ jangka_waktu["mulia"] }}.', ((9, 22, "KS311", "`jangka_waktu.mulai`"),)),
    # --- values put to a wrong use ---
    Seed("a list taken for an item", "(1) {{ pihak.nama }}.", ((9, 14, "KS323", "`pihak[0].nama`"),)),
    Seed("a list printed", "(1) Tujuan: {{ tujuan }}.", ((9, 16, "KS324", "{% for x in tujuan %}"),)),
    Seed(
        "a date printed", "(1) {{ jangka_waktu.mulai }}.",
        ((9, 8, "KS324", "{{ jangka_waktu.mulai|tanggal_panjang }}"),),
    ),
    Seed("an amount printed", "(1) {{ pembiayaan.nilai }}.", ((9, 8, "KS324", "{{ pembiayaan.nilai|rupiah }}"),)),
    Seed("a span printed", "(1) {{ jangka_waktu.lama }}.", ((9, 8, "KS324", "{{ jangka_waktu.lama|durasi }}"),)),
    Seed("a group printed", "(1) {{ pembiayaan.rekening }}.", ((9, 8, "KS324", "{{ pembiayaan.rekening.bank }}"),)),
    Seed("yes or no printed", "(1) {{ data_pribadi }}.", ((9, 8, "KS324", "{% if data_pribadi %}"),)),
    Seed(
        "a text looped over",
        "{% for x in tentang %}\n(1) {{ x }}\n{% endfor %}",
        ((9, 13, "KS325", "tanpa `for`"),),
    ),
    # --- filters, tests, forms ---
    Seed("unknown filter", "(1) {{ jangka_waktu.mulai|tangal_panjang }}.", ((9, 27, "KS312", "`tanggal_panjang`"),)),
    Seed("a filter for other values", "(1) {{ tentang|rupiah }}.", ((9, 16, "KS357", "`kapital`"),)),
    Seed("unknown test", "{% if mou is definde %}\n(1) Satu.\n{% endif %}", ((9, 14, "KS356", "`is defined`"),)),
    Seed("a form that clauses may not hold", "(1) {{ tentang.upper() }}.", ((9, 8, "KS319", "`ref`"),)),
    Seed("an expression left unfinished", "(1) {{ rangkap| }}.", ((9, 8, "KS310", "kurung kurawal"),)),
    # --- references and names ---
    Seed("a reference to no clause", '(1) Menurut {{ ref("sangsi") }}.', ((9, 21, "KS313", "`sanksi`"),)),
    Seed(
        "a reference to no ayat", '(1) Satu. {#satu}\n(2) {{ ref("seragam.stau") }}.',
        ((10, 13, "KS313", "`seragam.satu`"),),
    ),
    Seed("asking for no clause", '{% if ada("hkii") %}\n(1) Satu.\n{% endif %}', ((9, 12, "KS313", "`hki`"),)),
    Seed("a name given twice", "(1) Satu. {#nama}\n(2) Dua. {#nama}", ((10, None, "KS306", "nama lain"),)),
    # --- signs and indents ---
    Seed("a letter after a missing one", "(1) Alat:\n    a. satu\n    b. dua\n    d. empat", ((12, 5, "KS326", "c."),)),
    Seed("an ayat after a missing one", "(1) Satu.\n(3) Tiga.\n(4) Empat.", ((10, 1, "KS326", "(2)"),)),
    Seed("a number after a missing one", "(1) Alat:\n    a. ini:\n       1) p\n       3) q", ((12, 8, "KS326", "2)"),)),
    Seed("a first that is not the first", "(2) Dua.\n(3) Tiga.", ((9, 1, "KS326", "(1)"),)),
    Seed("an ayat twice", "(1) Satu.\n(1) Dua.\n(3) Tiga.", ((10, 1, "KS326", "(2)"), (11, 1, "KS326", "(2)"))),
    Seed(
        "a letter in brackets", "(1) Alat:\n    (a) satu\n    (b) dua",
        ((10, 5, "KS326", "(2)"), (10, 5, "KS327", "0 spasi"), (11, 5, "KS326", "(3)"), (11, 5, "KS327", "0 spasi")),
    ),
    Seed("an item askew", "(1) Alat:\n    a. satu\n      b. dua", ((11, 7, "KS327", "4 spasi"),)),
    Seed("a line that was to go on", "(1) Satu yang panjang\nsekali.\n(2) Dua.", ((10, 1, "KS359", "spasi di awal"),)),
    Seed(
        "a letter that was to go on",
        "(1) Alat:\n    a. satu yang\npanjang\n    b. dua",
        ((11, 1, "KS359", "spasi di awal"),),
    ),
    Seed("a line that goes on with nothing", "   menjorok\n(1) Satu.", ((9, None, "KS304", "Hapus spasi"),)),
    # --- as word processors and habit make them ---
    Seed("curly quotes", "(1) {{ ref(“sanksi”) }}.", ((9, 8, "KS310", "tanda kutip lurus"),)),
    Seed("no quotes", "(1) {{ ref(sanksi) }}.", ((9, 8, "KS348", 'ref("jangka_waktu")'),)),
    Seed("a gap without its width", "(1) {{ celah() }}.", ((9, 8, "KS348", "celah(30)"),)),
    Seed("one brace for two", "(1) {naskah_ini} berlaku.", ((9, 5, "KS322", "{{ … }}"),)),
    Seed("braces set apart", "(1) { { naskah_ini } }.", ((9, 5, "KS322", "{{ … }}"),)),
    Seed("a name in two words", "(1) {{ naskah ini }}.", ((9, 8, "KS310", "kurung kurawal"),)),
    Seed("one sign of equality", "{% if rangkap = 2 %}\n(1) Satu.\n{% endif %}", ((9, 7, "KS310", "`==`"),)),
    Seed("an Indonesian command", "{% jika mou %}\n(1) Satu.\n{% endif %}", ((9, 4, "KS358", "`if`"),)),
    Seed(
        "else if", "{% if mou %}\n(1) Satu.\n{% else if mou %}\n(1) Dua.\n{% endif %}",
        ((11, 4, "KS358", "`elif`"),),
    ),
    Seed("a name with a capital", "(1) Satu. {#Satu}", ((9, 11, "KS339", "huruf kecil"),)),
    Seed(
        "points behind brackets", "(1). Satu.\n(2). Dua.", ((9, 1, "KS338", "ayat `(1)`"), (10, 1, "KS338", "`(1)`")),
    ),
    Seed(
        "brackets behind letters", "(1) Alat:\n    a) satu\n    b) dua",
        ((10, 5, "KS338", "huruf `a.`"), (11, 5, "KS338", "huruf `a.`")),
    ),
    Seed(
        "bullets", "(1) Alat:\n    - satu\n    • dua", ((10, 5, "KS338", "huruf `a.`"), (11, 5, "KS338", "huruf `a.`"))
    ),
    Seed(
        "capital letters", "(1) Alat:\n    A. satu\n    B. dua",
        ((10, 5, "KS338", "huruf `a.`"), (11, 5, "KS338", "huruf `a.`")),
    ),
    Seed("no blank behind the sign", "(1) Satu.\n(2)Dua.", ((10, 1, "KS338", "diikuti spasi"),)),
    # --- blocks ---
    Seed("an `if` that is not closed", "{% if mou %}\n(1) Satu.\n(2) Dua.", ((9, 1, "KS320", "sampai baris 11"),)),
    Seed(
        "a `for` closed as an `if`",
        "(1) T:\n{% for t in tujuan %}\n    a. {{ t }}\n{% endif %}",
        ((10, 1, "KS320", "`endfor`"), (12, 1, "KS321", "`if`")),
    ),
    Seed("an end without a beginning", "(1) Satu.\n{% endfor %}", ((10, 1, "KS321", "`for`"),)),
    Seed("an `else` without an `if`", "(1) Satu.\n{% else %}\n(2) Dua.", ((10, 1, "KS321", "`if`"),)),
    Seed("a value that is not closed", "(1) Menurut {{ naskah_ini }.", ((9, 13, "KS322", "{{ … }}"),)),
    Seed("a value that is not opened", "(1) Menurut naskah_ini }}.", ((9, 24, "KS322", "{{ … }}"),)),
    Seed("a command that is not closed", "{% if mou }\n(1) Satu.\n{% endif %}", ((9, 1, "KS322", "{% … %}"),)),
    Seed(
        "a command that does not exist", "{% fro t in tujuan %}\n(1) {{ t }}\n{% endfor %}",
        ((9, 4, "KS358", "`for`"),),
    ),
    Seed("a command inside a line", "(1) Satu {% if mou %}dua{% endif %}.", ((9, None, "KS303", "baris sendiri"),)),
    Seed("a table without its rule", "(1) Satu:\n| a | b |\n(2) Dua.", ((10, None, "KS305", "garis"),)),
    # --- description ---
    Seed("no description", "(1) Satu.", ((1, None, "KS301", "+++"),), front=""),
    Seed("a description that is no TOML", GOOD, ((4, 10, "KS302", "nilai"),), front=front('"1.0"', "1,0")),
    Seed("an unknown key", GOOD, ((5, 1, "KS307", "substansi"),), front=front("substansi =", "subtansi =")),
    Seed("a missing key", GOOD, ((1, None, "KS307", "ejaannya"),), front=front('versi = "1.0"\n', "")),
    Seed("a version that is no text", GOOD, ((4, 9, "KS307", "ejaannya"),), front=front('"1.0"', "1.0")),
    Seed("an empty title", GOOD, ((3, 9, "KS307", "ejaannya"),), front=front('"Seragam"', '""')),
    Seed("another id than the file's", GOOD, ((2, 7, "KS308", "nama berkas"),), front=front('"seragam"', '"sragam"')),
    Seed("an unknown section", GOOD, ((5, 15, "KS309", "`sanksi`"),), front=front("[]", '["sangksi"]')),
    Seed(
        "a needed field that is unknown, deep", GOOD, ((7, 11, "KS317", "`jangka_waktu.lama`"),),
        front=front("jangka_waktu.lama", "jangka_waktu.lamaa"),
    ),
    Seed(
        "a condition with an unknown field", GOOD, ((7, 25, "KS311", "`penandatanganan.cara`"),),
        front=front('perlu = ["jangka_waktu.lama"]', "bila = \"penandatanganan.caar == 'x'\""),
        file="seragam.lain",
    ),
    # --- words ---
    Seed("a spelling", "(1) Dokumen bermaterai cukup.", ((9, 13, "KS318", "ejaannya"),)),
    Seed("a spelling in the title", GOOD, ((3, 10, "KS318", "ejaannya"),), front=front('"Seragam"', '"Ijin"')),
    Seed("money out of form", "(1) Sebesar Rp 500.000,00.", ((9, 13, "KS318", "ejaannya"),)),
    Seed(
        "substance that is gone", "(1) Hal ini akan diatur kemudian.", ((5, 15, "KS332", "tanda"),),
        front=front("[]", '["kerahasiaan"]'),
    ),
    # --- languages ---
    Seed(
        "a translation with another structure", "(1) One.\n    a. alpha", ((10, None, "KS329", "susunan"),),
        file="seragam.en", beside={"seragam": FRONT + "(1) Satu.\n(2) Dua."},
    ),
    Seed(
        "a translation without a field", "(1) This agreement.", (),
        file="seragam.en", beside={"seragam": FRONT + "(1) Ini."},
    ),
    Seed(
        "a translation with another field", "(1) {{ sebutan }}.", ((9, None, "KS329", "isian"),),
        file="seragam.en", beside={"seragam": FRONT + "(1) Ini."},
    ),
    Seed(
        "a translation of another version", "(1) One.", ((4, 9, "KS329", "versi"),), front=front("1.0", "1.1"),
        file="seragam.en", beside={"seragam": FRONT + "(1) Satu."},
    ),
    Seed("a translation without its original", "(1) One.", ((1, None, "KS328", "seragam.md"),), file="seragam.en"),
    # --- versions ---
    Seed(
        "other words under the old version", "(1) PIHAK menjaga kerahasiaan {{ naskah_ini }}, informasi, dan data.",
        ((4, 10, "KS333", "ksdocs clause bump pks kerahasiaan"),),
        front=FRONT.replace("seragam", "kerahasiaan").replace("Seragam", "Kerahasiaan"), file="kerahasiaan",
    ),
    # --- several at once ---
    Seed(
        "five faults of five sorts", "(1) {{ sebutn }}\n(3) diatas {{ tujuan }}\n{% if mou %}",
        (
            (4, 12, "KS302", "nilai"), (9, 8, "KS311", "`sebutan`"), (10, 1, "KS326", "(2)"), (10, 5, "KS318", "ejaan"),
            (10, 15, "KS324", "{% for x in tujuan %}"), (11, 1, "KS320", "`endif`"),
        ),
        front=front('"1.0"', "1.0.0"),
    ),
)  # fmt: skip


@cache
def shelf(kind: str = "pks") -> Rak:
    return open_shelf(TEMPLATES, kind)


def told(seed: Seed) -> list[Problem]:
    home = shelf()
    texts = {seed.file: seed.front + seed.body, **seed.beside}
    made = {}
    for name, text in texts.items():
        one = examine(name, f"{name}.md", text, home.kind, home.substansi)
        made[one.kunci] = one
    found = [p for one in made.values() for p in one.masalah]
    files: dict[Kunci, Any] = {**home.berkas, **made}
    found += check_together(files, home.kind, home.substansi, home.berkas)
    own = [p for p in found if p.at.file == f"{seed.file}.md" and p.code != "KS355"]
    return sorted(own, key=lambda p: (p.at.line or 0, p.at.column or 0, p.code))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_each_mistake_is_told_at_its_place_with_its_hint_and_nothing_else(seed: Seed) -> None:
    found = told(seed)
    assert [(p.at.line, p.at.column, p.code) for p in found] == [
        (line, column, code) for line, column, code, _ in seed.found
    ]
    for one, (*_, says) in zip(found, seed.found, strict=True):
        assert says in f"{one.hint('id')} {one.message('id')}", (one.hint("id"), one.message("id"))


@pytest.mark.parametrize(
    "body",
    [
        "(1) Kampus di Jalan\n    A. Yani Nomor 1, sebesar\n    1.500 meter, 2 (dua) kali\n    (BANI) dan - nanti.",
        "(1) Menurut:\n    a. satu\n    b. dua\nyang ditetapkan bersama.",
        "{% for x in tujuan %}\na. {{ x }}\n{% endfor %}\nb. akhir",
        "(1) A\n{% if mou %}\n(2) B\n{% endif %}\n(2) C\n(3) D",
        "(1) A\n{% if mou %}\n(2) B\n{% endif %}\n(3) C\n(4) D",
    ],
)
def test_what_only_looks_like_a_mistake_is_not_told(body: str) -> None:
    assert told(Seed("fine", body, ())) == []


def test_there_are_enough_mistakes_and_no_two_are_the_same() -> None:
    assert len(SEEDS) >= 60
    assert len({seed.name for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("kind", NASKAH)
def test_the_shipped_clauses_have_none(kind: str) -> None:
    assert check_kind(TEMPLATES, kind) == []


def test_a_clause_without_fault_is_told_nothing() -> None:
    assert told(Seed("good", GOOD, ())) == []


# --- what a clause may name ---------------------------------------------------------------------------------


def records() -> list[tuple[str, Any]]:
    office = ksdocs.open_office(cwd=ROOT, environ={})
    found = []
    for record in ksdocs.load(ROOT / "data" / "mou", ROOT / "data" / "pks"):
        judged = validate(record, office.register, date(2026, 11, 22))
        if judged.naskah is not None:
            found.append((judged.naskah.isi.jenis, judged.naskah))
    return found


def fits(value: Any, declared: Nilai, place: str) -> list[str]:
    """Where `value` is something else than what is declared."""
    if value is None or declared.bentuk == "apa_saja":
        return []
    if isinstance(value, Pandangan):
        have, known = set(value.__dict__), set(declared.isi)
        wrong = [f"{place}: {sorted(have ^ known)}"] if have != known else []
        return wrong + [
            w for name in have & known for w in fits(value.__dict__[name], declared.isi[name], f"{place}.{name}")
        ]
    if isinstance(value, (tuple, list, frozenset)):
        item = declared.butir
        return [w for v in value for w in fits(v, item, f"{place}[]")] if item is not None else [f"{place}: a list"]
    form = {bool: "ya_tidak", int: "bilangan", date: "tanggal"}.get(type(value))
    words = isinstance(value, str) and declared.bentuk in ("teks", "pilihan", "tanggal")
    return [] if words or form == declared.bentuk or declared.bentuk == "pecahan" else [f"{place}: {declared.bentuk}"]


def test_what_is_declared_is_what_clauses_get_of_every_sample_record() -> None:
    seen = set()
    for kind, record in records():
        values = clause_values(record, shelf(kind).kind, "id", lambda _: True)
        declared = names_of(kind)
        assert {n for n in values if not callable(values[n])} == set(declared)
        assert [w for name, value in declared.items() for w in fits(values[name], value, name)] == []
        seen.add(kind)
    assert seen == set(NASKAH)


# --- signs --------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8), st.data())
def test_signs_in_order_are_right_and_one_taken_away_is_told(letters: list[int], data: st.DataObject) -> None:
    lines: list[str] = []
    for number, many in enumerate(letters, 1):
        lines.append(f"({number}) ayat")
        lines += [f"    {chr(97 + n)}. huruf" for n in range(many)]
    assert signs(lines) == []
    followed = [n for n in range(len(lines) - 1) if lines[n + 1][:1] == lines[n][:1]]
    if followed:
        gone = data.draw(st.sampled_from(followed))
        del lines[gone]
        assert signs(lines)[:1] == [gone + 1]


def signs(lines: list[str]) -> list[int | None]:
    found = steps([(number, line, "") for number, line in enumerate(lines, 1)])
    return [p.at.line for p in Penghitung("x.md", found).check()]


@given(st.text(alphabet="abc(1)2a. {}%#|\n\"'iffor=+-x", max_size=200))
def test_whatever_is_written_is_examined_without_a_crash(text: str) -> None:
    home = shelf()
    for whole in (text, FRONT + text):
        examine("seragam", "seragam.md", whole, home.kind, home.substansi)
