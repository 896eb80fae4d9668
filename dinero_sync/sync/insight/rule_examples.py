"""Tries a shop's own examples on its rules, as a run would post them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from dinero_sync.config.rule_examples import Example, ExampleChart, ExampleLine, Expected
from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.documents import Plan
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.order import Address, Gateway, Order, OrderLine, OrderStatus
from dinero_sync.domain.product import Product
from dinero_sync.posting.days.closed import first_open_day
from dinero_sync.posting.sale import PostedCharge, post_charges
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.adding_up import added_up
from dinero_sync.shoporama.beside_lines import line_beside
from dinero_sync.sync.intake.decide import Decision, decide, held_by
from dinero_sync.sync.intake.facts import DistanceSales, Facts

ORDER_ID = 1
MOMENT = datetime(2026, 1, 2, 12, tzinfo=UTC)
DAY = date(2026, 1, 2)
"""Examples are no orders: no rule asks for their day, and no others were sold before them. Where
that day is closed, and the example names none, it is the first open one."""
FIRST_PRODUCT_ID = 10**15
"""Where an example names no product id; far from any that a shop has."""
COMPANY = "Eksempel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where an example came out otherwise than expected."""

    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of one example."""

    name: str
    differences: tuple[Difference, ...]
    hold: Hold | None
    """A hold that wasn't expected."""
    rules: frozenset[str]
    """The rules that took a line."""
    payment_type: str | None

    @property
    def passed(self) -> bool:
        """Tell whether all came out as expected."""
        return not self.differences


def try_example(example: Example, settings: PostingSettings, chart: Chart) -> Tried:
    """Post an example and compare; every account that ``settings`` names must be in ``chart``."""
    decision = _decided(example, settings, chart)
    posted = post_charges(decision.sale) if decision.sale and decision.plan else ()
    differences = tuple(_differences(example.expected, decision, posted))
    payment_type = decision.payment_type
    return Tried(
        name=example.name,
        differences=differences,
        hold=decision.hold if differences else None,
        rules=frozenset(each.posting.rule for each in posted),
        payment_type=payment_type.name if payment_type else None,
    )


def _decided(example: Example, settings: PostingSettings, chart: Chart) -> Decision:
    """Decide about an example's order as a run does about one that is due."""
    closed_until = settings.closed_until
    open_day = DAY if closed_until is None else max(DAY, first_open_day(closed_until))
    facts = Facts(
        day=example.day or open_day,
        chart=chart,
        products=_products(example),
        vat_number_confirmed=example.vat_number_confirmed,
        distance_sales=DistanceSales(),
    )
    try:
        return decide(_checked(order_of(example), settings), facts, settings)
    except HeldError as error:
        return held_by(error)


def _checked(order: Order, settings: PostingSettings) -> Order:
    """Hold an order whose amounts the shop's reader holds; raises HeldError."""
    limit = settings.rounding.limit if settings.rounding else Decimal(0)
    return added_up(order, limit)


def _differences(
    expected: Expected, decision: Decision, posted: tuple[PostedCharge, ...]
) -> Iterator[Difference]:
    if decision.plan is None or decision.hold or expected.held or expected.skipped:
        yield from _unlike_fates(expected, decision)
    else:
        yield from _unlike_postings(expected, decision.plan, posted)


def _unlike_fates(expected: Expected, decision: Decision) -> Iterator[Difference]:
    """Compare where an order is to be held or skipped, or is."""
    wanted = _fate(expected.held, expected.skipped)
    found = _fate(
        decision.hold.reason if decision.hold else None,
        decision.never.reason if decision.never else None,
    )
    if wanted == found:
        return
    what = found[0] or wanted[0]
    same_kind = wanted[0] in {what, ""}
    yield Difference(
        what=what,
        expected=wanted[1] if same_kind else f"{wanted[0]}: {wanted[1]}",
        found=found[1],
    )


def _fate(held: str | None, skipped: str | None) -> tuple[str, str]:
    """Return what becomes of an order that makes no invoice, and the reason."""
    if held:
        return "held", str(held)
    return ("skipped", str(skipped)) if skipped else ("", "booked")


def _unlike_postings(
    expected: Expected, plan: Plan, posted: tuple[PostedCharge, ...]
) -> Iterator[Difference]:
    lines = tuple(line.account for line in plan.invoice.lines)
    if expected.lines:
        yield from _unlike("lines", _listed(expected.lines), _listed(lines))
    for kind, accounts in dict(expected.kinds or {}).items():
        found = sorted({each.posting.account for each in posted if each.charge.kind == kind})
        if accounts:
            yield from _unlike(f"kinds.{kind}", _listed(sorted({*accounts})), _listed(found))
    if expected.totals:
        totals = {int(number): each for number, each in expected.totals.items()}
        yield from _unlike_totals(totals, _totals(plan))
    if expected.payment_type is not None:
        yield from _unlike("payment_type", expected.payment_type, plan.payment_type or "none")
    if expected.deposit_account is not None:
        account = str(plan.payment.deposit_account) if plan.payment else "none"
        yield from _unlike("deposit_account", str(expected.deposit_account), account)
    if expected.margin is not None:
        margin = sum((item.amount for item in plan.ledger_items), Decimal(0))
        yield from _unlike("margin", f"{expected.margin:.2f}", f"{margin:.2f}")


