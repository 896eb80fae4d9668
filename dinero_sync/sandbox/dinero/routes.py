"""Flask routes for every operation of the OpenAPI file."""

from functools import partial

from flask import Blueprint, Response, request

from dinero_sync.sandbox.dinero import (
    chart,
    contacts,
    invoices,
    ledger_items,
    mailouts,
    organisations,
    payments,
    sales,
)
from dinero_sync.sandbox.dinero.bookkeeping import entries
from dinero_sync.sandbox.dinero.call import Handlers
from dinero_sync.sandbox.dinero.gate import DineroRequest, answer_request
from dinero_sync.sandbox.dinero.purchases import credit_notes, files, vouchers
from dinero_sync.sandbox.dinero.purchases import payments as purchase_payments
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.openapi import Operation, flask_rule, operations
from dinero_sync.sandbox.state import Sandbox

HANDLERS: Handlers = {
    **organisations.HANDLERS,
    **chart.HANDLERS,
    **contacts.HANDLERS,
    **invoices.HANDLERS,
    **mailouts.HANDLERS,
    **payments.HANDLERS,
    **ledger_items.HANDLERS,
    **sales.HANDLERS,
    **files.HANDLERS,
    **vouchers.HANDLERS,
    **credit_notes.HANDLERS,
    **purchase_payments.HANDLERS,
    **entries.HANDLERS,
}


def dinero_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes under ``/dinero``."""
    part = Blueprint("dinero", __name__, url_prefix="/dinero")
    for operation in operations().values():
        part.add_url_rule(
            flask_rule(operation.path),
            endpoint=operation.id,
            view_func=partial(_serve, sandbox, operation),
            methods=[operation.method],
        )
    return part


def _serve(sandbox: Sandbox, operation: Operation, **path: str) -> Response:
    incoming = DineroRequest(
        operation=operation,
        path=path,
        query=request.args.to_dict(),
        authorization=request.headers.get("Authorization", ""),
        accept=request.headers.get("Accept", ""),
        content_type=request.headers.get("Content-Type", ""),
        raw_body=request.get_data(),
        upload=_upload(),
    )
    return flask_response(answer_request(sandbox, incoming, HANDLERS))


def _upload() -> tuple[str, bytes] | None:
    """Return the file in a form of several parts; clients name the part as they like."""
    part = next(iter(request.files.values()), None)
    return None if part is None else (part.filename or "", part.read())
