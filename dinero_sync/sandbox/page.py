"""The sandbox as a page for a browser: its books, and the orders to practise on. Danish."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from babel.numbers import format_decimal
from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.books import Invoice
from dinero_sync.sandbox.state import Sandbox


def page_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes of the page."""
    part = Blueprint("page", __name__, url_prefix="/")
    part.add_url_rule("/", "books", partial(_books, sandbox))
    part.add_url_rule("/mend/<int:order_id>", "mend", partial(_mend, sandbox), methods=["POST"])
    return part


def _books(sandbox: Sandbox) -> Response:
    organisation = sandbox.organisation
    booked = [each for each in organisation.invoices.values() if each.is_booked]
    drafts = len(organisation.invoices) - len(booked)
    page = render_template(
        "books.html",
        company=organisation.name,
        orders=len(sandbox.orders),
        invoices=[_invoice(each) for each in reversed(booked)],
        drafts=drafts,
        total=kroner(sum((each.totals.gross for each in booked), Decimal(0))),
        balances=[
            (number, _name(sandbox, number), kroner(amount))
            for number, amount in organisation.balances().items()
        ],
        practice=list(_practice(sandbox)),
    )
    return Response(page)


def _mend(sandbox: Sandbox, order_id: int) -> BaseResponse:
    """Correct an order in the shop, as its owner would, and show the page again."""
    found = sandbox.practice.get(order_id)
    if found is not None and found.mended is not None:
        sandbox.change_order(order_id, found.mended)
    return redirect(url_for(".books"))


def _practice(sandbox: Sandbox) -> Iterator[Json]:
    references = {
        each.fields["ExternalReference"]
        for each in sandbox.organisation.invoices.values()
        if each.is_booked
    }
    for order_id, each in sandbox.practice.items():
        order = sandbox.orders[order_id]
        is_mended = each.mended is not None and each.mended.items() <= order.items()
        yield {
            "id": order_id,
            "number": order["webshop_order_id"],
            "what": each.what,
            "solved_by": each.solved_by,
            "is_booked": f"shoporama:{order_id}" in references,
            "can_be_mended": each.mended is not None and not is_mended,
            "is_mended": is_mended,
        }


def _invoice(invoice: Invoice) -> Json:
    return {
        "number": invoice.number,
        "day": invoice.date.isoformat(),
        "reference": invoice.fields["ExternalReference"],
        "total": kroner(invoice.totals.gross),
        "vat": kroner(invoice.totals.vat),
        "is_paid": not invoice.remaining,
    }


def _name(sandbox: Sandbox, number: int) -> str:
    account = sandbox.organisation.find_account(number)
    return account.name if account else ""


def kroner(amount: Decimal) -> str:
    """Write an amount as Danes do."""
    return format_decimal(amount, format="#,##0.00", locale="da_DK")
