"""The results as a page: tables of ratios, what each figure includes, and two plots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import svg
from bench.race import NAIVE, OURS, PIPELINE

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
RACE_PLOT, GROWTH_PLOT, STAGES_PLOT = "performance-race.svg", "performance-growth.svg", "performance-stages.svg"
_PLOT_OF = {RACE_PLOT: "race", GROWTH_PLOT: "growth", STAGES_PLOT: "stages"}
Results = Mapping[str, Any]

_ENGINES: Final = {
    OURS: ("ksdocs, engine", "opened once; context in, bytes out; packed as it is by default, by zlib"),
    "ksdocs-cepat": ("ksdocs, engine, `cepat`", "the same with the extra `cepat`, packed by libdeflate"),
    "ksdocs-level-6": ("ksdocs, engine, level 6", "the same with zlib's level 6, which docxtpl and most others use"),
    PIPELINE: (
        "ksdocs, pipeline",
        "JSON Lines to files on the disk: read, validate, assemble, render, read back, write; register already read",
    ),
    NAIVE: ("docxtpl, naive", "`DocxTemplate(…)` for each document, to memory; no check"),
    "docxtpl-reused": ("docxtpl, reused", "one `DocxTemplate` for all, to memory; no check"),
    "docxtemplater": ("docxtemplater", "template read anew for each document, with its free image module; no check"),
    "easy-template-x": ("easy-template-x", "one `TemplateHandler` for all; no check"),
    "docx-templates": ("docx-templates", "`noSandbox`, its fast mode; no check"),
    "carbone": ("carbone", "community edition; the two logos are fixed in its template; no check"),
}
_VARIANTS: Final = ("ksdocs-cepat", "ksdocs-level-6")
_JS: Final = ("docxtemplater", "easy-template-x", "docx-templates", "carbone")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached, how far it got (None: not measured), and whether that is enough."""

    what: str
    bound: str
    reached: float | None
    enough: bool


def page(results: Results) -> str:
    """The generated part, between its markers."""
    parts = [BEGIN, *_machine(results["machine"], results.get("load"))]
    for name, section in _SECTIONS.items():
        if name in results:
            parts += section(results[name])
    parts += _goals(results)
    return "\n".join([*parts, END])


def write(results: Results, file: Path, pictures: Path) -> None:
    """Put the generated part into `file` and the plots into `pictures`."""
    text = file.read_text(encoding="utf-8") if file.is_file() else f"{BEGIN}\n{END}\n"
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    file.write_text(head + page(results) + tail, encoding="utf-8")
    pictures.mkdir(parents=True, exist_ok=True)
    for name, drawn in plots(results).items():
        (pictures / name).write_text(drawn, encoding="utf-8")


def plots(results: Results) -> dict[str, str]:
    """File name → SVG, of what was measured."""
    drawers = {RACE_PLOT: _race_plot, GROWTH_PLOT: _growth_plot, STAGES_PLOT: _stages_plot}
    return {name: draw(results[_PLOT_OF[name]]) for name, draw in drawers.items() if _PLOT_OF[name] in results}


def goals(results: Results) -> list[Goal]:
    """What is to be reached, and how far it got."""
    race, pipeline = (results.get("race", {}).get(k, {}) for k in ("ratios", "pipeline_ratios"))
    rivals = [race[name]["wall"] for name in _JS if name in race]
    found = [
        _at_least("Engine, against docxtpl's naive loop", 50, race.get(NAIVE, {}).get("wall")),
        _at_least("Engine, against the best JavaScript engine", 15, min(rivals, default=None)),
        _at_least("Pipeline, against docxtpl's naive loop", 10, pipeline.get(NAIVE, {}).get("wall")),
    ]
    for what, key in (("coordinator", "peak"), ("worker", "peak_below")):
        found.append(
            _at_most(f"Peak memory of the {what}, 100,000 documents against 1,000", 1.3, _memory(results, key))
        )
    found.append(_at_most("Time per row, 10,000 rows against 1,000", 1.2, _per_row(results, "engine")))
    found.append(_at_least("Pipeline, two workers against one", 1.6, results.get("workers", {}).get("gain")))
    cold = results.get("cold", {}).get("ratios", {}).get("ksdocs")
    found.append(_at_most("One record cold, against a bare docxtpl script", 1.0, cold))
    found.append(_at_most("PDFs in bulk, against one call per file", 0.25, results.get("pdf", {}).get("ratio")))
    return found


def _at_least(what: str, bound: float, reached: float | None) -> Goal:
    return Goal(what, f"≥ {bound:g}", reached, reached is not None and reached >= bound)


def _at_most(what: str, bound: float, reached: float | None) -> Goal:
    return Goal(what, f"≤ {bound:g}", reached, reached is not None and reached <= bound)


def _memory(results: Results, key: str) -> float | None:
    """Peak memory of the largest run by that of 1,000 documents; None unless 100,000 were rendered."""
    runs = {r["count"]: r.get(key) for r in results.get("growth", {}).get("runs", ())}
    few, many = runs.get(1000), runs.get(100_000)
    return many / few if few and many else None


