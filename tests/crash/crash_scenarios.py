"""What a shop goes through in the suite: few orders each, and the command that is cut short."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from crash_bills import BILLS, INBOX, ExpectedBill, put_bills
from crash_closing import CLOSE, closed_once
from crash_desk import Desk, Json
from crash_inside import give_inside
from crash_orders import (
    Document,
    Expected,
    all_expected,
    an_order,
    as_credited,
    as_given_back,
    as_paid_by_gift_card,
    as_second_hand,
    expected_of,
    paid_now,
    with_gift_card,
)
from crash_payouts import INBOX as PAYOUTS_INBOX
from crash_payouts import PAYOUTS, ExpectedPayout, put_payouts
from crash_refunds import CARDS_PAID_OUT, PAID_OUT, put_file
from crash_violations import DEBT, LABELS_OF_AN_ORDER, REDEEMED
from kept_worlds import put_up

from dinero_sync.dinero.auth.tokens import Tokens
from dinero_sync.journal.folder.token_file import TokenFile
from dinero_sync.sandbox.shop.catalogue import BANK, CARD, INVOICE, MOBILEPAY
from dinero_sync.sandbox.visma.token import grant_refresh_token
from dinero_sync.sync.work.settings import auth_settings

SKIPPED_ORDER = 2
MARGINS = 1052
"""The account that takes the margins of second-hand goods."""
GRACE_SECONDS = 60
"""How long a spent refresh token works on: Visma lets applications choose 5 to 60, or none."""
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A beginning, a command that may be cut short, and what must come of it all."""

    prepare: Callable[[Desk], None]
    """Brings shop, books and state folder to where the command is given."""
    expected: Callable[[Desk], Sequence[Expected]]
    changes: Json
    """Of the configuration, by section."""
    command: Command = ("run",)
    bills: Sequence[ExpectedBill] = ()
    """What must come of the bills of suppliers in the inbox."""
    payouts: Sequence[ExpectedPayout] = ()
    """What must come of the payouts in the inbox."""
    repeated: tuple[Command, ...] = ()
    """What the operator gives again after trouble, besides the runs that come by themselves."""
    closes: bool = False
    """Whether the command closes a period, whose folder was there before."""

    def begin(self, desk: Desk) -> None:
        """Start anew."""
        desk.begin(self.changes)
        self.prepare(desk)


def _sell(desk: Desk, *orders: Json) -> None:
    desk.sandbox.add_orders(orders)


def _three_payment_types(desk: Desk) -> None:
    """Sell to one buyer by card and MobilePay, to another on invoice, and to a third unpaid."""
    now = desk.sandbox.now()
    _sell(
        desk,
        an_order(1, now, days_ago=9),
        an_order(2, now, gateway=MOBILEPAY, mugs=2, days_ago=4),
        an_order(3, now, gateway=INVOICE, buyer=1, state="shipped_unpaid", days_ago=3),
        an_order(4, now, buyer=2, state="unpaid", days_ago=2),
    )


def _two_cards(desk: Desk) -> None:
    now = desk.sandbox.now()
    _sell(desk, an_order(1, now, days_ago=9), an_order(2, now, buyer=1, mugs=2, days_ago=4))


def _two_that_show_labels(desk: Desk) -> None:
    _two_cards(desk)
    for order_id in (1, 2):
        desk.sandbox.orders[order_id][LABELS_OF_AN_ORDER] = ["VIP"]


def _two_cards_in_a_used_folder(desk: Desk) -> None:
    """Let a run read what is read once a day, and then sell."""
    _sell(desk, an_order(9, desk.sandbox.now(), days_ago=10))
    give_inside(desk, "run")
    _two_cards(desk)


def _two_drafts(desk: Desk) -> None:
    _two_cards(desk)
    give_inside(desk, "run")


def _paid_after_booking(desk: Desk) -> None:
    """Ship two orders before they are paid, and let the money come once they are booked."""
    now = desk.sandbox.now()
    for order_id, gateway in ((1, CARD), (2, BANK)):
        order = an_order(order_id, now, gateway=gateway, buyer=order_id, state="shipped_unpaid")
        _sell(desk, order)
    give_inside(desk, "run")
    for order_id in (1, 2):
        desk.sandbox.change_order(order_id, paid_now(desk.sandbox.now()))


