"""How orders are paid: the payment type that takes them, the payment, and the provider's account.

All commands get the deposit account (indbetalingskonto) that they suggest for a way to pay from
here. Where no account is called after the way, none is suggested: on another's
account, what its provider still owes could never be told.
"""

import json
import re
from collections.abc import Collection, Iterator
from itertools import chain, count

from dinero_sync.domain.chart import NO_CHART, Account, Chart
from dinero_sync.domain.documents import Payment, PaymentTerms, PaymentTermsType
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.identity import payment_reference
from dinero_sync.domain.money import KRONER, round_to_ore
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.step import Pasted, Yaml, sentence
from dinero_sync.domain.unread import Unread, UnreadError
from dinero_sync.posting.conditions import any_glob, any_of, yaml_glob
from dinero_sync.posting.settings import (
    REDEEMED_ACCOUNT,
    PaymentType,
    PaymentTypeCondition,
    PostingSettings,
)

BANK = 55000
"""The bank (Bank) in Dinero's standard chart."""
PROVIDERS = (
    "adyen", "anyday", "bambora", "billwerk", "clearhaus", "dankort", "epay", "freepay", "klarna",
    "mobilepay", "nets", "onpay", "paypal", "pensopay", "quickpay", "reepay", "scanpay", "stripe",
    "swiftpay", "viabill", "vipps", "worldline", "yourpay",
)  # fmt: skip
"""Who collects money for shops in Denmark and pays it out later, less a fee."""
OWN_ACCOUNTS = {"anyday", "klarna", "mobilepay", "paypal", "stripe", "viabill", "vipps"}
"""Providers that pay out by themselves; the others carry cards to an acquirer (indløser)."""
ALSO_CALLED = {"vipps": "mobilepay"}
CARDS = "kort"
"""Stands for whoever pays out card payments, where no provider is named."""
BEGIN, END = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word, or a part of it before or after _, begins and ends."""
LIKE_OTHER_WORDS = {"nets"}
"""Providers that other words begin with: netsalg."""
CALLED_CARD = re.compile(
    rf"{BEGIN}(visa|master\s?card|maestro|american express|eurocard|(apple|google)\s?pay"
    rf"|(amex|jcb|(credit|debit)?(?<!gift[\W_])cards?){END}"
    rf"|(betalings|bank|debet|debit|firma|hæve|kredit|master)?(?<!fi[\W_])kort"
    rf"((-?(betaling|indløs|terminal)\w*)|{END}))",
    re.IGNORECASE,
)
"""What payments by card are called; not gift cards, nor paying-in slips (FI-kort)."""
CALLED_BANK = re.compile(
    rf"^drift|driftskonto|(erhvervs|firma|forenings|forretnings|løn|nem)konto|kassekredit|bank{END}"
    r"|l[åa]n\s?(&|og)\s?spar|lunar|nordea|nykredit|spar nord|sparekasse",
    re.IGNORECASE,
)
"""What bank accounts are called beside Bank."""
WAITS = re.compile("afregning|clearing|indløs|mellemregning|tilgode", re.IGNORECASE)
"""What deposit accounts are called where money waits for its payout."""
NO_PROVIDERS = ("bank", "gavekort", "kasse", "kontant")
"""What accounts are called where no provider's money waits for its payout."""
GIFT_CARD, CASH, BY_BANK = "gift card", "cash", "bank"
"""Ways to pay that no provider is between."""
OTHER_WAYS = (
    (GIFT_CARD, re.compile(r"gave-?kort|gift ?card|tilgodebevis", re.IGNORECASE)),
    (CASH, re.compile(rf"kontant|{BEGIN}kasse{END}|afhentning|{BEGIN}cash{END}", re.IGNORECASE)),
    (BY_BANK, re.compile(r"bank|overførsel|forudbetaling|netbank|transfer", re.IGNORECASE)),
)
"""What they are called; gift cards are no cards, and stand before these."""


def provider_in(text: str) -> str:
    """Return the provider that a text speaks of, or that it speaks of cards; else empty."""
    named = next((provider for provider in PROVIDERS if _names(text, provider)), "")
    return named or (CARDS if CALLED_CARD.search(text) else "")


