"""The commands about the configuration file, none of which asks a service."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, command, ending_with, group, json_option
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text, say
from dinero_sync.cli.terminal import Line, Tone, show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode, Problem, StateError, UsageError
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from dinero_sync.config.example import Say
    from dinero_sync.config.model import Config
    from dinero_sync.config.told.checked import Checked

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to this file; an existing one is never overwritten.",
)


@group("config")
def config() -> None:
    """Check the configuration, show what it means, and describe every key of it.

    \b
    Examples:
      dinero-sync config check
      dinero-sync config show
      dinero-sync config example -o config.yaml
      dinero-sync config reference
    """


@command("check", config)
@json_option
def check(common: Common, *, as_json: bool) -> None:
    """Say whether the file is in order, or every problem with its line and what to write instead.

    Asks no service. Also tells which references to secrets yield nothing here: where dinero-sync
    runs they may. Exits with 78 where something is wrong with the file.

    \b
    Examples:
      dinero-sync config check
      dinero-sync config check -c /etc/dinero-sync/config.yaml
      dinero-sync config check --json
    """
    checked = _checked(common)
    with ending_with(ExitCode.CONFIG if checked.problems else ExitCode.OK):
        if as_json:
            click.echo(json_text(_check_data(checked)))
        else:
            show(_check_lines(checked, language_of(common, checked.config)))


@command("show", config)
@json_option
def show_config(common: Common, *, as_json: bool) -> None:
    """Show the configuration as it is meant: every key, with its default where the file has none.

    As YAML that means the same. No secret is shown, only the reference to it. Exits with 78 where
    something is wrong with the file.

    \b
    Examples:
      dinero-sync config show
      dinero-sync config show --json
    """
    from dinero_sync.config.told import meant

    checked = _checked(common)
    told = meant.meant(checked)
    if as_json:
        data = {
            "file": str(checked.file),
            "configuration": meant.as_data(told),
            "defaults": list(meant.defaults(told)),
        }
        click.echo(json_text(data))
        return
    language = language_of(common, checked.config)
    remark = tell("rules.config.remark", language)
    marks = tell("rules.config.marks", language, remark=remark, hidden=meant.HIDDEN)
    for line in (tell("rules.config.meant", language, file=str(checked.file)), marks):
        show(f"# {part}" for part in wrapped(line))
    say()
    say("\n".join(meant.as_yaml(told, remark)))
    if checked.document.has_end_mark:
        say("...")


@command("example", config)
@output_option
def example(common: Common, *, output: Path | None) -> None:
    """Print a configuration to begin with, in which every key is explained.

    In your language.

    \b
    Examples:
      dinero-sync config example
      dinero-sync config example -o config.yaml --language en
    """
    from dinero_sync.config.example import render_example

    _hand_over(render_example(_in_language_of(common)), output, common)


@command("reference", config)
@output_option
def reference(common: Common, *, output: Path | None) -> None:
    """Describe every key: what it means, what it takes, its default, and since which version.

    As Markdown, in your language.

    \b
    Examples:
      dinero-sync config reference
      dinero-sync config reference -o configuration.md --language en
    """
    from dinero_sync.config.told.reference import reference as lines

    page = "\n".join(lines(_in_language_of(common)))
    _hand_over(f"{page}\n", output, common)


def _in_language_of(common: Common) -> "Say":
    """Return what says our sentences in the reader's language."""
    from dinero_sync.texts.telling import in_language

    language = language_of(common)
    return lambda text: in_language(text, language)


def _checked(common: Common) -> "Checked":
    from dinero_sync.cli.calling import remember_command
    from dinero_sync.cli.shops.folder import one_config
    from dinero_sync.config.told.checked import check_file

    remember_command()
    return check_file(one_config(common))


def _hand_over(text: str, output: Path | None, common: Common) -> None:
    """Print a text, or write it to a new file."""
    if output is None:
        say(text.removesuffix("\n"))
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            spoken(
                "{path} is there already, and is never overwritten. Name another file with -o.",
                path=output,
            )
        ) from None
    except OSError as error:
        raise StateError(
            spoken("{path} can't be written ({strerror}).", path=output, strerror=error.strerror)
        ) from error
    show(wrapped(tell("rules.config.written", language_of(common), file=str(output))), err=True)


