"""The commands that prove the books to others: close, evidence, export, procedures."""

from datetime import date
from pathlib import Path

import click

from dinero_sync.cli.context import (
    Common,
    command,
    ending_with,
    folder_option,
    group,
    order_argument,
)
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import say
from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.cli.typed import day

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
def evidence(common: Common, *, order_name: str, output: Path) -> None:
    """Pack the evidence of an order, a bill or a payout: from the first word to Dinero's ledger.

    A ZIP archive for an auditor or a tax office, readable without this program: an index in Danish
    or English, what the shop said, what was decided by which rule, each request to Dinero and its
    answer, the journal's hashes, and the entries (posteringer) and documents as Dinero holds them
    now; of a bill or a payout, the file itself. Where Dinero can't be asked the index says so. It
    holds personal data, so only your user can read it. Reads the state folder, the inboxes and
    Dinero; changes nothing there.

    \b
    Examples:
      dinero-sync evidence 4815162 -o order-10427.zip
      dinero-sync evidence '#10427' -o order-10427.zip --language en
      dinero-sync evidence bill:DK13585628:1042 -o bill-1042.zip
    """
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.reports.proof import evidence as of_order
    from dinero_sync.cli.reports.proof import paper_evidence as of_paper
    from dinero_sync.cli.reports.proof.pages import archive
    from dinero_sync.cli.work import clock_of, reading_state
    from dinero_sync.journal.documents import OrderRecord
    from dinero_sync.journal.folder.files import write_whole
    from dinero_sync.sync.insight.evidence import gather
    from dinero_sync.sync.insight.paper_evidence import gather_paper
    from dinero_sync.texts import telling
    from dinero_sync.texts.screens.saying import tell

    with reading_state(common) as state:
        clock, told_in = clock_of(state.config), language_of(common, state.config)
        record = subject_named(state.db, order_name)
        if isinstance(record, OrderRecord):
            order = gather(state.config, state.config_file, clock, state.db, record)
            packed = archive(of_order.files(order, told_in, clock.now()))
            said, unread = of_order.written(order, output, told_in), order.unread
        else:
            paper = gather_paper(state.config, state.config_file, clock, state.db, record)
            packed = archive(of_paper.files(paper, told_in, clock.now()))
            said, unread = of_paper.written(paper, output, told_in), paper.unread
    write_whole(output, packed)
    show(wrapped(said))
    if unread:
        show(wrapped(tell("proof.evidence.unread", told_in)))
        show(wrapped(telling.in_language(unread, told_in)))


@group("export")
def export() -> None:
    """Write a period of the ledger in a form of somebody else's.

    \b
    Examples:
      dinero-sync export beancount --from 2026-10-01 --to 2026-12-31
    """


@command("beancount", export)
@click.option("--from", "first", type=day, required=True, help="The first day.")
@click.option("--to", "last", type=day, required=True, help="The last day, inclusive.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write; without it, to stdout.",
)
def beancount(common: Common, *, first: date, last: date, output: Path | None) -> None:
    """Write a period of Dinero's ledger as a Beancount file, whose `bean-check` proves it anew.

    Each voucher (bilag) is a transaction; what dinero-sync posted bears #dinero-sync, its document
    and a link to its order. Opening balances come first, and at the end each account's balance in
    Dinero, which Beancount holds against the transactions. The period lies in one accounting year.
    Reads the state folder and Dinero; changes nothing there.

    \b
    Examples:
      dinero-sync export beancount --from 2026-10-01 --to 2026-12-31 \\
        > q4.beancount
      dinero-sync export beancount --from 2026-01-01 \\
        --to 2026-12-31 -o 2026.beancount
    """
    from dinero_sync.cli.reports.proof import beancount as report
    from dinero_sync.cli.work import reading_state, stoppable_clock
    from dinero_sync.domain.step import Facts
    from dinero_sync.journal.folder.files import write_whole
    from dinero_sync.sync.insight.ledger import read_ledger
    from dinero_sync.texts.screens.saying import tell

    with reading_state(common) as state:
        clock = stoppable_clock(state.config)
        found = read_ledger(
            state.config, state.config_file, clock, state.db, first=first, last=last
        )
    told_in = language_of(common, state.config)
    text = report.as_text(found, told_in)
    if output is None:
        say(text.rstrip("\n"))
        return
    write_whole(output, text)
    ours = sum(each.ours is not None for each in found.vouchers)
    facts: Facts = {"file": str(output), "count": len(found.vouchers), "ours": ours}
    show(wrapped(tell("proof.evidence.exported", told_in, **facts)))


