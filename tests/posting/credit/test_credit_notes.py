"""What a credit note says: its lines, its words, the margins that it takes back, the refund."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from builders import a_plan
from credit_rows import a_row

from dinero_sync.domain.documents import (
    CreditPlan,
    GiftCardUse,
    Invoice,
    InvoiceLine,
    LedgerItem,
    MarginScheme,
    Payment,
    Refund,
    Share,
)
from dinero_sync.domain.identity import (
    credit_guid,
    gift_card_return_guid,
    margin_guid,
    margin_reversal_guid,
)
from dinero_sync.posting.credit.left import left_of
from dinero_sync.posting.credit.note import CardAccounts, Sold, Terms, credit_plan, pieces_told
from dinero_sync.posting.credit.selection import Booked

ORGANISATION, ORDER, NUMBER = 123456, 4815162, "10427"
PLAN = a_plan()
BOOKED_ON = date(2026, 12, 1)
RETURNED = date(2026, 12, 9)
TERMS = Terms(key="1", day=RETURNED, reason="Retur", selection="all")


def an_invoice(*lines: InvoiceLine, language: str = "da-DK") -> Invoice:
    return replace(
        PLAN.invoice,
        date=BOOKED_ON,
        lines=lines,
        language=language,
        comment="Ordre 10427 af 30-11-2026.",
        texts=("1 stk. Pose – uden beregning",),
    )


def a_sale(
    invoice: Invoice,
    margins: tuple[LedgerItem, ...] = (),
    positions: tuple[int | None, ...] | None = None,
    **fields: Any,  # noqa: ANN401 - as above
) -> Sold:
    nothing_known = (None,) * len(invoice.lines)
    return Sold(
        organization_id=ORGANISATION,
        order_id=ORDER,
        order_number=NUMBER,
        plan=replace(PLAN, invoice=invoice, ledger_items=margins),
        booked=Booked(invoice, nothing_known, positions or nothing_known),
        invoice_number=1042,
        **fields,
    )


def credited(sold: Sold, *shares: Share, terms: Terms = TERMS) -> CreditPlan:
    """Credit shares of what the sale's earlier credit notes left."""
    invoice = sold.plan.invoice
    taken = [share for each in sold.earlier for share in each.shares]
    left = left_of(invoice, [line.quantity for line in invoice.lines], taken)
    return credit_plan(sold, shares, left, terms)


def line_of(row: InvoiceLine, amount: str, pieces: str = "0", language: str = "da-DK") -> str:
    """Return what the credit note's line says of a share: pieces, price of each, text."""
    share = Share(line=0, amount=Decimal(amount), pieces=Decimal(pieces))
    (line,) = credited(a_sale(an_invoice(row, language=language)), share).note.lines
    assert line.amount == Decimal(amount)
    assert replace(row, description="", quantity=Decimal(1), unit_price=Decimal(1)) == replace(
        line, description="", quantity=Decimal(1), unit_price=Decimal(1)
    )
    return f"{line.quantity} x {line.unit_price:.2f} {line.description}"


def test_a_credit_note_is_the_invoice_s_own_lines_and_names_it() -> None:
    invoice = an_invoice(a_row("Krus", "100.00", "2"), a_row("Fragt", "39.00"))
    sold = a_sale(invoice)
    shares = (Share(line=1, amount=Decimal(39), pieces=Decimal(1)),)

    plan = credited(sold, *shares)

    assert plan == CreditPlan(
        note=replace(
            invoice,
            guid=credit_guid(ORGANISATION, ORDER, "1"),
            reference="shoporama:4815162:credit:1",
            date=RETURNED,
            heading="Kreditnota, ordre 10427",
            comment="Krediterer faktura 1042 af 01-12-2026.\nOrdre 10427 af 30-11-2026.\nRetur",
            terms=None,
            lines=(a_row("Fragt", "39.00"),),
            texts=(),
        ),
        invoice_guid=invoice.guid,
        invoice_number=1042,
        shares=shares,
        selection="all",
        ledger_items=(),
        refund=Refund(
            reference="shoporama:4815162:refund:1",
            description="Tilbagebetaling, ordre 10427",
            paid_kroner=None,
        ),
    )