def _lost_state_folder(desk: Desk) -> None:
    """Book, lose the state folder, and make a rule that sends invoices."""
    desk.write_config({})
    _one_card(desk)
    give_inside(desk, "run")
    shutil.rmtree(desk.state)
    desk.write_config(SENT)


def _spent_access_token(desk: Desk) -> None:
    """Connect by Visma Connect, and let the access token be used up to the last seconds."""
    desk.sandbox.change_settings(refresh_grace_seconds=GRACE_SECONDS)
    give_inside(desk, *CONNECT)
    now = desk.sandbox.now()
    _sell(desk, an_order(1, now, days_ago=9))
    give_inside(desk, "run")
    _sell(desk, an_order(2, desk.sandbox.now()))
    TokenFile(desk.state).save(
        Tokens(
            access_token="used-up",
            expires_at=now + timedelta(seconds=20),
            obtained_at=now - timedelta(hours=1),
            issued_to=auth_settings(desk.config()).fingerprint(),
            refresh_token=grant_refresh_token(desk.sandbox),
        )
    )


def _one_card(desk: Desk) -> None:
    _sell(desk, an_order(1, desk.sandbox.now()))


def _deleted_contact(desk: Desk) -> None:
    """Sell to a buyer twice, and delete the contact in between."""
    _one_card(desk)
    give_inside(desk, "run")
    for contact in desk.sandbox.contacts.values():
        contact.deleted_at = contact.updated_at = desk.sandbox.now()
    _sell(desk, an_order(2, desk.sandbox.now()))


def _folder_of_version_0_1(desk: Desk) -> None:
    """Go on where runs of version 0.1.0 died, in a folder that no later one has opened."""
    put_up("0.1.0-died", desk.sandbox, desk.state)


def _due(document: Document) -> Callable[[Desk], Sequence[Expected]]:
    def expected(desk: Desk) -> Sequence[Expected]:
        return all_expected(desk.sandbox.orders.values(), document)

    return expected


def _one_skipped(desk: Desk) -> Sequence[Expected]:
    return [
        expected_of(order, "none" if order["order_id"] == SKIPPED_ORDER else "draft")
        for order in desk.sandbox.orders.values()
    ]


def _second_hand_mugs(desk: Desk) -> None:
    """Let Dinero book ledger items at the first question, and sell."""
    desk.sandbox.change_settings(ledger_booking_questions=1)
    _one_card(desk)


def _gift_cards(desk: Desk) -> None:
    """Let Dinero book ledger items at the first question; sell for a gift card in part, and all."""
    desk.sandbox.change_settings(ledger_booking_questions=1)
    now = desk.sandbox.now()
    part, whole = an_order(1, now, days_ago=9), an_order(2, now, buyer=1, days_ago=4)
    _sell(
        desk,
        with_gift_card(part, Decimal("50.00")),
        with_gift_card(whole, Decimal(str(whole["total_price"]))),
    )


def _one_by_gift_card(desk: Desk) -> None:
    """Sell and book an order of which a gift card pays a part."""
    desk.sandbox.change_settings(ledger_booking_questions=1)
    order = an_order(1, desk.sandbox.now(), mugs=2)
    _sell(desk, with_gift_card(order, Decimal("50.00")))
    give_inside(desk, "run")


def _paid_by_gift_cards(desk: Desk) -> Sequence[Expected]:
    orders = desk.sandbox.orders.values()
    return [as_paid_by_gift_card(expected_of(order, "booked"), order) for order in orders]


def _payouts(desk: Desk) -> None:
    """Let Dinero book ledger items at the first question, and put files into the inbox."""
    desk.sandbox.change_settings(ledger_booking_questions=1)
    put_payouts(desk)


def _second_hand_and_sent(desk: Desk) -> Sequence[Expected]:
    orders = desk.sandbox.orders.values()
    return [as_second_hand(expected_of(order, "booked"), order) for order in orders]


def _one_booked(desk: Desk) -> None:
    _one_card(desk)
    give_inside(desk, "run")


def _second_hand_booked(desk: Desk) -> None:
    _second_hand_mugs(desk)
    give_inside(desk, "run")


