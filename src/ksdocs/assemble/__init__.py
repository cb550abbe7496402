"""Naskah + clause library → Dokumen: choose clauses, number them, resolve references, prove completeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ksdocs import bahasa
from ksdocs.assemble.checklist import prove
from ksdocs.assemble.choose import (
    choose_variant,
    claims,
    demands,
    missing_data,
    unknown_names,
    wanted_clauses,
)
from ksdocs.assemble.finished import Jadi, finish, targets_of
from ksdocs.assemble.konteks import GAP_WIDTHS, clause_values, has_number, number_text, place_and_date
from ksdocs.assemble.plan import plan_of
from ksdocs.clauses.environment import ExpressionError, render_marked
from ksdocs.clauses.fill import MAX_LETTERS, BlokIsi, finish_blocks, number_blocks, read_data_body, read_filled
from ksdocs.clauses.known import Terisi, fill_clause, settle
from ksdocs.clauses.library import Klausul, Library
from ksdocs.clauses.reads import Values
from ksdocs.dokumen import (
    Checklist,
    Dokumen,
    KepalaPihak,
    Lampiran,
    Pasal,
    Run,
    Runs,
    TandaTangan,
    Tuntutan,
)
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.models.naskah import CaraTtd, KlausulKhusus, ModeTtd, Naskah
from ksdocs.problems import AssemblyError, Location, Problem, Severity, problem
from ksdocs.rules.konteks import texts_of
from ksdocs.rules.rujukan import references_in

_PASAL_WORD: Final = {"id": "Pasal", "en": "Article"}


@dataclass(slots=True)
class Bagian:
    """One clause on its way into the document: what was chosen, what it claims, its words in each language."""

    id: str
    label: str
    judul: Mapping[str, str]
    substansi: tuple[str, ...]
    isi: Mapping[str, Terisi]
    file: str = ""
    khusus: KlausulKhusus | None = None
    data: bool = False
    pasal: int = 0
    asli: str = ""


@dataclass(slots=True)
class Rakitan:
    """The state of one assembly."""

    naskah: NaskahLengkap
    library: Library
    bahasa: tuple[str, ...]
    nilai: dict[str, Values] = field(default_factory=dict)
    asked: dict[str, Tuntutan] = field(default_factory=dict)
    hadir: set[str] = field(default_factory=set)
    terhalang: set[str] = field(default_factory=set)
    """Clauses that could not be made; why is told already, so what follows from it is not told again."""
    problems: list[Problem] = field(default_factory=list)


class IncompleteError(AssemblyError):
    """A record that cannot become a complete document; `checklist` shows what is there and what is missing."""

    def __init__(self, problems: Iterable[Problem], checklist: Checklist) -> None:
        super().__init__(problems)
        self.checklist = checklist

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems, self.checklist))


def assemble(
    naskah: NaskahLengkap,
    library: Library,
    *,
    languages: Sequence[str] = ("id",),
    open_items: Sequence[str] = (),
) -> tuple[Dokumen, tuple[Problem, ...]]:
    """(document, warnings) of a record: complete, numbered, every reference resolved.

    `open_items` is what the rules found still open before siap_ttd; it is carried into the checklist.

    Raises:
        IncompleteError: KS330 to KS359, everything that keeps the document from being complete.
    """
    work = Rakitan(naskah, library, tuple(languages))
    for language in work.bahasa:
        work.nilai[language] = clause_values(naskah, library.jenis, language, work.hadir.__contains__)
    first = work.nilai[work.bahasa[0]]
    work.asked = demands(library, first)
    work.problems += unknown_names(library, naskah)
    opening = {part: made for part in plan_of(library).parts if (made := _make_part(part, work)) is not None}
    articles = _make_articles(work)
    for number, article in enumerate(articles, 1):
        article.pasal = number
    for made in (*opening.values(), *articles):
        _check_lists(made, work)
    attachments = tuple(_attachment(n, work) for n in range(len(naskah.isi.lampiran)))
    resolver = _Resolver(articles, work)
    finished = {made_id: resolver.finish(made) for made_id, made in opening.items()}
    printed = [resolver.finish(article) for article in articles]
    pasal = tuple(_article(a, done) for a, done in zip(articles, printed, strict=True))
    work.problems += _check_citations(finished, pasal, printed, naskah.isi)
    told = {s for clause_id in work.terhalang for k in library.variants(clause_id).values() for s in k.semua_substansi}
    pieces = {**opening, **{a.id: a for a in articles}}
    texts = finished | {a.id: done for a, done in zip(articles, printed, strict=True)}
    checklist, found = prove(naskah, library, work.asked, pieces, texts, open_items=open_items, told=frozenset(told))
    work.problems += found
    if any(p.refuses for p in work.problems):
        raise IncompleteError(work.problems, checklist)
    dokumen = _document(work, finished, pasal, attachments, checklist)
    return dokumen, tuple(work.problems)


def _make_part(part: str, work: Rakitan) -> Bagian | None:
    if part in work.naskah.isi.tanpa_klausul or not _data_stand(part, work):
        return None
    return _make(part, work)


def _make_articles(work: Rakitan) -> list[Bagian]:
    isi, first = work.naskah.isi, work.nilai[work.bahasa[0]]
    wanted = list(wanted_clauses(work.library, work.naskah, work.asked, first))
    chosen: list[str] = []
    for clause_id in wanted:
        if _data_stand(clause_id, work):
            chosen.append(clause_id)
    work.hadir |= {*chosen, *(k.id for k in isi.klausul_tambahan)}
    for values in work.nilai.values():
        values.presence_changed()
    articles = [made for clause_id in chosen if (made := _make(clause_id, work)) is not None]
    for number, extra in enumerate(isi.klausul_tambahan, 1):
        at = Location(path=f"klausul_tambahan.{number}.id")
        if extra.id in work.library.klausul or any(a.id == extra.id for a in articles):
            work.problems.append(problem("KS349", at, klausul=extra.id))
            continue
        made = Bagian(
            extra.id,
            f"{extra.id}@rekaman",
            extra.judul.all,
            (),
            _data_blocks(extra.teks.all, work),
            data=True,
        )
        articles.insert(_position(articles, extra.setelah, number, work), made)
    return articles


def _position(articles: Sequence[Bagian], after: str | None, number: int, work: Rakitan) -> int:
    ids = [a.id for a in articles]
    if after is None:
        return ids.index("penutup") if "penutup" in ids else len(ids)
    if after not in ids:
        work.problems.append(
            problem("KS346", Location(path=f"klausul_tambahan.{number}.setelah"), klausul=after, mungkin="")
        )
        return len(ids)
    return ids.index(after) + 1


def _data_stand(clause_id: str, work: Rakitan) -> bool:
    """Whether the record holds what the clause needs; otherwise a refusal, or a warning for a mere anjuran."""
    if any(k.klausul == clause_id for k in work.naskah.isi.klausul_khusus):
        return True
    clause, faults = choose_variant(clause_id, work.library, work.naskah, work.nilai[work.bahasa[0]], work.bahasa[0])
    work.problems += faults
    if clause is None:
        work.terhalang.add(clause_id)
        return False
    missing = missing_data(clause, work.naskah)
    if not missing:
        return True
    serves = claims(clause, work.nilai[work.bahasa[0]])
    needed = [s for s in serves if work.asked.get(s) in ("wajib", "wajib_bila")]
    waived = {w.substansi for w in work.naskah.isi.pengecualian}
    hard = [s for s in needed if s not in waived] or clause_id in work.naskah.isi.klausul_pilihan
    if hard:
        work.terhalang.add(clause_id)
        for path in missing:
            section = needed[0] if needed else (serves[0] if serves else clause_id)
            work.problems.append(
                problem("KS331", Location(path=path), isian=path, klausul=clause_id, substansi=section)
            )
    return False


def _make(clause_id: str, work: Rakitan) -> Bagian | None:
    special = next((k for k in work.naskah.isi.klausul_khusus if k.klausul == clause_id), None)
    blocks: dict[str, Terisi] = {}
    chosen: Klausul | None = None
    titles: dict[str, str] = {}
    original = ""
    for language in work.bahasa:
        clause, faults = choose_variant(clause_id, work.library, work.naskah, work.nilai[language], language)
        if special is not None:
            work.problems += faults
        if clause is None:
            return None
        chosen = chosen or clause
        titles[language] = clause.judul
        if special is None:
            filled = _fill(clause, work, language)
            if filled is None:
                work.terhalang.add(clause_id)
                return None
            blocks[language] = filled
        else:
            original = _original_words(clause, work, language)
    if chosen is None:
        return None
    claimed = claims(chosen, work.nilai[work.bahasa[0]])
    if special is not None:
        blocks = _data_blocks(special.teks.all, work)
    return Bagian(
        clause_id,
        chosen.label,
        titles,
        claimed,
        blocks,
        chosen.file,
        special,
        data=special is not None,
        asli=original,
    )


def _original_words(clause: Klausul, work: Rakitan, language: str) -> str:
    """The library's own words, for the difference that the checklist shows; "" when they cannot be filled."""
    try:
        filled = render_marked(clause.template, work.nilai[language]) if clause.template else ""
    except ExpressionError:
        return ""
    blocks = read_filled(filled, clause.isi.baris)
    return "\n".join("".join(p.teks or ("Pasal …" if p.rujukan else "_" * p.celah) for p in b.potong) for b in blocks)


