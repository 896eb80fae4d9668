"""The commands about single orders: show, explain, retry, skip, adopt, resolve."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.commands.runs import show_result
from dinero_sync.cli.context import (
    Common,
    command,
    ending_with,
    json_option,
    order_argument,
    orders_argument,
)
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show as show_lines
from dinero_sync.cli.terminal import show_long, wrapped
from dinero_sync.cli.typed import day
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Language
from dinero_sync.errors import UsageError
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dinero_sync.cli.terminal import Line
    from dinero_sync.domain.hold import SkipReason
    from dinero_sync.journal.documents import OrderRecord
    from dinero_sync.journal.papers.bills import BillRecord
    from dinero_sync.journal.papers.payouts import PayoutRecord
    from dinero_sync.sync.run.result import RunResult
    from dinero_sync.sync.work.workplace import Workplace

ELSEWHERE = "booked by other means"
"""The note that is kept where a person makes none; it is data, and the same in each language."""


@command("show")
@order_argument
@json_option
def show(common: Common, *, order_name: str, as_json: bool) -> None:
    """Show everything known about an order: the shop's words, the decision, Dinero's answers.

    Names and addresses appear as the shop gave them. Bills and payouts are named as `status` names
    them. Reads the state folder only.

    \b
    Examples:
      dinero-sync show 4815162
      dinero-sync show '#10427' --json
      dinero-sync show bill:DK13585628:1042
      dinero-sync show payout:stripe:po_1Abc
    """
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.reports import show as report
    from dinero_sync.cli.work import reading_state
    from dinero_sync.journal import effects, orders
    from dinero_sync.journal.documents import OrderRecord
    from dinero_sync.sync.payouts.fee_bills import fee_links

    with reading_state(common) as state:
        record, later = subject_named(state.db, order_name), list[OrderRecord]()
        if isinstance(record, OrderRecord):
            record, *later = orders.chains(state.db, record.order_id)
            fees = []
        else:
            fees = fee_links(state.db, record)
        lines = effects.of_subject(state.db, record.subject)
    if as_json:
        click.echo(json_text(report.as_data(record, lines, later, fees)))
    else:
        told_in = language_of(common, state.config)
        show_long(report.as_lines(record, lines, told_in, later, fees), pages=not common.no_pager)


@command("explain")
@order_argument
@json_option
def explain(common: Common, *, order_name: str, as_json: bool) -> None:
    """Explain why an order was booked as it was, would be, or isn't: line by line, with numbers.

    Tells day, zone, buyer and payment type, which rule or setting chose each account, and the sums
    by account and VAT code. Reads the state folder only.

    \b
    Examples:
      dinero-sync explain 4815162
      dinero-sync explain '#10427' --language en
    """
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.reports import explain as report
    from dinero_sync.cli.reports.explain_data import as_data
    from dinero_sync.cli.reports.money import bills, payouts
    from dinero_sync.cli.work import reading_state
    from dinero_sync.journal.papers.bills import BillRecord
    from dinero_sync.journal.papers.payouts import PayoutRecord
    from dinero_sync.sync.insight.explaining import explain_order
    from dinero_sync.sync.intake.remembered import recollect

    with reading_state(common) as state:
        record = subject_named(state.db, order_name)
        if isinstance(record, BillRecord):
            told = bills.known_lines(record, language_of(common, state.config))
            _print_known(bills.known_data(record, []), told, as_json=as_json)
            return
        if isinstance(record, PayoutRecord):
            told = payouts.known_lines(record, language_of(common, state.config))
            _print_known(payouts.known_data(record, []), told, as_json=as_json)
            return
        found = explain_order(recollect(state.config, state.config_file, state.db), record)
    if as_json:
        click.echo(json_text(as_data(found)))
    else:
        told_in = language_of(common, state.config)
        show_long(report.as_text(found, told_in).splitlines(), pages=not common.no_pager)


def _print_known(data: dict[str, object], lines: "Iterator[str | Line]", *, as_json: bool) -> None:
    if as_json:
        click.echo(json_text(data))
    else:
        show_lines(lines)


@command("retry")
@orders_argument
@click.option("--all", "every", is_flag=True, help="All held orders.")
@click.option("--again", is_flag=True, help="Also orders that were ended by skip or adopt.")
@click.option(
    "--date",
    "chosen",
    type=day,
    help="For what is held as period_closed: the day that is posted, their own or an open one.",
)
def retry(
    common: Common,
    *,
    order_names: tuple[str, ...],
    every: bool,
    again: bool,
    chosen: date | None,
) -> None:
    """Release held orders: the next run reads each from the shop again and goes on with it.

    Use it after you mended what `dinero-sync status` named. ORDER is Shoporama's order id, or the
    number the customer sees, as '#10427' in quotes. An order that was ended by `skip` or `adopt`
    is refused with the note that was made then; --again takes that decision back. --date chooses
    what day a document bears that is held because its period is closed (dinero.closed_until).

    \b
    Examples:
      dinero-sync retry 4815162
      dinero-sync retry --all
      dinero-sync retry 4815162 --again
      dinero-sync retry 4815162 --date 2027-01-01
    """
    if bool(order_names) == every:
        raise UsageError(spoken("Name the orders to retry, or say --all."))
    if every and again:
        raise UsageError(
            spoken("--again takes back what was decided about single orders: name them.")
        )
    if every and chosen is not None:
        raise UsageError(spoken("--date is chosen for single orders: name them."))
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.work import prepare, undisturbed
    from dinero_sync.domain.calendar import accounting_date
    from dinero_sync.sync.run import by_hand, releasing

    config, _ = prepare(common)
    with undisturbed(), by_hand.open_state(config) as (db, clock):
        found = [subject_named(db, name) for name in order_names]
        named = [each for record in found for each in releasing.held_of(db, record)]
        records = releasing.all_held(db) if every else named
        today = accounting_date(clock.now())
        for record in records:
            releasing.refuse(record, again=again)
            if chosen is not None:
                releasing.refuse_day(record, chosen, config.dinero.closed_until, today)
        for record in records:
            releasing.release(db, record, clock.now(), by_name=not every, day=chosen)
    language = language_of(common, config)
    for record in records:
        show_lines(wrapped(tell("orders.goes_on", language, name=called(record, language))))
    if not records:
        show_lines(wrapped(tell("orders.none_is_held", language)))


@command("skip")
@order_argument
@click.option("--reason", required=True, help="Why no invoice is made; kept with the order.")
def skip(common: Common, *, order_name: str, reason: str) -> None:
    """End an order without an invoice, for a reason that is kept.

    For orders that are booked in another way, or never should be. Our own draft in Dinero is
    deleted; an order whose invoice is booked is refused. Where a credit note or a return of the
    order is held, that ends, without a credit note.

    \b
    Examples:
      dinero-sync skip 4815162 --reason "booked by hand as invoice 2041"
      dinero-sync skip '#10427' --reason "test order"
    """
    if not reason.strip():
        raise UsageError(spoken("Give a reason: whoever checks the books will ask for it."))
    from dinero_sync.domain.hold import SkipReason

    record = _ended(common, order_name, reason.strip(), SkipReason.BY_OPERATOR)
    language = language_of(common)
    show_lines(
        wrapped(tell("orders.skipped", language, name=called(record, language), why=reason.strip()))
    )


def _ended(
    common: Common, name: str, reason: str, code: "SkipReason"
) -> "OrderRecord | BillRecord | PayoutRecord":
    """End an order without an invoice of ours, or a bill or payout without anything of ours."""
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.journal.documents import OrderRecord
    from dinero_sync.journal.orders import held_chains
    from dinero_sync.journal.papers.payouts import PayoutRecord
    from dinero_sync.sync.run.bills.by_hand import skip_bill
    from dinero_sync.sync.run.by_hand import skip_order
    from dinero_sync.sync.run.payouts.by_hand import skip_payout

    with undisturbed(), at_work(common) as place:
        record = subject_named(place.db, name)
        if isinstance(record, OrderRecord):
            record = held_chains(place.db, record)[0]
            skip_order(place, record, reason, code)
        elif isinstance(record, PayoutRecord):
            skip_payout(place, record, reason, code)
        else:
            skip_bill(place, record, reason, code)
    return record


def called(record: "OrderRecord | BillRecord | PayoutRecord", language: Language) -> str:
    """Name an order, a bill or a payout at the beginning of a sentence."""
    from dinero_sync.sync.run import by_hand
    from dinero_sync.texts import telling

    return telling.in_language(by_hand.called(record), language)


@command("adopt")
@order_argument
@click.option("--note", default="", help="Where it is booked, like: invoice 2041.")
def adopt(common: Common, *, order_name: str, note: str) -> None:
    """Record that an order is booked by other means: no invoice of ours is made.

    For orders held as maybe_booked_elsewhere, straddles_start or trigger_day_unknown, once you
    found the sale in Dinero. Our own draft, if there is one, is deleted.

    \b
    Examples:
      dinero-sync adopt 4815162 --note "invoice 2041"
      dinero-sync adopt '#10427'
    """
    from dinero_sync.domain.hold import SkipReason

    text = note.strip()
    record = _ended(common, order_name, text or ELSEWHERE, SkipReason.BOOKED_ELSEWHERE)
    language = language_of(common)
    why = text or tell("orders.elsewhere", language)
    show_lines(wrapped(tell("orders.adopted", language, name=called(record, language), why=why)))


@command("resolve")
@order_argument
@click.option(
    "--accept",
    metavar="NOTE",
    help="What Dinero holds is right: record it as done, or go on to its payment.",
)
@click.option("--reopen", is_flag=True, help="After a chargeback: the buyer owes the money again.")
def resolve(common: Common, *, order_name: str, accept: str | None, reopen: bool) -> None:
    """Read at Dinero what happened to an order, and settle what reading can settle.

    Shows what the journal meant to do, what Dinero holds, and the choices that are safe. What was
    in doubt and can be read is settled without asking, also while the shop can't be asked or no
    longer has the order. --accept ends a held order whose invoice is booked, once you made Dinero
    right by hand (a credit note, another payment). Accepting a margin or a sending goes on to the
    payment where one is left. --reopen registers what a buyer's bank took back (a chargeback) as a
    negative payment, so that the invoice is to be paid again.

    \b
    Examples:
      dinero-sync resolve 4815162
      dinero-sync resolve 4815162 --reopen
      dinero-sync resolve '#10427' --accept "paid by bank transfer"
    """
    from dinero_sync.cli.order_names import subject_named
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.journal.documents import OrderRecord
    from dinero_sync.journal.papers.payouts import PayoutRecord
    from dinero_sync.sync.run.credit.reopening import reopened

    if reopen and accept is not None:
        raise UsageError(
            spoken("--reopen and --accept are two ways to end a chargeback: choose one.")
        )
    with undisturbed(), at_work(common) as place:
        record = subject_named(place.db, order_name)
        if reopen:
            told_in = language_of(common, place.config)
            made = reopened(place, record)
            show_result(made, place.folder, told_in, as_json=False, table=True)
            return
        if isinstance(record, PayoutRecord):
            _resolve_payout(common, place, record, accept)
            return
        if not isinstance(record, OrderRecord):
            _resolve_bill(common, place, record, accept)
            return
        result = _resolve_order(common, place, record, accept)
    if result is not None:
        told_in = language_of(common, place.config)
        show_result(result, place.folder, told_in, as_json=False, table=True)


def _resolve_order(
    common: Common, place: "Workplace", record: "OrderRecord", accept: str | None
) -> "RunResult | None":
    """Return what came of the order that goes on; None where it doesn't."""
    from dinero_sync.cli.reports import resolve as report
    from dinero_sync.journal.documents import Standing
    from dinero_sync.journal.orders import held_chains
    from dinero_sync.sync.run import resolve as resolving
    from dinero_sync.sync.run.run import go_on_with

    found = resolving.gather(place, held_chains(place.db, record)[0])
    language = language_of(common, place.config)
    with suppress(BrokenPipeError):  # whoever reads along or not: what was asked for is done
        show_lines(report.as_lines(found, language))
    if accept is not None:
        settled = resolving.accept(place, found, accept)
        is_done = settled.standing is Standing.DONE
        code = "orders.accepted" if is_done else "orders.accepted_so_far"
        show_lines(wrapped(tell(code, language, name=called(settled, language), why=accept)))
        return None
    return go_on_with(place, found.record) if resolving.Choice.GO_ON in found.choices() else None


