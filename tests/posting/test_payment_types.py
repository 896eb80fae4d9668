"""The payment type of an order says where its money goes; an unknown one is a question."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import yaml
from builders import a_gateway, a_payment_type, an_order, personal_data_in, yaml_block
from hypothesis import given
from hypothesis import strategies as st

from dinero_sync.domain.hold import HeldError, Hold, HoldReason
from dinero_sync.domain.order import Gateway
from dinero_sync.domain.unread import ShopList, Unread, UnreadError
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.settings import PaymentType, PaymentTypeCondition
from dinero_sync.texts.telling import message, next_step

SOMETHING_ELSE = a_payment_type(name="andet", when=PaymentTypeCondition(gateway=("bogus",)))


def one_when(**when: Any) -> PaymentType:  # noqa: ANN401 - the condition refuses what it lacks
    return a_payment_type(when=PaymentTypeCondition(**when))


def held_for(gateway: Gateway) -> Hold:
    with pytest.raises(HeldError) as held:
        find_payment_type(an_order(gateway=gateway), (SOMETHING_ELSE,))
    return held.value.hold


@pytest.mark.parametrize(
    ("when", "takes"),
    [
        ({}, True),
        ({"gateway": ("quickpay*",)}, True),
        ({"gateway": ("QuickPay*",)}, True),
        ({"gateway": ("mobilepay*",)}, False),
        ({"gateway_id": (11, 12)}, True),
        ({"gateway_id": (11,)}, False),
        ({"gateway_name": ("dankort",)}, True),
        ({"gateway_name": ("faktura*", "dan*")}, True),
        ({"gateway_name": ("faktura*",)}, False),
        ({"gateway": ("quickpay*",), "gateway_name": ("faktura*",)}, False),
    ],
    ids=str,
)
def test_a_payment_type_takes_an_order_by_its_gateway(when: dict[str, Any], *, takes: bool) -> None:
    entry = one_when(**when)

    found = find_payment_type(an_order(), (entry, a_payment_type(name="resten")))

    assert found is not None
    assert found.name == (entry.name if takes else "resten")


UNREAD = Unread(listed=ShopList.GATEWAYS, refused=True, why="Shoporama answered 403.")


@pytest.mark.parametrize(
    ("when", "code", "found"),
    [
        ({}, "", "Kort"),
        ({"gateway_id": (12,)}, "", "Kort"),
        ({"gateway_id": (11,)}, "", "resten"),
        ({"gateway": ("*",)}, "", "Kort"),
        ({"gateway": ("quickpay*",)}, "", "can't be told"),
        ({"gateway": ("quickpay*",)}, "quickpayv10", "Kort"),
        ({"gateway": ("mobilepay*",)}, "quickpayv10", "resten"),
        ({"gateway_name": ("*",)}, "", "Kort"),
        ({"gateway_name": ("dan*", "*")}, "", "Kort"),
        ({"gateway_name": ("dan*",)}, "", "can't be told"),
        ({"gateway_name": ("dan*",)}, "quickpayv10", "can't be told"),
        ({"gateway_name": ("dan*",), "gateway_id": (11,)}, "", "resten"),
        ({"gateway_name": ("dan*",), "gateway": ("mobilepay*",)}, "quickpayv10", "resten"),
    ],
    ids=str,
)
def test_where_the_shops_gateways_cant_be_read_what_the_order_carries_decides_or_nothing_does(
    when: dict[str, Any], code: str, found: str
) -> None:
    order = an_order(gateway=a_gateway(code=code, name="", unread=UNREAD))
    entries = (one_when(**when), a_payment_type(name="resten"))

    if found == "can't be told":
        with pytest.raises(UnreadError) as caught:
            find_payment_type(order, entries)
        assert caught.value.unread == UNREAD
        assert caught.value.hold.reason is HoldReason.UNKNOWN_PAYMENT_TYPE
    else:
        taken = find_payment_type(order, entries)
        assert taken is not None
        assert taken.name == found


def test_with_no_payment_types_no_payment_is_registered() -> None:
    assert find_payment_type(an_order(), ()) is None


NO_GATEWAY = Gateway(gateway_id=None, code="", name="")


@pytest.mark.parametrize(
    ("total", "voucher", "gateway", "is_free"),
    [
        ("0.00", "125.00", NO_GATEWAY, True),
        ("0.00", "0.50", NO_GATEWAY, True),
        ("0.00", "0.00", NO_GATEWAY, False),
        ("1.00", "124.00", NO_GATEWAY, False),
        ("0.00", "125.00", replace(NO_GATEWAY, gateway_id=12), False),
        ("0.00", "125.00", replace(NO_GATEWAY, code="quickpay"), False),
        ("0.00", "125.00", replace(NO_GATEWAY, name="Dankort"), False),
    ],
)
def test_an_order_that_a_voucher_paid_whole_needs_no_payment_type(
    total: str, voucher: str, gateway: Gateway, *, is_free: bool
) -> None:
    order = an_order(total=Decimal(total), voucher_amount=Decimal(voucher), gateway=gateway)

    if is_free:
        assert find_payment_type(order, (SOMETHING_ELSE,)) is None
    else:
        with pytest.raises(HeldError):
            find_payment_type(order, (SOMETHING_ELSE,))


def test_an_order_that_no_payment_type_takes_is_held_with_the_name_of_its_gateway() -> None:
    hold = held_for(a_gateway(name="Dankort"))

    assert hold.reason is HoldReason.UNKNOWN_PAYMENT_TYPE
    assert "'Dankort'" in message(hold)
    assert not personal_data_in(hold)


def pasted(hold: Hold) -> PaymentType:
    """Read the entry that a held order proposes, as if it stood in the configuration."""
    (entry,) = yaml.safe_load(yaml_block(next_step(hold.steps)))["payment_types"]
    assert entry["paid"] is True
    return a_payment_type(
        name=entry["name"],
        when=PaymentTypeCondition(**{key: (value,) for key, value in entry["when"].items()}),
        deposit_account=entry["deposit_account"],
    )


@pytest.mark.parametrize(
    "gateway",
    [
        a_gateway(),
        a_gateway(gateway_id=None),
        a_gateway(gateway_id=None, code=""),
        a_gateway(gateway_id=None, code="", name='Faktura: "14 dage" # EAN'),
        a_gateway(gateway_id=None, code="", name="NO"),
        a_gateway(gateway_id=None, code="", name=""),
    ],
    ids=str,
)
def test_the_entry_to_paste_takes_the_order_once_it_is_pasted(gateway: Gateway) -> None:
    entry = pasted(held_for(gateway))

    assert find_payment_type(an_order(gateway=gateway), (SOMETHING_ELSE, entry)) == entry


def test_the_entry_to_paste_has_a_name_of_its_own() -> None:
    taken = (a_payment_type(name="Kort", when=SOMETHING_ELSE.when),)
    also = (*taken, a_payment_type(name="Kort (2)", when=SOMETHING_ELSE.when))

    def name(entries: tuple[PaymentType, ...]) -> str:
        with pytest.raises(HeldError) as held:
            find_payment_type(an_order(gateway=a_gateway(name="Kort")), entries)
        return pasted(held.value.hold).name

    assert (name(taken), name(also)) == ("Kort (2)", "Kort (3)")


def test_the_entry_for_orders_without_gateway_takes_no_other() -> None:
    entry = pasted(held_for(a_gateway(gateway_id=None, code="", name="")))

    for gateway in (a_gateway(), a_gateway(code=""), a_gateway(name="")):
        with pytest.raises(HeldError):
            find_payment_type(an_order(gateway=gateway), (entry,))


names = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="[]*?"))


@given(names)
def test_the_entry_to_paste_takes_the_order_whatever_the_shop_calls_its_gateway(name: str) -> None:
    gateway = a_gateway(gateway_id=None, code="", name=name)

    entry = pasted(held_for(gateway))

    assert find_payment_type(an_order(gateway=gateway), (entry,)) == entry


def test_the_entry_to_paste_takes_the_order_even_if_the_name_has_brackets() -> None:
    gateway = a_gateway(gateway_id=None, code="", name="Faktura [EAN]")

    entry = pasted(held_for(gateway))

    assert find_payment_type(an_order(gateway=gateway), (entry,)) == entry