def _data_blocks(texts: Mapping[str, str], work: Rakitan) -> dict[str, Terisi]:
    return {language: settle(read_data_body(texts.get(language, texts["id"]))) for language in work.bahasa}


def _fill(clause: Klausul, work: Rakitan, language: str) -> Terisi | None:
    """One clause, filled; None with its problem when a value cannot be printed (KS341, KS343)."""
    if clause.template is None:
        return None
    try:
        return fill_clause(clause, work.nilai[language])
    except ExpressionError as error:
        at = Location(file=clause.file, line=clause.baris_awal + error.line)
        code = "KS343" if error.undefined else "KS342" if error.over else "KS341"
        reason = _UNPRINTABLE.get(error.reason, error.reason)
        work.problems.append(problem(code, at, klausul=clause.id, sebab=reason))
        return None


_UNPRINTABLE: Final = {
    "kosong": "nilainya kosong",
    "tanggal": "tanggal perlu saringan, misalnya |tanggal_panjang",
    "bilangan": "bilangan perlu saringan, misalnya |rupiah_lengkap",
    "bukan_teks": "bukan teks melainkan daftar atau kelompok isian",
    "karakter": "memuat karakter yang tidak dapat dicetak",
    "celah": "lebar celah harus bilangan 1 sampai 200",
    "batas": "perulangan atau teksnya terlalu panjang",
}


