"""Filling in at signing: the fields and no other byte of the file, the gaps and no other word of the document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import samples
from ksdocs.docx.text import read
from ksdocs.dokumen import Dokumen, Run
from ksdocs.filling import Isian, Terisi, differences, fill, save
from ksdocs.pipeline import render
from ksdocs.problems import KsdocsError, OutputError, Problem
from ksdocs.sources import read_all

HAND = "diisi_tangan"
TOGETHER = Isian({1: "611/MOU.PL29/XI/2026", 2: "GTRC: 611/XI #2"}, "20 November 2026", "Batam, Kepulauan Riau")
APART = Isian(
    {1: "611/MOU.PL29/XI/2026"},
    tanggal_ttd={1: "2026-11-16", 2: "20 November 2026"},
    tempat_ttd={1: "Batam", 2: "Karimun"},
)


def ready(*, apart: bool = False) -> dict[str, Any]:
    """The tree of an MoU that is ready to sign."""
    tree = samples.record(samples.MOU) | {"id": "siap", "tahap": "siap_ttd", "butir": []}
    tree["jangka_waktu"] = {"lama": "5 tahun"}
    tree["penandatanganan"] = {"cara": "terpisah"} if apart else {"tanggal": HAND, "tempat": HAND}
    for party in tree["pihak"]:
        party["nomor"] = HAND
        if apart:
            party |= {"tanggal_ttd": HAND, "tempat_ttd": HAND}
    if apart:
        tree["pihak"][1]["nomor"] = "027/SEC-LGL/XI/2026"
    return tree


def as_json(tree: dict[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=3) + "\n"


def as_yaml(tree: dict[str, Any]) -> str:
    """Block style with comments, quotes and blank lines, as people write it."""
    lines = ["# Rekaman siap ditandatangani", ""]

    def value(item: Any) -> str:
        return json.dumps(str(item), ensure_ascii=False) if str(item) != HAND else HAND

    def write(item: Any, indent: int) -> None:
        pad = " " * indent
        for key, inner in item.items():
            if isinstance(inner, dict):
                lines.append(f"{pad}{key}:   # kelompok {key}")
                write(inner, indent + 2)
            elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
                lines.append(f"{pad}{key}:")
                for entry in inner:
                    lines.append(f"{pad}  -")
                    write(entry, indent + 4)
                    lines.append("")
            elif isinstance(inner, list):
                lines.append(f"{pad}{key}: [{', '.join(map(value, inner))}]")
            else:
                lines.append(f"{pad}{key}:  {value(inner)}   # isian {key}")

    write(tree, 0)
    return "\n".join(lines) + "\n# akhir\n"


def as_toml(tree: dict[str, Any]) -> str:
    def value(item: Any) -> str:
        if isinstance(item, list):
            return "[" + ", ".join(map(value, item)) + "]"
        if isinstance(item, dict):
            return "{ " + ", ".join(f"{k} = {value(v)}" for k, v in item.items()) + " }"
        return json.dumps(str(item), ensure_ascii=False)

    lines = ["# Rekaman siap ditandatangani"]
    lines += [f"{k} = {value(v)}  # isian {k}" for k, v in tree.items() if k not in ("pihak", "penandatanganan")]
    lines += ["", "[penandatanganan]", *(f"{k} = {value(v)}" for k, v in tree["penandatanganan"].items())]
    for party in tree["pihak"]:
        lines += ["", "[[pihak]]", *(f"{k}\t=\t{value(v)}\t# {k}" for k, v in party.items())]
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[dict[str, Any]], str]] = {".yaml": as_yaml, ".json": as_json, ".toml": as_toml}
DRESSES: dict[str, Callable[[str], bytes]] = {
    "unix": lambda text: text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "crlf-bom": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "no-newline": lambda text: text.rstrip().encode(),
}


def filled(file: Path, isian: Isian, **more: Any) -> Terisi:
    return fill(file, isian, samples.office(), samples.TODAY, **more)


def refusal(file: Path, isian: Isian, **more: Any) -> tuple[Problem, ...]:
    with pytest.raises(KsdocsError) as caught:
        filled(file, isian, **more)
    return caught.value.problems


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "siap.yaml"
    made.write_text(as_yaml(ready()), encoding="utf-8")
    return made


# ---------------------------------------------------------------------- the file


@pytest.mark.parametrize("apart", [False, True], ids=["together", "apart"])
@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("ending", FORMATS)
def test_only_the_fields_that_are_filled_change_in_the_file(
    ending: str, dress: str, apart: bool, tmp_path: Path
) -> None:
    file = tmp_path / f"siap{ending}"
    before = DRESSES[dress](FORMATS[ending](ready(apart=apart)))
    file.write_bytes(before)
    done = filled(file, APART if apart else TOGETHER)
    old, new = before.splitlines(keepends=True), done.data.splitlines(keepends=True)
    assert len(old) == len(new)
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    open_fields = 5 if apart else 4
    assert len(changed) == open_fields + 1  # the fields, and `tahap`
    for was, now in changed:
        word = HAND.encode() if HAND.encode() in was else b"siap_ttd"
        head, tail = was.split(word)
        assert now.startswith(head.rstrip(b'"'))
        assert now.endswith(tail.lstrip(b'"'))
    assert file.read_bytes() == before, "nothing is written before `save`"
    save(done, file)
    assert file.read_bytes() == done.data


def test_values_are_quoted_where_the_format_would_read_them_otherwise(file: Path) -> None:
    done = filled(file, TOGETHER)
    assert done.source.tree["pihak"][1]["nomor"] == "GTRC: 611/XI #2"  # type: ignore[index,call-overload]
    assert done.source.tree["penandatanganan"] == {"tanggal": "2026-11-20", "tempat": "Batam, Kepulauan Riau"}
    assert done.source.tree["tahap"] == "ditandatangani"


def test_a_spreadsheet_is_not_written_but_its_cells_are_named() -> None:
    told = refusal(
        samples.DATA / "mou" / "mou-2026.xlsx", Isian({1: "015/MOU.PL29/XI/2026"}), record="mou-smk-rekaraya-2026"
    )
    assert [p.code for p in told] == ["KS714", "KS714"]
    assert [p.params["isian"] for p in told] == ["pihak.1.nomor", "tahap"]
    assert all(p.at.cell and p.at.sheet for p in told), told


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("stage", ["draf", "ditandatangani"])
def test_only_a_record_that_is_ready_to_sign_is_filled(stage: str, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("siap_ttd", stage), encoding="utf-8")
    assert "KS712" in [p.code for p in refusal(file, TOGETHER)]


def test_a_value_that_stands_already_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "siap.json"
    file.write_text(as_json(ready(apart=True)), encoding="utf-8")
    told = refusal(file, replace(APART, nomor={1: "611/MOU.PL29/XI/2026", 2: "lain/XI/2026"}))
    assert [(p.code, p.at.path) for p in told] == [("KS713", "pihak.2.nomor")]


def test_what_is_no_date_is_refused_at_its_field(file: Path) -> None:
    told = refusal(file, replace(TOGETHER, tanggal="31 November 2026"))
    assert [(p.code, p.at.path) for p in told] == [("KS716", "penandatanganan.tanggal")]


def test_one_record_of_several_must_be_named(tmp_path: Path) -> None:
    file = tmp_path / "dua.json"
    file.write_text(json.dumps([ready(), ready() | {"id": "lain"}]), encoding="utf-8")
    assert [p.code for p in refusal(file, TOGETHER)] == ["KS711"]
    assert [p.code for p in refusal(file, TOGETHER, record="siapa")] == ["KS711"]


def test_a_record_that_would_not_be_fit_once_signed_is_not_filled(file: Path) -> None:
    assert "KS217" in [p.code for p in refusal(file, replace(TOGETHER, tanggal="2026-11-23"))]
    assert "KS220" in [p.code for p in refusal(file, replace(TOGETHER, tempat=None))]


def test_a_number_that_is_taken_is_refused(file: Path) -> None:
    told = refusal(file, replace(TOGETHER, nomor={1: "012/MOU.PL29/III/2025", 2: "x/XI/2026"}))
    assert "KS228" in [p.code for p in told]


# ---------------------------------------------------------------------- the proof


@pytest.mark.parametrize("apart", [False, True], ids=["together", "apart"])
def test_the_printed_document_differs_only_where_there_were_gaps(apart: bool, tmp_path: Path) -> None:
    file = tmp_path / "siap.toml"
    file.write_text(as_toml(ready(apart=apart)), encoding="utf-8")
    office = samples.office()
    (source,) = [s for s in read_all([file]) if not isinstance(s, Exception)]
    before = render(source, office, samples.TODAY)
    done = filled(file, APART if apart else TOGETHER)
    after = render(done.source, office, samples.TODAY)
    assert not before.refused
    assert not after.refused
    was, now = ([p.text for p in read(r.artifacts[0].data)] for r in (before, after))
    assert len(was) == len(now)
    changed = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
    assert changed
    for gap, words in changed:
        assert re.fullmatch(re.sub(r"_+", ".+", re.escape(gap).replace(r"\_", "_")), words), (gap, words)
    assert not [text for text in now if "___" in text]


def test_a_partner_without_a_number_may_be_given_one_at_signing(tmp_path: Path) -> None:
    tree = ready()
    tree["pihak"][1]["nomor"] = "tanpa_nomor"
    file = tmp_path / "siap.json"
    file.write_text(as_json(tree), encoding="utf-8")
    assert filled(file, TOGETHER).after.dokumen is not None


def test_a_document_that_differs_elsewhere_is_told() -> None:
    dokumen = samples.printed(samples.record(samples.MOU)).dokumen
    assert isinstance(dokumen, Dokumen)
    assert list(differences(dokumen, dokumen)) == []
    longer = replace(dokumen, tentang={"id": dokumen.tentang["id"] + " dan Lainnya"})
    assert list(differences(dokumen, longer)) == [(dokumen.tentang["id"], longer.tentang["id"])]
    first, *rest = dokumen.pasal
    shorter = replace(dokumen, pasal=tuple(rest))
    assert list(differences(dokumen, shorter))
    block = replace(first.blok[0], teks={"id": (Run("lain sama sekali"),)})
    other = replace(dokumen, pasal=(replace(first, blok=(block, *first.blok[1:])), *rest))
    assert [new for _, new in differences(dokumen, other)] == ["lain sama sekali"]
    signature = replace(dokumen.tanda_tangan[0], nama="Orang Lain")
    signed = replace(dokumen, tanda_tangan=(signature, *dokumen.tanda_tangan[1:]))
    assert len(list(differences(dokumen, signed))) == 1


def test_a_changed_document_keeps_the_record_from_being_filled(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clause that reads the stage would print something else once signed."""
    office = samples.office()
    clause = office.library("mou").klausul["integritas"]["", "id"]
    assert clause.template is not None
    assert "KS717" not in [p.code for p in filled(file, TOGETHER).after.problems]
    with pytest.raises(OutputError) as caught:
        fill(file, TOGETHER, _reading_the_stage(file.parent), samples.TODAY)
    assert {p.code for p in caught.value.problems} == {"KS717"}


def _reading_the_stage(folder: Path) -> Any:
    import shutil

    templates = folder / "templates"
    shutil.copytree(samples.TEMPLATES, templates)
    clause = templates / "klausul" / "integritas.md"
    text = clause.read_text(encoding="utf-8")
    clause.write_text(text.rstrip() + "\n(3) Tahap naskah ini: {{ tahap }}.\n", encoding="utf-8")
    return samples.office(templates=templates)
