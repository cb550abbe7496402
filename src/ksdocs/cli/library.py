"""`kinds`, `clause`, `schema`, `explain`: what there is, shown as it stands."""

from __future__ import annotations

from pathlib import Path

from ksdocs.cli import FINE
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.console import Segment
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.problems import MESSAGE_LANGUAGES, catalogue, suggest
from ksdocs.workspace import Found, Origin, Root


def kinds(settings: Settings) -> int:
    """Every kind with its name, the code and version of its form where it has one, and the folder that won."""
    found_kinds = settings.office().workspace.kinds()
    width = max(10, *map(len, found_kinds)) + 1
    for kind, found in found_kinds.items():
        show_kind(settings, kind, found, width)
    return FINE


def show_kind(settings: Settings, kind: str, found: Found, width: int, state: str = "") -> None:
    """One kind: its name, code and version, and the folder that won with its `state`; names take `width` columns."""
    import tomllib

    console = settings.console
    data = tomllib.loads((found.folder / "jenis.toml").read_text(encoding="utf-8-sig"))
    told = data.get("judul", kind)
    title = str(told.get(settings.language, told.get("id", kind)) if isinstance(told, dict) else told)
    code = form_code(data.get("kendali"))
    console.words([(f"{kind:<{width}}", "bold"), (title, ""), (code and f" · {code}", "dim")], hang=width)
    where = f"{shown_path(found.folder)} ({origin(settings, found.won_by)}){state}"
    console.words([(where, "dim")], indent=width, hang=width)


def form_code(control: object) -> str:
    """`BO.29.3.1-V3`, as far as the form's document control tells it."""
    given = [control.get(name) for name in ("kode", "versi")] if isinstance(control, dict) else []
    return "-".join(str(text) for text in given if text) if given and given[0] else ""


def origin(settings: Settings, root: Root) -> str:
    """Who named a folder, in words."""
    if root.origin is Origin.SHIPPED:
        return settings.say("pustaka.bawaan")
    return settings.say("dokter.menang", asal=root.named_by)


def clause_list(settings: Settings, kind: str | None) -> int:
    """The clauses of one kind or of all, in the order in which they are written."""
    office = settings.office()
    chosen = [kind] if kind else [k for k in office.workspace.kinds() if _is_document(k)]
    for name in chosen:
        need_kind(name, list(office.workspace.kinds()))
        library = office.library(name)
        order = [*library.parts, *(c for c in library.jenis.urutan if c in library.klausul)]
        rest = sorted(set(library.klausul) - set(order))
        rows: list[list[Segment | list[Segment]]] = []
        for clause in (*order, *rest):
            for variant, text in sorted(library.variants(clause).items()):
                ident = f"{clause}.{variant}" if variant else clause
                rows.append(
                    [(ident, ""), (text.versi, "dim"), (text.judul, ""), (", ".join(text.semua_substansi), "dim")]
                )
        _table(settings, name, rows)
    return FINE


def _is_document(kind: str) -> bool:
    from ksdocs.models import NASKAH

    return kind in NASKAH


def _table(settings: Settings, kind: str, rows: list[list[Segment | list[Segment]]]) -> None:
    console = settings.console
    first = max((len(str(row[0][0])) for row in rows), default=8)
    room = max(console.table_width - 2, 38)
    if room < 90:
        first = min(first, room - 24)
        widths = [first, 7, room - first - 7 - 4]
    else:
        widths = [first, 7, 30, room - first - 7 - 30 - 6]
    names = [settings.say(f"pustaka.{k}") for k in ("klausul", "versi", "judul", "substansi")]
    console.line(kind, "bold")
    console.table([[(n, "dim") for n in names][: len(widths)]], widths, indent=2)
    console.table([row[: len(widths)] for row in rows], widths, indent=2)
    console.line()


def clause_show(settings: Settings, kind: str, clause: str) -> int:
    """The words of one clause, with what its file says about it."""
    office, console = settings.office(), settings.console
    need_kind(kind, list(office.workspace.kinds()))
    library = office.library(kind)
    ident, _, variant = clause.partition(".")
    known = {f"{c}.{v}" if v else c: text for c in library.klausul for v, text in library.variants(c).items()}
    wanted = known.get(f"{ident}.{variant}" if variant else ident)
    if wanted is None:
        near = suggest(clause, known)
        raise UsageFault("klausul", f"`{near}`" if near else "", nilai=f"`{clause}`", jenis=kind)
    console.line(f"{wanted.judul} · {wanted.label}", "bold")
    facts = {
        "substansi": ", ".join(wanted.semua_substansi),
        "dasar": ", ".join(wanted.dasar),
        "perlu": ", ".join(wanted.perlu),
        "bila": wanted.bila,
        "varian": ", ".join(v or ident for v in library.variants(ident) if v != variant),
        "berkas": shown_path(wanted.file),
    }
    for key, value in facts.items():
        if value:
            console.words([(f"{settings.say(f'pustaka.{key}')}: ", "dim"), (value, "")])
    console.line()
    for line in wanted.teks.strip("\n").split("\n"):
        console.line(line)
    return FINE


def need_kind(kind: str, known: list[str]) -> None:
    """UsageFault for a kind that is not among `known`."""
    if kind not in known:
        near = suggest(kind, known)
        raise UsageFault("jenis", f"`{near}`" if near else "", nilai=f"`{kind}`", pilihan=", ".join(known))


def schema(settings: Settings, kind: str) -> int:
    """The JSON Schema of a kind of record."""
    from ksdocs import api
    from ksdocs.models import MODELS

    office = settings.office()
    need_kind(kind, [*MODELS, *(k for k in office.workspace.kinds() if k not in MODELS)])
    settings.console.json(api.schema(kind, office))
    return FINE


def explain(settings: Settings, code: str) -> int:
    """A problem code: what it means, what to do, and why the rule is there."""
    entries, console, language = catalogue(), settings.console, settings.language
    by_name = {entry["nama"]: key for key, entry in entries.items()}
    wanted = code.strip().upper()
    wanted = (
        wanted if wanted in entries else f"KS{wanted}" if f"KS{wanted}" in entries else by_name.get(code.lower(), "")
    )
    if not wanted:
        near = suggest(code.upper(), entries) or suggest(code.lower(), by_name)
        raise UsageFault("kode", f"`{near}`" if near else "", nilai=f"`{code}`")
    entry = entries[wanted]
    told = entry[language if language in MESSAGE_LANGUAGES else "id"]
    console.line(f"{wanted} {entry['nama'].replace('_', ' ')}", "bold")
    console.words([(f"{settings.say('jelas.berat')}: ", "dim"), (settings.say(f"jelas.{entry['berat']}"), "")])
    for key, words in (("pesan", told["pesan"]), ("saran", told["saran"]), ("sebab", told["penjelasan"])):
        console.line()
        console.line(settings.say(f"jelas.{key}"), "dim")
        console.say(_pattern(words), indent=2)
    return FINE


def _pattern(words: str) -> str:
    """What is filled in, between angle brackets."""
    import re

    return re.sub(r"\{([a-z_]+)\}", lambda m: f"‹{m[1].replace('_', ' ')}›", words)


def starter_file(folder: Path) -> Path:
    """Where a kind keeps its starter record."""
    return folder / "baru.yaml"