def _check_lists(made: Bagian, work: Rakitan) -> None:
    """KS342 for a list longer than letters can count."""
    first = made.isi.get(work.bahasa[0])
    if first is not None and first.terpanjang > MAX_LETTERS:
        work.problems.append(_endless(made.id, _place_of(made, work)))


def _place_of(made: Bagian, work: Rakitan) -> Location:
    """The place of a piece's words: its file, or the field of the record."""
    isi = work.naskah.isi
    for name, ids in (
        ("klausul_khusus", [k.klausul for k in isi.klausul_khusus]),
        ("klausul_tambahan", [k.id for k in isi.klausul_tambahan]),
    ):
        if made.data and made.id in ids:
            return Location(path=f"{name}.{ids.index(made.id) + 1}.teks")
    return Location(file=made.file or None)


def _endless(ident: str, at: Location) -> Problem:
    reason = f"satu daftar huruf memuat lebih dari {MAX_LETTERS} butir"
    return problem("KS342", at, klausul=ident, sebab=reason)


class _Resolver:
    """Prints references: "Pasal 9"; within the article itself "ayat (2)", "ayat (2) huruf a", as drafters write it."""

    def __init__(self, articles: Iterable[Bagian], work: Rakitan) -> None:
        self.articles = {a.id: a for a in articles}
        self.work = work

    def finish(self, made: Bagian) -> Jadi:
        """`made` with its references printed; KS336 for each that leads nowhere."""
        return finish(made.isi, made.id, [self._print(target, made) for target in targets_of(made.isi)])

    def _print(self, target: str, made: Bagian) -> str:
        clause_id, _, name = target.partition(".")
        article = self.articles.get(clause_id)
        if clause_id in self.work.terhalang:
            return ""
        ways = next(iter(article.isi.values())).jalur if article is not None else {}
        if article is None or (name and name not in ways):
            at = Location(file=made.file or None, path="")
            self.work.problems.append(problem("KS336", at, klausul=made.id, rujukan=target))
            return ""
        words = f"{_PASAL_WORD['id']} {article.pasal}"
        path = ways[name] if name else ""
        return path.lstrip() if path and article is made else words + path


def _article(made: Bagian, done: Jadi) -> Pasal:
    return Pasal(made.pasal, made.id, dict(made.judul), done.blok, made.label, made.substansi)


def _check_citations(
    opening: Mapping[str, Jadi], pasal: Sequence[Pasal], printed: Sequence[Jadi], isi: Naskah
) -> Iterable[Problem]:
    """KS351, KS354: a literal "Pasal 31" or "Pasal 3 ayat (9)" that this document does not have."""
    places = {p.nomor: done.tempat for p, done in zip(pasal, printed, strict=True)}
    cited = [(owner, *found) for owner, done in opening.items() for found in done.sitiran]
    cited += [(p.id, *found) for p, done in zip(pasal, printed, strict=True) for found in done.sitiran]
    attached = (piece.teks for piece in texts_of(isi.lampiran, "lampiran"))
    cited += [("lampiran", found, text) for text in attached for found in references_in(text)]
    for owner, found, text in cited:
        if found.pasal in places and (found.ayat, found.huruf) in places[found.pasal]:
            continue
        path = next((piece.path for piece in texts_of(isi) if found.teks in piece.teks), "")
        at = Location(path=path, paragraph=None if path else text)
        if found.pasal not in places:
            yield problem("KS351", at, klausul=owner, rujukan=found.teks, jumlah=len(pasal))
        else:
            yield problem("KS354", at, klausul=owner, rujukan=found.teks, pasal=f"Pasal {found.pasal}")


