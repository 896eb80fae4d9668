"""How sales are recorded, checked and kept, told from the configuration as it is."""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dinero_sync import __version__
from dinero_sync.cli.reports.proof.pages import cell
from dinero_sync.cli.reports.tables import trimmed
from dinero_sync.config.choices import Returns
from dinero_sync.config.inboxes.bills import BillRule
from dinero_sync.config.model import Config
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.order import OrderStatus
from dinero_sync.domain.step import Fact, Language
from dinero_sync.posting.bills.settings import NO_VAT
from dinero_sync.posting.conditions import condition_text
from dinero_sync.posting.days.received import agreed_trigger
from dinero_sync.posting.settings import (
    GiftCards,
    MarginMethod,
    PaymentType,
    PostingSettings,
    Received,
    Trigger,
)
from dinero_sync.texts.screens.saying import tell

SECTIONS = ("who", "sales", "payments", "bills", "checks", "kept")
KEPT = re.compile(r"<!-- dinero-sync ([A-Za-z0-9+/=]+) -->")
"""Stands at the end of each description: what it says, for the next one to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the description is made from."""

    config: Config
    settings: PostingSettings
    chart: Chart
    """Without accounts where Dinero was never read."""
    folder: Path


class _Words:
    """Says statements in one language, about one company."""

    def __init__(self, source: Source, language: Language) -> None:
        self.source = source
        self.language = language

    def __call__(self, code: str, **facts: Fact) -> str:
        """Say one thing."""
        return tell(f"proof.procedures.{code}", self.language, **facts)

    def account(self, number: int | None) -> str:
        """Name an account as the chart does."""
        chart = self.source.chart
        known = chart.entry.get(number or 0) or chart.deposit.get(number or 0)
        return f"{number} ({cell(known.name)})" if known else str(number or "-")


def statements(source: Source, language: Language) -> dict[str, list[str]]:
    """Return what is said in each section."""
    words = _Words(source, language)
    parts = (_who, _sales, _payments, _bills, _checks, _kept)
    return {name: list(each(source, words)) for name, each in zip(SECTIONS, parts, strict=True)}


def as_markdown(source: Source, language: Language, today: date, earlier: str | None) -> str:
    """Write the description; ``earlier`` is the text of the last one, if it is there."""
    return "\n".join(_page(source, language, today, earlier)) + "\n"