def _per_row(results: Results, key: str) -> float | None:
    runs = {r["count"]: r[key] for r in results.get("rows", {}).get("runs", ())}
    return (runs[10_000] / 10_000) / (runs[1000] / 1000) if {1000, 10_000} <= runs.keys() else None


def _goals(results: Results) -> Iterator[str]:
    yield from ("", "### What is to be reached", "")
    rows = []
    for goal in goals(results):
        got = "not measured" if goal.reached is None else f"{goal.reached:.2f}"
        rows.append((goal.what, goal.bound, got, "" if goal.reached is None else "yes" if goal.enough else "no"))
    yield from _table(("", "wanted", "now", "reached"), rows)


def _machine(machine: Mapping[str, str], load: float | None) -> Iterator[str]:
    own = ("processor", "cores", "memory", "system", "python")
    versions = ", ".join(f"{name} {value}" for name, value in machine.items() if name not in own)
    yield f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}, " + (
        f"{machine['python']}. Versions: {versions}."
    )
    if load is not None and load > 1.5:
        yield f"When the run began, {load:.1f} other processes wanted to run on this machine; then the brackets"
        yield "are wide, and computing time is the steadier figure."


def _race(race: Results) -> Iterator[str]:
    rounds = len(race["rounds"][OURS])
    pages = f"{race['pages']} pages" if race.get("pages") else "six pages"
    yield from ("", "### The race", "")
    yield f"One MoU of {pages} with two logos; {rounds} rounds of at least {race['seconds']:g} s for each engine,"
    yield "interleaved; time per document, ksdocs' engine = 1 (median of the rounds; least and most in brackets)."
    yield f"{race['documents_checked']:,} documents were read, and each said, paragraph by paragraph and picture by"
    yield "picture, what ksdocs proves of that record."
    yield from ("", f"![Time per document, by engine](gambar/{RACE_PLOT})", "")
    rows = []
    for name, (shown, includes) in _ENGINES.items():
        if name in race["ratios"]:
            found = race["ratios"][name]
            span = "" if name == OURS else f" ({_short(found['least'])}–{_short(found['most'])})"
            size = race["bytes"][name] / race["bytes"][OURS]
            rows.append((shown, _short(found["wall"]) + span, _short(found["cpu"]), f"{size:.2f}", includes))
    yield from _table(("", "time", "computing time", "size of the file", "what it includes"), rows)
    naive = race["pipeline_ratios"].get(NAIVE)
    if naive:
        yield ""
        yield f"docxtpl's naive loop takes {naive['wall']:.1f} times as long as the whole pipeline"
        yield f"({_short(naive['least'])}–{_short(naive['most'])})."
    for name, reason in race["left_out"].items():
        yield ""
        yield f"{name} is left out: {reason}."


def _stages(stages: Results) -> Iterator[str]:
    yield from ("", "### What each stage costs", "")
    yield f"The whole pipeline over {stages['count']:,} records, one process, warm; median of {stages['runs']} runs."
    yield from ("", f"![Share of each stage](gambar/{STAGES_PLOT})", "")
    rows = [(name, f"{share:.1%}", _STAGES.get(name, "")) for name, share in _shares(stages)]
    yield from _table(("stage", "share", "what it includes"), rows)


def _shares(stages: Results) -> list[tuple[str, float]]:
    told = {**stages["stages"], "rest": stages["rest"]}
    return [(name, value / stages["whole"]) for name, value in told.items()]


_STAGES: Final = {
    "read": "a line of JSON to a tree of text",
    "register": "making the records of the run known to each other",
    "validate": "fields, then every rule between fields and records",
    "assemble": "choosing clauses, filling and numbering them, the checklist",
    "context": "the document as values for the template, and what is said of its making",
    "render": "the template filled and zipped",
    "read back": "the package inspected, its text read and held against the document",
    "write": "the file written whole and given its name; groups of them, and the manifest, brought to the disk",
    "hashes": "what the document depends on, for the manifest",
    "rest": "what belongs to none of them",
}


def _growth(growth: Results) -> Iterator[str]:
    runs = growth["runs"]
    yield from ("", "### From one document to a hundred thousand", "")
    hands = "two workers" if growth.get("workers") else "one process"
    yield f"`ksdocs render` over one JSON Lines file, {hands}: start, register, everything for each record, manifest."
    yield from ("", f"![Time and memory as the number of documents grows](gambar/{GROWTH_PLOT})", "")
    base = next((r for r in runs if r["count"] == 1000), runs[-1])
    rows = []
    for run in runs:
        pace = (run["seconds"] / run["count"]) / (base["seconds"] / base["count"])
        own, below = (run[k] / 1024 if run[k] else None for k in ("peak", "peak_below"))
        rows.append(
            (
                f"{run['count']:,}",
                _short(pace),
                f"{own:.0f} MiB" if own else "–",
                f"{run['peak'] / base['peak']:.2f}" if own and base["peak"] else "–",
                f"{below:.0f} MiB" if below else "none",
            )
        )
    wanted = f"time per document, {base['count']:,} = 1"
    head = ("documents", wanted, "peak memory, coordinator", f"{base['count']:,} = 1", "peak memory, largest worker")
    yield from _table(head, rows)
    if growth["left_out"]:
        yield ""
        yield f"Left out, since it would take too long at this pace: {', '.join(f'{n:,}' for n in growth['left_out'])}."