def _document(
    work: Rakitan,
    finished: Mapping[str, Jadi],
    pasal: tuple[Pasal, ...],
    attachments: tuple[Lampiran, ...],
    checklist: Checklist,
) -> Dokumen:
    naskah, jenis, profil = work.naskah, work.library.jenis, work.naskah.profil
    isi = naskah.isi
    language = work.bahasa[0]
    opening = {part: done.blok for part, done in finished.items()}
    switches = {
        "dengan_rahmat": "ya" if profil.dengan_rahmat else "tidak",
        "penghubung_judul": profil.penghubung_judul,
        "urutan_logo": profil.urutan_logo,
        "urutan_ttd": profil.urutan_ttd,
        "kotak_paraf": "ya" if profil.kotak_paraf else "tidak",
        "meterai": profil.meterai,
        "mode": isi.penandatanganan.mode.value,
    }
    return Dokumen(
        id=isi.id,
        jenis=isi.jenis,
        tahap=isi.tahap,
        bahasa=work.bahasa,
        judul_jenis=jenis.judul,
        tentang={lang: isi.tentang[lang] for lang in work.bahasa},
        pihak=tuple(_head(p, naskah) for p in naskah.pihak),
        pembuka=opening.get("pembuka", ()),
        komparisi=opening.get("komparisi", ()),
        premis=opening.get("premis", ()),
        sepakat=opening.get("sepakat", ()),
        pasal=pasal,
        tanda_tangan=tuple(_signature(p, naskah, language) for p in naskah.pihak)
        if "tanda_tangan" in jenis.bagian
        else (),
        lampiran=attachments,
        checklist=checklist,
        bagian=jenis.bagian,
        sakelar=switches,
        sidik={"pustaka": work.library.sidik[:16], "klausul": " ".join(p.klausul for p in pasal)},
    )


def _head(party: PihakLengkap, naskah: NaskahLengkap) -> KepalaPihak:
    number: Runs = ()
    if has_number(party):
        text = number_text(party)
        number = (Run(text),) if text else (Run("", celah=GAP_WIDTHS["nomor"]),)
    name = party.lembaga.nama
    return KepalaPihak(party.label(naskah.profil), name.all, number, party.logo, f"Logo {name.id}")


def _signature(party: PihakLengkap, naskah: NaskahLengkap, language: str) -> TandaTangan:
    official = party.pejabat
    when: Runs = ()
    if naskah.isi.penandatanganan.cara is CaraTtd.TERPISAH:
        place, day = place_and_date(party, language)
        place_run = Run(place) if place else Run("", celah=16)
        day_run = Run(day) if day else Run("", celah=20)
        when = (place_run, Run(", "), day_run)
    electronic = naskah.isi.penandatanganan.mode is ModeTtd.TTE_EMETERAI
    return TandaTangan(
        label=party.label(naskah.profil, language),
        lembaga=party.lembaga.nama.all,
        jabatan=official.jabatan.all,
        nama=bahasa.nama_lengkap(official.gelar_depan, official.nama, official.gelar_belakang),
        nip=f"{official.sebutan_nip} {official.nip}" if official.nip else "",
        tempat_tanggal=when,
        meterai=electronic and party.urut == len(naskah.pihak),
    )


def _attachment(index: int, work: Rakitan) -> Lampiran:
    given = work.naskah.isi.lampiran[index]
    blocks: dict[str, list[BlokIsi]] = {
        lang: [b for text in given.teks for b in read_data_body(text.all.get(lang, text.id))] for lang in work.bahasa
    }
    for language, filled in blocks.items():
        if number_blocks(filled) > MAX_LETTERS and language == work.bahasa[0]:
            at = Location(path=f"lampiran.{index + 1}.teks")
            work.problems.append(_endless(f"lampiran {index + 1}", at))
    number = bahasa.romawi(index + 1)
    return Lampiran(number, given.judul.all, finish_blocks(blocks, f"lampiran_{index + 1}", lambda _target: ""))


__all__ = ["Bagian", "Severity", "assemble"]
