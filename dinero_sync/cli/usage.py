"""What isn't understood of a command line, in the reader's language, and where to read on."""

import re

import click

from dinero_sync.cli.help import in_words_of
from dinero_sync.domain.step import Language
from dinero_sync.texts.screens.saying import tell

TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
"""What click alone says of words that nothing takes: its error keeps no more than the sentence."""


def usage_in_words(
    error: click.ClickException, context: click.Context | None, language: Language
) -> str:
    """Say what isn't understood, as far as click tells it apart, and where to read on."""
    path = context.command_path if context else "dinero-sync"
    told = _told(error, context, language)
    return f"{told}\n{tell('failures.help', language, command=f'{path} --help')}"


def _told(error: click.ClickException, context: click.Context | None, language: Language) -> str:
    match error:
        case click.NoSuchOption(option_name=option, possibilities=near):
            code = "failures.no_option_but" if near else "failures.no_option"
            return tell(code, language, option=option, near=near[0] if near else "")
        case click.BadOptionUsage(option_name=option, message=said):
            has_value = "not take" in said
            code = "failures.takes_no_value" if has_value else "failures.needs_value"
            return tell(code, language, option=option)
        case click.BadParameter(param=click.Parameter() as param):
            return _of_parameter(error, param, context, language)
    extra = TOO_MANY.fullmatch(error.format_message())
    if extra is not None:
        return tell("failures.too_many", language, words=extra[1])
    return error.format_message()


def _of_parameter(
    error: click.BadParameter,
    param: click.Parameter,
    context: click.Context | None,
    language: Language,
) -> str:
    name = _name(param, context, language)
    if not isinstance(error, click.MissingParameter):
        why = _why(param.type, language) or error.message
        return tell("failures.not_taken", language, name=name, why=why)
    if param.name in {"order_name", "order_names"}:
        return tell("failures.missing_order", language)
    return tell("failures.missing", language, missing=name)


def _why(kind: "click.ParamType[object]", language: Language) -> str:
    """Say what click's own kinds of value take; empty for ours, which say it themselves."""
    match kind:
        case click.Choice(choices=choices):
            return tell("failures.one_of", language, choices=tuple(map(str, choices)))
        case click.Path(file_okay=False):
            return tell("failures.a_folder", language)
        case click.Path():
            return tell("failures.a_file", language)
        case _ if kind is click.INT:
            return tell("failures.a_number", language)
    return ""


def _name(param: click.Parameter, context: click.Context | None, language: Language) -> str:
    """Name an option as it is written, and anything else as the help does."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    shown = param.make_metavar(context) if context else str(param.name)
    return in_words_of(language, shown)
