"""The commands that set things up and look at the surroundings.

They are init, connect, doctor and completion.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

from dinero_sync.cli.asking import asked, one_of
from dinero_sync.cli.calling import CONFIG_NAMED, remember_command
from dinero_sync.cli.context import Common, command, json_option
from dinero_sync.cli.failures import in_words
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError, worst
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from dinero_sync.config.connection import Connection
    from dinero_sync.dinero.auth.oauth import Consent
    from dinero_sync.dinero.organisations import Organization
    from dinero_sync.domain.unread import Unread

COMPLETE = "_DINERO_SYNC_COMPLETE"


@command("init")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar=CONFIG_NAMED,
    default=Path("config.yaml"),
    show_default=True,
    help="The file to write; an existing one is never overwritten. Left out, it is the one that "
    "DINERO_SYNC_CONFIG names.",
)
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take the answers from this YAML file, and what it lacks from what is suggested.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is suggested.")
def init(common: Common, *, output: Path, answers_file: Path | None, yes: bool) -> None:
    """Write a commented configuration from what your shop, Dinero and you say.

    Asks for the keys of both, and keeps each in a file of its own where only you can read it: in
    the folder keys beside the new file (keys/mugs for mugs.yaml), or in the folder of a service's
    keys, which CREDENTIALS_DIRECTORY names. Those that are there aren't asked for, nor those that
    are set as environment variables: SHOPORAMA_API_KEY, DINERO_CLIENT_ID, DINERO_CLIENT_SECRET and,
    for a personal integration, DINERO_API_KEY. Or name a configuration that has the sections
    shoporama and dinero with -c; what else stands in it isn't looked at. Only reads at both
    services. With `method: visma_connect`, connect first.

    \b
    Examples:
      dinero-sync init
      dinero-sync -c keys.yaml init -o config.yaml
      dinero-sync init --answers answers.yaml
    """
    if yes and answers_file is not None:
        raise UsageError(spoken("--yes asks nothing and --answers answers: give one of them."))
    from dinero_sync.cli.init_questions import Questions
    from dinero_sync.cli.work import clock_of
    from dinero_sync.config.answers import Answers, load_answers
    from dinero_sync.domain.calendar import accounting_date
    from dinero_sync.sync.setup import starting_answers, starting_config
    from dinero_sync.sync.setup.starting_facts import read_starting_facts
    from dinero_sync.texts.telling import in_language

    starting_config.refuse_existing(output)
    given = load_answers(answers_file) if answers_file else Answers()
    asks = not yes and answers_file is None
    connection = _connection(common, output, asks=asks)
    clock = clock_of(connection.config)
    language = language_of(common)
    facts = read_starting_facts(
        connection.config,
        clock,
        lambda seen: chosen_company(seen, given.organization_id, language, asks=asks),
    )
    for each in facts.unread:
        show([*wrapped(_unread(each, language)), ""], err=True)
    today = accounting_date(clock.now())
    suggested = starting_answers.suggested_answers(facts, today)
    if asks:
        given = Questions(facts, suggested, language).ask()
    answers = starting_answers.completed(given, suggested, facts)
    text = starting_config.starting_text(
        facts, answers, connection.sections, today, lambda text: in_language(text, language)
    )
    starting_config.write_checked(output, text, facts)
    show(wrapped(tell("init.written", language, file=str(output))))


def _unread(unread: "Unread", language: Language) -> str:
    """Say what the key may not read, and what that means for the configuration."""
    from dinero_sync.texts.telling import clause

    why = clause(unread.words, language) if unread.words else unread.why
    return f"{why} {tell(f'init.unread.{unread.listed}', language)}"


def _connection(common: Common, output: Path, *, asks: bool) -> "Connection":
    """Take the keys from the configuration named with -c, else from the environment.

    One that isn't there is asked for, where somebody ``asks``, and kept beside the new file.
    """
    from dinero_sync.cli.shops.folder import one_config
    from dinero_sync.config import connection
    from dinero_sync.logs import set_up_logs

    remember_command()
    set_up_logs(verbosity=common.verbosity, log_format=common.log_format)
    if common.config_path is not None:
        return connection.connection_in(one_config(common))
    if asks and connection.missing_keys(connection.known_keys(output)):
        _ask_for_keys(output, language_of(common))
    return connection.connection_by(connection.known_keys(output), output)


def _ask_for_keys(output: Path, language: Language) -> None:
    """Have the keys pasted that aren't there yet, and keep each where nobody else can read it."""
    from dinero_sync.config.connection import KEYS, PERSONAL_KEY, key_folder, known_keys
    from dinero_sync.sync.setup.starting_config import keep_key

    folder, known = key_folder(output), known_keys(output)
    show([*wrapped(tell("init.keys", language, folder=str(folder))), ""])
    for name in KEYS:
        if name in known:
            continue
        question = "\n".join(wrapped(tell(f"init.key.{name}", language)))
        default = "" if name == PERSONAL_KEY else None
        hidden = sys.stdin.isatty()
        try:
            key = click.prompt(question, default, hide_input=hidden, show_default=False).strip()
        except click.Abort:
            return  # what is missing is named then
        if key:
            keep_key(folder, name, key)


