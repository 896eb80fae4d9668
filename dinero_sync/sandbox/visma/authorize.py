"""Visma Connect's consent page: https://docs.connect.visma.com/."""

from datetime import timedelta
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from dinero_sync.sandbox.answers import html_answer
from dinero_sync.sandbox.credentials import VISMA_CLIENT_ID
from dinero_sync.sandbox.dinero.call import new_guid
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.visma.consents import Code

CODE_LIFE = timedelta(minutes=5)
SCOPES = frozenset(
    {"dineropublicapi:read", "dineropublicapi:write", "offline_access", "openid", "profile"}
)
RESPONSE_MODES = ("query", "form_post")


def add_authorize_routes(part: Blueprint, sandbox: Sandbox) -> None:
    """Add the consent page and its answer."""
    part.add_url_rule("/connect/authorize", "authorize", partial(_ask, sandbox))
    part.add_url_rule("/connect/consent", "consent", partial(_decide, sandbox), methods=["POST"])


def _ask(sandbox: Sandbox) -> BaseResponse:
    parameters = request.args.to_dict()
    refused = _refused(sandbox, parameters)
    if refused is not None:
        return refused
    page = render_template(
        "consent.html",
        company=sandbox.organisation.name,
        client_id=parameters["client_id"],
        action=url_for(".consent"),
        parameters=parameters,
    )
    return Response(page)


def _decide(sandbox: Sandbox) -> BaseResponse:
    parameters = request.form.to_dict()
    accepted = parameters.pop("decision", "") == "accept"
    refused = _refused(sandbox, parameters)
    if refused is not None:
        return refused
    if not accepted:
        return _send_back(parameters, {"error": "access_denied"})
    code = Code(
        consent=new_guid(),
        redirect_uri=parameters["redirect_uri"],
        scope=parameters["scope"],
        challenge=parameters.get("code_challenge"),
        expires_at=sandbox.now() + CODE_LIFE,
    )
    return _send_back(parameters, {"code": sandbox.consents.add_code(code)})


def _refused(sandbox: Sandbox, parameters: dict[str, str]) -> BaseResponse | None:
    """Refuse a wrong client or address with a page, anything else back at the client."""
    known = parameters.get("redirect_uri") in sandbox.settings.redirect_uris
    if parameters.get("client_id") != VISMA_CLIENT_ID or not known:
        sandbox.complain("client_id or redirect_uri is not the one that is registered.")
        page = html_answer("<h1>unauthorized_client</h1>", HTTPStatus.BAD_REQUEST)
        return flask_response(page)
    if not parameters.get("state"):
        sandbox.complain("state is missing: the client can't tell its own consent from another's.")
    error = _request_error(sandbox, parameters)
    return _send_back(parameters, {"error": error}) if error else None


def _request_error(sandbox: Sandbox, parameters: dict[str, str]) -> str | None:
    if parameters.get("response_type") != "code":
        return "unsupported_response_type"
    scopes = set(parameters.get("scope", "").split())
    if not scopes or not scopes <= SCOPES:
        return "invalid_scope"
    challenge = parameters.get("code_challenge")
    plain = challenge and parameters.get("code_challenge_method") != "S256"
    if plain or (sandbox.settings.pkce_required and not challenge):
        return "invalid_request"
    if parameters.get("response_mode", "query") not in RESPONSE_MODES:
        return "invalid_request"
    return None


def _send_back(parameters: dict[str, str], result: dict[str, str]) -> BaseResponse:
    state = {"state": parameters["state"]} if "state" in parameters else {}
    answer = result | state
    address = parameters["redirect_uri"]
    if parameters.get("response_mode") == "form_post":
        return Response(render_template("form_post.html", action=address, parameters=answer))
    separator = "&" if "?" in address else "?"
    return redirect(f"{address}{separator}{urlencode(answer)}")
