"""``dinero-sync margin``: the period report of second-hand goods (brugtmoms)."""

from datetime import date
from decimal import Decimal, InvalidOperation

import click

from dinero_sync.cli.context import Common, config_option, json_option, prepare
from dinero_sync.cli.order_range import day


def _kroner(_: click.Context, __: click.Parameter, text: str | None) -> Decimal | None:
    """Read an amount that isn't negative."""
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise click.BadParameter(f"{text!r} is no amount like 12500.50")
    return amount


@click.command("margin")
@click.option("--from", "first", type=day, required=True, help="The period's first day.")
@click.option("--to", "last", type=day, required=True, help="Its last day, inclusive.")
@click.option(
    "--purchases",
    metavar="KRONER",
    callback=_kroner,
    help="What was bought for resale in the period: reckons the VAT by the collective method.",
)
@click.option(
    "--carried",
    metavar="KRONER",
    default="0",
    callback=_kroner,
    help="The negative margin carried from the period before, without its minus.",
)
@json_option
@config_option
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    common: Common,
    *,
    first: date,
    last: date,
    purchases: Decimal | None,
    carried: Decimal,
    as_json: bool,
) -> None:
    """Report the booked sales of second-hand goods (brugtmoms) of a VAT period.

    By the individual method it shows the margins that were posted. By the collective method
    (samlemetoden), --purchases gives the VAT that your bookkeeper posts for the period. Reads the
    state folder only; calls nobody and changes nothing.

    \b
    Examples:
      dinero-sync margin --from 2026-10-01 --to 2026-12-31
      dinero-sync margin --from 2026-10-01 --to 2026-12-31 --purchases 12500.50 --carried 300
    """  # noqa: D301 - click's mark for text that isn't to be wrapped
    config, _ = prepare(common)
    from dinero_sync.cli import margin_report  # noqa: PLC0415 - slow to import
    from dinero_sync.errors import UsageError  # noqa: PLC0415 - the same
    from dinero_sync.sync.work.settings import state_folder  # noqa: PLC0415 - the same

    if last < first:
        raise UsageError(f"--to {last} lies before --from {first}.")
    report = margin_report.read_report(state_folder(config), first, last, purchases, carried)
    click.echo(margin_report.as_json(report) if as_json else margin_report.as_text(report))