def _rows(rows: Results) -> Iterator[str]:
    runs = rows["runs"]
    base = next((r for r in runs if r["count"] == 1000), runs[-1])
    yield from ("", "### From one row to ten thousand", "")
    yield (
        "A table of four columns; time per row, at " + f"{base['count']:,} rows = 1. The engine with a row loop of the"
    )
    yield "template; and the MoU of the race with that many rows in one of its articles: its context, the engine, the"
    yield "read-back that finds every cell."
    yield ""
    names = ("engine", "context", "render", "read back")
    table = []
    for run in runs:
        paces = [_short((run[n] / run["count"]) / (base[n] / base["count"])) for n in names]
        peak = f"{run['peak'] / 1024:.0f} MiB" if run["peak"] else "–"
        table.append((f"{run['count']:,}", *paces, peak))
    yield from _table(
        ("rows", "engine, row loop", "MoU: context", "MoU: render", "MoU: read back", "peak memory"), table
    )


def _workers(workers: Results) -> Iterator[str]:
    yield from ("", "### Two workers", "")
    if "left_out" in workers:
        yield f"Not measured: {workers['left_out']}."
        return
    peak = max(workers["peaks"][next(k for k in workers["peaks"] if str(k) == "2")])
    yield f"`ksdocs render` over {workers['count']:,} records, start and register included: two workers are"
    yield f"{workers['gain']:.2f} times as fast as one. Largest worker: {peak / 1024:.0f} MiB."


def _cold(cold: Results) -> Iterator[str]:
    yield from ("", "### One document, cold", "")
    yield f"From the command line to the file, {cold['runs']} starts of each in turns; a bare docxtpl script = 1."
    yield ""
    told = {
        "python": "starting Python alone",
        "docxtpl": "a script of ten lines: one template, one context, two logos, one file; no check",
        "ksdocs": "`ksdocs render` of one record: start, register of two parties, every check, file, manifest",
        "ksdocs, sample data": "the same over the register of the sample data that ksdocs ships",
    }
    rows = [(name, f"{cold['ratios'][name]:.2f}", includes) for name, includes in told.items()]
    yield from _table(("", "time", "what it includes"), rows)


def _pdf(pdf: Results) -> Iterator[str]:
    yield from ("", "### PDFs in bulk", "")
    if "left_out" in pdf:
        yield f"Not measured: {pdf['left_out']}."
        return
    yield f"{pdf['count']} of these documents as PDF/A-2b with tags: {pdf['ratio']:.2f} of the time that one call of"
    yield "`soffice --convert-to pdf` per file takes for plain PDFs."


_SECTIONS: Final = {
    "race": _race,
    "stages": _stages,
    "growth": _growth,
    "rows": _rows,
    "workers": _workers,
    "cold": _cold,
    "pdf": _pdf,
}


def _race_plot(race: Results) -> str:
    ratios = {n: race["ratios"][n]["wall"] for n in _ENGINES if n in race["ratios"] and n not in _VARIANTS}
    grey = {OURS: svg.DARK, PIPELINE: svg.MIDDLE}
    rows = [
        svg.Bar(_ENGINES[name][0], value, f"{_short(value)} ×" if name != OURS else "1", grey.get(name, svg.LIGHT))
        for name, value in sorted(ratios.items(), key=lambda item: item[1])
    ]
    note = "ksdocs' engine = 1; shorter is faster. The pipeline alone validates, reads back and writes."
    return svg.bars("Time per document", note, rows)


def _stages_plot(stages: Results) -> str:
    rows = [svg.Bar(name, share, f"{share:.0%}", svg.MIDDLE) for name, share in _shares(stages)]
    return svg.bars("Where the time of the pipeline goes", "Share of one document, one process, warm", rows)


def _growth_plot(growth: Results) -> str:
    runs = growth["runs"]
    base = next((r for r in runs if r["count"] == 1000), runs[-1])
    drawn = [svg.Line("time", [(r["count"], r["seconds"] / base["seconds"]) for r in runs])]
    for name, key in (("memory, coordinator", "peak"), ("memory, worker", "peak_below")):
        if all(r.get(key) for r in runs):
            drawn.append(svg.Line(name, [(r["count"], r[key] / base[key]) for r in runs]))
    title = f"Time and peak memory, {base['count']:,} documents = 1"
    return svg.lines(title, "ksdocs render, from start to manifest", drawn, x="documents", y="times as much")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _short(value: float) -> str:
    """Three figures, no more than the measurement bears."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
