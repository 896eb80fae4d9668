"""The commands about money: credit, clearing, reconcile."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from dinero_sync.cli.commands.runs import show_result
from dinero_sync.cli.context import (
    Common,
    command,
    ending_with,
    json_option,
    order_argument,
)
from dinero_sync.cli.language import language_of
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import show
from dinero_sync.cli.typed import day, kroner, refused
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from dinero_sync.posting.credit.selection import Wanted
    from dinero_sync.sync.run.credit.making import CreditOptions


class _Asked(TypedDict):
    """The options that say what is to be credited, and how."""

    everything: bool
    lines: tuple[str, ...]
    freight: bool
    amount: Decimal | None
    reason: str | None
    no_refund: bool
    refund_to: str | None
    on_day: date | None
    again: bool


def _amount(text: str) -> Decimal:
    """Read an amount above nothing; raises BadParameter for others."""
    amount = kroner(text)
    if not amount:
        raise refused("typed.nothing", text)
    return amount


@command("credit")
@order_argument
@click.option("--all", "everything", is_flag=True, help="All that is left of the invoice.")
@click.option(
    "--line",
    "lines",
    metavar="SKU[:QUANTITY]",
    multiple=True,
    help="Pieces of a product, by its number; all that are left of it without a quantity. May be "
    "repeated, and go with --freight.",
)
@click.option("--freight", is_flag=True, help="What is left of the freight.")
@click.option(
    "--amount",
    type=_amount,
    metavar="KRONER",
    help="An amount with VAT, spread over all that is left.",
)
@click.option("--reason", help="Why; stands on the credit note.")
@click.option("--no-refund", is_flag=True, help="Register no money as paid back.")
@click.option(
    "--refund-to",
    type=click.Choice(["gift_card"]),
    help="Give the buyer a gift card in place of the money.",
)
@click.option("--date", "on_day", type=day, help="The accounting date. Without it: today.")
@click.option("--again", is_flag=True, help="Though the same was credited before.")
@click.option("--accept", is_flag=True, help="Make what a hold proposes.")
@click.option("--dry-run", is_flag=True, help="Show the credit note, and write nothing.")
@json_option
def credit(
    common: Common,
    *,
    order_name: str,
    accept: bool,
    dry_run: bool,
    as_json: bool,
    **asked: Unpack[_Asked],
) -> None:
    """Credit a booked order: all of it, some goods, the freight, or an amount.

    Makes one credit note (kreditnota) whose lines mirror the invoice's, books it, and registers
    what it leaves overpaid as paid back from the account of the payment: with it, or once the
    provider's file shows it (credits.refund). The money itself goes back at the payment provider,
    by you. Never more than is left of a line. The same command given
    twice makes one credit note.

    \b
    Examples:
      dinero-sync credit 4815162 --all --reason "Returned"
      dinero-sync credit '#10427' --line KRUS-01:2 --freight --reason "Broken"
      dinero-sync credit 4815162 --amount 50.00 --no-refund --reason "Too late"
      dinero-sync credit 4815162 --all --refund-to gift_card --reason "Returned"
      dinero-sync credit 4815162 --accept
    """
    from dinero_sync.cli.order_names import order_named
    from dinero_sync.cli.reports.money import credit as report
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.sync.run.credit.making import decide_credit, make_credit

    wanted = _wanted(asked)
    if accept:
        if dry_run or any(asked.values()):
            raise UsageError(spoken("--accept makes just what the hold proposes: give it alone."))
        _make_proposed(common, order_name, as_json=as_json)
        return
    options = _options(wanted, asked)
    with undisturbed(), at_work(common, dry_run=dry_run, reported=True) as place:
        language = language_of(common, place.config)
        found = decide_credit(place, order_named(place.db, order_name), options)
        result = None if dry_run else make_credit(place, found, options.reason, options.day)
    if result is not None:
        show_result(result, place.folder, language, as_json=as_json, table=True)
        return
    with ending_with(ExitCode.OK):
        if as_json:
            click.echo(json_text(report.as_data(found)))
        else:
            show(report.as_lines(found, language))


def _make_proposed(common: Common, order_name: str, *, as_json: bool) -> None:
    """Make the credit note that a hold proposes, and say what came of it."""
    from dinero_sync.cli.order_names import order_named
    from dinero_sync.cli.work import at_work, undisturbed
    from dinero_sync.sync.run.credit.proposals import make_proposed

    with undisturbed(), at_work(common, reported=True) as place:
        made = make_proposed(place, order_named(place.db, order_name))
        language = language_of(common, place.config)
    show_result(made, place.folder, language, as_json=as_json, table=True)


def _options(wanted: "Wanted | None", asked: _Asked) -> "CreditOptions":
    """Return how it is asked for; raises UsageError for what lacks or doesn't go together."""
    from dinero_sync.sync.run.credit.making import CreditOptions

    reason = (asked["reason"] or "").strip()
    if wanted is None or not reason:
        raise UsageError(
            spoken(
                "Say what to credit (--all, --line SKU, --freight or --amount) and why "
                "(--reason); or --accept, for what a hold proposes."
            )
        )
    if asked["no_refund"] and asked["refund_to"]:
        raise UsageError(spoken("--no-refund and --refund-to don't go together: choose one."))
    return CreditOptions(
        wanted=wanted,
        reason=reason,
        refunds=not asked["no_refund"],
        to_gift_card=asked["refund_to"] is not None,
        day=asked["on_day"],
        again=asked["again"],
    )


