"""Which payment type an order has."""

import json
from collections.abc import Collection
from itertools import chain, count

from dinero_sync.domain.chart import NO_CHART, Chart
from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.order import Gateway, Order
from dinero_sync.domain.unread import Unread, UnreadError
from dinero_sync.posting.clearing import deposit_to_paste
from dinero_sync.posting.matching import any_glob, any_of, yaml_glob
from dinero_sync.posting.settings import PaymentType, PaymentTypeCondition


def find_payment_type(order: Order, payment_types: tuple[PaymentType, ...]) -> PaymentType | None:
    """Return the first payment type whose condition holds; None when the list is empty.

    Raises HeldError with the entry to paste when there is a list and none takes the order, and
    UnreadError where an entry asks what only the shop's unread list of gateways could tell.
    """
    for payment_type in payment_types:
        takes = _takes(payment_type.when, order.gateway)
        if takes is None and order.gateway.unread is not None:
            raise _unread_gateway(order.gateway, order.gateway.unread, payment_type.name)
        if takes:
            return payment_type
    if payment_types:
        raise unknown_payment_type(order.gateway, payment_types)
    return None


def unknown_payment_type(
    gateway: Gateway, payment_types: tuple[PaymentType, ...], chart: Chart = NO_CHART
) -> HeldError:
    """Say what to add for a gateway that no payment type takes, with an account of ``chart``."""
    name = gateway.name or gateway.code or "no name"
    entry_name = _unused(name, [entry.name for entry in payment_types])
    account = deposit_to_paste(gateway.name, gateway.code, chart)
    return HeldError(
        HoldReason.UNKNOWN_PAYMENT_TYPE,
        f"No entry in payment_types takes the payment gateway {name!r}. "
        "The order isn't in the books: nobody said which account its money goes to.",
        "Add this to the configuration, with the right deposit account for the provider "
        "(or paid: false and no deposit_account for invoices that are paid later):\n\n"
        f"payment_types:\n"
        f"  - name: {json.dumps(entry_name, ensure_ascii=False)}\n"
        f"    when: {{{_condition(gateway)}}}\n"
        "    paid: true\n"
        f"    deposit_account: {account}\n",
    )


def _unread_gateway(gateway: Gateway, unread: Unread, entry: str) -> UnreadError:
    return UnreadError(
        HoldReason.UNKNOWN_PAYMENT_TYPE,
        f"The entry {entry!r} in payment_types asks what payment gateway {gateway.gateway_id} is "
        "called, and the shop's list of payment gateways can't be read.",
        f"Or name the gateway by its id in the entry that is to take it: "
        f"when: {{gateway_id: {gateway.gateway_id}}}",
        unread,
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