@command("close")
@click.argument("period", metavar="PERIOD")
@folder_option
def close(common: Common, *, period: str, output: Path) -> None:
    """Gather all that belongs to a period before its books are closed, in one folder.

    The period proved (as `reconcile` does, and as its page) and its clearing accounts, what is
    held, in doubt or a draft, money under way, what people decided and noted, margins, other
    countries' VAT by country and rate (OSS), the EU sales list by VAT number, the journal's head,
    and a manifest with the hash of each file. Given again, it says what changed since. PERIOD is
    like 2026Q4, 2026H2, 2026-11 or 2026. Reads the state folder, the shop and Dinero; changes
    nothing there. Ends with 3 where something is held, a draft, or different; with 4 where
    something is in doubt; and with 75, the folder untouched, where anything couldn't be read.

    \b
    Examples:
      dinero-sync close 2026Q4 -o closed/2026Q4
      dinero-sync close 2026-11 -o closed/2026-11 --language en
    """
    from dinero_sync.cli.reports.proof import closing as report
    from dinero_sync.cli.work import prepare, stoppable_clock, undisturbed
    from dinero_sync.journal.folder import packs
    from dinero_sync.sync.insight.closing import close as closed
    from dinero_sync.texts.screens.saying import tell

    config, config_file = prepare(common)
    clock = stoppable_clock(config)
    before = packs.earlier(output)
    with undisturbed():
        found = closed(config, config_file, clock, period)
    told_in = language_of(common, config)
    packs.write_pack(output, report.files(found, before, told_in, clock.now()))
    with ending_with(found.exit_code):
        show(wrapped("\n".join(report.verdict(found, told_in)).replace("**", "")))
        show(wrapped(tell("proof.closing.written", told_in, folder=str(output))))


@command("procedures")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The file to write: HTML where its name ends in .html, else Markdown. Without it, "
    "Markdown to stdout.",
)
def procedures(common: Common, *, output: Path | None) -> None:
    """Describe how sales are recorded, checked and kept, as bogføringsloven § 6 asks for.

    In Danish unless --language says otherwise, from the configuration and the rules as they are,
    and dated. A file that is there is compared with: what changed since stands at the end. Who is
    responsible, and what people do beside the program, is for you to write down in a document of
    your own. Reads the state folder only.

    \b
    Examples:
      dinero-sync procedures
      dinero-sync procedures -o procedurer.html
    """
    from dinero_sync.cli.reports.proof import procedures as report
    from dinero_sync.cli.work import clock_of, reading_state
    from dinero_sync.domain.calendar import accounting_date
    from dinero_sync.domain.chart import NO_CHART
    from dinero_sync.domain.step import Language
    from dinero_sync.journal.folder.files import write_whole
    from dinero_sync.sync.intake.remembered import recollect
    from dinero_sync.sync.work.settings import state_folder
    from dinero_sync.texts.screens.saying import tell

    with reading_state(common) as state:
        memory = recollect(state.config, state.config_file, state.db)
    source = report.Source(
        config=state.config,
        settings=memory.settings,
        chart=memory.chart or NO_CHART,
        folder=state_folder(state.config).resolve(),
    )
    earlier = None
    if output is not None and output.exists():
        earlier = output.read_text(encoding="utf-8", errors="replace")
    told_in = common.language or Language.DANISH
    today = accounting_date(clock_of(state.config).now())
    text = report.as_markdown(source, told_in, today, earlier)
    if output is None:
        say(text.rstrip("\n"))
        return
    is_html = output.suffix.lower() in {".html", ".htm"}
    write_whole(output, report.as_html(text, told_in) if is_html else text)
    show(wrapped(tell("proof.procedures.written", told_in, file=str(output))))