def chosen_company(
    seen: "list[Organization]", wanted: int | None, language: Language, *, asks: bool
) -> "Organization":
    """Return the company meant; raises UsageError where nobody can answer."""
    known = next((each for each in seen if each.organization_id == wanted), None)
    if known is not None:
        return known
    if not asks:
        raise UsageError(
            spoken(
                "Several companies could be meant:\n"
                "{listed}\n"
                "Answer with the right one's number: organization_id",
                listed=_listed(seen),
            )
        )
    return _company_asked(seen, language)


def _company_asked(seen: "list[Organization]", language: Language) -> "Organization":
    show([tell("init.which_company", language), *_listed(seen).splitlines()])
    by_number = {str(each.organization_id): each for each in seen}
    numbers = {number: number for number in by_number}
    return by_number[asked(tell("init.its_number", language), one_of(numbers))]


def _listed(companies: "list[Organization]") -> str:
    return "\n".join(f"  {each.organization_id}  {each.name}" for each in companies)


@command("connect")
@click.option(
    "--no-browser",
    is_flag=True,
    help="Open no browser and listen on no port; paste the address back instead.",
)
def connect(common: Common, *, no_browser: bool) -> None:
    """Connect to Dinero, once, and choose the company.

    Prints an address at Visma Connect. Open it in a browser (it is opened for you where there is
    one), log in and accept. On a server without a browser, use --no-browser: open the address
    anywhere, and paste back the address the browser ends at. With `method: api_key` nothing is
    opened: the key is proved.

    \b
    Examples:
      dinero-sync connect
      dinero-sync connect --no-browser
    """
    from dinero_sync.cli.work import clock_of, prepare
    from dinero_sync.sync.setup import connecting

    config, _ = prepare(common)
    redirect_uri, language = config.dinero.auth.redirect_uri, language_of(common, config)

    def ask(consent: "Consent") -> str:
        return _consented(consent, redirect_uri, language, no_browser=no_browser)

    def choose(seen: "list[Organization]") -> "Organization":
        return _chosen(seen, language)

    organization = connecting.connect(config, clock_of(config), ask, choose)
    number = organization.organization_id
    show(wrapped(tell("connect.connected", language, name=organization.name, number=number)))
    if config.dinero.organization_id is None:
        pasted = ["", "dinero:", f"  organization_id: {number}", ""]
        show([*wrapped(tell("connect.put_it", language)), *pasted])
    show(wrapped(tell("connect.look", language)))