def _is_called(name: str, word: str) -> bool:
    """Tell whether an account is called after a provider, or after cards (no gift cards)."""
    if word == CARDS:
        return CARDS in name.lower().replace("gavekort", "")
    return bool(word) and _names(name, word)


def _names(text: str, provider: str) -> bool:
    end = r"(?![^\W\d_])" if provider in LIKE_OTHER_WORDS else ""
    return re.search(BEGIN + provider + end, text, re.IGNORECASE) is not None


def is_bank(number: int, account: Account | None) -> bool:
    """Tell whether a deposit account is a bank account."""
    if account is None:
        return number == BANK
    if account.name.lower().startswith("bank"):
        return True
    waits = WAITS.search(account.name) or provider_in(account.name)
    return not waits and (number == BANK or CALLED_BANK.search(account.name) is not None)


def clearing_account(provider: str, chart: Chart) -> Account | None:
    """Return the visible deposit account that is called after a provider, or its payout's."""
    words = [provider, ALSO_CALLED.get(provider, provider)]
    if provider and provider not in OWN_ACCOUNTS:
        words.append(CARDS)
    for word in words:
        found = next((each for each in _of_providers(chart) if _is_called(each.name, word)), None)
        if found is not None:
            return found
    return None


def way_to_pay(text: str) -> str:
    """Return the way to pay that a text speaks of: a provider's, or one without; else empty."""
    if OTHER_WAYS[0][1].search(text):
        return GIFT_CARD
    others = (way for way, words in OTHER_WAYS[1:] if words.search(text))
    return provider_in(text) or next(others, "")


def deposit_for(name: str, code: str, chart: Chart) -> Account | None:
    """Return the deposit account that fits a gateway, told by its name, else by its code.

    None where the chart has none that is called after its way to pay.
    """
    way = way_to_pay(name) or way_to_pay(code)
    if way == BY_BANK:
        return _bank(chart)
    if way in {GIFT_CARD, CASH}:
        visible = (each for _, each in sorted(chart.deposit.items()) if not each.hidden)
        return next((each for each in visible if way_to_pay(each.name) == way), None)
    return clearing_account(way, chart)


def deposit_for_key(key: str, settings: PostingSettings, chart: Chart) -> Account | None:
    """Return the deposit account that fits what ``key`` names; None where none does."""
    if key == REDEEMED_ACCOUNT:
        return deposit_for(GIFT_CARD, "", chart)
    at = int(key.partition("[")[2].partition("]")[0])
    return deposit_for_type(settings.payment_types[at], chart)


def deposit_for_type(entry: PaymentType, chart: Chart) -> Account | None:
    """Return the deposit account that fits a payment type, by its names and then its codes."""
    names = " ".join((*entry.when.gateway_name, entry.name))
    return deposit_for(names, " ".join(entry.when.gateway), chart)


def deposit_to_paste(name: str, code: str, chart: Chart) -> Pasted:
    """Name, for YAML, the deposit account that fits a gateway; a blank to fill in for none."""
    best = deposit_for(name, code, chart)
    if best is not None:
        return f"{best.number}  # {best.name}"
    if not chart.deposit:
        return sentence("write_where_it_arrives")
    return sentence("create_deposit_account")


def _bank(chart: Chart) -> Account | None:
    """Return the bank account: the organisation's default, else the standard chart's."""
    banks = [
        each for number, each in chart.deposit.items() if not each.hidden and is_bank(number, each)
    ]
    return min(
        banks,
        key=lambda each: (not each.default, each.number != BANK, each.number),
        default=None,
    )


def _of_providers(chart: Chart) -> Iterator[Account]:
    for number, account in sorted(chart.deposit.items()):
        other = is_bank(number, account) or account.name.lower().startswith(NO_PROVIDERS)
        if not account.hidden and not other:
            yield account


def find_payment_type(order: Order, payment_types: tuple[PaymentType, ...]) -> PaymentType | None:
    """Return the first payment type whose condition holds; None when the list is empty.

    None, too, where a voucher paid all of it and the order names no way to pay the rest. Raises
    HeldError with the entry to paste when there is a list and none takes the order, and UnreadError
    where an entry asks what only the shop's unread list of gateways could tell.
    """
    for payment_type in payment_types:
        takes = _takes(payment_type.when, order.gateway)
        if takes is None and order.gateway.unread is not None:
            raise _unread_gateway(order.gateway, order.gateway.unread, payment_type.name)
        if takes:
            return payment_type
    if payment_types and not _needs_no_money(order):
        raise unknown_payment_type(order.gateway, payment_types)
    return None


