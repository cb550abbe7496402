"""click in either language: help pages with our own headings, and usage errors in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from ksdocs.cli.console import wrap
from ksdocs.cli.kata import LANGUAGES, kata
from ksdocs.problems import suggest
from ksdocs.versi import VERSI

PROGRAM = "ksdocs"


class UsageFault(click.UsageError):
    """A call that cannot be meant so; `key` names the sentence, `near` what was perhaps meant."""

    def __init__(self, key: str, near: str = "", ctx: click.Context | None = None, **values: object) -> None:
        super().__init__(key, ctx or click.get_current_context(silent=True))
        self.key, self.near, self.values = key, near, values

    def told(self, language: str) -> str:
        text = kata(f"salah.{self.key}", language, **self.values)
        return text + (kata("salah.maksud", language, mungkin=self.near) if self.near else "")


def tell_usage(error: click.UsageError, language: str) -> str:
    """The sentence for a usage error of click or of ours, and where to read on."""
    command = error.ctx.command_path if error.ctx is not None else PROGRAM
    text = f"{kata('salah.awalan', language)} {_sentence(error, language)}"
    return f"{text}\n{kata('bantuan.try', language, perintah=command)}"


def _sentence(error: click.UsageError, language: str) -> str:
    if isinstance(error, UsageFault):
        return error.told(language)
    if isinstance(error, click.NoSuchOption):
        near = f"`{error.possibilities[0]}`" if error.possibilities else ""
        said = kata("salah.opsi_tidak_ada", language, nama=f"`{error.option_name}`")
        return said + (kata("salah.maksud", language, mungkin=near) if near else "")
    if isinstance(error, click.BadOptionUsage):
        key = "opsi_tanpa_nilai" if "not take" in error.message else "opsi_perlu_nilai"
        return kata(f"salah.{key}", language, nama=f"`{error.option_name}`")
    if isinstance(error, click.MissingParameter):
        return kata("salah.argumen_kurang", language, nama=_name_of(error.param))
    if isinstance(error, click.BadParameter):
        return kata("salah.nilai", language, nama=_name_of(error.param), sebab=error.message)
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message)
    return kata("salah.argumen_lebih", language, nama=extra[1]) if extra else error.format_message()


def _name_of(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    if isinstance(param, click.Option):
        return f"`{max(param.opts, key=len)}`"
    return (param.metavar or param.name or "?").strip("[]")


Reader = Callable[[str], Any]
"""What turns a word of the command line into a value, or raises a `UsageFault`."""


def one_of(known: Sequence[str]) -> Reader:
    """One of `known`; a near name is proposed."""

    def read(value: str) -> str:
        word = value.strip().lower()
        if word not in known:
            near = suggest(word, known)
            raise UsageFault("bukan_pilihan", f"`{near}`" if near else "", nilai=f"`{value}`", pilihan=", ".join(known))
        return word

    return read


def some_of(known: Sequence[str]) -> Reader:
    """Names separated by commas, each one of `known`; without doubles, in their order."""
    one = one_of(known)

    def read(value: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(w.lstrip(".")) for w in re.split(r"[,\s]+", value) if w))

    return read


def day(value: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise UsageFault("bukan_tanggal", nilai=f"`{value}`") from None


def year(value: str) -> int:
    """A year of four digits."""
    word = value.strip()
    if not re.fullmatch(r"[12][0-9]{3}", word):
        raise UsageFault("bukan_tahun", nilai=f"`{value}`")
    return int(word)


MAX_COUNT = 512


def count(value: str) -> int:
    """A whole number from 1."""
    word = value.strip()
    if not (word.isascii() and word.isdigit() and 0 < int(word[:9]) <= MAX_COUNT):
        raise UsageFault("bukan_banyak", nilai=f"`{value}`", paling=MAX_COUNT)
    return int(word)


def target(value: str) -> Path:
    """Where to write; an option in its place is a value that was forgotten."""
    if value.startswith("--"):
        raise UsageFault("opsi_perlu_nilai", nama="`--out`")
    return Path(value)


@dataclass
class Text:
    """What a command says of itself in one language: `key` names its help, `examples` whether it has some."""

    key: str
    language: str
    examples: bool = field(default=False)


class Command(click.Command):
    """A command whose help page is in the language of its tree; options of every command stand apart."""

    def __init__(self, name: str, text: Text, **rest: Any) -> None:
        self.text = text
        said = kata(f"perintah.{text.key}", text.language).strip()
        super().__init__(
            name,
            help=said,
            short_help=said.split("\n")[0].rstrip("."),
            add_help_option=False,
            options_metavar=kata("metavar.options", text.language),
            **rest,
        )

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_help(self, self.text, ctx, formatter)


class Group(click.Group):
    """As `Command`, for a command that holds others; they are listed in the order they were added."""

    def __init__(self, name: str, text: Text, **rest: Any) -> None:
        self.text = text
        said = kata(f"perintah.{text.key}", text.language).strip()
        super().__init__(
            name,
            help=said,
            short_help=said.split("\n")[0].rstrip("."),
            add_help_option=False,
            invoke_without_command=True,
            no_args_is_help=False,
            options_metavar=kata("metavar.options", text.language),
            subcommand_metavar=kata("metavar.command", text.language),
            **rest,
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_help(self, self.text, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            near = suggest(args[0], self.commands)
            raise UsageFault("perintah_tidak_ada", f"`{near}`" if near else "", ctx, nama=f"`{args[0]}`")
        return super().resolve_command(ctx, args)


def _format_help(command: click.Command, text: Text, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    # Laid out here and not by click, which breaks file names and options at their hyphens.
    language, width = text.language, formatter.width
    pieces = " ".join(command.collect_usage_pieces(ctx))
    usage = f"{kata('bantuan.usage', language)} {ctx.command_path} {pieces}"
    formatter.write(_wrapped(usage, width, 0, 4) + "\n")
    for paragraph in (command.help or "").split("\n"):
        formatter.write("\n" if not paragraph.strip() else _wrapped(paragraph, width, 2, 2))
    if isinstance(command, Group):
        rows = [(name, command.commands[name].get_short_help_str(200)) for name in command.list_commands(ctx)]
        _section(formatter, kata("bantuan.commands", language), rows)
    _section(formatter, kata("bantuan.options", language), _records(command.params, ctx, lambda p: not _is_common(p)))
    _section(formatter, kata("bantuan.common", language), _records(command.params, ctx, _is_common))
    if text.examples:
        formatter.write(f"\n{kata('bantuan.examples', language)}:\n")
        for line in kata(f"contoh.{text.key}", language).split("\n"):
            formatter.write(_wrapped(line, width, 2, 6))
    if ctx.parent is None:
        formatter.write("\n" + _wrapped(kata("bantuan.epilog", language), width, 0, 0))


def _wrapped(text: str, width: int, indent: int, hang: int) -> str:
    return "".join("".join(t for t, _ in line).rstrip() + "\n" for line in wrap([(text, "")], width, indent, hang))


def _section(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """A list of names and what they mean; narrow consoles get the meaning under the name."""
    if not rows:
        return
    formatter.write(f"\n{title}:\n")
    narrow = formatter.width < 60
    column = 4 if narrow else min(max(len(name) for name, _ in rows), 24) + 4
    for name, meaning in rows:
        lines = wrap([(meaning, "")], formatter.width, column, column)
        texts = ["".join(t for t, _ in line).rstrip() for line in lines]
        if narrow or len(name) + 4 > column:
            texts.insert(0, f"  {name}")
        else:
            texts[0] = f"  {name}".ljust(column) + texts[0].lstrip()
        formatter.write("".join(f"{t}\n" for t in texts))


def _records(
    params: Iterable[click.Parameter], ctx: click.Context, wanted: Callable[[click.Parameter], bool]
) -> list[tuple[str, str]]:
    return [r for p in params if isinstance(p, click.Option) and wanted(p) and (r := p.get_help_record(ctx))]


def _is_common(param: click.Parameter) -> bool:
    return isinstance(param, CommonOption)


class CommonOption(click.Option):
    """An option that every command takes, before or after its name."""


def common_options(language: str) -> list[click.Parameter]:
    """The options of every command; each puts its value into the run's `Settings`."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def store(ctx: click.Context, _: click.Parameter, value: Any) -> None:
            if value is not None:
                setattr(ctx.find_root().obj, name, value)

        return store

    def option(names: list[str], to: str, key: str, metavar: str, kind: Reader | None = None) -> CommonOption:
        return CommonOption(
            names, type=kind, help=kata(f"opsi.{key}", language), metavar=kata(f"metavar.{metavar}", language),
            expose_value=False, callback=keep(to),
        )  # fmt: skip

    return [
        option(["--templates"], "templates", "templates", "folder", Path),
        option(["--data"], "data", "data", "folder", Path),
        option(["--pesan"], "language", "pesan", "language", one_of(LANGUAGES)),
        option(["--hari-ini"], "today", "hari_ini", "date", day),
        CommonOption(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
            help=kata("opsi.version", language),
        ),
        CommonOption(
            ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
            help=kata("opsi.help", language),
        ),
    ]  # fmt: skip


class ShowText(click.exceptions.Exit):
    """The run ends here, having shown `text`."""

    def __init__(self, text: str) -> None:
        super().__init__(0)
        self.text = text


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        raise ShowText(ctx.get_help())


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        raise ShowText(f"ksdocs {VERSI}")


def scan_language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language of messages and help: the last `--pesan`, else KSDOCS_PESAN, else Indonesian."""
    chosen = environ.get("KSDOCS_PESAN", "")[:2].lower()
    for number, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--pesan="):
            chosen = word.partition("=")[2].lower()
        elif word == "--pesan" and number + 1 < len(arguments):
            chosen = arguments[number + 1].lower()
    return chosen if chosen in LANGUAGES else LANGUAGES[0]