def test_an_english_one_without_a_reason_says_so_in_english_and_no_more() -> None:
    invoice = replace(an_invoice(a_row("Mug", "100.00"), language="en-GB"), comment="")
    terms = replace(TERMS, reason="")

    note = credited(a_sale(invoice), Share(line=0, amount=Decimal(100)), terms=terms).note

    assert note.heading == "Credit note, order 10427"
    assert note.comment == "Credits invoice 1042 of 01-12-2026."


def test_the_refund_is_by_the_rate_of_the_payment_and_none_where_none_is_wanted() -> None:
    sold = a_sale(an_invoice(a_row("Krus", "100.00")), paid_kroner=Decimal("746.00"))
    share = Share(line=0, amount=Decimal(100))

    refund = credited(sold, share).refund

    assert refund is not None
    assert refund.paid_kroner == Decimal("746.00")
    assert credited(sold, share, terms=replace(TERMS, refunds=False)).refund is None


def test_a_gift_card_in_place_of_money_becomes_a_debt_and_leaves_no_money_to_pay_back() -> None:
    sold = a_sale(an_invoice(a_row("Krus", "100.00")))
    accounts = CardAccounts(redeemed=55090, debt=63080)

    plan = credited(
        sold, Share(line=0, amount=Decimal(40)), terms=replace(TERMS, to_gift_card=accounts)
    )

    assert plan.in_money == 0
    assert plan.gift_card is not None
    item = plan.gift_card.item
    assert (item.account, item.amount, item.balancing_account) == (55090, Decimal(40), 63080)
    payment = plan.gift_card.payment
    assert (payment.deposit_account, payment.amount) == (55090, Decimal(40))


def paid_with_card(card: str, **fields: Any) -> Sold:  # noqa: ANN401 - as above
    """Return a sale of 300.00 of which a multi-purpose gift card paid this much."""
    use = GiftCardUse(
        payment=Payment(
            reference="shoporama:4815162:payment:gift_card",
            deposit_account=55090,
            amount=Decimal(card),
            description="Gavekort gk-77, ordre 10427",
        ),
        item=LedgerItem(
            guid=UUID(int=7),
            date=BOOKED_ON,
            description="Gavekort gk-77, ordre 10427",
            amount=Decimal(card),
            account=63080,
            vat_code=None,
            balancing_account=55090,
            balancing_vat_code=None,
        ),
    )
    sold = a_sale(an_invoice(a_row("Krus", "100.00", "3")), **fields)
    return replace(sold, plan=replace(sold.plan, gift_card=use))


def pieces(count: int) -> Share:
    return Share(line=0, amount=Decimal(100 * count), pieces=Decimal(count))


def test_what_goes_back_to_a_card_is_a_payment_of_the_invoice_and_a_debt_again() -> None:
    plan = credited(paid_with_card("250.00"), pieces(1))

    text = "Gavekort, tilbagebetaling, ordre 10427"
    assert plan.gift_card == GiftCardUse(
        payment=Payment(
            reference="shoporama:4815162:refund:1:gift_card",
            deposit_account=55090,
            amount=Decimal(50),
            description=text,
        ),
        item=LedgerItem(
            guid=gift_card_return_guid(ORGANISATION, ORDER, "1"),
            date=RETURNED,
            description=text,
            amount=Decimal(50),
            account=55090,
            vat_code=None,
            balancing_account=63080,
            balancing_vat_code=None,
        ),
    )
    assert plan.in_money == Decimal(50)


