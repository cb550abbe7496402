"""Every required section, enumerated from the data: removed from the library, by the record, or from the template.

Whatever is taken away, `check` or `render` refuses, and the refusal names the section (or the clause that carries
it). A section that is added to a `jenis.toml` is held to this by being there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

import samples
from ksdocs.bahasa import filters
from ksdocs.clauses.library import Library, split_clause_name
from ksdocs.docx.naskah import template_context
from ksdocs.docx.package import Package
from ksdocs.docx.template import Template
from ksdocs.dokumen import ButirPeriksa, Dokumen
from ksdocs.office import Office
from ksdocs.pipeline import check, render
from ksdocs.problems import KsdocsError, Problem
from ksdocs.verification import verify

KINDS = ("mou", "pks")
DRAWN = {"judul": ("judul_jenis", "tentang"), "nomor": ("x.nomor",), "tanda_tangan": ("baris",)}
"""Parts that the program draws itself → names by which a template prints them."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Tuntutan(NamedTuple):
    """A section that is required, a record of which it is required, and what satisfies it there."""

    kind: str
    section: str
    record: str
    carriers: tuple[str, ...]


@cache
def library(kind: str) -> Library:
    return samples.office().library(kind)


def _foreign(kind: str) -> dict[str, Any]:
    ident = {"mou": samples.MOU, "pks": "pks-pelatihan-karya-mesin-2026"}[kind]
    return samples.changed(
        ident, pihak__2__id="meridian-robotics", pihak__2__penanda_tangan=None, pihak__2__kontak=None
    )


def _attached(kind: str) -> dict[str, Any]:
    ident = {"mou": samples.MOU, "pks": samples.PKS}[kind]
    return samples.changed(ident, lampiran=[{"judul": "Rincian", "teks": ["Isi lampiran."]}])


VARIED: dict[str, Callable[[str], dict[str, Any]]] = {"asing": _foreign, "berlampiran": _attached}


def tree_of(kind: str, name: str) -> dict[str, Any]:
    return VARIED[name](kind) if name in VARIED else samples.record(name)


@cache
def items(kind: str, name: str) -> dict[str, ButirPeriksa]:
    """The checklist of a record: section → its line."""
    report = samples.judge(tree_of(kind, name))
    return {b.substansi: b for b in report.dokumen.checklist.butir} if report.dokumen else {}


def carriers(item: ButirPeriksa) -> tuple[str, ...]:
    """Ids of the clauses and parts that satisfy a section."""
    return tuple(label.partition("@")[0].partition(".")[0] for label, _ in item.oleh)


@cache
def demands() -> tuple[Tuntutan, ...]:
    found = []
    for kind in KINDS:
        jenis = library(kind).jenis
        for section in (*jenis.wajib, *jenis.wajib_bila):
            for name in (*samples.ids(kind), *VARIED):
                item = items(kind, name).get(section)
                if item is not None and item.tuntutan != "anjuran" and item.status == "terpenuhi":
                    found.append(Tuntutan(kind, section, name, carriers(item)))
                    break
            else:
                found.append(Tuntutan(kind, section, "", ()))
    return tuple(found)


