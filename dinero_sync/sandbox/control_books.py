"""Control routes that read the books as a bookkeeper does: account balances and the VAT return."""

from dataclasses import asdict
from datetime import date

from flask import Response, request

from dinero_sync.sandbox.answers import json_answer
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


def _name(organisation: Organisation, number: int) -> str:
    account = organisation.find_account(number)
    return account.name if account else ""


def _json(value: object) -> Response:
    return flask_response(json_answer(value))
