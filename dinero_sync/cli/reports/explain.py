"""Why an order is booked as it is, for a shop owner or a bookkeeper."""

import textwrap
from collections.abc import Iterator, Mapping

from dinero_sync.cli.reports.explain_words import LANGUAGES, Words
from dinero_sync.cli.reports.order import advice, indented
from dinero_sync.cli.reports.tables import amount, trimmed
from dinero_sync.cli.reports.totals import total_lines
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

WIDTH = 98


def as_text(found: Explanation, language: Language) -> str:
    """Write the explanation as sentences, in one of :data:`LANGUAGES`."""
    return "\n".join(_text(found, LANGUAGES[language]))


def _text(found: Explanation, words: Words) -> Iterator[str]:
    record = found.record
    total = amount(record.total, record.currency)
    yield words.order.format(number=record.number, order_id=record.order_id, total=total)
    yield from _standing(found, words)
    yield ""
    if found.order is not None:
        yield from _facts(found, found.order, words)
    if found.plan is None:
        return
    yield from _section("contact", words.contact_keys[contact_key_kind(found.plan.contact)], words)
    currency = found.plan.invoice.currency
    yield ""
    yield words.headings["lines"]
    for number, line in enumerate(found.lines, start=1):
        yield from _line(number, line, found, words)
    if found.plan.ledger_items:
        yield ""
        yield words.headings["ledger"]
        for item in found.plan.ledger_items:
            yield from _wrapped(_ledger_item(item, found, words), 2)
    yield ""
    yield words.headings["sums"]
    yield from total_lines(found.totals, words)
    if found.plan.distance_sale is not None:
        counted = amount(found.plan.distance_sale, currency)
        yield ""
        yield from _wrapped(words.distance_sale.format(amount=counted), 0)


def _standing(found: Explanation, words: Words) -> Iterator[str]:
    """Say whether the order is booked, and if not, why."""
    record = found.record
    if record.rung.reached(Rung.BOOKED):
        yield words.booked.format(invoice=record.invoice_number, day=record.invoice_day)
    elif record.rung.reached(Rung.DRAFTED):
        yield words.drafted.format(day=record.invoice_day)
    elif found.plan is not None and record.standing in {Standing.WORKING, Standing.OPEN}:
        yield words.would_be_booked
    if record.standing in words.standings and record.reason:
        yield words.standings[record.standing].format(reason=record.reason)
        yield from _reason(found, words)
    if found.order is None and record.raw == "{}":
        yield from _wrapped(words.removed, 0)
    elif found.order is None:
        yield words.unreadable
    if found.rules_changed and found.hold is None:
        yield from _wrapped(words.rules_changed, 0)
    if found.hold is not None and found.hold.reason != record.reason:
        yield from _not_now(found.hold, words)
    if found.never_read is not None and record.standing is not Standing.SKIPPED:
        yield from _wrapped(_never_read(found.never_read, words), 0)


def _never_read(what: NeverRead, words: Words) -> str:
    if what.vat_number:
        return words.vat_number_never_read
    return words.products_never_read.format(products=", ".join(map(str, what.products)))


def _reason(found: Explanation, words: Words) -> Iterator[str]:
    record = found.record
    if sentence := telling.reason(record.reason or "", words.language):
        yield from indented(sentence)
        if record.current.text:
            yield from _wrapped(words.to_do, 0)
    yield from advice(record, words.language)


def _not_now(hold: Hold, words: Words) -> Iterator[str]:
    text = telling.message(hold, words.language)
    yield from _wrapped(words.not_now.format(reason=hold.reason, text=text), 0)


