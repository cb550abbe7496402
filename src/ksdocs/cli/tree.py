"""The commands and their options, as a click tree in one language. What a command does is fetched when it runs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ksdocs.cli.clicks import (
    PROGRAM,
    Command,
    Group,
    Reader,
    ShowText,
    Text,
    common_options,
    count,
    day,
    one_of,
    some_of,
    target,
    year,
)
from ksdocs.cli.kata import LANGUAGES, all_words, kata

FORMATS = ("docx", "pdf", "html", "odt", "md")
"""What `render --format` takes; docx is always written."""
EXPORTS = ("portal", "lkps")
"""What `report --export` takes."""


def build(language: str) -> Group:
    """The whole tree, its help in `language`."""
    grow = _Grower(language)
    root = grow.group(PROGRAM, "ksdocs")
    for command in (
        grow.command(
            "init",
            "init:init",
            [
                grow.argument("folder", "folder", type=Path),
                grow.option(["--institusi", "institution"], "init_institusi", "ident"),
                grow.option(["--nama", "name"], "init_nama", "text"),
                grow.option(["--singkatan", "short_name"], "init_singkatan", "text"),
                grow.option(["--kedudukan", "seat"], "init_kedudukan", "text"),
            ],
        ),
        grow.command(
            "new",
            "start:new",
            [grow.argument("kind", "kind"), grow.option(["-o", "--out", "out"], "out_new", "file", target)],
        ),
        grow.command(
            "check",
            "run:check",
            [
                grow.files(),
                grow.flag(["--checklist"], "checklist"),
                grow.language_option(),
                grow.json(),
            ],
        ),
        grow.command(
            "render",
            "run:render",
            [
                grow.files(),
                grow.option(["-o", "--out", "out"], "out_render", "folder", target, required=True),
                grow.option(["--format", "formats"], "format", "formats", some_of(FORMATS), default="docx"),
                grow.flag(["--originals"], "originals"),
                grow.language_option(),
                grow.flag(["--resume"], "resume"),
                grow.option(["--workers"], "workers", "number", count, default="1"),
                grow.option(["--cluster"], "cluster", "address", str),
                grow.json(),
            ],
        ),
        grow.command(
            "verify",
            "signing:verify",
            [
                grow.argument("documents", "docx", nargs=-1, type=Path),
                grow.option(["--record"], "record", "file", Path),
                grow.option(["--rekaman"], "rekaman", "ident"),
                grow.json(),
            ],
        ),
        grow.command(
            "fill",
            "signing:fill",
            [
                grow.argument("record", "record", type=Path),
                grow.option(["--rekaman"], "rekaman", "ident"),
                grow.option(["--nomor"], "nomor", "party_text", multiple=True),
                grow.option(["--tanggal"], "tanggal", "date"),
                grow.option(["--tempat"], "tempat", "text"),
                grow.option(["--tanggal-ttd"], "tanggal_ttd", "party_date", multiple=True),
                grow.option(["--tempat-ttd"], "tempat_ttd", "party_text", multiple=True),
                grow.option(["-o", "--out", "out"], "out_fill", "folder", target),
                grow.json(),
            ],
        ),
        grow.command("trace", "trace:trace", [grow.json()]),
        grow.command(
            "sheet",
            "sheet:sheet",
            [
                grow.argument("name", "kind_or_survey"),
                grow.option(["-o", "--out", "out"], "out_sheet", "file", target, required=True),
                grow.option(["--from", "given"], "from", "data", Path, multiple=True),
                grow.flag(["--bilingual"], "bilingual"),
            ],
        ),
        grow.command(
            "report",
            "report:report",
            [
                grow.argument("year", "year", type=year),
                grow.option(["--day", "report_day"], "day", "date", day),
                grow.option(["--institusi", "institution"], "institusi", "ident"),
                grow.option(["--xlsx"], "xlsx", "file", target),
                grow.option(["--explain"], "explain", "file", target),
                grow.option(["--export"], "export", "export", one_of(EXPORTS)),
                grow.option(["-o", "--out", "out"], "out_report", "file", target),
                grow.json(),
            ],
        ),
        grow.command(
            "calendar",
            "calendar:calendar",
            [
                grow.option(["-o", "--out", "out"], "out_calendar", "file", target),
                grow.option(["--months"], "months", "number", count),
                grow.json(),
            ],
        ),
        grow.command(
            "plan",
            "plan:plan",
            [
                grow.argument("year", "year", type=year),
                grow.option(["-o", "--out", "out"], "out_new", "file", target),
            ],
        ),
        grow.command("kinds", "library:kinds", []),
        grow.clause(),
        grow.template(),
        grow.command("schema", "library:schema", [grow.argument("kind", "kind")]),
        grow.command("explain", "library:explain", [grow.argument("code", "code")]),
        grow.command("doctor", "doctor:doctor", []),
    ):
        root.add_command(command)
    return root


class _Grower:
    """Makes commands and options whose words are in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def command(self, name: str, runs: str, params: list[click.Parameter], key: str = "") -> Command:
        """`runs` is `module:function` inside `ksdocs.cli`; the function gets the settings and the parameters."""
        text = self._text(key or name)
        return Command(name, text, params=[*params, *common_options(self.language)], callback=_run(runs))

    def group(self, name: str, key: str) -> Group:
        return Group(name, self._text(key), params=common_options(self.language), callback=_help_unless_more)

    def clause(self) -> Group:
        group = self.group("clause", "clause")
        optional = self.argument("kind", "kind_optional", required=False)
        group.add_command(self.command("list", "library:clause_list", [optional], "clause_list"))
        both: list[click.Parameter] = [self.argument("kind", "kind"), self.argument("clause", "clause")]
        group.add_command(self.command("show", "library:clause_show", both, "clause_show"))
        for command in self._clause_tools():
            group.add_command(command)
        return group

    def template(self) -> Group:
        group = self.group("template", "template")
        fields: list[click.Parameter] = [
            self.argument("kind", "kind"),
            self.option(["--html", "html"], "out_html", "file", target),
            self.option(["--docx", "docx"], "out_docx", "file", target),
            self.json(),
        ]
        check: list[click.Parameter] = [
            self.files(),
            self.option(["--kind"], "kind", "kind"),
            self.option(["--comments"], "comments", "docx_out", target),
            self.json(),
        ]
        preview: list[click.Parameter] = [
            self.argument("template", "template", type=Path),
            self.option(["--kind"], "kind", "kind"),
            self.option(["-o", "--out", "out"], "out_preview", "folder", target),
            self.flag(["--watch"], "watch"),
        ]
        copies = self._copies()
        for command in (
            *copies[:3],
            self.command("fields", "template:fields", fields, "template_fields"),
            self.command("check", "template:check", check, "template_check"),
            self.command("preview", "preview:preview", preview, "template_preview"),
            *copies[3:],
        ):
            group.add_command(command)
        return group

    def _clause_tools(self) -> Iterator[Command]:
        """For an office that writes clauses itself."""
        kind, clause = self.argument("kind", "kind"), self.argument("clause", "clause")
        against = self.option(["--against"], "against", "place", str)
        places = self.argument("places", "kinds_or_files", required=False, nargs=-1, type=str)
        of_kind = self.option(["--kind"], "clause_kind", "kind", str)
        yield self.command("check", "clause:clause_check", [places, of_kind, self.json()], "clause_check")
        more: list[click.Parameter] = [
            self.argument("ident", "ident"),
            self.option(["--substansi", "section"], "substansi", "section", str),
            self.option(["--varian", "variant"], "varian", "variant", str),
        ]
        yield self.command("new", "clause:clause_new", [kind, *more], "clause_new")
        optional = self.argument("clause", "clause_optional", required=False)
        special = self.option(["--khusus"], "khusus", "record", Path)
        yield self.command("diff", "clause:clause_diff", [kind, optional, against, special, self.json()], "clause_diff")
        raised = self.option(["--to"], "to", "version", str)
        yield self.command("bump", "clause:clause_bump", [kind, clause, raised, against], "clause_bump")

    def _copies(self) -> list[Command]:
        """What an office does with templates of its own."""
        kind = self.argument("kind", "kind")
        into = self.argument("into", "folder_optional", required=False, type=Path)
        like = self.option(["--like"], "like", "kind", default="borang")
        out = self.option(["-o", "--out", "out"], "out_tidy", "file", target)
        one = self.argument("kind", "kind_optional", required=False)
        dry_run = self.flag(["--dry-run"], "dry_run")
        done = self.option(["--done"], "done", "file", Path, multiple=True)
        what, file = self.argument("what", "file_or_kind", type=Path), self.argument("file", "file", type=Path)
        return [
            self.command("list", "copies:show_list", [], "template_list"),
            self.command("copy", "copies:copy", [kind, into], "template_copy"),
            self.command("new", "copies:new", [kind, like], "template_new"),
            self.command("view", "copies:show_view", [what], "template_view"),
            self.command("tidy", "copies:tidied", [file, out], "template_tidy"),
            self.command("status", "upgrade:status", [], "template_status"),
            self.command("upgrade", "upgrade:upgrade", [one, dry_run, done], "template_upgrade"),
        ]

    def _text(self, key: str) -> Text:
        return Text(key, self.language, examples=f"contoh.{key}" in all_words())

    def argument(self, name: str, metavar: str, *, required: bool = True, **rest: Any) -> click.Argument:
        return click.Argument([name], metavar=self._metavar(metavar), required=required, **rest)

    def files(self) -> click.Argument:
        return self.argument("files", "files", nargs=-1, type=Path)

    def option(self, names: list[str], key: str, metavar: str, kind: Reader | None = None, **rest: Any) -> click.Option:
        return _Option(
            names, type=kind, help=kata(f"opsi.{key}", self.language), metavar=self._metavar(metavar), **rest
        )

    def flag(self, names: list[str], key: str) -> click.Option:
        return click.Option(names, is_flag=True, help=kata(f"opsi.{key}", self.language))

    def json(self) -> click.Option:
        """`--json`; told to the settings too, so that what ends a command early is told as JSON as well."""

        def note(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
            if value:
                ctx.find_root().obj.json_for = ctx.command_path.partition(" ")[2]
            return value

        return click.Option(["--json", "as_json"], is_flag=True, help=kata("opsi.json", self.language), callback=note)

    def language_option(self) -> click.Option:
        return self.option(["--lang"], "lang", "language", one_of(LANGUAGES), default="id")

    def _metavar(self, key: str) -> str:
        return kata(f"metavar.{key}", self.language)


class _Option(click.Option):
    """An option whose help says by itself that it is required."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return (record[0], record[1].replace("[required]", "").strip()) if record else None


def _run(runs: str) -> Any:
    module, _, name = runs.partition(":")

    def call(**values: Any) -> Any:
        ctx = click.get_current_context()
        return getattr(import_module(f"ksdocs.cli.{module}"), name)(ctx.find_root().obj, **values)

    return call


def _help_unless_more() -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        raise ShowText(ctx.get_help())