@pytest.mark.parametrize(
    ("card", "earlier", "forgotten", "to_the_card"),
    [
        ("100.00", 0, "0", None),  # 200.00 were paid in money: the 100.00 go back as money
        ("200.00", 0, "0", None),
        ("200.50", 0, "0", "0.50"),
        ("300.00", 0, "0", "100.00"),
        ("250.00", 1, "0", "100.00"),  # the 50.00 of money went with the note before
        ("200.00", 0, "60.00", "60.00"),
        ("200.00", 0, "150.00", "100.00"),  # more went back as money than was paid in it
    ],
)
def test_money_goes_back_first_and_then_what_the_card_paid(
    card: str, earlier: int, forgotten: str, to_the_card: str | None
) -> None:
    sold = paid_with_card(card, forgotten_in_money=Decimal(forgotten))
    if earlier:
        sold = replace(sold, earlier=(credited(sold, pieces(earlier)),))

    back = credited(sold, pieces(1), terms=replace(TERMS, key="2")).gift_card

    assert (back and back.payment.amount) == (to_the_card and Decimal(to_the_card))


def test_nothing_goes_back_to_a_card_where_nothing_is_given_back() -> None:
    sold = paid_with_card("300.00")

    assert credited(sold, pieces(1), terms=replace(TERMS, refunds=False)).gift_card is None


@pytest.mark.parametrize(
    ("row", "amount", "pieces", "says"),
    [
        # all of it: as the invoice says it
        (a_row("Krus", "100.00", "3"), "300.00", "3", "3 x 100.00 Krus"),
        (a_row("3 stk. Krus", "100.00"), "100.00", "3", "1 x 100.00 3 stk. Krus"),
        # some pieces of it
        (a_row("Krus", "100.00", "3"), "200.00", "2", "2 x 100.00 Krus"),
        (a_row("3 stk. Krus", "99.99"), "33.33", "1", "1 x 33.33 Krus"),
        (a_row("3 stk. Krus", "99.99"), "66.66", "2", "2 x 33.33 Krus"),
        (a_row("1,5 stk. Stof", "99.99"), "33.33", "1", "1 x 33.33 Stof"),
        # pieces that have no price in whole øre
        (a_row("3 stk. Krus", "100.00"), "66.67", "2", "1 x 66.67 2 stk. Krus"),
        (a_row("Stof", "80.00", "2"), "120.01", "1.5", "1 x 120.01 1,5 stk. Stof"),
        # an amount alone
        (a_row("Krus", "100.00", "3"), "50.00", "0", "1 x 50.00 Afslag på Krus"),
        (a_row("3 stk. Krus", "99.99"), "0.50", "0", "1 x 0.50 Afslag på Krus"),
        # a number that is part of the product's name
        (a_row("10 stk. skruer", "20.00", "3"), "40.00", "2", "2 x 20.00 10 stk. skruer"),
        # what is taken back of a gift card is no reduction
        (a_row("Indløst gavekort", "-80.00"), "-30.00", "0", "1 x -30.00 Indløst gavekort"),
    ],
)
def test_a_line_says_what_goes_back_of_which_line(
    row: InvoiceLine, amount: str, pieces: str, says: str
) -> None:
    assert line_of(row, amount, pieces) == says


def test_an_english_line_says_it_in_english() -> None:
    row = a_row("1.5 pcs. Cloth", "100.01")

    assert line_of(row, "10.00", language="en-GB") == "1 x 10.00 Reduction of Cloth"
    assert line_of(row, "80.01", "1.2", "en-GB") == "1 x 80.01 1.2 pcs. Cloth"


@pytest.mark.parametrize(
    ("text", "quantity", "pieces"),
    [
        ("Krus", "2", "2"),
        ("3 stk. Krus", "1", "3"),
        ("1,5 stk. Stof", "1", "1.5"),
        ("12 stk. Krus\nblå", "1", "12"),
        ("Afslag på Krus", "1", "0"),
        ("stk. Krus", "1", "1"),
        ("1.5 stk. Stof", "1", "1"),
        ("Pose 3 stk. Krus", "1", "1"),
        ("3 pcs. Mug", "1", "1"),
        ("10 stk. skruer", "3", "3"),
    ],
)
def test_how_many_pieces_a_line_is_of_is_read_as_it_was_written(
    text: str, quantity: str, pieces: str
) -> None:
    assert pieces_told(text, Decimal(quantity), "da-DK") == Decimal(pieces)