def _consented(
    consent: "Consent", redirect_uri: str, language: Language, *, no_browser: bool
) -> str:
    """Show the address, and return the one that the person's browser ended at."""
    from dinero_sync.dinero.auth.loopback import (
        NotListeningError,
        is_on_this_machine,
        listening,
        open_browser,
    )
    from dinero_sync.dinero.auth.oauth import check

    if no_browser or not is_on_this_machine(redirect_uri):
        return _pasted(consent, redirect_uri, language)
    try:
        with listening(redirect_uri, lambda address: check(consent, address)) as listener:
            show([tell("connect.open", language), "", consent.url, ""])
            sys.stdout.flush()
            if not open_browser(consent.url):
                show(wrapped(tell("connect.waiting", language)), err=True)
            return listener.answer()
    except NotListeningError as error:
        show(wrapped(in_words(error, language)), err=True)
        return _pasted(consent, redirect_uri, language)


def _pasted(consent: "Consent", redirect_uri: str, language: Language) -> str:
    """Have the address pasted that the browser ended at; at a terminal, until it is one."""
    from dinero_sync.dinero.auth.callback import callback_from_paste

    show([tell("connect.open", language), "", consent.url, ""])
    show(wrapped(tell("connect.ends_at", language, address=redirect_uri)))
    while True:
        text = click.prompt(tell("connect.paste", language), hide_input=False)
        try:
            return callback_from_paste(text, redirect_uri)
        except UsageError as error:
            if not sys.stdin.isatty():
                raise
            show(wrapped(in_words(error, language)), err=True)


def _chosen(organizations: "list[Organization]", language: Language) -> "Organization":
    """Let the person choose a company; raises UsageError where nobody can answer."""
    if not sys.stdin.isatty():
        raise UsageError(
            spoken(
                "Connected, but several companies could be meant:\n"
                "{listed}\n"
                "Write the right one's number as dinero.organization_id, then: dinero-sync "
                "connect",
                listed=_listed(organizations),
            )
        )
    return _company_asked(organizations, language)


@command("doctor")
@click.option(
    "--rebuild",
    is_flag=True,
    help="Make a damaged journal anew by reading the shop and Dinero; asks nothing else.",
)
@json_option
def doctor(common: Common, *, rebuild: bool, as_json: bool) -> None:
    """Ask Shoporama and Dinero everything that reading can tell; write nothing.

    Says what each answer means for the configuration. Run it before the first run, after a change
    of the configuration, and when something is odd. With --rebuild the damaged journal is moved
    aside, never overwritten, and what was booked is found in Dinero by its identity. What people
    decided (skip, adopt, accepted notes) is found nowhere else: it is listed, to be decided again.

    \b
    Examples:
      dinero-sync doctor
      dinero-sync doctor --json
      dinero-sync doctor --rebuild
    """
    from dinero_sync.cli.reports import doctor as doctor_report
    from dinero_sync.cli.work import clock_of, prepare, undisturbed
    from dinero_sync.sync.setup.doctor import examine

    config, config_file = prepare(common)
    if rebuild:
        from dinero_sync.cli.reports.rebuild import as_text
        from dinero_sync.sync.run import rebuild as rebuilding

        with undisturbed():
            rebuilt = rebuilding.rebuild(config, config_file, clock_of(config))
        show(wrapped(as_text(rebuilt, language_of(common, config))))
        return
    language = language_of(common, config)
    findings = []
    for finding in examine(config, config_file, clock_of(config)):
        findings.append(finding)
        if not as_json:
            show(doctor_report.as_lines(finding, language))
    if as_json:
        click.echo(json_text([doctor_report.as_data(each) for each in findings]))
    raise SystemExit(int(worst(each.exit_code for each in findings)))


@command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(_: Common, *, shell: str) -> None:
    """Print the shell's completion script.

    \b
    Examples:
      dinero-sync completion bash \\
        > ~/.local/share/bash-completion/completions/dinero-sync
      dinero-sync completion fish > ~/.config/fish/completions/dinero-sync.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows every shell that the argument admits
    ctx = click.get_current_context()
    click.echo(kind(ctx.find_root().command, {}, "dinero-sync", COMPLETE).source())
