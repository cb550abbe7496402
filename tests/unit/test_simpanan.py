"""What is kept on disk makes a start quicker and can change nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from builders import JAYA, MOU, POLTEK, a_mou, a_pks
from docx_specimens import docx, p
from ksdocs import simpanan
from ksdocs.clauses import library, loading
from ksdocs.clauses.environment import condition, environment
from ksdocs.clauses.guard import BUDGET, Budget
from ksdocs.clauses.loading import load_library
from ksdocs.docx import template
from ksdocs.docx.template import Template
from ksdocs.models.dasar import Teks
from ksdocs.problems import LibraryError, Location, TemplateError, problem
from ksdocs.register import MemoryRegister, open_register
from ksdocs.sources import read

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are a matter of POSIX")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KSDOCS_CACHE", str(tmp_path / "simpanan"))
    forget()
    yield tmp_path / "simpanan" / "hangat"
    forget()


def forget() -> None:
    """What this process remembers of earlier work."""
    template._cache.clear()
    loading._places.clear()
    library.build_library.cache_clear()


def entry(folder: Path, kind: str) -> Path:
    (file,) = folder.glob(f"{kind}-*.bin")
    return file


def double(x: int) -> int:
    return 2 * x


def test_values_come_back_as_they_were() -> None:
    value: Any = {
        "texts": ("a", frozenset("bc"), {"d"}),
        "amount": Decimal("1.50"),
        "place": Path("a/b"),
        "model": Teks(id="a", en="b"),
        "problem": problem("KS101", Location("x", "y", 3)),
        "read-only": MappingProxyType({"a": MappingProxyType({"b": 1})}),
    }
    simpanan.save("uji", "k", value)
    assert simpanan.load("uji", "k") == value
    assert (simpanan.load("uji", "lain"), simpanan.load("lain", "k")) == (None, None)


def test_code_and_patterns_come_back_and_do_what_they_did() -> None:
    import re

    patterns = [re.compile(t, f) for t in (r"(?P<x>a+)(b)?", "^é|İ$", "[^a-z]{2,}") for f in (0, re.I, re.M | re.S)]
    simpanan.save("uji", "k", (double.__code__, patterns, re.compile(rb"\d")))
    code, again, raw = simpanan.load("uji", "k")
    assert code == double.__code__
    for old, new in zip(patterns, again, strict=True):
        assert (new.pattern, new.flags, new.groupindex, new.groups) == (
            old.pattern, old.flags, old.groupindex, old.groups,
        )  # fmt: skip
        for text in ("aab", "É", "ab\n12", "i̇", ""):
            assert [m.groups() for m in new.finditer(text)] == [m.groups() for m in old.finditer(text)]
    assert raw.search(b"a1")[0] == b"1"


def test_what_was_given_is_put_in_again_and_not_kept() -> None:
    here, there = object(), object()
    simpanan.save("uji", "k", [here, "x"], {"it": here})
    assert simpanan.load("uji", "k", {"it": there}) == [there, "x"]
    assert simpanan.load("uji", "k") is None


def test_nothing_is_built_that_ksdocs_does_not_define() -> None:
    simpanan.save("uji", "k", [os.getcwd, "x"])
    assert simpanan.load("uji", "k") is None


@posix
def test_a_folder_and_an_entry_are_for_their_owner_alone(folder: Path) -> None:
    simpanan.save("uji", "k", 1)
    assert folder.stat().st_mode & 0o077 == 0
    assert entry(folder, "uji").stat().st_mode & 0o077 == 0


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_could_have_written_is_not_believed(folder: Path, mode: int) -> None:
    simpanan.save("uji", "k", 1)
    entry(folder, "uji").chmod(mode)
    assert simpanan.load("uji", "k") is None
    entry(folder, "uji").chmod(0o600)
    assert simpanan.load("uji", "k") == 1
    folder.chmod(0o777)
    assert simpanan.load("uji", "k") is None


@posix
def test_what_belongs_to_somebody_else_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    simpanan.save("uji", "k", 1)
    someone = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: someone)
    assert simpanan.load("uji", "k") is None


def test_an_entry_that_is_cut_off_or_has_a_flipped_bit_is_not_believed(folder: Path) -> None:
    simpanan.save("uji", "k", ["abc" * 20])
    file = entry(folder, "uji")
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert simpanan.load("uji", "k") is None
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert simpanan.load("uji", "k") is None


def test_an_entry_of_other_programs_has_another_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    simpanan.save("uji", "k", 1)
    monkeypatch.setattr(simpanan, "programs", lambda: "others")
    assert simpanan.load("uji", "k") is None


def test_programs_are_others_when_one_file_was_written_anew(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))

    def asked() -> str:
        command = [sys.executable, "-c", "from ksdocs import simpanan; print(simpanan.__file__, simpanan.programs())"]
        environ = os.environ | {"PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environ)
        assert done.stdout.startswith(str(tmp_path))
        return done.stdout

    before = asked()
    assert asked() == before
    for name in ("clauses/guard.py", "pesan/rules.toml"):
        file = tmp_path / "src" / "ksdocs" / name
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert asked() != before
        before = asked()


def test_the_oldest_entries_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simpanan, "_KEPT_ELSE", 3)
    simpanan.save("lain", "k", 0)
    for n in range(6):
        simpanan.save("uji", f"{n}", n)
    assert len(list(folder.glob("uji-*"))) == 3 and simpanan.load("lain", "k") == 0
    assert simpanan.load("uji", "5") == 5


def test_no_entry_is_made_where_none_is_wanted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KSDOCS_CACHE", "")
    simpanan.save("uji", "k", 1)
    assert simpanan.load("uji", "k") is None and not folder.exists()


def test_where_owners_are_not_told_only_the_folder_of_the_user_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getuid", raising=False)
    simpanan.save("uji", "k", 1)
    assert simpanan.load("uji", "k") is None
    monkeypatch.setenv("LOCALAPPDATA", os.environ["KSDOCS_CACHE"])
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ["KSDOCS_CACHE"])
    monkeypatch.setenv("HOME", os.environ["KSDOCS_CACHE"])
    monkeypatch.delenv("KSDOCS_CACHE")
    simpanan.save("uji", "k", 1)
    assert simpanan.load("uji", "k") == 1


def test_the_version_that_is_kept_is_the_one_installed(folder: Path) -> None:
    from importlib.metadata import version

    from ksdocs.batch import order

    order._version.cache_clear()
    assert order._version() == version("ksdocs")
    order._version.cache_clear()
    assert order._version() == version("ksdocs")
    assert len(list(folder.glob("versi-*"))) == 1


# ---------------------------------------------------------------------- templates

BODY = docx(p("{%p for x in xs %}") + p("Yth. {{ x }} {{r x }}") + p("{%p endfor %}"), parts={"header1": p("tetap")})
CONTEXT = {"xs": ["A & B", "C"]}


def rendered() -> bytes:
    template._cache.clear()
    return Template.open(BODY, name="t.docx").render(CONTEXT, properties={"title": "x"}, custom={"a": "b"}, level=6)


def test_a_kept_template_gives_the_same_bytes_and_the_same_refusals(folder: Path) -> None:
    def refusals() -> list[tuple[str, str]]:
        template._cache.clear()
        with pytest.raises(TemplateError) as caught:
            Template.open(BODY, name="t.docx").render({"xs": ["\0", None]})
        return [(f.code, str(f.at)) for f in caught.value.problems]

    cold, refused = rendered(), refusals()
    file = entry(folder, "templat")
    before = file.read_bytes()
    assert (rendered(), refusals()) == (cold, refused)
    file.write_bytes(before[:-1])
    assert rendered() == cold
    assert entry(folder, "templat").read_bytes() != before[:-1]
    assert (rendered(), refusals()) == (cold, refused)


def test_a_template_with_functions_of_the_callers_own_is_not_kept(folder: Path) -> None:
    Template.open(BODY, filters={"x": lambda x: x})
    Template.open(BODY, globals={"x": 1})
    Template.open(BODY, methods=(Teks,))
    assert not list(folder.glob("templat-*"))


def test_a_template_that_prints_in_another_way_is_kept_apart(folder: Path) -> None:
    def printed(**options: Any) -> str:
        template._cache.clear()
        try:
            return Template.open(docx(p("[{{ x }}]")), name="t.docx", **options).render({"x": None}).hex()
        except TemplateError as error:
            return " ".join(f.code for f in error.problems)

    options: list[dict[str, Any]] = [{}, {"breaks": True}, {"lenient": True}, {"objects": True}]
    first = [printed(**o) for o in options]
    assert [printed(**o) for o in reversed(options)] == first[::-1]
    assert first[0] != first[2]


def test_a_kept_template_has_all_that_a_compiled_one_has() -> None:
    def told() -> Any:
        template._cache.clear()
        made = Template.open(BODY, name="t.docx")
        return made.tagged_parts, made.variables, made.data, made.content_hash, made.get_undeclared_template_variables()

    assert told() == told()


# ---------------------------------------------------------------------- clauses


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))


def opened(kinds: Path) -> library.Library:
    forget()
    return load_library("pks", kinds / "pks", kinds / "klausul", kinds / "substansi.toml")


def words(found: library.Library) -> Any:
    return [
        (k.label, k.bahasa, k.teks, k.isi, k.sidik, k.template.name, k.file, k.baris_awal)
        for variants in found.klausul.values()
        for k in variants.values()
        if k.template is not None
    ]


def test_a_kept_library_is_the_library(kinds: Path) -> None:
    cold = opened(kinds)
    warm = opened(kinds)
    assert warm is not cold
    assert (warm.jenis, warm.substansi, warm.sidik, words(warm)) == (
        cold.jenis,
        cold.substansi,
        cold.sidik,
        words(cold),
    )


def test_a_kept_clause_is_filled_as_it_was(kinds: Path) -> None:
    values = {"label_pihak": lambda n: f"PIHAK {n}", "celah": lambda n: "_" * n, BUDGET: Budget()}

    def filled(found: library.Library) -> list[str]:
        out = []
        for variants in found.klausul.values():
            for clause in variants.values():
                assert clause.template is not None
                try:
                    out.append("".join(clause.template.generate(values)))
                except Exception as error:
                    out.append(f"{type(error).__name__}: {error}")
        return out

    assert filled(opened(kinds)) == filled(opened(kinds))


def test_an_edit_of_a_clause_is_seen_whatever_its_time_and_size(kinds: Path) -> None:
    before = opened(kinds)
    file = next((kinds / "pks" / "klausul").glob("*.md"))
    status, text = file.stat(), file.read_text(encoding="utf-8")
    place = text.rindex("a")
    file.write_text(text[:place] + "e" + text[place + 1 :], encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert opened(kinds).sidik != before.sidik
    file.write_text("tanpa kepala", encoding="utf-8")
    with pytest.raises(LibraryError):
        opened(kinds)
    with pytest.raises(LibraryError):
        opened(kinds)
    file.write_text(text, encoding="utf-8")
    assert opened(kinds).sidik == before.sidik


def test_a_kept_condition_answers_as_it_did() -> None:
    asked = condition("a and b > 1")
    simpanan.save("uji", "k", asked)
    again = simpanan.load("uji", "k")
    for a, b in ((True, 2), (True, 1), (False, 2)):
        values = {"a": a, "b": b, BUDGET: Budget()}
        told: list[Any] = []
        for one in (asked, again):
            try:
                told.append(bool(one(**values)))
            except Exception as error:
                told.append(type(error))
        assert told[0] == told[1]
    assert again._template.environment is environment("id")


# ---------------------------------------------------------------------- the register

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    files: dict[str, Any] = {
        "acuan/bentuk-kegiatan.toml": '[[bentuk]]\nid = "magang"\nnama = {id = "Magang"}\nsifat = ["magang"]\n',
        "institusi/poltek.json": POLTEK | {"logo": "logo/p.png"},
        "institusi/logo/p.png": PNG,
        "mitra/jaya.json": JAYA | {"logo": "tidak-ada.png"},
        "butir/a.json": {"id": "butir-a", "teks": "x", "status": "batal", "naskah": ["mou-jaya"]},
        "butir/b.json": {"id": "butir-b", "teks": "x", "status": "salah"},
        "mou/mou-jaya.json": MOU,
        "pks/pks-jaya.json": a_pks(),
        "notulen/a.json": {"jenis": "notulen", "id": "notulen-a", "acara": "Rapat Awal", "tanggal": "2025-02-03"},
        "penjajakan/a.json": {"jenis": "penjajakan", "id": "penjajakan-a", "mitra": "jaya", "rekomendasi": "layak"},
    }
    for name, content in files.items():
        file = tmp_path / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return tmp_path / "data"


def known(register: MemoryRegister) -> Any:
    """All that a register knows, logos by their bytes."""
    found = dict(vars(register))
    logos = {ident: register.logo(ident) for ident in register.lembaga_}
    return found | {"logo_": logos, "problems": [(f.code, f.at, dict(f.params)) for f in register.problems]}


def without_cache(data: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KSDOCS_CACHE", "")
        return known(open_register(data))


def test_a_kept_register_is_the_register(folder: Path, data: Path) -> None:
    cold = known(open_register(data))
    file = entry(folder, "daftar")
    state = file.stat()
    assert known(open_register(data)) == cold == without_cache(data)
    assert entry(folder, "daftar").stat().st_mtime_ns == state.st_mtime_ns
    assert [code for code, *_ in cold["problems"]] == ["KS287", "KS160"]


def spelled(data: Path, name: str, old: str, new: str) -> None:
    """An edit that leaves size and time as they were."""
    file = data / name
    status = file.stat()
    text = file.read_text(encoding="utf-8")
    assert old in text and len(old) == len(new)
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


EDITS: dict[str, Callable[[Path], object]] = {
    "a name": lambda d: spelled(d, "mitra/jaya.json", "Jaya", "Raya"),
    "an agreement": lambda d: spelled(d, "mou/mou-jaya.json", "012", "013"),
    "a code list": lambda d: spelled(d, "acuan/bentuk-kegiatan.toml", '"Magang"', '"Bagang"'),
    "a point": lambda d: spelled(d, "butir/b.json", '"salah"', '"batal"'),
    "a logo that is there now": lambda d: (d / "mitra" / "tidak-ada.png").write_bytes(PNG),
    "a logo that is cut off": lambda d: (d / "institusi" / "logo" / "p.png").write_bytes(PNG[:12]),
    "a logo that is gone": lambda d: (d / "institusi" / "logo" / "p.png").unlink(),
    "a partner that is gone": lambda d: (d / "mitra" / "jaya.json").unlink(),
    "a record in another file": lambda d: (d / "pks" / "pks-jaya.json").rename(d / "pks" / "lain.json"),
    "one more agreement": lambda d: (d / "mou" / "b.json").write_text(json.dumps(a_mou({"id": "mou-b"}))),
    "a file that cannot be read": lambda d: (d / "mitra" / "c.yaml").write_bytes(b"\xff\xfe\xff"),
    "minutes": lambda d: spelled(d, "notulen/a.json", "Awal", "Baru"),
    "minutes of another day": lambda d: spelled(d, "notulen/a.json", "2025-02-03", "2025-02-04"),
    "an exploration": lambda d: spelled(d, "penjajakan/a.json", '"jaya"', '"raya"'),
    "an exploration that is gone": lambda d: (d / "penjajakan" / "a.json").unlink(),
    "an empty folder": lambda d: shutil.rmtree(d / "butir"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_the_data_is_seen_whatever_its_time_and_size(data: Path, edit: str) -> None:
    before = known(open_register(data))
    EDITS[edit](data)
    after = known(open_register(data))
    assert after == without_cache(data) == known(open_register(data))
    assert after != before


@posix
def test_a_link_that_leads_elsewhere_is_seen(data: Path) -> None:
    shutil.copytree(data / "mou", data.parent / "lain")
    shutil.move(data / "mou", data.parent / "satu")
    (data / "mou").symlink_to(data.parent / "satu")
    before = known(open_register(data))
    (data / "mou").unlink()
    (data / "mou").symlink_to(data.parent / "lain")
    assert known(open_register(data)) == without_cache(data)
    assert known(open_register(data))["naskah_"] != before["naskah_"]


def test_what_is_entered_during_a_run_is_not_kept(data: Path) -> None:
    register = open_register(data)
    before = known(open_register(data))
    register.lembaga_.clear()
    register.naskah_["mou-jaya"].clear()
    assert known(open_register(data)) == before


# ---------------------------------------------------------------------- the whole program


def run(command: str, cwd: Path, *words: str, environ: dict[str, str]) -> tuple[int, str]:
    script = (
        "import atexit, sys; from ksdocs.cli import main;"
        "heavy = ('docxtpl', 'docx', 'yaml', 'tomllib', 'asyncio', 'email', 'ksdocs.docx.rewrite',"
        " 'ksdocs.sources.tables');"
        "told = lambda: print('MODULES', *(m for m in heavy if m in sys.modules), file=sys.stderr);"
        "atexit.register(told);"
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, command, *words, "--hari-ini", "2026-11-22"],
        cwd=cwd,
        env={k: v for k, v in os.environ.items() if not k.startswith("KSDOCS_")} | environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    loaded = done.stderr.partition("MODULES")[2].strip()
    return done.returncode, done.stdout + done.stderr.partition("MODULES")[0] + f"[{loaded}]"


def outcome(record: Path, office: Path, cache: str) -> tuple[int, str, dict[str, bytes]]:
    out = office / "out"
    shutil.rmtree(out, ignore_errors=True)
    code, told = run("render", office, str(record), "-o", "out", environ={"KSDOCS_CACHE": cache})
    files = {f.name: f.read_bytes() for f in out.glob("*.docx")}
    return code, told, files


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder like that of an office, without any file but data and templates."""
    place = tmp_path / "kantor"
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("contoh-salah"))
    return place