def _listed(accounts: tuple[int, ...] | list[int]) -> str:
    return ", ".join(map(str, accounts)) or "none"


def _unlike(what: str, expected: str, found: str) -> Iterator[Difference]:
    if expected != found:
        yield Difference(what=what, expected=expected, found=found)


def _totals(plan: Plan) -> dict[int, Decimal]:
    totals: dict[int, Decimal] = {}
    for line in plan.invoice.lines:
        totals[line.account] = totals.get(line.account, Decimal(0)) + line.amount
    return totals


def _unlike_totals(
    expected: Mapping[int, Decimal], found: Mapping[int, Decimal]
) -> Iterator[Difference]:
    for account in sorted({*expected, *found}):
        wanted, has = (
            f"{each[account]:.2f}" if account in each else "nothing" for each in (expected, found)
        )
        yield from _unlike(f"totals.{account}", wanted, has)


def order_of(example: Example) -> Order:
    """Write an example as an order; what it doesn't say is as in the plainest one."""
    goods_lines = tuple(_line(line, _product_id(line, at)) for at, line in enumerate(example.lines))
    lines = (*goods_lines, *_beside(example, goods_lines))
    voucher = example.voucher.amount if example.voucher else Decimal(0)
    goods = sum((line.amount for line in lines), Decimal(0))
    address = Address(
        name="Kunde",
        company=COMPANY if example.vat_number or example.ean else "",
        street="",
        zip_code=example.zip_code or "",
        city="",
        country=example.country,
    )
    moment = datetime.combine(example.day, time(12), UTC) if example.day else MOMENT
    return Order(
        order_id=ORDER_ID,
        number=str(ORDER_ID),
        status=OrderStatus.SHIPPED,
        created=moment,
        changed=moment,
        paid=True,
        paid_at=moment,
        shipped_at=moment,
        currency=example.currency,
        billing=address,
        delivery=address,
        email="",
        vat_number=example.vat_number or "",
        ean=example.ean or "",
        lines=lines,
        shipping_price=example.freight,
        shipping_name=example.freight_name or "",
        shipping_id=example.freight_id,
        voucher_code=example.voucher.code if example.voucher else "",
        voucher_amount=voucher,
        total=goods + example.freight - voucher + example.rounding,
        vat=example.vat,
        gateway=Gateway(
            gateway_id=example.gateway_id,
            code=example.gateway or "",
            name=example.gateway_name or "",
        ),
        rounding=example.rounding,
    )


def _beside(example: Example, lines: tuple[OrderLine, ...]) -> Iterator[OrderLine]:
    for field, amount in (("payment_fee", example.payment_fee), ("tip", example.tip)):
        if amount:
            yield line_beside(field, amount, lines)


def _line(line: ExampleLine, product_id: int) -> OrderLine:
    return OrderLine(
        product_id=product_id,
        sku=line.sku or "",
        name=line.name,
        variant=(),
        quantity=Decimal(line.quantity),
        unit_price=line.price,
        vat_rate=line.vat_rate,
    )


def _product_id(line: ExampleLine, at: int) -> int:
    return line.product_id if line.product_id is not None else FIRST_PRODUCT_ID + at


def _products(example: Example) -> dict[int, Product]:
    """Return the catalogue as the example tells it."""
    ids = {_product_id(line, at): line for at, line in enumerate(example.lines)}
    return {
        product_id: Product(
            product_id=product_id,
            categories=line.category,
            profile=line.profile,
            labels=line.label,
            purchase_price=line.purchase_price,
        )
        for product_id, line in ids.items()
    }


def chart_of(written: ExampleChart) -> Chart:
    """Return the chart that a file of examples brings itself."""
    return Chart(
        entry={
            each.number: Account(
                number=each.number, name=each.name or "", vat_code=each.vat_code, hidden=False
            )
            for each in written.accounts
        },
        deposit={
            number: Account(number=number, name="", vat_code=None, hidden=False)
            for number in written.deposit_accounts
        },
        vat_rates=written.vat_rates,
    )


def never_hit(tried: list[Tried], settings: PostingSettings) -> tuple[list[str], list[str]]:
    """Return the rules, and the payment types, that no example hit."""
    rules = {name for each in tried for name in each.rules}
    payment_types = {each.payment_type for each in tried}
    return (
        [rule.name for rule in settings.rules if rule.name not in rules],
        [each.name for each in settings.payment_types if each.name not in payment_types],
    )
