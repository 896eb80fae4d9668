"""The commands that prove the books to others: evidence."""

from pathlib import Path

import click

from dinero_sync.cli.context import Common, command, language_option, order_argument
from dinero_sync.cli.streams import say

file_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE.zip",
    help="The archive to write; one that is there is replaced.",
)


@command("evidence")
@order_argument
@file_option
@language_option
def evidence(common: Common, *, order_name: str, output: Path, language: str | None) -> None:
    """Pack the evidence of an order: from the shop's words to Dinero's ledger, and back.

    A ZIP archive for an auditor or a tax office, readable without this program: an index in Danish
    or English, what the shop said, what was decided by which rule, each request to Dinero and its
    answer, the journal's hashes, and the entries (posteringer) and documents as Dinero holds them
    now. Where Dinero can't be asked the index says so. It holds personal data, so only your user
    can read it. Reads the state folder and Dinero; changes nothing there.

    \b
    Examples:
      dinero-sync evidence 4815162 -o order-10427.zip
      dinero-sync evidence '#10427' -o order-10427.zip --language en
    """
    from dinero_sync.cli.order_names import order_named
    from dinero_sync.cli.reports.proof import evidence as report
    from dinero_sync.cli.reports.proof.pages import archive
    from dinero_sync.cli.work import clock_of, language_of, language_of_locale, reading_state
    from dinero_sync.journal.folder.files import write_whole
    from dinero_sync.sync.insight.evidence import gather
    from dinero_sync.texts import telling

    with reading_state(common) as state:
        clock = clock_of(state.config)
        record = order_named(state.db, order_name)
        found = gather(state.config, state.config_file, clock, state.db, record)
    told_in = language_of(language, state.config) or language_of_locale()
    write_whole(output, archive(report.files(found, told_in, clock.now())))
    say(telling.evidence("written", {"file": str(output), "number": record.number}, told_in))
    if found.unread:
        say(telling.evidence("unread", {}, told_in))
        say(found.unread)
