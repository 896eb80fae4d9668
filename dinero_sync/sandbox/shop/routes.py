"""Shoporama's REST API, played: https://www.shoporama.dk/index/rest and its successors.

Where nobody outside knows the wire, it is as Shoporama's other answers make probable: lists with
``paging``, times without a zone, errors as plain text.
"""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, request

from dinero_sync.sandbox.answers import Json, json_answer, text_answer
from dinero_sync.sandbox.credentials import SHOP_TOKEN
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.shop.goods import GOODS_ROUTES
from dinero_sync.sandbox.shop.listing import changed_since, one, page, with_number
from dinero_sync.sandbox.state import Sandbox

OTHER_HEADER = "X-Access-Token"
WRITABLE = frozenset(
    [
        "products",
        "basket_id",
        "shipping_id",
        "voucher_id",
        "del_country_id",
        "order_country_id",
        "status",
        "invoice_id",
        "voucher_code",
        "voucher_discount",
        "voucher_discount_amount",
        "paid",
        "order_labels",
    ]
)
"""The fields that the old wiki documents for PATCH (http://doc.shoporama.dk, REST), and labels.

Of these nobody outside knows the name; an order here has them only where a test says so."""


def shop_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes under ``/shoporama/REST``."""
    part = Blueprint("shoporama", __name__, url_prefix="/shoporama/REST")
    part.before_request(partial(_gate, sandbox))
    part.add_url_rule("/self", "self", partial(_self, sandbox))
    part.add_url_rule("/order", "orders", partial(_orders, sandbox))
    part.add_url_rule("/order/<int:order_id>", "order", partial(_order, sandbox))
    part.add_url_rule(
        "/order/<int:order_id>", "patch", partial(_patch_order, sandbox), methods=["PATCH", "PUT"]
    )
    part.add_url_rule("/order-return", "returns", partial(_returns, sandbox))
    part.add_url_rule("/payment-gateway", "gateways", partial(_gateways, sandbox))
    part.add_url_rule("/shipping", "shipping", partial(_shipping, sandbox))
    part.add_url_rule("/shipping/<int:shipping_id>", "one", partial(_one_shipping, sandbox))
    part.add_url_rule("/customer", "customers", partial(_customers, sandbox))
    part.add_url_rule("/country", "countries", partial(_countries, sandbox))
    for rule, view in GOODS_ROUTES:
        part.add_url_rule(rule, rule, partial(view, sandbox))
    return part


def _gate(sandbox: Sandbox) -> Response | None:
    """Check the token and the daily quota; None lets the request in."""
    if "python-requests" in request.headers.get("User-Agent", "python-requests"):
        sandbox.complain("Shoporama asks for a User-Agent that names the program.")
    header = _sent_token(sandbox)
    if not _is_authorised(sandbox, header):
        if header in sandbox.shop_refused:
            sandbox.complain("The shop refused this very Authorization header before.")
        sandbox.shop_refused.add(header)
        return flask_response(text_answer("401 Unauthorized", HTTPStatus.UNAUTHORIZED))
    key = (SHOP_TOKEN, sandbox.today())
    sandbox.shop_calls[key] = sandbox.shop_calls.get(key, 0) + 1
    if sandbox.shop_calls[key] > sandbox.settings.shop_daily_calls:
        return flask_response(text_answer("429 Too Many Requests", HTTPStatus.TOO_MANY_REQUESTS))
    return None


def _sent_token(sandbox: Sandbox) -> str:
    """Return the ``Authorization`` header, or the one that clients send beside it."""
    header = request.headers.get("Authorization", "")
    beside = request.headers.get(OTHER_HEADER)
    if header or not beside:
        return header
    sandbox.complain(f"The token came in {OTHER_HEADER} alone; Authorization is documented.")
    return f"{OTHER_HEADER} {beside}"


def _is_authorised(sandbox: Sandbox, header: str) -> bool:
    form, _, token = header.rpartition(" ")
    return token == SHOP_TOKEN and (form or "bare") in sandbox.settings.shop_auth_forms


def _self(_sandbox: Sandbox) -> Response:
    body = {"webshop_id": 4711, "name": "Ler og Lærred", "url": "https://butik.example.dk"}
    return flask_response(json_answer(body))


def _orders(sandbox: Sandbox) -> Response:
    orders = list(sandbox.orders.values())
    if not sandbox.settings.shop_filter_ignored:
        orders = changed_since(sandbox, orders)
    return page(sandbox, "orders", _sorted(sandbox, orders))


def _sorted(sandbox: Sandbox, orders: Sequence[Json]) -> list[Json]:
    settings = sandbox.settings
    by_change = settings.shop_sort_by == "last_modified"
    return sorted(
        orders,
        key=lambda order: (order["last_modified"] if by_change else "", int(order["order_id"])),
        reverse=settings.shop_newest_first,
    )


def _order(sandbox: Sandbox, order_id: int) -> Response:
    return one(sandbox.orders.get(order_id))


def _patch_order(sandbox: Sandbox, order_id: int) -> Response:
    changes = request.get_json(silent=True)
    if not isinstance(changes, dict):
        sandbox.complain("The body of a change is a JSON object with Content-Type JSON.")
        return flask_response(text_answer("400 Bad Request", HTTPStatus.BAD_REQUEST))
    if order_id not in sandbox.orders:
        return one(None)
    for name in sorted(set(changes) - WRITABLE):
        sandbox.complain(f"{name} isn't documented as writable; it was ignored.")
    known = {name: value for name, value in changes.items() if name in WRITABLE}
    return one(sandbox.change_order(order_id, known))


def _returns(sandbox: Sandbox) -> Response:
    return flask_response(json_answer(sandbox.returns))


def _gateways(sandbox: Sandbox) -> Response:
    return flask_response(json_answer(sandbox.catalogue.gateways))


def _shipping(sandbox: Sandbox) -> Response:
    return flask_response(json_answer(sandbox.catalogue.shipping))


def _one_shipping(sandbox: Sandbox, shipping_id: int) -> Response:
    return one(with_number(sandbox.catalogue.shipping, "shipping_id", shipping_id))


def _customers(sandbox: Sandbox) -> Response:
    """Answer with no customer: a client saw the list empty in a shop that had some."""
    return page(sandbox, "customers", [])


def _countries(sandbox: Sandbox) -> Response:
    return flask_response(json_answer(sandbox.catalogue.countries))
