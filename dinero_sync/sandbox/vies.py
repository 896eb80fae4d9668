"""The EU's register of VAT numbers, as its REST service answers.

Every number is valid unless a setting says otherwise.
"""

from functools import partial

from flask import Blueprint, Response

from dinero_sync.sandbox.answers import Json, json_answer
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.state import Sandbox


def vies_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes under ``/vies``."""
    part = Blueprint("vies", __name__, url_prefix="/vies")
    part.add_url_rule("/ms/<country>/vat/<number>", "number", partial(_answer, sandbox))
    return part


def _answer(sandbox: Sandbox, country: str, number: str) -> Response:
    body: Json = {
        "isValid": False,
        "requestDate": sandbox.now().isoformat(timespec="milliseconds"),
        "userError": "INVALID",
        "name": "---",
        "address": "---",
        "requestIdentifier": "",
        "vatNumber": number,
    }
    if sandbox.settings.vies_is_down:
        body["userError"] = "MS_UNAVAILABLE"
    elif f"{country}{number}" not in sandbox.settings.unregistered_vat_numbers:
        body |= {"isValid": True, "userError": "VALID", "requestIdentifier": "WAPIAAAAYx1"}
    return flask_response(json_answer(body))
