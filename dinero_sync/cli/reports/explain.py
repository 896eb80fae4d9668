"""Why an order is booked as it is, for a shop owner or a bookkeeper."""

from collections.abc import Iterator, Mapping

from dinero_sync.cli.reports.order import advice, indented
from dinero_sync.cli.reports.tables import amount, trimmed
from dinero_sync.cli.reports.totals import total_lines
from dinero_sync.cli.terminal import wrapped
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import DANISH_VAT, Account
from dinero_sync.domain.documents import LedgerItem
from dinero_sync.domain.hold import Hold
from dinero_sync.domain.money import KRONER, round_to_ore, vat_inside
from dinero_sync.domain.order import Order
from dinero_sync.domain.step import Language
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.posting.abroad.handed_over import zone_of_goods
from dinero_sync.posting.conditions import condition_text
from dinero_sync.posting.contact import counted_as
from dinero_sync.posting.days.received import comes_at_once
from dinero_sync.posting.insight.explain import (
    ExplainedLine,
    buyer_reason,
    contact_key_kind,
    zone_reason,
)
from dinero_sync.posting.settings import LineKind, MarginMethod
from dinero_sync.sync.insight.explaining import Explanation
from dinero_sync.sync.intake.remembered import NeverRead
from dinero_sync.texts import telling
from dinero_sync.texts.screens.saying import tell

NOT_BOOKED = (Standing.HELD, Standing.IN_DOUBT, Standing.SKIPPED, Standing.OPEN)


def as_text(found: Explanation, language: Language) -> str:
    """Write the explanation as sentences, in ``language``."""
    return "\n".join(_text(found, language))


def _text(found: Explanation, language: Language) -> Iterator[str]:
    record = found.record
    total = amount(record.total, record.currency, language) or tell("amounts.not_read", language)
    yield tell(
        "order.explain.order", language, number=record.number, order_id=record.order_id, total=total
    )
    yield from _standing(found, language)
    yield ""
    if found.order is not None:
        yield from _facts(found, found.order, language)
    if found.plan is None:
        return
    yield from _section(
        "contact",
        tell(f"order.explain.contact_key.{contact_key_kind(found.plan.contact)}", language),
        language,
    )
    currency = found.plan.invoice.currency
    yield ""
    yield tell("order.explain.heading.lines", language)
    for number, line in enumerate(found.lines, start=1):
        yield from _line(number, line, found, language)
    if found.plan.ledger_items:
        yield ""
        yield tell("order.explain.heading.ledger", language)
        for item in found.plan.ledger_items:
            yield from wrapped(_ledger_item(item, found, language), 2)
    yield ""
    yield tell("order.explain.heading.sums", language)
    yield from total_lines(found.totals, language)
    if found.plan.distance_sale is not None:
        counted = amount(found.plan.distance_sale, currency, language)
        yield ""
        yield from wrapped(tell("order.explain.distance_sale", language, amount=counted), 0)


def _standing(found: Explanation, language: Language) -> Iterator[str]:
    """Say whether the order is booked, and if not, why."""
    record = found.record
    if record.rung.reached(Rung.BOOKED):
        yield tell(
            "order.explain.booked", language, invoice=record.invoice_number, day=record.invoice_day
        )
    elif record.rung.reached(Rung.DRAFTED):
        yield tell("order.explain.drafted", language, day=record.invoice_day)
    elif found.plan is not None and record.standing in {Standing.WORKING, Standing.OPEN}:
        yield from wrapped(tell("order.explain.would_be_booked", language), 0)
    if record.standing in NOT_BOOKED and record.reason:
        yield tell(f"order.explain.standing.{record.standing}", language, reason=record.reason)
        yield from _reason(found, language)
    if found.order is None and record.raw == "{}":
        yield from wrapped(tell("order.explain.removed", language), 0)
    elif found.order is None:
        yield tell("order.explain.unreadable", language)
    if found.rules_changed and found.hold is None:
        yield from wrapped(tell("order.explain.rules_changed", language), 0)
    if found.hold is not None and found.hold.reason != record.reason:
        yield from _not_now(found.hold, language)
    if found.never_read is not None and record.standing is not Standing.SKIPPED:
        yield from wrapped(_never_read(found.never_read, language), 0)


def _never_read(what: NeverRead, language: Language) -> str:
    if what.vat_number:
        return tell("order.explain.vat_number_never_read", language)
    return tell(
        "order.explain.products_never_read", language, products=", ".join(map(str, what.products))
    )


def _reason(found: Explanation, language: Language) -> Iterator[str]:
    record = found.record
    if sentence := telling.reason(record.reason or "", language):
        yield from indented(sentence)
        if record.current.text:
            yield from wrapped(tell("order.explain.to_do", language), 0)
    yield from advice(record, language)


