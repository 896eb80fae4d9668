"""``dinero-sync connect``: gives access to Dinero, once."""

import sys
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, config_option, prepare
from dinero_sync.cli.pasting import to_paste
from dinero_sync.errors import UsageError

if TYPE_CHECKING:
    from dinero_sync.dinero.auth.oauth import Consent
    from dinero_sync.dinero.organisations import Organization


@click.command("connect")
@click.option(
    "--no-browser",
    is_flag=True,
    help="Open no browser and listen on no port; paste the address back instead.",
)
@config_option
@click.pass_obj
def command(common: Common, *, no_browser: bool) -> None:
    """Connect to Dinero, once, and choose the company.

    Prints an address at Visma Connect. Open it in a browser (it is opened for you where there is
    one), log in and accept. On a server without a browser, use --no-browser: open the address
    anywhere, and paste back the address the browser ends at. With `method: api_key` nothing is
    opened: the key is proved.

    \b
    Examples:
      dinero-sync connect
      dinero-sync connect --no-browser
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, _ = prepare(common)
    from dinero_sync.clock import SystemClock  # noqa: PLC0415 - slow to import
    from dinero_sync.sync.setup.connecting import connect  # noqa: PLC0415 - the same

    redirect_uri = config.dinero.auth.redirect_uri

    def ask(consent: "Consent") -> str:
        return _consented(consent, redirect_uri, no_browser=no_browser)

    clock = SystemClock(float(config.sync.deadline_minutes) * 60)
    organization = connect(config, clock, ask, _chosen)
    click.echo(f"Connected to {organization.name}, company {organization.organization_id}.")
    if config.dinero.organization_id is None:
        click.echo(
            "Put it into the configuration, so that nothing is ever written to another:\n\n"
            f"dinero:\n  organization_id: {organization.organization_id}\n"
        )
    look = "Look before the first run: dinero-sync doctor; dinero-sync run --dry-run"
    click.echo(to_paste(look))


def _consented(consent: "Consent", redirect_uri: str, *, no_browser: bool) -> str:
    """Show the address, and return the one that the person's browser ended at."""
    from dinero_sync.dinero.auth.loopback import (  # noqa: PLC0415 - only connect listens
        NotListeningError,
        is_on_this_machine,
        listening,
        open_browser,
    )
    from dinero_sync.dinero.auth.oauth import check  # noqa: PLC0415 - slow to import

    if no_browser or not is_on_this_machine(redirect_uri):
        return _pasted(consent, redirect_uri)
    try:
        with listening(redirect_uri, lambda address: check(consent, address)) as listener:
            click.echo(f"Open this address and accept:\n\n{consent.url}\n")
            sys.stdout.flush()
            if not open_browser(consent.url):
                click.echo("Waiting. Without a browser on this machine: --no-browser", err=True)
            return listener.answer()
    except NotListeningError as error:
        click.echo(str(error), err=True)
        return _pasted(consent, redirect_uri)


def _pasted(consent: "Consent", redirect_uri: str) -> str:
    from dinero_sync.dinero.auth.callback import callback_from_paste  # noqa: PLC0415 - as above

    click.echo(f"Open this address in a browser and accept:\n\n{consent.url}\n")
    click.echo(
        f"The browser then ends at an address that begins with {redirect_uri}. "
        "The page may be missing; the address is what counts."
    )
    text = click.prompt("Paste it here", prompt_suffix=": ", hide_input=False)
    return callback_from_paste(text, redirect_uri)


def _chosen(organizations: "list[Organization]") -> "Organization":
    """Let the person choose a company; raises UsageError where nobody can answer."""
    listed = "\n".join(f"  {each.organization_id}  {each.name}" for each in organizations)
    if not sys.stdin.isatty():
        raise UsageError(
            f"Connected, but several companies could be meant:\n{listed}\n"
            "Write the right one's number as dinero.organization_id, then: dinero-sync connect"
        )
    click.echo(f"Which company?\n{listed}")
    by_number = {str(each.organization_id): each for each in organizations}
    return by_number[click.prompt("Its number", type=click.Choice(list(by_number)))]
