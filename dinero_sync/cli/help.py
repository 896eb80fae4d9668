"""The help of the program and of each command, in the reader's language, click's own words as well.

It stands in English where click looks for it, in docstrings and the options' ``help``. From there
`make texts` takes it into the catalogue, paragraph by paragraph as :func:`sentences` cuts it.
"""

import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from dinero_sync.cli.context import Common

AS_IT_STANDS = "\b\n"
"""Click's mark for lines that aren't to be wrapped, which are cut one by one."""
WORD = re.compile(r"[A-Z]{2,}|\bN\b")
"""What stands for a value, or for several words, as in ``[OPTIONS] ORDER``."""
WORDS = (
    *(spoken("OPTIONS"), spoken("COMMAND"), spoken("ARGS")),
    *(spoken("PAYOUT"), spoken("PERIOD"), spoken("DAY"), spoken("KRONER")),
    *(spoken("FILE"), spoken("FOLDER"), spoken("PATH"), spoken("DIRECTORY")),
    *(spoken("INTEGER"), spoken("N"), spoken("NAME"), spoken("SHELL")),
    *(spoken("SKU"), spoken("QUANTITY")),
)
"""Those there are, with ``ORDER``, ``TEXT`` and ``NOTE`` (:mod:`dinero_sync.texts.words`)."""
OF_CLICK = (
    *(spoken("Usage:"), spoken("Options"), spoken("Commands"), spoken("default")),
    *(spoken("required"), spoken("Show the version and exit.")),
    spoken("Show this message and exit."),
)
"""What click says around it all."""
MORE = re.compile(r"  \[(.+)\]\Z")
"""What click says behind an option's help: its default, or that it can't be left out."""
WHOLE = re.compile(r"`[^`]+`")
"""What is typed as it stands, and is never spread over two lines, as nothing is at a hyphen."""
UNBROKEN = str.maketrans("- ", "\N{NON-BREAKING HYPHEN}\N{NO-BREAK SPACE}")
PRINTED = {new: old for old, new in UNBROKEN.items()}
GIVEN_WORDS = f"{__name__}.given_words"
"""Under this name click's contexts keep the words after the program's name, as they were given."""

LANGUAGE = f"{__name__}.language"
"""Under this name they keep the language of the help, once it was asked for."""


class ToldCommand(click.Command):
    """A command whose help is told in the reader's language."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help as it is printed."""
        return super().get_help(ctx).translate(PRINTED)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how it is called."""
        say = _told_to_reader_of(ctx)
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, _with_words(pieces, say), f"{say('Usage:')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does."""
        say = _told_to_reader_of(ctx)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(_paragraphs(self.help or "", say)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what its options do."""
        say = _told_to_reader_of(ctx)
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = filter(None, (each.get_help_record(ctx) for each in options))
        told = [(_with_words(names, say), _does(does, say)) for names, does in records]
        with formatter.section(say("Options")):
            formatter.write_dl(told)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands at the end."""
        if self.epilog:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_told_to_reader_of(ctx)(self.epilog))


class ToldGroup(ToldCommand, click.Group):
    """A group of commands whose help is told in the reader's language.

    They are listed in the order in which a person takes them, which is that of the code.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands as they stand in the code."""
        return list(self.commands)

    def does(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """Yield each command with the sentence that it is listed by, in English."""
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            yield name, next(sentences((command and command.help) or ""), "")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what its options do, and its commands, each with its whole sentence."""
        super().format_options(ctx, formatter)
        say = _told_to_reader_of(ctx)
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(does)) for name, does in self.does(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named; one that isn't there brings the name that is near."""
        name, known = args[0], self.list_commands(ctx)
        if name in known or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches  # noqa: PLC0415 - only where somebody mistyped

        from dinero_sync.texts.telling import in_language  # noqa: PLC0415 - the same

        near = get_close_matches(name, known, 1)
        path = ctx.command_path
        hint = spoken(" Did you mean: {path} {near}", path=path, near=near[0]) if near else ""
        told = spoken("There is no command {name}.{hint}", name=name, hint=hint)
        raise click.UsageError(in_language(told, _language(ctx)), ctx)


def sentences(text: str) -> Iterator[str]:
    """Yield what there is to say in the text of a help: its paragraphs, each in a line.

    Of lines that aren't wrapped, as of examples, it is headings, and what quotes words of a person.
    """
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if not paragraph.startswith(AS_IT_STANDS):
            yield " ".join(paragraph.split())
            continue
        for line in paragraph.splitlines()[1:]:
            if '"' in line or line.endswith(":"):
                yield line.strip()


def _paragraphs(text: str, say: "Callable[[str], str]") -> Iterator[str]:
    """Yield the same in the reader's language, with the lines that need no saying."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if not paragraph.startswith(AS_IT_STANDS):
            yield say(" ".join(paragraph.split()))
            continue
        lines = (each.replace(each.strip(), say(each.strip())) for each in paragraph.splitlines())
        yield "\n".join(lines)


def _does(text: str, say: "Callable[[str], str]") -> str:
    """Say what an option does, and what click says behind it: ``[default: 8899; required]``."""
    more = MORE.search(text)
    if more is None:
        return say(text)
    parts = (each.partition(": ") for each in more[1].split("; "))
    told = "; ".join(f"{say(name)}{colon}{value}" for name, colon, value in parts)
    return f"{say(text[: more.start()])}  [{told}]"


def in_words_of(language: Language, names: str) -> str:
    """Write what stands for a value, like ``FILE``, in a language."""
    from dinero_sync.texts.catalogue import translated  # noqa: PLC0415 - only where somebody mistyped

    return _with_words(names, lambda word: translated(word, language))


def _with_words(text: str, say: "Callable[[str], str]") -> str:
    return WORD.sub(lambda word: say(word[0]), text)


def _told_to_reader_of(ctx: click.Context) -> "Callable[[str], str]":
    """Return what says a text of the help in the language of whoever asked for it."""
    from dinero_sync.texts.catalogue import translated  # noqa: PLC0415 - most print no help

    language = _language(ctx)

    def say(text: str) -> str:
        whole = WHOLE.sub(lambda part: part[0].translate(UNBROKEN), translated(text, language))
        return whole.replace("-", "\N{NON-BREAKING HYPHEN}")

    return say


def _language(ctx: click.Context) -> Language:
    from dinero_sync.cli.language import language_of  # noqa: PLC0415 - most print no help

    if LANGUAGE not in ctx.meta:
        ctx.meta[LANGUAGE] = language_of(as_asked(ctx))
    language: Language = ctx.meta[LANGUAGE]
    return language


def keep_words(ctx: click.Context, words: list[str]) -> None:
    """Keep the words after the program's name, of which click says nothing until it is done."""
    ctx.meta[GIVEN_WORDS] = tuple(words)


def as_asked(ctx: click.Context) -> "Common":
    """Return in which language is asked for help, and of which configuration.

    Click answers ``--help``, and refuses what it doesn't understand, before it has read the rest
    of a line: ``dinero-sync show --help --language da``.
    """
    from dinero_sync.cli.context import Common  # noqa: PLC0415 - which makes commands of these

    words = ctx.meta.get(GIVEN_WORDS, ())
    language, config = _value(words, "--language"), _value(words, "-c", "--config")
    return Common(
        config_path=Path(config) if config else None,
        language=Language(language) if language in set(Language) else None,
    )


def _value(words: tuple[str, ...], *names: str) -> str | None:
    """Return the value that an option was given last."""
    value = None
    for word, after in pairwise((*words, None)):
        name, sign, said = (word or "").partition("=")
        if name in names:
            value = said if sign else after
    return value