def test_an_english_line_is_read_in_english() -> None:
    assert pieces_told("1.5 pcs. Cloth", Decimal(1), "en-GB") == Decimal("1.5")
    assert pieces_told("Reduction of Cloth", Decimal(1), "en-GB") == Decimal(0)


def a_margin(position: int, amount: str, text: str = "Brugtmoms avance ordre 10427") -> LedgerItem:
    return LedgerItem(
        guid=margin_guid(ORGANISATION, ORDER, position),
        date=BOOKED_ON,
        description=text,
        amount=Decimal(amount),
        account=1051,
        vat_code="U0",
        balancing_account=1052,
        balancing_vat_code="U25",
    )


def used(text: str, price: str, quantity: str = "1") -> InvoiceLine:
    return a_row(
        text,
        price,
        quantity,
        account=1051,
        vat_rate=Decimal(0),
        margin_scheme=MarginScheme.USED_GOODS,
    )


def test_a_margin_goes_back_to_the_accounts_it_came_from_dated_as_the_note() -> None:
    sold = a_sale(
        an_invoice(a_row("Krus", "100.00"), used("Jakke", "900.00")), (a_margin(2, "300.00"),)
    )

    plan = credited(sold, Share(line=0, amount=Decimal(100)), Share(line=1, amount=Decimal(900)))

    assert plan.ledger_items == (
        LedgerItem(
            guid=margin_reversal_guid(ORGANISATION, ORDER, 2, "1"),
            date=RETURNED,
            description="Brugtmoms avance ordre 10427, kreditnota",
            amount=Decimal("300.00"),
            account=1052,
            vat_code="U25",
            balancing_account=1051,
            balancing_vat_code="U0",
        ),
    )


def test_parts_of_a_margin_add_up_to_it() -> None:
    sold = a_sale(an_invoice(used("Jakke", "900.00", "3")), (a_margin(1, "100.00"),))
    piece = Share(line=0, amount=Decimal(900), pieces=Decimal(1))

    notes: tuple[CreditPlan, ...] = ()
    for key in ("1", "return:7", "2"):
        now = replace(sold, earlier=notes)
        notes = (*notes, credited(now, piece, terms=replace(TERMS, key=key)))

    parts = [item.amount for note in notes for item in note.ledger_items]
    assert parts == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]


def test_two_second_hand_goods_without_numbers_keep_their_own_margins() -> None:
    # without an article number both margins are called the same
    invoice = an_invoice(used("Jakke", "900.00"), used("Kjole", "400.00"))
    sold = a_sale(invoice, (a_margin(1, "300.00"), a_margin(2, "100.00")))
    first = credited(sold, Share(line=0, amount=Decimal(900)))

    second = credited(
        replace(sold, earlier=(first,)),
        Share(line=1, amount=Decimal(400)),
        terms=replace(TERMS, key="2"),
    )

    assert [item.amount for item in second.ledger_items] == [Decimal("100.00")]


def test_a_margin_is_found_by_the_line_s_place_in_the_order() -> None:
    # the second line of the order was free, so that the third is the invoice's second
    invoice = an_invoice(a_row("Krus", "100.00"), used("Jakke", "900.00"))
    sold = a_sale(invoice, (a_margin(3, "300.00"),), positions=(1, 3))

    plan = credited(sold, Share(line=1, amount=Decimal(450)))

    assert [item.amount for item in plan.ledger_items] == [Decimal("150.00")]


def test_goods_without_a_margin_take_none_back() -> None:
    invoice = an_invoice(a_row("Krus", "100.00"), used("Jakke", "900.00"))
    of_nothing = a_sale(invoice, (a_margin(2, "0.00"),))
    of_another = a_sale(invoice, (a_margin(1, "300.00"),))

    for sold in (of_nothing, of_another):
        shares = [Share(line=at, amount=line.amount) for at, line in enumerate(invoice.lines)]
        assert credited(sold, *shares).ledger_items == ()