def _facts(found: Explanation, order: Order, words: Words) -> Iterator[str]:
    confirmed = found.vat_number_confirmed
    when = f"{words.triggers[found.trigger]} {_said_by(found, words)}."
    if found.record.invoice_day:
        when += " " + words.day.format(day=found.record.invoice_day)
    yield from _section("when", when, words)
    country = order.delivery.country
    zone = zone_of_goods(order, found.settings)
    where = words.zone_reasons[zone_reason(order, found.settings)].format(
        country=country, freight=order.shipping_name or order.shipping_id
    )
    yield from _section("where", f"{words.zones[zone]} (zone: {zone}): {where}.", words)
    buyer = counted_as(order, found.settings, confirmed=confirmed)
    why = words.buyer_reasons[buyer_reason(order, found.settings, confirmed=confirmed)]
    yield from _section("who", f"{words.buyers[buyer]} (buyer: {buyer}): {why}.", words)
    yield from _section("payment", _payments(found, words), words)


def _said_by(found: Explanation, words: Words) -> str:
    """Name what of the configuration makes the order due by that event."""
    payment_type = found.payment_type
    if payment_type is None:
        return words.by_setting
    if comes_at_once(payment_type):
        return words.by_received.format(name=payment_type.name)
    said = words.by_payment_type if payment_type.trigger else words.by_setting
    return said.format(name=payment_type.name)


def _payment_day(found: Explanation, words: Words) -> str:
    """Tell the day of the payment where it isn't both the invoice's and the day it was paid."""
    day, invoice_day = found.record.payment_day, found.record.invoice_day
    paid_at = found.order.paid_at if found.order else None
    if day is None or invoice_day is None or paid_at is None:
        return ""
    if day < invoice_day:
        return words.paid_early.format(day=day)
    paid = accounting_date(paid_at)
    return words.dated_as_invoice.format(paid=paid, day=day) if paid < day == invoice_day else ""


def _payments(found: Explanation, words: Words) -> str:
    """Tell how the order is paid: by money, and by a gift card."""
    use = found.plan.gift_card if found.plan else None
    by_money = "" if use and found.payment_type is None else _payment(found, words)
    if use is None:
        return by_money
    by_card = words.gift_card_payment.format(
        amount=amount(use.item.amount, KRONER),
        account=_named(use.payment.deposit_account, found.chart.deposit),
        debt=_named(use.item.account, found.chart.entry),
    )
    return f"{by_money} {by_card}".strip()


def _named(number: int, known: Mapping[int, Account]) -> str:
    return f"{number} {known[number].name}" if number in known else str(number)


def _payment(found: Explanation, words: Words) -> str:
    if not found.settings.payment_types:
        return words.no_payment_types
    if found.payment_type is None:
        return words.payment_not_taken
    when = f"when: {condition_text(found.payment_type.when)}"
    taken = words.payment_taken.format(name=found.payment_type.name, when=when)
    if found.record.standing is Standing.SKIPPED:
        return taken
    payment = found.plan.payment if found.plan else None
    if found.record.total == 0:
        return taken
    account = payment.deposit_account if payment else found.payment_type.deposit_account
    if account is None:
        return f"{taken} {words.no_payment}"
    named = _named(account, found.chart.deposit)
    foreign = payment.foreign_amount if payment else None
    paid = words.foreign_payment.format(amount=amount(foreign, found.record.currency))
    registered = words.payment_registered.format(
        amount=paid if foreign is not None else "", account=named
    )
    return f"{taken} {registered}{_payment_day(found, words)}"


def _line(number: int, explained: ExplainedLine, found: Explanation, words: Words) -> Iterator[str]:
    line = explained.line
    pieces = f"{trimmed(line.quantity)} × " if line.quantity != 1 else ""
    yield from _wrapped(f"{number}. {pieces}{line.description}", 2)
    yield from _wrapped(_price(explained, found, words) + _foreign_vat(explained, found, words), 5)
    yield from _wrapped(_account(explained, words), 5)
    for remark in _remarks(explained, found, words):
        yield from _wrapped(remark, 5)


