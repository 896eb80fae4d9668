"""The routes under ``/sandbox``: what people and tests ask of the sandbox itself."""

from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from typing import cast, get_args

from flask import Blueprint, Response, request

from dinero_sync.sandbox.answers import TEXT, Answer, json_answer, text_answer
from dinero_sync.sandbox.config_text import AuthMethod, Trigger, demo_config
from dinero_sync.sandbox.control_books import (
    balances,
    change_voucher,
    delete_voucher,
    post_voucher,
    vat_return,
)
from dinero_sync.sandbox.dinero.ledger_booking import finish_due_bookings
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.reports import books, info
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.visma.token import grant_refresh_token, revoke_all_consents

AUTH_METHODS = get_args(AuthMethod)
TRIGGERS = get_args(Trigger)
DONE = {"done": True}


def control_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes under ``/sandbox``."""
    part = Blueprint("control", __name__, url_prefix="/sandbox")
    part.register_error_handler(ValueError, _bad_request)
    part.register_error_handler(TypeError, _bad_request)
    part.before_request(partial(finish_due_bookings, sandbox))
    for rule, method, view in ROUTES:
        part.add_url_rule(
            rule, f"{method} {rule}".replace(".", ""), partial(view, sandbox), methods=[method]
        )
    return part


def _bad_request(error: Exception) -> Response:
    return flask_response(text_answer(str(error), HTTPStatus.BAD_REQUEST))


def _json(value: object) -> Response:
    return flask_response(json_answer(value))


def _info(sandbox: Sandbox) -> Response:
    return _json(info(sandbox))


def _config(sandbox: Sandbox) -> Response:
    auth = request.args.get("auth", AUTH_METHODS[0])
    trigger = request.args.get("trigger", TRIGGERS[0])
    if auth not in AUTH_METHODS or trigger not in TRIGGERS:
        raise ValueError(f"auth is one of {AUTH_METHODS}, trigger one of {TRIGGERS}.")
    text = demo_config(
        sandbox.url,
        start_date=sandbox.start_date,
        auth=cast("AuthMethod", auth),
        trigger=cast("Trigger", trigger),
        redirect_uri=sandbox.settings.redirect_uris[0],
    )
    return flask_response(Answer(HTTPStatus.OK, text.encode(), TEXT))


def _requests(sandbox: Sandbox) -> Response:
    return _json([record.as_json() for record in sandbox.requests])


def _complaints(sandbox: Sandbox) -> Response:
    return _json([asdict(complaint) for complaint in sandbox.complaints])


def _books(sandbox: Sandbox) -> Response:
    return _json(books(sandbox))


def _orders(sandbox: Sandbox) -> Response:
    return _json(list(sandbox.orders.values()))


def _add_orders(sandbox: Sandbox) -> Response:
    sandbox.add_orders(request.get_json())
    return _json(DONE)


def _change_order(sandbox: Sandbox, order_id: int) -> Response:
    if order_id not in sandbox.orders:
        raise ValueError(f"The shop has no order {order_id}.")
    return _json(sandbox.change_order(order_id, request.get_json()))


def _hide_account(sandbox: Sandbox, number: int) -> Response:
    """Hide an account, or show it again: ``{"hidden": true}``; payments on a hidden one fail."""
    account = sandbox.organisation.find_account(number)
    hidden = request.get_json().get("hidden")
    if account is None or not isinstance(hidden, bool):
        raise ValueError('It takes the number of an account and the body {"hidden": true}.')
    account.hidden = hidden
    return _json(DONE)


def _add_returns(sandbox: Sandbox) -> Response:
    sandbox.returns.extend(request.get_json())
    return _json(DONE)


def _faults(sandbox: Sandbox) -> Response:
    return _json(sandbox.faults.as_json())


def _add_fault(sandbox: Sandbox) -> Response:
    scripts = request.get_json()
    for script in scripts if isinstance(scripts, list) else [scripts]:
        sandbox.add_fault(script)
    return _json(DONE)


def _clear_faults(sandbox: Sandbox) -> Response:
    sandbox.clear_faults()
    return _json(DONE)


def _settings(sandbox: Sandbox) -> Response:
    return _json(asdict(sandbox.settings))


def _change_settings(sandbox: Sandbox) -> Response:
    sandbox.change_settings(**request.get_json())
    return _json(DONE)


def _grant(sandbox: Sandbox) -> Response:
    return _json({"refresh_token": grant_refresh_token(sandbox)})


def _revoke(sandbox: Sandbox) -> Response:
    revoke_all_consents(sandbox)
    return _json(DONE)


def _reset(sandbox: Sandbox) -> Response:
    sandbox.reset()
    return _json(DONE)


ROUTES = (
    ("/info", "GET", _info),
    ("/config", "GET", _config),
    ("/requests", "GET", _requests),
    ("/complaints", "GET", _complaints),
    ("/books", "GET", _books),
    ("/balances", "GET", balances),
    ("/vat-return", "GET", vat_return),
    ("/vouchers", "POST", post_voucher),
    ("/vouchers/<voucher>", "PATCH", change_voucher),
    ("/vouchers/<voucher>", "DELETE", delete_voucher),
    ("/orders", "GET", _orders),
    ("/orders", "POST", _add_orders),
    ("/orders/<int:order_id>", "PATCH", _change_order),
    ("/accounts/<int:number>", "PATCH", _hide_account),
    ("/returns", "POST", _add_returns),
    ("/faults", "GET", _faults),
    ("/faults", "POST", _add_fault),
    ("/faults", "DELETE", _clear_faults),
    ("/settings", "GET", _settings),
    ("/settings", "POST", _change_settings),
    ("/consents", "POST", _grant),
    ("/consents", "DELETE", _revoke),
    ("/reset", "POST", _reset),
)