def _resolve_bill(
    common: Common, place: "Workplace", record: "BillRecord", accept: str | None
) -> None:
    from dinero_sync.cli.reports.money import bills as report
    from dinero_sync.sync.run.bills import by_hand as resolving
    from dinero_sync.sync.run.result import ended

    found = resolving.gather_bill(place, record)
    language = language_of(common, place.config)
    with suppress(BrokenPipeError):
        show_lines(report.evidence(found, language))
    if accept is not None:
        settled = resolving.accept_bill(place, found, accept)
        show_lines(
            wrapped(tell("orders.accepted", language, name=called(settled, language), why=accept))
        )
    elif found.goes_on:
        result = ended(place, lambda told: resolving.go_on_with_bill(place, record, told))
        with ending_with(result.exit_code):
            show_lines(report.as_lines(result.bills, language))


def _resolve_payout(
    common: Common, place: "Workplace", record: "PayoutRecord", accept: str | None
) -> None:
    from dinero_sync.cli.reports.money import payouts as report
    from dinero_sync.sync.run.payouts import by_hand as resolving
    from dinero_sync.sync.run.result import ended

    found = resolving.gather_payout(place, record)
    language = language_of(common, place.config)
    with suppress(BrokenPipeError):
        show_lines(report.evidence(found, language))
    if accept is not None:
        settled = resolving.accept_payout(place, found, accept)
        show_lines(
            wrapped(tell("orders.accepted", language, name=called(settled, language), why=accept))
        )
    elif found.goes_on:
        result = ended(place, lambda told: resolving.go_on_with_payout(place, record, told))
        with ending_with(result.exit_code):
            show_lines(report.as_lines(result.payouts, language))