def _not_now(hold: Hold, language: Language) -> Iterator[str]:
    text = telling.message(hold, language)
    yield from wrapped(tell("order.explain.not_now", language, reason=hold.reason, text=text), 0)


def _facts(found: Explanation, order: Order, language: Language) -> Iterator[str]:
    confirmed = found.vat_number_confirmed
    trigger = tell(f"order.explain.trigger.{found.trigger}", language)
    when = f"{trigger} {_said_by(found, language)}."
    if found.record.invoice_day:
        when += " " + tell("order.explain.day", language, day=found.record.invoice_day)
    yield from _section("when", when, language)
    country = order.delivery.country
    zone = zone_of_goods(order, found.settings)
    where = tell(
        f"order.explain.zone_reason.{zone_reason(order, found.settings)}",
        language,
        country=country,
        freight=order.shipping_name or str(order.shipping_id),
    )
    named = tell(f"order.explain.zone.{zone}", language)
    yield from _section("where", f"{named} (zone: {zone}): {where}.", language)
    buyer = counted_as(order, found.settings, confirmed=confirmed)
    reason = buyer_reason(order, found.settings, confirmed=confirmed)
    why = tell(f"order.explain.buyer_reason.{reason}", language)
    named = tell(f"order.explain.buyer.{buyer}", language)
    yield from _section("who", f"{named} (buyer: {buyer}): {why}.", language)
    yield from _section("payment", _payments(found, language), language)


def _said_by(found: Explanation, language: Language) -> str:
    """Name what of the configuration makes the order due by that event."""
    payment_type = found.payment_type
    if payment_type is None:
        return tell("order.explain.by_setting", language)
    if comes_at_once(payment_type):
        return tell("order.explain.by_received", language, name=payment_type.name)
    if payment_type.trigger:
        return tell("order.explain.by_payment_type", language, name=payment_type.name)
    return tell("order.explain.by_setting", language)


def _payment_day(found: Explanation, language: Language) -> str:
    """Tell the day of the payment where it isn't both the invoice's and the day it was paid."""
    day, invoice_day = found.record.payment_day, found.record.invoice_day
    paid_at = found.order.paid_at if found.order else None
    if day is None or invoice_day is None or paid_at is None:
        return ""
    if day < invoice_day:
        return tell("order.explain.paid_early", language, day=day)
    paid = accounting_date(paid_at)
    return (
        tell("order.explain.dated_as_invoice", language, paid=paid, day=day)
        if paid < day == invoice_day
        else ""
    )


def _payments(found: Explanation, language: Language) -> str:
    """Tell how the order is paid: by money, and by a gift card."""
    use = found.plan.gift_card if found.plan else None
    by_money = "" if use and found.payment_type is None else _payment(found, language)
    if use is None:
        return by_money
    by_card = tell(
        "order.explain.gift_card_payment",
        language,
        amount=amount(use.item.amount, KRONER, language),
        account=_named(use.payment.deposit_account, found.chart.deposit),
        debt=_named(use.item.account, found.chart.entry),
    )
    return f"{by_money} {by_card}".strip()


def _named(number: int, known: Mapping[int, Account]) -> str:
    return f"{number} {known[number].name}" if number in known else str(number)


def _payment(found: Explanation, language: Language) -> str:
    if not found.settings.payment_types:
        return tell("order.explain.no_payment_types", language)
    if found.payment_type is None:
        return tell("order.explain.payment_not_taken", language)
    when = f"when: {condition_text(found.payment_type.when)}"
    taken = tell("order.explain.payment_taken", language, name=found.payment_type.name, when=when)
    if found.record.standing is Standing.SKIPPED:
        return taken
    payment = found.plan.payment if found.plan else None
    if found.record.total == 0:
        return taken
    account = payment.deposit_account if payment else found.payment_type.deposit_account
    if account is None:
        return f"{taken} {tell('order.explain.no_payment', language)}"
    named = _named(account, found.chart.deposit)
    foreign = payment.foreign_amount if payment else None
    paid = tell(
        "order.explain.foreign_payment",
        language,
        amount=amount(foreign, found.record.currency, language),
    )
    registered = tell(
        "order.explain.payment_registered",
        language,
        amount=paid if foreign is not None else "",
        account=named,
    )
    return f"{taken} {registered}{_payment_day(found, language)}"


def _line(
    number: int, explained: ExplainedLine, found: Explanation, language: Language
) -> Iterator[str]:
    line = explained.line
    pieces = f"{trimmed(line.quantity, language)} × " if line.quantity != 1 else ""
    yield from wrapped(f"{number}. {pieces}{line.description}", 2)
    yield from wrapped(
        _price(explained, found, language) + _foreign_vat(explained, found, language), 5
    )
    yield from wrapped(_account(explained, language), 5)
    for remark in _remarks(explained, found, language):
        yield from wrapped(remark, 5)


