"""The command ``dinero-sync``: its common options, its commands, and how errors end it."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from dinero_sync import __version__
from dinero_sync.cli.context import CONFIG_FILE, LANGUAGE_HELP, LANGUAGES, LOG_FORMATS, Common
from dinero_sync.cli.failures import expected, explain, explain_fault
from dinero_sync.cli.help import ToldGroup, keep_words
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode, StoppedError


class Listed(NamedTuple):
    """A command as ``--help`` lists it."""

    module: str
    """Where it is, in ``cli/commands``."""
    does: str
    """In a sentence, which the command's own help begins with."""


COMMANDS = {
    "init": Listed(
        "setup", spoken("Write a commented configuration from what your shop, Dinero and you say.")
    ),
    "run": Listed(
        "runs",
        spoken(
            "Transfer the orders that became due: read the shop, plan, book, register payments."
        ),
    ),
    "plan": Listed(
        "runs",
        spoken("Show the exact documents that a run would make: every line, payment and total."),
    ),
    "apply": Listed(
        "runs", spoken("Deliver exactly what a plan file says, or refuse it as stale.")
    ),
    "connect": Listed("setup", spoken("Connect to Dinero, once, and choose the company.")),
    "status": Listed(
        "books",
        spoken("Show the watermark, the last run, and what needs you, each with its next step."),
    ),
    "show": Listed(
        "orders",
        spoken(
            "Show everything known about an order: the shop's words, the decision, Dinero's "
            "answers."
        ),
    ),
    "explain": Listed(
        "orders",
        spoken(
            "Explain why an order was booked as it was, would be, or isn't: line by line, with "
            "numbers."
        ),
    ),
    "retry": Listed(
        "orders",
        spoken(
            "Release held orders: the next run reads each from the shop again and goes on with it."
        ),
    ),
    "skip": Listed("orders", spoken("End an order without an invoice, for a reason that is kept.")),
    "adopt": Listed(
        "orders",
        spoken("Record that an order is booked by other means: no invoice of ours is made."),
    ),
    "resolve": Listed(
        "orders",
        spoken("Read at Dinero what happened to an order, and settle what reading can settle."),
    ),
    "book": Listed(
        "runs", spoken("Book the drafts that wait for your word, and register their payments.")
    ),
    "bills": Listed(
        "papers",
        spoken(
            "Post suppliers' bills as purchase vouchers (bilag), each with its document linked."
        ),
    ),
    "payouts": Listed(
        "papers",
        spoken(
            "Post what payment providers paid out, with their fees, from their settlement files."
        ),
    ),
    "credit": Listed(
        "money", spoken("Credit a booked order: all of it, some goods, the freight, or an amount.")
    ),
    "verify": Listed(
        "books",
        spoken("Prove that no line of the journal was changed or removed, nor what was decided."),
    ),
    "doctor": Listed(
        "setup", spoken("Ask Shoporama and Dinero everything that reading can tell; write nothing.")
    ),
    "config": Listed(
        "configuration",
        spoken("Check the configuration, show what it means, and describe every key of it."),
    ),
    "rules": Listed(
        "rules",
        spoken("Check the rules, test them on examples, and replay them on orders already booked."),
    ),
    "settlements": Listed("settlements", spoken("Try settlement files of payment providers.")),
    "templates": Listed(
        "templates", spoken("Try the templates by which suppliers' bills in PDF are read.")
    ),
    "margin": Listed(
        "books", spoken("Report the booked sales of second-hand goods (brugtmoms) of a VAT period.")
    ),
    "clearing": Listed(
        "money",
        spoken(
            "Prove the clearing accounts to the øre: what was sold, paid out, and what is still to "
            "come."
        ),
    ),
    "reconcile": Listed(
        "money",
        spoken(
            "Prove a period to the øre, or name what differs: the shop, what was sent, Dinero's "
            "books."
        ),
    ),
    "close": Listed(
        "proof",
        spoken("Gather all that belongs to a period before its books are closed, in one folder."),
    ),
    "evidence": Listed(
        "proof",
        spoken(
            "Pack the evidence of an order, a bill or a payout: from the first word to Dinero's "
            "ledger."
        ),
    ),
    "export": Listed("proof", spoken("Write a period of the ledger in a form of somebody else's.")),
    "procedures": Listed(
        "proof",
        spoken(
            "Describe how sales are recorded, checked and kept, as bogføringsloven § 6 asks for."
        ),
    ),
    "state": Listed(
        "state",
        spoken("Carry over what people decided, which the state folder alone remembers."),
    ),
    "deploy": Listed(
        "deploy", spoken("Write what runs the shops somewhere else than on this machine.")
    ),
    "notify": Listed(
        "notify",
        spoken("Try the channels by which you hear from runs, and hear when no run comes."),
    ),
    "sandbox": Listed(
        "rehearsal",
        spoken("Serve a made-up Shoporama and a made-up Dinero on this machine, to rehearse with."),
    ),
    "completion": Listed("setup", spoken("Print the shell's completion script.")),
}
"""The commands, in the order in which ``--help`` lists them."""
EXIT_CODES = spoken(
    "Exit codes: 0 done; 2 wrong usage; 3 orders are held for you; 4 something is in doubt; "
    "70 state folder damaged; 75 temporary, the next run goes on; 77 no access to Dinero, or to "
    "Shoporama; 78 configuration."
)