def _price(explained: ExplainedLine, found: Explanation, words: Words) -> str:
    """Tell what the customer pays, other countries' VAT included, or what the line has."""
    currency = found.record.currency
    if explained.normal is None:
        has = words.amount.format(amount=amount(explained.line.amount, currency))
        comments = explained.line.comments
        return f"{has}. {words.comments.format(text=comments)}" if comments else f"{has}."
    if not explained.voucher_share:
        return words.price.format(amount=amount(explained.normal, currency)) + "."
    after = amount(explained.normal - explained.voucher_share, currency)
    return (
        words.voucher.format(
            normal=amount(explained.normal, None),
            share=amount(explained.voucher_share, None),
            code=found.order.voucher_code if found.order else "",
            amount=after,
        )
        + "."
    )


def _foreign_vat(explained: ExplainedLine, found: Explanation, words: Words) -> str:
    """Tell what of the price stands on another line; empty where all of it stands here."""
    if not explained.foreign_vat:
        return ""
    text = words.foreign_vat.format(
        net=amount(explained.line.amount, found.record.currency),
        vat=amount(explained.foreign_vat, None),
        account=explained.foreign_vat_account,
    )
    return f" {text}"


def _account(explained: ExplainedLine, words: Words) -> str:
    line = explained.line
    code = explained.vat_code or words.without_code
    shown = f"{line.account} {explained.account_name}".strip()
    account = words.account.format(account=f"{shown} ({code})", rate=trimmed(line.vat_rate))
    return f"{account}, {_chosen_by(explained, words)}."


def _chosen_by(explained: ExplainedLine, words: Words) -> str:
    name = explained.line.rule
    if explained.rule is not None:
        when = f"when: {condition_text(explained.rule.when)}"
        return words.rule.format(name=name, when=when)
    if name in {"sales_account", "shipping_account", "gift_cards", "rounding"}:
        return words.setting.format(name=f"posting.{name}")
    return words.gone_rule.format(name=name)


def _remarks(explained: ExplainedLine, found: Explanation, words: Words) -> Iterator[str]:
    """Say what is special about a line."""
    if explained.margin_scheme is not None:
        scheme = words.margin_schemes[explained.margin_scheme]
        yield f"{scheme}: {_margin(explained, found, words)}."
    cards = found.settings.gift_cards
    if explained.kind is LineKind.GIFT_CARD and cards is not None:
        yield words.gift_card_sold.format(kind=cards.kind)
    if explained.kind is None and explained.line.rule == "gift_cards":
        yield words.gift_card
    if explained.line.rule == "rounding":
        yield words.rounding
    charged = explained.charged_rate
    if charged is not None and charged != explained.line.vat_rate:
        yield words.shop_rate.format(rate=trimmed(charged))


def _margin(explained: ExplainedLine, found: Explanation, words: Words) -> str:
    if found.settings.margin and found.settings.margin.method is MarginMethod.COLLECTIVE:
        return words.collective
    if explained.purchase_price is None:
        return words.no_purchase_price
    purchase = amount(explained.purchase_price, None)
    margin = explained.line.amount - explained.purchase_price
    if margin <= 0:
        return words.loss.format(purchase=purchase)
    vat = round_to_ore(vat_inside(margin, DANISH_VAT))
    return words.margin.format(
        purchase=purchase, margin=amount(margin, None), vat=amount(vat, None)
    )


def _ledger_item(item: LedgerItem, found: Explanation, words: Words) -> str:
    def side(account: int, code: str | None) -> str:
        known = found.chart.entry.get(account)
        named = f"{account} {known.name}" if known else str(account)
        return f"{named} ({code or words.without_code})"

    return words.ledger_item.format(
        amount=amount(item.amount, "DKK"),
        debit=side(item.account, item.vat_code),
        credit=side(item.balancing_account, item.balancing_vat_code),
        description=item.description,
    )


def _section(name: str, text: str, words: Words) -> Iterator[str]:
    heading = words.headings[name]
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=f"{heading:<10}", subsequent_indent=" " * 10
    )


def _wrapped(text: str, indent: int) -> Iterator[str]:
    for each in text.split("\n"):
        margin = " " * indent
        yield from textwrap.wrap(each, WIDTH, initial_indent=margin, subsequent_indent=margin)
