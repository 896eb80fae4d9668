"""Control routes of a bookkeeper: account balances, the VAT return, and vouchers by hand."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from flask import Response, request

from dinero_sync.sandbox.answers import JsonValue, json_answer
from dinero_sync.sandbox.dinero.bookkeeping import by_hand
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.state import Sandbox


def balances(sandbox: Sandbox) -> Response:
    """Answer with number, name and balance of each account posted on, in kroner, debit positive."""
    organisation = sandbox.organisation
    return _json(
        [
            {"account": number, "name": _name(organisation, number), "balance": amount}
            for number, amount in organisation.balances().items()
        ]
    )


def vat_return(sandbox: Sandbox) -> Response:
    """Answer with the VAT return from ``first`` to ``last``; this year's when they are left out.

    Raises ValueError when one of them is no day.
    """
    year = sandbox.today().year
    first = date.fromisoformat(request.args.get("first", f"{year}-01-01"))
    last = date.fromisoformat(request.args.get("last", f"{year}-12-31"))
    found = asdict(sandbox.organisation.vat_return(first, last))
    return _json({**found, "first": first.isoformat(), "last": last.isoformat()})


def post_voucher(sandbox: Sandbox) -> Response:
    """Post a voucher: ``{"date", "description", "amounts": {"55000": "97.50", …}}``.

    Debit is positive.

    With ``"opening": true`` it is what the accounting year from ``date`` begins with. Raises
    ValueError where it isn't balanced.
    """
    told = request.get_json()
    day, amounts = date.fromisoformat(told["date"]), _amounts(told["amounts"])
    if told.get("opening"):
        guid = by_hand.open_with(sandbox.organisation, day, amounts)
    else:
        guid = by_hand.post(sandbox.organisation, day, told["description"], amounts)
    return _json({"voucher": guid})


def change_voucher(sandbox: Sandbox, voucher: str) -> Response:
    """Change a voucher by hand: ``{"account", "to"}``, or ``{"amount", "accounts": [two]}``."""
    told, organisation = request.get_json(), sandbox.organisation
    if "to" in told:
        by_hand.move(organisation, voucher, int(told["account"]), int(told["to"]))
    else:
        first, second = map(int, told["accounts"])
        by_hand.change(organisation, voucher, Decimal(str(told["amount"])), (first, second))
    return _json({"voucher": voucher})


def delete_voucher(sandbox: Sandbox, voucher: str) -> Response:
    """Delete a voucher by hand, as Dinero does: by posting its opposite."""
    by_hand.delete(sandbox.organisation, voucher)
    return _json({"voucher": voucher})


def _amounts(told: Mapping[str, JsonValue]) -> dict[int, Decimal]:
    return {int(account): Decimal(str(amount)) for account, amount in told.items()}


def _name(organisation: Organisation, number: int) -> str:
    account = organisation.find_account(number)
    return account.name if account else ""


def _json(value: object) -> Response:
    return flask_response(json_answer(value))
