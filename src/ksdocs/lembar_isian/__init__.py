"""The entry sheet of a kind: a workbook made from its model, empty or filled from records, and proved by reading it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ksdocs.lembar_isian.bukti import prove
from ksdocs.lembar_isian.kolom import Penulis
from ksdocs.lembar_isian.medan import Medan, fields_of
from ksdocs.lembar_isian.petunjuk import guide
from ksdocs.lembar_isian.pilihan import keys
from ksdocs.lembar_isian.susun import Susunan, lay_out
from ksdocs.models import MODELS, Model
from ksdocs.problems import KsdocsError, Problem, SourceError, problem, suggest
from ksdocs.sources.excel import MAX_CELL
from ksdocs.sources.isian_excel import write_entry_book
from ksdocs.sources.keterangan import explains

if TYPE_CHECKING:
    from ksdocs.office import Office
    from ksdocs.sources import Source


def kinds_with_sheets(office: Office) -> tuple[str, ...]:
    """Every kind that an entry sheet can be made of."""
    return (*MODELS, *(kind for kind in office.workspace.kinds() if kind not in MODELS))


def model_of(kind: str, office: Office) -> type[Model]:
    """The model of a kind's records.

    Raises:
        KsdocsError: KS864 no such kind; LibraryError: KS302, KS316, KS361 to KS364, its form is not described well.
    """
    if kind in MODELS:
        return MODELS[kind]
    if kind in office.workspace.kinds() and office.form(kind) is not None:
        return office.form_model(kind)
    known = kinds_with_sheets(office)
    raise KsdocsError([problem("KS864", nama=kind, mungkin=suggest(kind, known), pilihan=", ".join(known))])


def entry_book(kind: str, office: Office, sources: Sequence[Source] = (), *, bilingual: bool = False) -> bytes:
    """The workbook for records of `kind`, with a row for each of `sources`.

    With `bilingual`, every text of two languages has a column for each; without, only where a record has both.

    Raises:
        KsdocsError: KS864; KS861 and KS863, every record that would not read back as it is.
    """
    model = model_of(kind, office)
    fields = fields_of(model.model_json_schema())
    made = lay_out(fields, [source.tree for source in sources], partial(keys, office, kind), bilingual=bilingual)
    problems = [*_ids(sources), *_fill(made, sources)]
    if problems:
        raise SourceError(problems)
    writer = Penulis(kind, office, made)
    sheets = writer.sheets()
    told = guide(kind, office, made, sheets, writer.kelompok, len(sources))
    book = write_entry_book(f"Lembar isian {kind}", sheets, writer.pilihan, writer.lists(), told)
    problems = prove(book, sources, model, made.medan)
    if problems:
        raise SourceError(problems)
    return book


def _ids(sources: Sequence[Source]) -> list[Problem]:
    """KS863: records that side sheets could not tell apart."""
    seen: set[str] = set()
    found = []
    for source in sources:
        if not source.id or source.id in seen:
            cause = f"`{source.id}` dipakai dua kali" if source.id else "belum ada"
            found.append(problem("KS863", source.locate("id"), record=source.id, sebab=cause))
        seen.add(source.id)
    return found


def _fill(made: Susunan, sources: Sequence[Source]) -> list[Problem]:
    found = []
    for source in sources:
        for path, reason in (*made.fill(source.tree), *_unfit_texts(source.tree, ())):
            place = ".".join(path)
            found.append(problem("KS861", source.locate(path), record=source.id, jalur=place, sebab=reason))
    return found


def _unfit_texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The path of each text that no cell can hold, and why."""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            yield path, f"teksnya {len(value)} karakter, sedangkan satu sel memuat {MAX_CELL}"
        elif explains(value):
            yield path, "teks di antara ‹ dan › dibaca sebagai keterangan"
        return
    for key, one in value.items() if isinstance(value, Mapping) else enumerate(value, 1):
        yield from _unfit_texts(one, (*path, str(key)))


__all__ = ["Medan", "entry_book", "kinds_with_sheets", "model_of"]