def test_a_warm_start_imports_no_more_than_it_needs(office: Path, tmp_path: Path) -> None:
    record = office / "satu.json"
    record.write_text(json.dumps(a_sample(office)), encoding="utf-8")
    cache = str(tmp_path / "c")
    cold = outcome(record, office, cache)
    warm = outcome(record, office, cache)
    none = outcome(record, office, "")
    assert cold[0] == warm[0] == none[0] == 0
    assert warm[1].endswith("[]")
    assert len(warm[2]) == 1 and cold[2] == warm[2] == none[2]
    kept = {file.name.partition("-")[0] for file in Path(cache, "hangat").iterdir()}
    assert kept >= {"daftar", "kata", "katalog", "pola", "pustaka", "templat"}
    assert without_modules(cold[1]) == without_modules(warm[1]) == without_modules(none[1])


def without_modules(told: str) -> str:
    return told.rpartition("[")[0]


def a_sample(office: Path) -> dict[str, Any]:
    """A record of the sample data, taken out of those of the office."""
    file = min((office / "data" / "mou").glob("*.yaml"))
    (source,) = read(file)
    file.unlink()
    return dict(source.tree)


@pytest.mark.parametrize(
    "spoil", [{"tentang": ""}, {"pihak": []}, {"tingkat": "antarplanet"}, {"maksud": ["a {{ b }}"]}]
)
def test_a_record_is_refused_alike_with_and_without_what_was_kept(office: Path, tmp_path: Path, spoil: Any) -> None:
    record = office / "satu.json"
    record.write_text(json.dumps(a_sample(office) | spoil), encoding="utf-8")
    told = [outcome(record, office, cache) for cache in ("", str(tmp_path / "c"), str(tmp_path / "c"))]
    assert [(code, without_modules(text), files) for code, text, files in told[1:]] == [
        (told[0][0], without_modules(told[0][1]), told[0][2])
    ] * 2
