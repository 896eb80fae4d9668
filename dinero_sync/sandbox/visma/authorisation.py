"""The two authorisation servers: Visma Connect, and the older one for API keys."""

import hmac
from functools import partial

from flask import Blueprint, Response, request

from dinero_sync.sandbox.answers import Answer
from dinero_sync.sandbox.credentials import (
    API_KEY,
    API_KEY_CLIENT_ID,
    API_KEY_CLIENT_SECRET,
    ORGANIZATION_ID,
)
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.visma.answers import GrantRefusal, token_answer
from dinero_sync.sandbox.visma.authorize import add_authorize_routes
from dinero_sync.sandbox.visma.token import exchange_token

API_KEY_SCOPE = "read write"


def visma_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes under ``/visma``."""
    part = Blueprint("visma", __name__, url_prefix="/visma")
    add_authorize_routes(part, sandbox)
    part.add_url_rule("/connect/token", "token", partial(_visma_token, sandbox), methods=["POST"])
    return part


def _visma_token(sandbox: Sandbox) -> Response:
    authorization = request.headers.get("Authorization", "")
    return flask_response(exchange_token(sandbox, request.form, authorization))


def api_key_routes(sandbox: Sandbox) -> Blueprint:
    """Make the routes under ``/authz``."""
    part = Blueprint("authz", __name__, url_prefix="/authz")
    part.add_url_rule(
        "/dineroapi/oauth/token", "token", partial(_api_key_token, sandbox), methods=["POST"]
    )
    return part


def _api_key_token(sandbox: Sandbox) -> Response:
    try:
        return flask_response(_exchange_key(sandbox))
    except GrantRefusal as refusal:
        return flask_response(refusal.answer)


def _exchange_key(sandbox: Sandbox) -> Answer:
    """Give a token for an API key: the key is both user name and password."""
    basic = request.authorization
    if basic is None or basic.type != "basic" or basic.username != API_KEY_CLIENT_ID:
        raise GrantRefusal("invalid_client")
    if not _same(basic.password or "", API_KEY_CLIENT_SECRET):
        raise GrantRefusal("invalid_client")
    if request.form.get("grant_type") != "password":
        raise GrantRefusal("unsupported_grant_type")
    if not all(_same(request.form.get(name, ""), API_KEY) for name in ("username", "password")):
        raise GrantRefusal("invalid_grant")
    seconds = sandbox.settings.access_token_seconds
    access = sandbox.access_tokens.give((ORGANIZATION_ID,), sandbox.now(), seconds, None)
    return token_answer(access, seconds, API_KEY_SCOPE, None)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
