"""Mistakes as officers make them, one at a time, in every place of a document: each is found, exactly there, and
nothing else is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from docx_specimens import docx, p, r, table, text_box
from ksdocs.bahasa import filters
from ksdocs.docx.lint import Temuan, lint
from ksdocs.nama import daftar, nama

NAMES = (
    nama("mitra", "Mitra", "Partner", wajib="mitra"),
    nama("nama_mitra", "Nama mitra", "Name of the partner"),
    nama("ada", "Ada", "Is there", "ya_tidak"),
    nama("tentang", "Tentang", "About", "kaya"),
    nama("rincian", "Rincian", "Details", "tabel"),
    nama("kendali", "Kendali", "Control", "kelompok", nama("kode", "Kode", "Code"), nama("unit", "Unit", "Unit")),
    daftar(
        "hasil",
        "Hasil",
        "Results",
        nama("no", "Nomor", "Number"),
        nama("uraian", "Uraian", "Words", wajib="hasil.uraian"),
    ),
)


@dataclass(frozen=True)
class Mistake:
    """`lines` are paragraphs; of them, `mark` is what must be marked, and `hint` stands in what is told."""

    code: str
    lines: tuple[str, ...]
    mark: str
    hint: str = ""
    nth: int = 1
    """Which of the equal tags it is."""
    only: tuple[str, ...] = ()
    """Places to which it is confined."""


def m(code: str, *lines: str, mark: str = "", hint: str = "", nth: int = 1, only: tuple[str, ...] = ()) -> Mistake:
    return Mistake(code, lines, mark or lines[0], hint, nth, only)


LOOP, END = "{%p for x in hasil %}", "{%p endfor %}"
IF, FI = "{%p if ada %}", "{%p endif %}"
FLAT = ("badan", "kepala", "kaki", "kotak", "catatan")
"""Places outside of tables."""

MISTAKES: dict[str, Mistake] = {
    # names
    "salah ketik": m("KS479", "{{ mitr }}", hint="Maksud Anda `mitra`?"),
    "nama asing": m("KS479", "{{ zzqqyy }}", hint="Isian `zzqqyy` tidak ada"),
    "isian daftar di luar ulangan": m("KS479", "{{ uraian }}", hint="`x.uraian` di dalam `{%p for x in hasil %}`"),
    "isian kelompok tanpa kelompok": m("KS479", "{{ kode }}", hint="Maksud Anda `kendali.kode`?"),
    "isian dalam ulangan": m("KS479", LOOP, "{{ x.uraia }}", END, mark="{{ x.uraia }}", hint="Maksud Anda `x.uraian`?"),
    "nama ulangan terlupa": m("KS479", LOOP, "{{ uraian }}", END, mark="{{ uraian }}", hint="Maksud Anda `x.uraian`?"),
    "isian kelompok": m("KS479", "{{ kendali.kod }}", hint="Maksud Anda `kendali.kode`?"),
    "titik pada teks": m("KS479", "{{ mitra.alamat }}", hint="`mitra.alamat`"),
    "syarat": m("KS479", "{% if adaa %}a{% endif %}", mark="{% if adaa %}", hint="Maksud Anda `ada`?"),
    "cabang": m("KS479", IF, "{%p elif mitr %}", "b", FI, mark="{%p elif mitr %}", hint="Maksud Anda `mitra`?"),
    "daftar ulangan": m("KS479", "{% for x in hasi %}a{% endfor %}", mark="{% for x in hasi %}", hint="`hasil`"),
    "isian loop": m(
        "KS479",
        LOOP,
        "{% if loop.frist %}a{% endif %}",
        END,
        mark="{% if loop.frist %}",
        hint="`loop.first`?",
    ),
    "dalam set": m("KS479", "{% set a = mitr %}{{ a }}", mark="{% set a = mitr %}", hint="Maksud Anda `mitra`?"),
    "dalam saringan": m("KS479", "{{ nama_mitra|default(mitr) }}", hint="Maksud Anda `mitra`?"),
    "sesudah ulangan": m("KS479", LOOP, "{{ x.no }}", END, "{{ x.no }}", mark="{{ x.no }}", nth=2),
    # what a name is
    "daftar dicetak": m("KS480", "{{ hasil }}", hint="misalnya `x.no`"),
    "isian daftar tanpa ulangan": m("KS480", "{{ hasil.uraian }}", hint="misalnya `x.uraian`"),
    "nilai diulang": m("KS481", "{% for x in mitra %}{{ x }}{% endfor %}", mark="{% for x in mitra %}"),
    "kelompok dicetak": m("KS482", "{{ kendali }}", hint="kode, unit"),
    "ya tidak dicetak": m("KS483", "{{ ada }}", hint="{% if … %}"),
    "banding dicetak": m("KS483", "{{ mitra == 'a' }}"),
    "kaya tanpa r": m("KS484", "{{ tentang }}", hint="{{r tentang }}"),
    "tabel tanpa p": m("KS485", "{{ rincian }}", hint="{{p rincian }}"),
    "tabel dengan r": m("KS485", "{{r rincian }}", hint="{{p rincian }}"),
    "saringan tanggal": m("KS486", "{{ mitra|tanggal_panjang }}", hint="upper"),
    "saringan daftar": m("KS486", "{{ mitra|join(', ') }}"),
    "saringan teks pada daftar": m("KS486", "{{ hasil|upper }}", hint="length"),
    # how tags are written
    "saringan asing": m("KS451", "{{ mitra|uper }}", hint="upper"),
    "uji asing": m("KS455", "{% if mitra is definid %}a{% endif %}", mark="{% if mitra is definid %}", hint="defined"),
    "include": m("KS452", "{% include 'a' %}", hint="include"),
    "bagian dalam": m("KS456", "{{ mitra.__class__ }}", hint="__class__"),
    "tag kurang satu kurung": m("KS450", "{{ mitra }", hint="`}}`"),
    "tag tanpa tutup": m("KS450", "{{ mitra dan {{ kendali.unit }}", mark="{{ mitra dan", hint="`}}`"),
    "perintah tanpa tutup": m("KS450", "{% if ada }a{% endif %}", mark="{% if ada }a", hint="`%}`"),
    "buka kurang satu kurung": m("KS496", "{ mitra }}", hint="Tulis `{{`"),
    "tanpa buka": m("KS496", "mitra }}", mark="}}"),
    "sama dengan": m("KS457", "{% if mitra = 'a' %}a{% endif %}", mark="{% if mitra = 'a' %}", hint="`==`"),
    "tag kosong": m("KS457", "{{ }}", hint="nama isian"),
    "spasi dalam nama": m("KS457", "{{ nama mitra }}", hint="nama_mitra"),
    "spasi sebelum p": m("KS457", "{{ r tentang }}", hint="tanpa spasi"),
    "for tanpa in": m("KS457", "{% for x hasil %}a{% endfor %}", mark="{% for x hasil %}", hint="for x in"),
    "if kosong": m("KS457", "{% if %}a{% endif %}", mark="{% if %}", hint="nama isian"),
    "kurung": m("KS457", "{{ mitra|default('-' }}", hint="kurung"),
    "aksara": m("KS457", "{{ mitra? }}", hint="“?”"),
    "perintah asing": m("KS478", "{%p jika ada %}", "a", FI, mark="{%p jika ada %}", hint="{%p if … %}"),
    "penutup berspasi": m("KS478", IF, "a", "{%p end if %}", mark="{%p end if %}", hint="`{%p endif %}`"),
    "penutup salah ketik": m("KS478", LOOP, "{{ x.no }}", "{%p endfr %}", mark="{%p endfr %}", hint="`{%p endfor %}`"),
    "p terpisah": m("KS478", "{% p if ada %}", "a", FI, mark="{% p if ada %}", hint="`{%p if ada %}`"),
    "else if": m("KS478", IF, "a", "{%p elseif ada %}", "b", FI, mark="{%p elseif ada %}", hint="elif"),
    # blocks
    "if terbuka": m("KS475", IF, "a", hint="`{%p endif %}`"),
    "for terbuka": m("KS475", LOOP, "{{ x.no }}", hint="`{%p endfor %}`"),
    "if terbuka dalam for": m("KS475", LOOP, IF, "{{ x.no }}", END, mark=IF, hint="sebelum `{%p endfor %}`"),
    "if sebaris terbuka": m("KS475", "{% if ada %}a", mark="{% if ada %}", hint="`{% endif %}`"),
    "endif sendiri": m("KS476", FI, hint="{%p if … %}"),
    "endfor sendiri": m("KS476", "a {% endfor %}", mark="{% endfor %}", hint="{% for … %}"),
    "else sendiri": m("KS476", "{%p else %}", hint="{%p if … %}"),
    "penutup keliru": m("KS477", IF, "a", END, mark=END, hint="`{%p endif %}`"),
    "penutup keliru dalam for": m("KS477", LOOP, IF, "{{ x.no }}", END, END, mark=END, hint=IF),
    "bersilang": m("KS477", LOOP, IF, "{{ x.no }}", END, FI, mark=END, hint="urutan terbalik"),
    "tidak setara": m("KS453", IF, "a {% endif %}", mark=IF, hint="tempat yang sama"),
    "tr di luar tabel": m("KS489", "{%tr if ada %}", "a", FI, mark="{%tr if ada %}", hint="`{%p if ada %}`", only=FLAT),
    # works, and is worth a word
    "teks di samping p": m("KS495", f"Bila {IF}", "a", FI, mark=IF, hint="“Bila”"),
    "ulangan dalam satu paragraf": m("KS495", f"{LOOP}{{{{ x.no }}}}{END}", mark=LOOP, hint="paragraf sendiri"),
    "tag kedua di samping p": m("KS495", f"{IF}{{{{ mitra }}}}", "a", FI, mark=IF, hint="“{{ mitra }}”"),
}

HEADING = p("Ketentuan", ppr='<w:outlineLvl w:val="0"/>')
SOUND = p("{{ mitra }}") + p("{% for z in hasil %}{{ z.uraian }}{% endfor %}")


@dataclass(frozen=True)
class Where:
    """A place: where its paragraphs go, and how the place is told."""

    part: str
    heading: str | None
    table: str | None
    number: int
    """Of its first paragraph in the part."""
    put: Callable[[str], bytes]


def _whole(body: str = "", *, header: str = "", footer: str = "", note: str = "") -> bytes:
    """A document that is sound, with something in one of its places."""
    reference = '<w:p><w:r><w:t>Lihat</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    return docx(
        HEADING + body + SOUND + reference,
        parts={
            "header1": header + p("Kepala"),
            "footer1": footer + p("{{ kendali.kode }}"),
            "footnotes": f'<w:footnote w:id="1">{note}{p("Catatan")}</w:footnote>',
        },
    )


WHERE: dict[str, Where] = {
    "badan": Where("word/document.xml", "Ketentuan", None, 1, _whole),
    "kepala": Where("word/header1.xml", None, None, 0, lambda x: _whole(header=x)),
    "kaki": Where("word/footer1.xml", None, None, 0, lambda x: _whole(footer=x)),
    "sel": Where("word/document.xml", "Ketentuan", "1.2", 2, lambda x: _whole(table((p("a"), x + p("b"))))),
    "tabel dalam sel": Where(
        "word/document.xml", "Ketentuan", "1.1 / 2.1", 2,
        lambda x: _whole(table((table((p("a"),), (x + p("b"),)) + p("c"),))),
    ),
    "kotak": Where("word/document.xml", "Ketentuan", None, 2, lambda x: _whole(f"<w:p>{text_box(x)}</w:p>")),
    "catatan": Where("word/footnotes.xml", None, None, 0, lambda x: _whole(note=x)),
}  # fmt: skip


def checked(data: bytes) -> tuple[Temuan, ...]:
    return lint(data, NAMES, name="t.docx", filters=filters("id"))


def cases() -> Iterator[tuple[str, str]]:
    for name, mistake in MISTAKES.items():
        for where in WHERE:
            if not mistake.only or where in mistake.only:
                yield name, where


def test_there_are_at_least_sixty_mistakes_and_without_them_nothing_is_told() -> None:
    assert len(MISTAKES) >= 60
    for where in WHERE.values():
        assert checked(where.put(p("{{ kendali.unit }}"))) == ()


@pytest.mark.parametrize(("name", "where"), list(cases()))
def test_a_mistake_is_found_at_its_very_words_and_nothing_else_is_told(name: str, where: str) -> None:
    mistake, place = MISTAKES[name], WHERE[where]
    found = checked(place.put("".join(p(line) for line in mistake.lines)))
    assert [one.problem.code for one in found] == [mistake.code]
    (one,) = found
    at = one.problem.at
    holding = [n for n, line in enumerate(mistake.lines) if mistake.mark in line][mistake.nth - 1]
    line = mistake.lines[holding]
    start = line.index(mistake.mark)
    assert str(at.paragraph).replace("⟦", "").replace("⟧", "") == line.strip()
    assert f"⟦{mistake.mark}⟧" in str(at.paragraph)
    assert (at.part, at.heading, at.table) == (place.part, place.heading, place.table)
    assert one.spot is not None
    assert (one.spot.part, one.spot.number) == (place.part, place.number + holding)
    assert (one.spot.start, one.spot.end) == (start, start + len(mistake.mark))
    assert mistake.hint in f"{one.problem.message()} {one.problem.hint()}"
    assert one.problem.message("en") and one.problem.hint("en")


@pytest.mark.parametrize("where", list(WHERE))
def test_a_tag_whose_formatting_changes_is_told_of(where: str) -> None:
    split = f"<w:p>{r('Kode {{ kendali')}{r('.kode }}', '<w:b/>')}</w:p>"
    (one,) = checked(WHERE[where].put(split))
    assert (one.problem.code, one.problem.refuses) == ("KS488", False)
    assert one.problem.at.paragraph == "Kode ⟦{{ kendali.kode }}⟧"


@pytest.mark.parametrize("dress", ["", '<w:lang w:val="en-US"/>', "<w:noProof/>"])
def test_a_tag_that_word_keeps_in_pieces_of_one_look_is_not_worth_a_word(dress: str) -> None:
    assert checked(_whole(f"<w:p>{r('{{ kendali')}{r('.kode }}', dress)}</w:p>")) == ()


def test_quotes_that_word_makes_curly_are_as_good_as_straight_ones() -> None:
    assert checked(_whole(p("{% if mitra == “a” or mitra == ‘b’ %}a{% endif %}"))) == ()


@pytest.mark.parametrize("where", list(WHERE))
def test_formatting_by_hand_is_told_once_for_a_part(where: str) -> None:
    by_hand = p("Satu", run='<w:sz w:val="30"/>') + p("Dua", ppr='<w:jc w:val="center"/>')
    (one,) = checked(WHERE[where].put(by_hand))
    assert (one.problem.code, one.problem.params["jumlah"]) == ("KS492", "2")
    assert one.problem.at.paragraph == "Satu"


def test_words_beside_a_row_tag_get_lost_with_their_row() -> None:
    rows = table((p("{%tr for x in hasil %}"), p("Jumlah")), (p("{{ x.no }}"), p("a")), (p("{%tr endfor %}"), p("")))
    (one,) = checked(_whole(rows))
    assert (one.problem.code, one.problem.params["teks"], one.problem.at.table) == ("KS498", "Jumlah", "1.1")


def test_a_text_box_whose_branches_differ_is_told_of() -> None:
    box = text_box(p("{{ kendali.kode }}"))
    changed = box[: box.rindex("kode")] + "unit" + box[box.rindex("kode") + 4 :]
    (one,) = checked(_whole(f"<w:p>{changed}</w:p>"))
    assert one.problem.code == "KS490"
    assert one.problem.at.paragraph == "⟦{{ kendali.kode }}⟧"


def test_fonts_that_are_replaced_are_told_of_where_somebody_knows() -> None:
    data = _whole(p("a", run='<w:rFonts w:ascii="Bookman"/>'))
    found = lint(data, NAMES, fonts=lambda used: dict.fromkeys(used, "Serif"))
    assert [(one.problem.code, one.problem.params.get("huruf")) for one in found] == [
        ("KS492", None),
        ("KS493", "Bookman"),
    ]


def test_many_mistakes_in_one_part_are_all_told_in_their_order() -> None:
    lines = [
        "{{ mitr }}",
        IF,
        "{{ hasil }}",
        "{{ mitra|uper }}",
        "{{ nama mitra }}",
        "{%p endfro %}",
        "{{ mitra",
        FI,
        FI,
    ]
    found = checked(_whole("".join(map(p, lines))))
    assert [one.problem.code for one in found] == ["KS479", "KS480", "KS451", "KS457", "KS478", "KS450", "KS476"]