def _needs_no_money(order: Order) -> bool:
    gateway = order.gateway
    is_named = gateway.gateway_id is not None or gateway.code or gateway.name
    return order.total == 0 and order.voucher_amount > 0 and not is_named


def unknown_payment_type(
    gateway: Gateway, payment_types: tuple[PaymentType, ...], chart: Chart = NO_CHART
) -> HeldError:
    """Say what to add for a gateway that no payment type takes, with an account of ``chart``."""
    name = gateway.name or gateway.code
    entry_name = _unused(name or "no name", [entry.name for entry in payment_types])
    account = deposit_to_paste(gateway.name, gateway.code, chart)
    return HeldError(
        HoldReason.UNKNOWN_PAYMENT_TYPE,
        "no_entry" if name else "no_name",
        (
            sentence("add_payment_type"),
            Yaml(
                f"payment_types:\n"
                f"  - name: {json.dumps(entry_name, ensure_ascii=False)}\n"
                f"    when: {{{_condition(gateway)}}}\n"
                "    paid: true\n"
                "    deposit_account: ",
                account,
                "\n",
            ),
        ),
        **({"name": name} if name else {}),
    )


def payment_of(order: Order, payment_type: PaymentType | None) -> Payment | None:
    """Plan the payment of an order by money; None where its payment type registers none.

    None, too, where a gift card paid all of it.
    """
    if payment_type is None or payment_type.deposit_account is None or order.total == 0:
        return None
    in_kroner = order.currency == KRONER
    rate = payment_type.exchange_rate
    known = order.total if in_kroner else rate and round_to_ore(order.total * rate)
    return Payment(
        reference=payment_reference(order.order_id),
        deposit_account=payment_type.deposit_account,
        amount=known,
        foreign_amount=None if in_kroner else order.total,
        description=f"{payment_type.name}, ordre {order.number}",
    )


def terms_of(order: Order, payment_type: PaymentType | None) -> PaymentTerms | None:
    """Return when the invoice falls due; None leaves that to the contact's own terms."""
    is_paid = payment_type is not None and payment_type.deposit_account is not None
    if is_paid or order.total == 0:
        return PaymentTerms(type=PaymentTermsType.PAID, days=None)
    return payment_type.terms if payment_type else None


def _unread_gateway(gateway: Gateway, unread: Unread, entry: str) -> UnreadError:
    return UnreadError(
        HoldReason.UNKNOWN_PAYMENT_TYPE,
        "unread",
        (sentence("or_name_gateway", gateway=str(gateway.gateway_id)),),
        unread,
        entry=entry,
        gateway=str(gateway.gateway_id),
    )


def _takes(when: PaymentTypeCondition, gateway: Gateway) -> bool | None:
    """Tell whether a condition takes a gateway; None where only an unread list could tell."""
    unread = gateway.unread is not None
    answers = {
        any_of(when.gateway_id, gateway.gateway_id),
        _meets(when.gateway, gateway.code, unread=unread and not gateway.code),
        _meets(when.gateway_name, gateway.name, unread=unread),
    }
    if False in answers:
        return False
    return None if None in answers else True


def _meets(patterns: tuple[str, ...], text: str, *, unread: bool) -> bool | None:
    if not unread:
        return any_glob(patterns, text)
    return True if not patterns or "*" in patterns else None


def _condition(gateway: Gateway) -> str:
    if gateway.gateway_id is not None:
        return f"gateway_id: {gateway.gateway_id}"
    if gateway.code or not gateway.name:
        known = f"gateway: {yaml_glob(gateway.code)}"
        return known if gateway.code else f'{known}, gateway_name: ""'
    return f"gateway_name: {yaml_glob(gateway.name)}"


def _unused(name: str, names: Collection[str]) -> str:
    """Return a name that no entry has yet; rules refer to entries by it."""
    others = (f"{name} ({number})" for number in count(2))
    return next(each for each in chain([name], others) if each not in names)