def each(items: tuple[Tuntutan, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("demand", items, ids=[f"{d.kind}-{d.section}" for d in items])


def has_marks(demand: Tuntutan) -> bool:
    section = library(demand.kind).substansi[demand.section]
    return bool(section.penanda or section.penanda_semua)


each_demand = each(demands())
each_with_marks = each(tuple(d for d in demands() if has_marks(d)))


def names(problems: tuple[Problem, ...], demand: Tuntutan, *also: str) -> list[str]:
    """Codes of the refusals that name the section, or one of `also`."""
    wanted = {demand.section, *also}
    return [p.code for p in problems if p.refuses and wanted & {p.params.get("substansi"), p.params.get("klausul")}]


def test_every_required_section_has_a_record_that_shows_it() -> None:
    assert [(d.kind, d.section) for d in demands() if not d.record] == []


def test_the_sections_of_both_kinds_are_all_there() -> None:
    assert {d.section for d in demands() if d.kind == "mou"} >= {"judul", "premis", "ruang_lingkup", "tanda_tangan"}
    assert {d.section for d in demands() if d.kind == "pks"} >= {"hak_kewajiban", "meterai", "rujukan_mou", "sanksi"}


# ---------------------------------------------------------------------- removed from the library


def own_templates(tmp_path: Path) -> Path:
    copy = tmp_path / "templates"
    shutil.copytree(samples.TEMPLATES, copy)
    return copy


def judged_with(templates: Path, demand: Tuntutan) -> tuple[Problem, ...]:
    office = samples.office(templates=templates, register=samples.office_for(demand.record).register)
    try:
        return check(samples.as_source(tree_of(demand.kind, demand.record)), office, samples.TODAY).problems
    except KsdocsError as error:
        return error.problems


@each_demand
def test_a_section_without_its_clause_in_the_library_is_refused(demand: Tuntutan, tmp_path: Path) -> None:
    templates = own_templates(tmp_path)
    claim = [
        k for v in library(demand.kind).klausul.values() for k in v.values() if demand.section in k.semua_substansi
    ]
    for clause in {k.id for k in claim}:
        for folder in (templates / "klausul", templates / demand.kind / "klausul"):
            for file in folder.glob("*.md"):
                if split_clause_name(file.stem)[0] == clause:
                    file.unlink()
    home = templates / demand.kind / "jenis.toml"
    text = home.read_text(encoding="utf-8")
    for part, section in library(demand.kind).jenis.bagian_substansi.items():
        if section == demand.section:
            text = text.replace(f'bagian = ["{part}", ', "bagian = [").replace(f', "{part}"', "")
    home.write_text(text, encoding="utf-8")
    assert "KS315" in names(judged_with(templates, demand), demand)


@each_with_marks
def test_a_clause_that_no_longer_claims_the_section_is_refused(demand: Tuntutan, tmp_path: Path) -> None:
    templates = own_templates(tmp_path)
    for file in templates.glob("**/klausul/*.md"):
        text = file.read_text(encoding="utf-8")
        head, body = text.split("+++\n", 2)[1:]
        head = re.sub(rf'(?m)^(substansi = .*?)"{demand.section}"(?:, )?', r"\1", head)
        head = re.sub(rf"substansi_bila = .*\b{demand.section}\b.*\n", "", head)
        file.write_text(f"+++\n{head}+++\n{body}", encoding="utf-8")
    assert "KS315" in names(judged_with(templates, demand), demand)


@each_with_marks
def test_a_clause_that_says_nothing_is_refused(demand: Tuntutan, tmp_path: Path) -> None:
    templates = own_templates(tmp_path)
    for file in templates.glob("**/klausul/*.md"):
        if split_clause_name(file.stem)[0] in demand.carriers:
            head = file.read_text(encoding="utf-8").split("+++\n", 2)[1]
            # Names that other clauses refer to stay, so that only the substance is gone.
            kept = re.findall(r"\{#[a-z_]+\}", file.read_text(encoding="utf-8"))
            body = "".join(f"({n}) Sengaja dikosongkan. {name}\n" for n, name in enumerate(kept or [""], 1))
            file.write_text(f"+++\n{head}+++\n{body}", encoding="utf-8")
    assert "KS332" in names(judged_with(templates, demand), demand)


# ---------------------------------------------------------------------- removed by the record


@each_demand
def test_a_record_that_leaves_out_the_section_is_refused(demand: Tuntutan) -> None:
    tree = tree_of(demand.kind, demand.record)
    clauses = [k for k in demand.carriers if k not in {e["id"] for e in tree.get("klausul_tambahan", ())}]
    for picked in ("varian", "klausul_khusus", "klausul_pilihan"):
        tree.pop(picked, None)
    tree["tanpa_klausul"] = clauses
    told = samples.judge(tree).problems
    assert "KS330" in names(told, demand)
    assert "tanpa_klausul.1" in [p.at.path for p in told if p.code == "KS330"]


def optional_data() -> list[tuple[Tuntutan, str]]:
    """(demand, record path) for everything that the clause of a section needs of a record."""
    found = []
    for demand in demands():
        for carrier in demand.carriers:
            for clause in library(demand.kind).variants(carrier).values():
                found += [(demand, path) for path in clause.perlu if (demand, path) not in found]
    return found


@pytest.mark.parametrize(("demand", "path"), optional_data(), ids=lambda v: v if isinstance(v, str) else v.section)
def test_a_record_without_the_data_of_a_section_is_refused_or_no_longer_needs_it(demand: Tuntutan, path: str) -> None:
    tree = tree_of(demand.kind, demand.record)
    here: Any = tree
    for step in path.split(".")[:-1]:
        here = here.get(step, {})
    if path.rpartition(".")[2] not in here:
        return  # this record uses another variant, or the default
    samples.put(tree, path, None)
    report = samples.judge(tree)
    at_the_place = [p.code for p in report.problems if p.refuses and p.at.path == path]
    if not names(report.problems, demand) and not at_the_place:
        assert report.dokumen is not None
        line = {b.substansi: b for b in report.dokumen.checklist.butir}.get(demand.section)
        assert line is None or line.status == "terpenuhi"


@each_with_marks
def test_negotiated_words_without_the_substance_are_refused(demand: Tuntutan) -> None:
    tree = tree_of(demand.kind, demand.record)
    tree.pop("klausul_tambahan", None)
    tree["klausul_khusus"] = [
        {
            "klausul": clause,
            "teks": "Dihapus atas permintaan mitra.",
            "alasan": "Permintaan mitra.",
            "penyetuju": "Direktur",
            "tanggal": "2025-01-06",
        }
        for clause in library(demand.kind).klausul
        if any(demand.section in k.semua_substansi for k in library(demand.kind).variants(clause).values())
    ]
    told = samples.judge(tree).problems
    assert "KS332" in names(told, demand)


@each_demand
def test_a_waiver_is_taken_only_where_the_section_allows_it(demand: Tuntutan) -> None:
    tree = tree_of(demand.kind, demand.record)
    for picked in ("varian", "klausul_khusus", "klausul_pilihan", "klausul_tambahan"):
        tree.pop(picked, None)
    tree["tanpa_klausul"] = list(demand.carriers)
    given = {"alasan": "Tidak diperlukan.", "penyetuju": "Direktur", "tanggal": "2025-01-06"}
    tree["pengecualian"] = [{"substansi": demand.section, **given}]
    told = samples.judge(tree).problems
    if library(demand.kind).substansi[demand.section].dapat_dikecualikan:
        assert "KS330" not in names(told, demand)
        assert "KS337" not in names(told, demand)
    else:
        assert "KS337" in names(told, demand)
        assert "KS330" in names(told, demand)


# ---------------------------------------------------------------------- removed from the template


class WithTemplate(Office):
    """The office, with a naskah.docx of its own."""

    def __init__(self, like: Office, own: Template) -> None:
        super().__init__(like.workspace, like.register)
        self._own = own

    def template(self, kind: str) -> Template:
        return self._own


def edited(kind: str, edit: Callable[[str], str]) -> Template:
    """The template of `kind` with the text of every paragraph passed through `edit`."""
    package = Package.read(samples.TEMPLATES / kind / "naskah.docx")
    tree = package.tree(package.document_part)
    touched = 0
    for paragraph in tree.iter(f"{W}p"):
        texts = list(paragraph.iter(f"{W}t"))
        words = "".join(t.text or "" for t in texts)
        now = edit(words)
        if now != words:
            touched += 1
            texts[0].text = now
            for other in texts[1:]:
                other.text = ""
    assert touched, "the template prints nothing of the kind"
    data = package.replace({package.document_part: etree.tostring(tree, xml_declaration=True, encoding="UTF-8")})
    return Template.open(bytes(data), filters=filters("id"))


def refusals(demand: Tuntutan, template: Template) -> tuple[Problem, ...]:
    """What `render` refuses; where the rules refuse the record before that (a foreign party), what `verify` finds."""
    office = samples.office_for(demand.record)
    source = samples.as_source(tree_of(demand.kind, demand.record))
    report = check(source, office, samples.TODAY)
    if not report.refused:
        report = render(source, WithTemplate(office, template), samples.TODAY)
        assert report.artifacts == ()
        return report.problems
    dokumen = report.dokumen
    assert isinstance(dokumen, Dokumen)
    return verify(template.render(template_context(dokumen)), dokumen)


@each_demand
def test_the_shipped_template_prints_the_section(demand: Tuntutan) -> None:
    template = samples.office().template(demand.kind)
    source = samples.as_source(tree_of(demand.kind, demand.record))
    dokumen = check(source, samples.office_for(demand.record), samples.TODAY).dokumen
    assert dokumen is not None
    assert verify(template.render(template_context(dokumen)), dokumen) == ()


def without_name(kind: str, name: str) -> Template:
    """The template that no longer prints `name` anywhere."""
    pattern = re.compile(rf"\{{\{{r? ?{re.escape(name)}\b[^}}]*\}}\}}")
    return edited(kind, lambda words: pattern.sub("", words))


def with_loop(kind: str, loop: str, condition: str) -> Template:
    """The template whose `loop` passes over what does not meet `condition`."""
    return edited(kind, lambda words: words.replace(f"{loop} ", f"{loop} if {condition} "))


@each_demand
def test_a_template_that_drops_the_section_is_refused(demand: Tuntutan) -> None:
    for carrier in demand.carriers:
        if carrier in DRAWN:
            damaged = [without_name(demand.kind, name) for name in DRAWN[carrier]]
        elif carrier in library(demand.kind).jenis.bagian:
            damaged = [with_loop(demand.kind, f"for b in {carrier}", 'b.id == ""')]
        else:
            damaged = [with_loop(demand.kind, "for a in pasal", f'a.id != "{carrier}"')]
        for template in damaged:
            told = refusals(demand, template)
            assert names(told, demand, carrier), [(p.code, dict(p.params)) for p in told]


@each(tuple(d for d in demands() if set(d.carriers) - set(library(d.kind).jenis.bagian)))
def test_a_template_that_prints_the_heading_but_not_the_words_is_refused(demand: Tuntutan) -> None:
    for carrier in set(demand.carriers) - set(library(demand.kind).jenis.bagian):
        told = refusals(demand, with_loop(demand.kind, "for b in a.blok", f'a.id != "{carrier}"'))
        assert names(told, demand, carrier), [(p.code, dict(p.params)) for p in told]
