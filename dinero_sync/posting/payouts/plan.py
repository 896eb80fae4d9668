"""What becomes of a payout: a ledger item, nothing, or a hold; a pure function.

The clearing account holds the payments of the orders. What was paid out goes from there to the
account of money under way, or the bank; the fees go from there to the account of fees. What the
provider keeps for a while stays on the clearing account, and is what is left there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dinero_sync.domain.chart import DANISH_VAT, Chart
from dinero_sync.domain.documents import LedgerLine, LedgerVoucher
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import payout_guid
from dinero_sync.domain.money import KRONER, ORE, round_to_ore, vat_inside
from dinero_sync.domain.papers.payout import Payout, Source
from dinero_sync.domain.step import ORDER, TEXT, Steps, Yaml, command, sentence
from dinero_sync.posting.days.closed import refuse_closed
from dinero_sync.posting.payouts.settings import PayoutSettings

FEE = "Gebyr"
"""What the text of a payout's fees begins with."""
DANISH_CODE = "I25"
"""The code that deducts the Danish VAT on a fee."""
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a payout besides its file."""

    arrived: Decimal | None = None
    """What the bank got, in kroner, as a statement tells it; None without one."""
    on_clearing: Decimal | None = None
    """What the payments and refunds in it come to on the clearing account, in kroner, as far as
    their orders are known; None where they aren't, and the payout is in another currency."""
    chosen_days: Collection[date] = ()
    """Days that a person chose for it, closed or not."""


def is_before_start(payout: Payout, settings: PayoutSettings) -> bool:
    """Tell whether a payout is from before the day from which payouts are posted."""
    return payout.day < settings.start_date


def plan_payout(
    payout: Payout, source: Source, settings: PayoutSettings, chart: Chart, known: Known
) -> LedgerVoucher | None:
    """Return the ledger item of a payout; None where nothing moved but what stays there.

    Raises HeldError where its fees bear another VAT than the configuration says, where nobody says
    what it came to in kroner, and where its day is closed.
    """
    _refuse_other_vat(payout, source, chart)
    lines = tuple(_lines(payout, source, known))
    if not lines:
        return None
    day = _day(payout.day, settings, known)
    refuse_closed("payout", day, settings.closed_until, known.chosen_days)
    return LedgerVoucher(
        guid=payout_guid(settings.organization_id, source.id, payout.id), date=day, lines=lines
    )


def _day(own: date, settings: PayoutSettings, known: Known) -> date:
    """Return the payout's own day, or the open one that a person chose where that is closed."""
    closed = settings.closed_until
    if closed is None or own > closed or own in known.chosen_days:
        return own
    return max((each for each in known.chosen_days if each > closed), default=own)


def _lines(payout: Payout, source: Source, known: Known) -> Iterator[LedgerLine]:
    of_orders = payout.gross + payout.refunds + payout.chargebacks
    if payout.currency == KRONER:
        net, fees, cleared = payout.net, payout.fees, of_orders
    else:
        net, rate = _in_kroner(payout, known, source)
        fees, cleared = round_to_ore(payout.fees * rate), round_to_ore(of_orders * rate)
    clearing = source.clearing_account
    name = f"{source.id} {payout.id}"
    yield from _moved(f"Udbetaling {name}", net, source.paid_to, clearing)
    yield from _moved(f"{FEE} {name}", -fees, source.fee_account, clearing, source.fee_vat)
    if source.exchange_account is not None and known.on_clearing is not None:
        lost = known.on_clearing - cleared
        yield from _moved(f"Kursregulering {name}", lost, source.exchange_account, clearing)


def _moved(
    text: str, amount: Decimal, to: int, clearing: int, vat_code: str | None = None
) -> Iterator[LedgerLine]:
    """Yield what moves from the clearing account to another one; back where it is negative."""
    if not amount:
        return
    comes_back = amount < 0
    yield LedgerLine(
        description=text,
        amount=abs(amount),
        account=clearing if comes_back else to,
        vat_code=None if comes_back else vat_code,
        balancing_account=to if comes_back else clearing,
        balancing_vat_code=vat_code if comes_back else None,
    )


def _in_kroner(payout: Payout, known: Known, source: Source) -> tuple[Decimal, Decimal]:
    """Return what was paid out in kroner, and the rate by which it was changed."""
    is_told = known.arrived is not None and known.on_clearing is not None
    if is_told and source.exchange_account is not None and payout.net:
        assert known.arrived is not None  # noqa: S101 - asked above
        return known.arrived, known.arrived / payout.net
    say: Steps
    if source.exchange_account is None:
        text = "no_account"
        say = (sentence("add_exchange_account"), Yaml("exchange_account: 1445\n"))
    elif known.arrived is None:
        text = "no_rate"
        say = (sentence("give_bank_statement"), command("payouts", "--statement", "FILE"))
    else:
        text, say = "orders", (sentence("wait_for_orders"), command("retry", ORDER))
    raise HeldError(
        HoldReason.PAYOUT_CURRENCY,
        text,
        (*say, sentence("or_payout_by_hand"), command("skip", ORDER, "--reason", TEXT)),
        net=payout.net,
        currency=payout.currency,
    )


def _refuse_other_vat(payout: Payout, source: Source, chart: Chart) -> None:
    """Raise HeldError where the file tells another VAT on its fees than the configuration."""
    if payout.vat is None:
        return
    code = source.fee_vat
    rate = chart.vat_rates.get(code or "", NOTHING) if code == DANISH_CODE else NOTHING
    tolerance = ORE * max(1, sum(1 for each in payout.movements if each.fee) // 2)
    expected = round_to_ore(vat_inside(payout.fees, rate))
    if abs(payout.vat - expected) <= (tolerance if rate else NOTHING):
        return
    danish = round_to_ore(vat_inside(payout.fees, DANISH_VAT))
    fits = abs(payout.vat - danish) <= tolerance
    right = DANISH_CODE if fits else "none"
    by_hand: Steps = (sentence("payout_by_hand"),)
    if fits or not payout.vat:
        by_hand = (
            sentence("correct_fee_vat", source=source.id),
            Yaml(f"fee_vat: {right}\n"),
            sentence("or_payout_by_hand"),
        )
    raise HeldError(
        HoldReason.PAYOUT_FEE_VAT,
        "",
        (*by_hand, command("skip", ORDER, "--reason", TEXT)),
        vat=abs(payout.vat),
        fees=abs(payout.fees),
        expected=abs(expected),
        currency=payout.currency,
        code=code or "none",
    )