def _returned(desk: Desk) -> None:
    """Sell and book two orders, one of which comes back, which the shop tells an hour later."""
    _two_cards(desk)
    give_inside(desk, "run")
    desk.sandbox.returns.append(
        {
            "order_return_id": 7,
            "order_id": 1,
            "status": "received",
            "products": [
                {"product_id": line["product_id"], "amount": line["amount"]}
                for line in desk.sandbox.orders[1]["products"]
            ],
        }
    )
    shift = desk.sandbox.settings.clock_shift_seconds
    desk.sandbox.change_settings(clock_shift_seconds=shift + 2 * 3600)


def _cancelled(desk: Desk) -> None:
    """Cancel an order that is booked."""
    _one_booked(desk)
    desk.sandbox.change_order(1, {"status": "cancelled"})


def _credited(desk: Desk) -> Sequence[Expected]:
    return [as_credited(each) for each in _due("booked")(desk)]


def _given_back(desk: Desk) -> Sequence[Expected]:
    return [as_given_back(each) for each in _paid_by_gift_cards(desk)]


def _all_to_gift_card(desk: Desk) -> Sequence[Expected]:
    return [replace(each, to_gift_card=each.credited) for each in _given_back(desk)]


def _second_hand_credited(desk: Desk) -> Sequence[Expected]:
    return [as_credited(each) for each in _second_hand_and_sent(desk)]


def _goods_of_one_credited(desk: Desk) -> Sequence[Expected]:
    first, second = _due("booked")(desk)
    goods = first.total - Decimal(str(desk.sandbox.orders[1]["shipping_price"]))
    return [replace(first, credited=goods), second]


def _booked_with_an_inbox(desk: Desk) -> Expected:
    """Sell and book an order, whose inbox of payouts is there; return what came of it."""
    desk.sandbox.change_settings(ledger_booking_questions=1)
    (desk.state / "payouts").mkdir(parents=True)
    desk.state.chmod(0o700)
    _one_booked(desk)
    (order,) = _due("booked")(desk)
    return order


def _refund_told(desk: Desk) -> None:
    """Credit an order whose refund waits, and let the file come that tells of it."""
    order = _booked_with_an_inbox(desk)
    give_inside(desk, *CREDIT)
    put_file(desk, "Retur", order)


def _charged_back(desk: Desk) -> None:
    """Let the buyer's bank take an order's money back, and a run hold the order for it."""
    put_file(desk, "Indsigelse", _booked_with_an_inbox(desk))
    give_inside(desk, "run")


def _refunded(desk: Desk) -> Sequence[Expected]:
    return [replace(each, paid_out=PAID_OUT) for each in _credited(desk)]


def _owed_again(desk: Desk) -> Sequence[Expected]:
    found = _due("booked")(desk)
    return [replace(each, owed_again=each.total, paid_out=PAID_OUT) for each in found]


CREDIT: Command = ("credit", "1", "--all", "--reason", "returned")
TO_GIFT_CARD: Command = (*CREDIT, "--refund-to", "gift_card")
REOPEN: Command = ("resolve", "1", "--reopen")
BOOK: Command = ("book", "--all")
SKIP: Command = ("skip", str(SKIPPED_ORDER), "--reason", "booked by hand")
CONNECT: Command = ("connect", "--no-browser")
AS_DRAFTS: Json = {"sync": {"booking": "draft"}}
BY_CONSENT: Json = {"auth": "visma_connect"}

SENT: Json = {"sending": [{"name": "all", "when": {"zone": "dk"}, "by": "email"}]}
SECOND_HAND: Json = {
    **SENT,
    "posting": {
        "margin_scheme": {"method": "individual", "account": MARGINS},
        "rules": [
            {
                "name": "used mugs",
                "when": {"line": "product", "category": "*"},
                "account": 1051,
                "margin_scheme": "used_goods",
            }
        ],
    },
}

GIFT_CARDS: Json = {
    "posting": {
        "gift_cards": {
            "kind": "multi_purpose",
            "account": DEBT,
            "voucher_codes": "GK-*",
            "redeemed_account": REDEEMED,
        }
    }
}
LABELLED: Json = {"shoporama": {"labels": {"write": True}}}
RECEIVED: Json = {"credits": {"returns": "automatic", "automatic_when": {"status": ["received"]}}}