def _check_lines(checked: "Checked", language: Language) -> Iterator[str | Line]:
    def told(code: str, **facts: str | int) -> str:
        return tell(f"rules.config.{code}", language, **facts)

    file, count = str(checked.file), len(checked.problems)
    if checked.problems:
        yield from _headed(told("not_in_order", file=file, count=count), Tone.IN_DOUBT)
        yield from _listed(checked.problems, language)
    else:
        whole = "in_order_but" if checked.not_here else "in_order"
        yield from _headed(told(whole, file=file), Tone.DONE)
    if checked.config is not None:
        yield ""
        yield from _meaning(checked.config, language)
    if checked.not_here:
        yield from ("", *wrapped(told("not_here", count=len(checked.not_here))))
        yield from _listed(checked.not_here, language)
    if checked.warnings:
        yield from ("", *wrapped(told("unwise")))
        yield from _listed(checked.warnings, language)
    yield from ("", *wrapped(told("no_service_asked")))


def _headed(text: str, tone: Tone) -> Iterator[Line]:
    return (Line(line, tone) for line in wrapped(text))


def _listed(problems: tuple[Problem, ...], language: Language) -> Iterator[str]:
    from dinero_sync.texts.telling import in_language

    for each in problems:
        yield from ("", *wrapped(in_language(each.said, language), 2))


def _meaning(config: "Config", language: Language) -> Iterator[str]:
    """Say what the file comes to: the few things by which one sees that it is the right one."""
    rows = {
        tell(f"rules.config.{code}", language): text
        for code, text in _summary(config, language).items()
    }
    first = max(map(len, rows))
    for name, text in rows.items():
        head, *rest = wrapped(text, first + 4)
        yield f"  {name:<{first}}  {head.lstrip()}"
        yield from rest


def _summary(config: "Config", language: Language) -> dict[str, str]:
    def told(code: str, **facts: str | int) -> str:
        return tell(f"rules.config.{code}", language, **facts)

    company = told("no_company")
    if (number := config.dinero.organization_id) is not None:
        vat = config.dinero.vat_number
        company = told("company_number", number=str(number))
        if vat is not None:
            company = told("company_of_vat", number=str(number), vat=vat)
    trigger = told(f"trigger_{config.sync.trigger}")
    if config.sync.booking == "draft":
        trigger = told("and_drafts", when=trigger)
    of_trigger = "start_of" if config.sync.trigger == "paid" else "start_of_shipped"
    start = tell(f"rules.config.{of_trigger}", language, day=config.sync.start_date)
    ways = ", ".join(each.name for each in config.payment_types) or told("no_ways_to_pay")
    return {
        "shop": config.shoporama.base_url,
        "company": company,
        "trigger": trigger,
        "start": start,
        "ways_to_pay": ways,
        "state": str(_state_folder(config)),
    }


def _state_folder(config: "Config") -> Path:
    from dinero_sync.sync.work.settings import state_folder

    return state_folder(config)


def _check_data(checked: "Checked") -> dict[str, object]:
    config = checked.config
    means = None
    if config is not None:
        means = {
            "shop": config.shoporama.base_url,
            "organization_id": config.dinero.organization_id,
            "trigger": config.sync.trigger,
            "booking": config.sync.booking,
            "start_date": str(config.sync.start_date),
            "payment_types": [each.name for each in config.payment_types],
            "state_folder": str(_state_folder(config)),
        }
    return {
        "file": str(checked.file),
        "in_order": not checked.problems,
        "problems": _problems_data(checked.problems),
        "not_resolved_here": _problems_data(checked.not_here),
        "warnings": _problems_data(checked.warnings),
        "means": means,
    }


def _problems_data(problems: tuple[Problem, ...]) -> list[dict[str, object]]:
    return [{**asdict(each), "message": str(each.message)} for each in problems]