def _wanted(asked: _Asked) -> "Wanted | None":
    """Return what is asked for; None for nothing.

    Raises UsageError for what doesn't go together.
    """
    from dinero_sync.posting.credit.selection import Wanted

    goods, freight, amount = asked["lines"], asked["freight"], asked["amount"]
    ways = [asked["everything"], bool(goods) or freight, amount is not None]
    if not any(ways):
        return None
    if sum(ways) > 1:
        raise UsageError(spoken("Choose --all, or --line and --freight, or --amount."))
    return Wanted(
        everything=asked["everything"],
        amount=amount,
        goods=tuple(map(_goods, goods)),
        freight=freight,
    )


def _goods(text: str) -> tuple[str, Decimal | None]:
    """Read ``SKU`` or ``SKU:QUANTITY``; raises UsageError for a quantity that is none."""
    sku, colon, quantity = text.rpartition(":")
    if not colon:
        return text, None
    try:
        count = Decimal(quantity.replace(",", "."))
    except InvalidOperation:
        return text, None
    if count <= 0:
        raise UsageError(spoken("--line {text}: the quantity is more than nothing.", text=text))
    return sku, count


@command("clearing")
@click.option("--account", type=int, metavar="N", help="Only this account (konto).")
@click.option("--payment-type", metavar="NAME", help="Only the account of this payment type.")
@click.option(
    "--from", "first", type=day, help="The first day; by default the accounting year's first."
)
@click.option("--until", "last", type=day, help="The last day, inclusive; by default today.")
@json_option
def clearing(  # noqa: PLR0913 - one for each option
    common: Common,
    *,
    account: int | None,
    payment_type: str | None,
    first: date | None,
    last: date | None,
    as_json: bool,
) -> None:
    """Prove the clearing accounts to the øre: what was sold, paid out, and what is still to come.

    Looks for each payment, refund and payout that dinero-sync posted among the entries
    (posteringer) in Dinero, and lists those that are missing or altered, those that somebody else
    posted, and the payments whose payout hasn't come. Reads the state folder and Dinero; changes
    nothing. Ends with 3 where an account holds something else than it should.

    \b
    Examples:
      dinero-sync clearing
      dinero-sync clearing --payment-type Dankort --from 2026-11-01 \\
        --until 2026-11-30
      dinero-sync clearing --account 55010 --json
    """
    from dinero_sync.cli.reports.money import clearing as report
    from dinero_sync.cli.work import prepare, stoppable_clock, undisturbed
    from dinero_sync.sync.insight.clearing import chosen, clear, clearing_accounts

    config, config_file = prepare(common)
    accounts = chosen(clearing_accounts(config), account, payment_type)
    clock = stoppable_clock(config)
    with undisturbed():
        found = clear(config, config_file, clock, accounts, first=first, last=last)
    with ending_with(ExitCode.HELD if report.differs(found) else ExitCode.OK):
        if as_json:
            click.echo(json_text(report.as_data(found)))
        else:
            show(report.as_lines(found, language_of(common, config)))


@command("reconcile")
@click.option("--from", "first", type=day, required=True, help="The first day.")
@click.option("--to", "last", type=day, required=True, help="The last day, inclusive.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write it as a page to look at, print and keep; over nothing but such a page.",
)
@json_option
def reconcile(
    common: Common,
    *,
    first: date,
    last: date,
    page: Path | None,
    as_json: bool,
) -> None:
    """Prove a period to the øre, or name what differs: the shop, what was sent, Dinero's books.

    Every order of the period is in exactly one class. Each invoice, credit note, margin, payment,
    refund, payout and bill that dinero-sync made is looked for in Dinero's lists and among its
    entries (posteringer); sums by account, VAT code, payment type and currency, and the boxes of
    the VAT return, stand on both sides. What differs is named with its order, its cause and what to
    do; numbers that are missing in the series are listed. Reads the state folder, the shop and
    Dinero; changes nothing. Ends with 3 where anything differs, and with 75, without a report,
    where anything couldn't be read. With --html the same becomes one file for a browser, with
    charts, and each figure's way down to its orders and their rules; an older page stays where that
    fails.

    \b
    Examples:
      dinero-sync reconcile --from 2026-10-01 --to 2026-12-31
      dinero-sync reconcile --from 2026-10-01 --to 2026-12-31 --html 2026Q4.html
      dinero-sync reconcile --from 2026-11-01 --to 2026-11-30 --json
    """
    from dinero_sync.cli.reports.money import reconcile as report
    from dinero_sync.cli.work import prepare, stoppable_clock, undisturbed
    from dinero_sync.domain.calendar import accounting_date
    from dinero_sync.pages import file
    from dinero_sync.sync.insight import reconcile as proof
    from dinero_sync.texts.screens.saying import tell

    config, config_file = prepare(common)
    told_in = language_of(common, config)
    if page is not None:
        file.refuse_other_file(page, told_in)
    clock = stoppable_clock(config)
    with undisturbed():
        found = proof.reconcile(
            config, config_file, clock, first, last, with_balances=page is not None
        )
    if page is not None:
        from dinero_sync.pages import reconciliation

        made = reconciliation.as_html(found, told_in, accounting_date(clock.now()))
        file.write_page(page, made, told_in)
    with ending_with(ExitCode.OK if found.is_proved else ExitCode.HELD):
        if as_json:
            click.echo(json_text(report.as_data(found)))
        else:
            show(report.as_lines(found, told_in))
        if page is not None:
            show([tell("money.reconcile.page.written", told_in, path=str(page))], err=True)