SCENARIOS: Mapping[str, Scenario] = {
    "credit": Scenario(
        prepare=_one_booked,
        expected=_credited,
        changes={},
        command=CREDIT,
        repeated=(CREDIT,),
    ),
    "credit_second_hand": Scenario(
        prepare=_second_hand_booked,
        expected=_second_hand_credited,
        changes=SECOND_HAND,
        command=CREDIT,
        repeated=(CREDIT,),
    ),
    "refund_told": Scenario(prepare=_refund_told, expected=_refunded, changes=CARDS_PAID_OUT),
    "chargeback_credited": Scenario(
        prepare=_charged_back,
        expected=_refunded,
        changes=CARDS_PAID_OUT,
        command=CREDIT,
        repeated=(CREDIT,),
    ),
    "chargeback_reopened": Scenario(
        prepare=_charged_back,
        expected=_owed_again,
        changes=CARDS_PAID_OUT,
        command=REOPEN,
        repeated=(REOPEN,),
    ),
    "returned": Scenario(prepare=_returned, expected=_goods_of_one_credited, changes=RECEIVED),
    "cancelled": Scenario(prepare=_cancelled, expected=_credited, changes=RECEIVED),
    "paid_orders": Scenario(prepare=_three_payment_types, expected=_due("booked"), changes={}),
    "labelled": Scenario(prepare=_two_that_show_labels, expected=_due("booked"), changes=LABELLED),
    "second_hand": Scenario(
        prepare=_second_hand_mugs, expected=_second_hand_and_sent, changes=SECOND_HAND
    ),
    "gift_cards": Scenario(prepare=_gift_cards, expected=_paid_by_gift_cards, changes=GIFT_CARDS),
    "credit_gift_card": Scenario(
        prepare=_one_by_gift_card,
        expected=_given_back,
        changes=GIFT_CARDS,
        command=CREDIT,
        repeated=(CREDIT,),
    ),
    "credit_to_gift_card": Scenario(
        prepare=_one_by_gift_card,
        expected=_all_to_gift_card,
        changes=GIFT_CARDS,
        command=TO_GIFT_CARD,
        repeated=(TO_GIFT_CARD,),
    ),
    "drafts": Scenario(
        prepare=_two_cards_in_a_used_folder, expected=_due("draft"), changes=AS_DRAFTS
    ),
    "book": Scenario(
        prepare=_two_drafts,
        expected=_due("booked"),
        changes=AS_DRAFTS,
        command=BOOK,
        repeated=(BOOK,),
    ),
    "late_payment": Scenario(
        prepare=_paid_after_booking,
        expected=_due("booked"),
        changes={"sync": {"trigger": "shipped"}},
    ),
    "deleted_contact": Scenario(prepare=_deleted_contact, expected=_due("booked"), changes={}),
    "upgrade": Scenario(
        prepare=_folder_of_version_0_1,
        expected=_due("booked"),
        changes={"sync": {"start_date": "2026-12-01"}},
    ),
    "lost_state": Scenario(prepare=_lost_state_folder, expected=_due("booked"), changes=SENT),
    "token_refresh": Scenario(
        prepare=_spent_access_token, expected=_due("booked"), changes=BY_CONSENT
    ),
    "connect": Scenario(
        prepare=_one_card,
        expected=_due("booked"),
        changes=BY_CONSENT,
        command=CONNECT,
        repeated=(CONNECT,),
    ),
    "bills": Scenario(
        prepare=put_bills,
        expected=_due("booked"),
        changes=INBOX,
        bills=BILLS,
        repeated=(("run",), ("retry",)),
    ),
    "payout": Scenario(
        prepare=_payouts, expected=_due("booked"), changes=PAYOUTS_INBOX, payouts=PAYOUTS
    ),
    "close": Scenario(
        prepare=closed_once,
        expected=_due("booked"),
        changes={},
        command=CLOSE,
        repeated=(CLOSE,),
        closes=True,
    ),
    "skip": Scenario(
        prepare=_two_drafts,
        expected=_one_skipped,
        changes=AS_DRAFTS,
        command=SKIP,
        repeated=(SKIP,),
    ),
}