def as_html(markdown: str, language: Language) -> str:
    """Write the same as a page that needs nothing from elsewhere."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where a page is made

    title = markdown.split("\n", 1)[0].removeprefix("# ")
    mark = KEPT.search(markdown)
    body = MarkdownIt("commonmark", {"html": False}).render(KEPT.sub("", markdown))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>body{{font:1rem/1.5 sans-serif;max-width:46rem;"
        f"margin:2rem auto;padding:0 1rem;color:#111;background:#fff}}li{{margin:.3rem 0}}"
        f"</style>\n</head>\n<body>\n{body}</body>\n</html>\n{mark[0] if mark else ''}\n"
    )


def _page(source: Source, language: Language, today: date, earlier: str | None) -> Iterator[str]:
    words, told = _Words(source, language), statements(source, language)
    yield f"# {words('title')}"
    yield ""
    yield words("law", day=today, version=__version__)
    yield ""
    yield words("yours")
    for name, each in told.items():
        yield from _section(words(name), each)
    yield from _changes(told, words, earlier)
    yield ""
    yield _mark(told, language, today)


def _section(title: str, each: list[str]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield from (f"- {statement}" for statement in each)


def _changes(told: Mapping[str, list[str]], words: _Words, earlier: str | None) -> Iterator[str]:
    before = _kept_in(earlier)
    if before is None or before["language"] != words.language:
        yield ""
        yield words("no_earlier")
        return
    then: list[str] = before["statements"]
    now = [statement for each in told.values() for statement in each]
    rows = [words("gone", statement=each) for each in then if each not in now]
    rows += [words("new", statement=each) for each in now if each not in then]
    title = words("changes", day=date.fromisoformat(before["day"]))
    yield from _section(title, rows or [words("unchanged")])


def _mark(told: Mapping[str, list[str]], language: Language, today: date) -> str:
    said = [statement for each in told.values() for statement in each]
    data = {"day": str(today), "language": language, "statements": said}
    return f"<!-- dinero-sync {base64.b64encode(json.dumps(data).encode()).decode()} -->"


def _kept_in(earlier: str | None) -> Mapping[str, Any] | None:
    """Return what an earlier description said; None where it says nothing that can be read."""
    mark = KEPT.search(earlier or "")
    with suppress(ValueError):
        return dict(json.loads(base64.b64decode(mark[1]))) if mark else None
    return None


def _who(source: Source, words: _Words) -> Iterator[str]:
    config = source.config
    yield words("shop", shop=cell(config.shoporama.base_url))
    yield words(
        "organization",
        organization=source.settings.organization_id,
        vat_number=config.dinero.vat_number or "-",
    )
    yield words("program")
    yield words(f"booking.{config.sync.booking}")
    parts = {"bills": config.bills, "payouts": config.payouts, "credits": config.credits}
    for name, part in parts.items():
        own = part.booking if part else None
        if own is not None and own is not config.sync.booking:
            yield words(f"booking.{name}.{own}")
    yield words("held")
    yield words("responsible")


def _sales(source: Source, words: _Words) -> Iterator[str]:
    settings, config = source.settings, source.config
    yield words(f"trigger.{settings.trigger}")
    for meaning in OrderStatus:
        called = sorted(word for word, of in config.shoporama.statuses.items() if of is meaning)
        if called:
            yield words(f"statuses.{meaning}", statuses=cell(", ".join(called)))
    yield words("start", day=settings.start_date)
    if config.dinero.closed_until:
        yield words("closed", day=config.dinero.closed_until)
    yield words("invoice")
    yield words("currency", currency=config.shoporama.currency)
    yield words(f"contacts.{config.contacts.consumers}")
    if config.contacts.update:
        yield words("contacts.update")
    sales, shipping = settings.sales_account, settings.shipping_account
    yield words("accounts", sales=words.account(sales), shipping=words.account(shipping))
    yield from _rules(settings, words)
    yield from _special_goods(settings, words)
    yield from _abroad(source, words)
    yield from _sending(settings, words)


def _special_goods(settings: PostingSettings, words: _Words) -> Iterator[str]:
    """Tell of goods, fees and cards that are posted in a way of their own, and of rounding."""
    if settings.fees is not None:
        yield words("kinds.fee", when=condition_text(settings.fees))
    if settings.margin is not None:
        method = MarginMethod(settings.margin.method)
        yield words(f"margin.{method}", account=words.account(settings.margin.account))
    if settings.gift_cards is not None:
        yield from _gift_cards(settings.gift_cards, words)
    if settings.rounding is not None:
        account = words.account(settings.rounding.account)
        yield words("rounding", limit=settings.rounding.limit, account=account)


def _abroad(source: Source, words: _Words) -> Iterator[str]:
    """Tell how it is found out whose VAT a sale bears that goes abroad, or may seem to."""
    settings, handed_over = source.settings, source.settings.handed_over
    if handed_over is not None and handed_over.in_denmark:
        yield words("handed_over", methods=cell(", ".join(handed_over.in_denmark)))
    if handed_over is not None and handed_over.elsewhere:
        yield words("handed_over.elsewhere", methods=cell(", ".join(handed_over.elsewhere)))
    checked = settings.unconfirmed if settings.check_vat_numbers else "off"
    yield words(f"vat_numbers.{checked}")
    yield words(f"above_threshold.{source.config.posting.above_eu_threshold}")
    for country, rate in sorted(settings.eu_vat_rates):
        yield words("eu_vat_rates", country=country, rate=rate)


def _sending(settings: PostingSettings, words: _Words) -> Iterator[str]:
    if not settings.sending:
        yield words("sending.none")
    for each in settings.sending:
        when = condition_text(each.when)
        yield words(f"sending.{each.by}", name=cell(each.name), when="*" if when == "{}" else when)


def _gift_cards(cards: GiftCards, words: _Words) -> Iterator[str]:
    yield words(f"gift_cards.{cards.kind}", account=words.account(cards.account))
    if cards.sold_as is not None:
        yield words("kinds.gift_card", when=condition_text(cards.sold_as))
    if cards.voucher_codes:
        yield words("gift_cards.codes", codes=", ".join(cards.voucher_codes))
    if cards.redeemed_account is not None:
        yield words("gift_cards.redeemed", account=words.account(cards.redeemed_account))
    if cards.single_purpose is not None:
        account = words.account(cards.single_purpose.account)
        codes = ", ".join(cards.single_purpose.voucher_codes)
        yield words("gift_cards.both", account=account, codes=codes)


def _rules(settings: PostingSettings, words: _Words) -> Iterator[str]:
    for rule in settings.rules:
        name = rule.name
        account = words.account(rule.account)
        when = condition_text(rule.when)
        yield words("rule.all" if when == "{}" else "rule", name=name, when=when, account=account)
        if rule.foreign_vat_account is not None:
            account = words.account(rule.foreign_vat_account)
            yield words("rule.foreign_vat", name=name, account=account)
        if rule.margin_scheme is not None:
            yield words("rule.margin", name=name)
        if rule.reverse_charge:
            yield words("rule.reverse_charge", name=name)


def _payments(source: Source, words: _Words) -> Iterator[str]:
    for each in source.settings.payment_types:
        code = "payment.none" if each.deposit_account is None else "payment"
        account = words.account(each.deposit_account)
        yield words(code, name=each.name, when=condition_text(each.when), account=account)
        yield from _when_invoiced(each, source.settings, words)
        if each.exchange_rate is not None:
            yield words("payment.exchange_rate", name=each.name, rate=each.exchange_rate)
        if each.terms is not None:
            code, days = f"payment.terms.{each.terms.type}", each.terms.days or 0
            yield words(code, name=each.name, count=days)
    yield from _payouts(source, words)
    said = source.config.credits
    yield words(f"returns.{said.returns}")
    if said.returns is Returns.AUTOMATIC and said.automatic_when.status:
        yield words("returns.certain", statuses=cell(", ".join(said.automatic_when.status)))
    yield words(f"refund.{said.refund}")


def _when_invoiced(each: PaymentType, settings: PostingSettings, words: _Words) -> Iterator[str]:
    """Tell when orders of a payment type are invoiced, unless as all, and when their money comes.

    Where being paid makes the invoice, it doesn't matter when that is.
    """
    is_of_money = each.received is not None and agreed_trigger(each, settings) is Trigger.SHIPPED
    is_own = each.trigger is not None and each.trigger is not settings.trigger
    if is_own and not (is_of_money and each.received is Received.AT_ONCE):
        yield words(f"payment.{each.trigger}", name=each.name)
    if is_of_money:
        yield words(f"payment.received.{each.received}", name=each.name)


def _payouts(source: Source, words: _Words) -> Iterator[str]:
    payouts = source.config.payouts
    if payouts.sources:
        yield words("payouts", day=payouts.start_date or source.settings.start_date)
    if payouts.inbox is not None:
        yield words("payouts.inbox", folder=f"`{payouts.inbox}`")
    for payout in payouts.sources:
        yield words(
            "payout",
            name=cell(payout.name),
            clearing=words.account(payout.clearing_account),
            bank=words.account(payout.paid_to),
            fee=words.account(payout.fee_account),
        )
        name = cell(payout.name)
        if payout.fee_vat != NO_VAT:
            yield words("payout.fee_vat", name=name, vat_code=cell(payout.fee_vat))
        if payout.exchange_account is not None:
            account = words.account(payout.exchange_account)
            yield words("payout.exchange", name=name, account=account)


def _bills(source: Source, words: _Words) -> Iterator[str]:
    bills = source.config.bills
    if bills is None:
        yield words("bills.none")
        return
    yield words("bills.from", day=bills.start_date or source.settings.start_date)
    if bills.inbox is not None:
        yield words("bills.inbox", folder=f"`{bills.inbox}`")
    for rule in bills.rules:
        told = (*rule.when.name, *rule.when.vat_number)
        code = "bill" if rule.settled_by is None else "bill.settled"
        when = ", ".join(map(str, told)) or "*"
        yield words(code, name=rule.name, when=when, account=words.account(rule.account))
        if rule.settled_by is None:
            yield words("bill.vat", name=rule.name, codes=cell(_codes(rule)))
        if rule.country is not None:
            yield words("bill.country", name=rule.name, country=rule.country)
        if rule.paid_from is not None:
            yield words("bill.paid", name=rule.name, account=words.account(rule.paid_from))
        elif rule.on_credit:
            yield words("bill.on_credit", name=rule.name)


def _codes(rule: BillRule) -> str:
    """Return the VAT codes of a rule, with the rate that each is for."""
    if rule.vat is None or isinstance(rule.vat, str):
        return rule.vat or ""
    return ", ".join(f"{trimmed(rate)} %: {code}" for rate, code in rule.vat.items())


def _checks(_: Source, words: _Words) -> Iterator[str]:
    for name in ("totals", "journal", "clearing", "period", "evidence"):
        yield words(f"check.{name}")


def _kept(source: Source, words: _Words) -> Iterator[str]:
    yield words("kept.dinero")
    days = source.config.sync.retention_days
    yield words("kept.journal", folder=f"`{source.folder}`", days=days)