class CommandGroup(ToldGroup):
    """Imports a command's module when it is used, and turns errors into exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dinero_sync.cli.commands.{COMMANDS[cmd_name].module}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - each is named after its function
        return command

    def does(self, ctx: click.Context) -> Iterator[tuple[str, str]]:  # noqa: ARG002 - as above
        """Yield each command with its sentence, and import none."""
        for name, listed in COMMANDS.items():
            yield name, listed.does

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command."""
        keep_words(ctx, args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command; expected errors are explained, without a traceback."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (click.Abort, KeyboardInterrupt):
            stopped = StoppedError(
                spoken("Stopped. What was begun is known; the next run goes on.")
            )
            ctx.exit(int(_explained(stopped, ctx.find_object(Common) or Common())))
        except BrokenPipeError:  # the reader of our output has left, and has what it wanted
            ctx.exit(int(ExitCode.OK))
        except Exception as error:  # noqa: BLE001 - the last place that can tell the operator
            ctx.exit(int(_explained(error, ctx.find_object(Common) or Common())))


def _explained(error: Exception, common: Common) -> ExitCode:
    known = expected(error)
    if known is None:
        explain_fault(error, common)
        return ExitCode.STATE
    explain(known, common)
    return known.exit_code


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.option(
    "-c",
    "--config",
    "config_path",
    type=CONFIG_FILE,
    help=spoken(
        "The configuration file; for run and status also a folder of them, one for each shop. "
        "Otherwise: $DINERO_SYNC_CONFIG, ./config.yaml, the user's config folder, "
        "/etc/dinero-sync/config.yaml."
    ),
)
@click.option("-v", "--verbose", is_flag=True, help=spoken("Log more."))
@click.option("-q", "--quiet", is_flag=True, help=spoken("Log only problems and outcomes."))
@click.option(
    "--log-format",
    type=click.Choice(LOG_FORMATS),
    help=spoken("How to log to stderr. Without it: short lines at a terminal, JSON elsewhere."),
)
@click.option("--language", is_eager=True, type=click.Choice(LANGUAGES), help=LANGUAGE_HELP)
@click.option(
    "--no-pager",
    is_flag=True,
    help="Show long screens as they are, though $PAGER or $DINERO_SYNC_PAGER names a pager.",
)
@click.version_option(__version__, prog_name="dinero-sync")
@click.pass_context
def dinero_sync(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    ctx: click.Context,
    config_path: Path | None,
    verbose: bool,  # noqa: FBT001 - click passes options by name
    quiet: bool,  # noqa: FBT001 - the same
    log_format: str | None,
    language: str | None,
    no_pager: bool,  # noqa: FBT001 - the same
) -> None:
    """Move orders from a Shoporama webshop into Dinero as booked, paid invoices.

    Exactly once, to the øre. Connect once, then let cron or systemd start `run`.

    \b
    Examples:
      dinero-sync connect
      dinero-sync run --since 2026-12-01 --dry-run
      dinero-sync status
    """
    ctx.obj = Common(
        config_path=config_path,
        verbosity=int(verbose) - int(quiet),
        log_format=log_format,
        language=Language(language) if language else None,
        no_pager=no_pager,
    )