def _price(explained: ExplainedLine, found: Explanation, language: Language) -> str:
    """Tell what the customer pays, other countries' VAT included, or what the line has."""
    currency = found.record.currency
    if explained.normal is None:
        has = amount(explained.line.amount, currency, language)
        told = tell("order.explain.amount", language, amount=has)
        comments = explained.line.comments
        return (
            f"{told} {tell('order.explain.comments', language, text=comments)}"
            if comments
            else told
        )
    if not explained.voucher_share:
        price = amount(explained.normal, currency, language)
        return tell("order.explain.price", language, amount=price)
    return tell(
        "order.explain.voucher",
        language,
        normal=amount(explained.normal, None, language),
        share=amount(explained.voucher_share, None, language),
        code=found.order.voucher_code if found.order else "",
        amount=amount(explained.normal - explained.voucher_share, currency, language),
    )


def _foreign_vat(explained: ExplainedLine, found: Explanation, language: Language) -> str:
    """Tell what of the price stands on another line; empty where all of it stands here."""
    if not explained.foreign_vat:
        return ""
    text = tell(
        "order.explain.foreign_vat",
        language,
        net=amount(explained.line.amount, found.record.currency, language),
        vat=amount(explained.foreign_vat, None, language),
        account=explained.foreign_vat_account,
    )
    return f" {text}"


def _account(explained: ExplainedLine, language: Language) -> str:
    line = explained.line
    code = explained.vat_code or tell("order.explain.without_code", language)
    shown = f"{line.account} {explained.account_name}".strip()
    account = tell(
        "order.explain.account",
        language,
        account=f"{shown} ({code})",
        rate=trimmed(line.vat_rate, language),
    )
    return f"{account}, {_chosen_by(explained, language)}."


def _chosen_by(explained: ExplainedLine, language: Language) -> str:
    name = explained.line.rule
    if explained.rule is not None:
        when = f"when: {condition_text(explained.rule.when)}"
        return tell("order.explain.rule", language, name=name, when=when)
    if name in {"sales_account", "shipping_account", "gift_cards", "rounding"}:
        return tell("order.explain.setting", language, name=f"posting.{name}")
    return tell("order.explain.gone_rule", language, name=name)


def _remarks(explained: ExplainedLine, found: Explanation, language: Language) -> Iterator[str]:
    """Say what is special about a line."""
    if explained.margin_scheme is not None:
        scheme = tell(f"order.explain.margin_scheme.{explained.margin_scheme}", language)
        yield f"{scheme}: {_margin(explained, found, language)}."
    cards = found.settings.gift_cards
    if explained.kind is LineKind.GIFT_CARD and cards is not None:
        kind = cards.kind_sold_on(explained.line.account)
        yield tell("order.explain.gift_card_sold", language, kind=kind)
    if explained.kind is None and explained.line.rule == "gift_cards":
        yield tell("order.explain.gift_card", language)
    if explained.line.rule == "rounding":
        yield tell("order.explain.rounding", language)
    charged = explained.charged_rate
    if charged is not None and charged != explained.line.vat_rate:
        yield tell("order.explain.shop_rate", language, rate=trimmed(charged, language))


def _margin(explained: ExplainedLine, found: Explanation, language: Language) -> str:
    if found.settings.margin and found.settings.margin.method is MarginMethod.COLLECTIVE:
        return tell("order.explain.collective", language)
    if explained.purchase_price is None:
        return tell("order.explain.no_purchase_price", language)
    purchase = amount(explained.purchase_price, None, language)
    margin = explained.line.amount - explained.purchase_price
    if margin <= 0:
        return tell("order.explain.loss", language, purchase=purchase)
    vat = round_to_ore(vat_inside(margin, DANISH_VAT))
    return tell(
        "order.explain.margin",
        language,
        purchase=purchase,
        margin=amount(margin, None, language),
        vat=amount(vat, None, language),
    )


def _ledger_item(item: LedgerItem, found: Explanation, language: Language) -> str:
    def side(account: int, code: str | None) -> str:
        known = found.chart.entry.get(account)
        named = f"{account} {known.name}" if known else str(account)
        return f"{named} ({code or tell('order.explain.without_code', language)})"

    return tell(
        "order.explain.ledger_item",
        language,
        amount=amount(item.amount, "DKK", language),
        debit=side(item.account, item.vat_code),
        credit=side(item.balancing_account, item.balancing_vat_code),
        description=item.description,
    )


def _section(name: str, text: str, language: Language) -> Iterator[str]:
    heading = tell(f"order.explain.heading.{name}", language)
    yield from wrapped(text, 10, f"{heading:<10}")
