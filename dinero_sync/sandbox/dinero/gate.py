"""The way into Dinero: token, minute limit, company, subscription, then the request itself."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from http import HTTPStatus

from dinero_sync.sandbox.answers import TEXT, Answer
from dinero_sync.sandbox.checks import Reading, header_complaints, query_complaints, read_body
from dinero_sync.sandbox.dinero.bookkeeping.entries import note_new
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.call import Call, Handlers
from dinero_sync.sandbox.dinero.errors import NO_LINES, SERVER_ERROR, UNAUTHORISED, Refusal, unfit
from dinero_sync.sandbox.dinero.ledger_booking import finish_due_bookings
from dinero_sync.sandbox.openapi import Operation
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.tokens import AccessToken

WINDOW = timedelta(minutes=1)
GLOBAL = "globalErrors[]"
"""Where ``validationErrors`` tells what concerns no single property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DineroRequest:
    """A request as it came in."""

    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, str]
    authorization: str
    accept: str
    content_type: str
    raw_body: bytes
    upload: tuple[str, bytes] | None = None
    """The name and content of the file in a form of several parts."""


def answer_request(sandbox: Sandbox, request: DineroRequest, handlers: Handlers) -> Answer:
    """Let a request in and carry it out, or refuse it as Dinero does."""
    token = _token(sandbox, request.authorization)
    if token is None:
        return Answer(HTTPStatus.UNAUTHORIZED)
    try:
        call = _admit(sandbox, request, token)
    except Refusal as refusal:
        return refusal.answer
    finish_due_bookings(sandbox)
    limited = _minute_limit(sandbox, call.organisation.id)
    if limited is not None:
        return limited
    handler = handlers.get(request.operation.id)
    if handler is None:
        return _not_played(sandbox)
    try:
        answer = handler(_with_body(call, request))
    except Refusal as refusal:
        return refusal.answer
    note_new(call.organisation, sandbox.now())
    return answer


def _not_played(sandbox: Sandbox) -> Answer:
    """Say that the operation exists, and that only the sandbox lacks it."""
    message = "The sandbox doesn't play this operation."
    sandbox.complain(message)
    return Refusal(message, code=SERVER_ERROR, status=HTTPStatus.NOT_IMPLEMENTED).answer


def _token(sandbox: Sandbox, authorization: str) -> AccessToken | None:
    scheme, _, text = authorization.partition(" ")
    text = text.strip()
    tokens = sandbox.access_tokens
    token = tokens.valid(text, sandbox.now()) if scheme.lower() == "bearer" else None
    if token is None:
        if text in tokens.refused:
            sandbox.complain("The same invalid token was sent again; Dinero watches for that.")
        tokens.refused.add(text)
    return token


def _admit(sandbox: Sandbox, request: DineroRequest, token: AccessToken) -> Call:
    reached = tuple(sandbox.organisations[number] for number in token.organisations)
    return Call(
        sandbox=sandbox,
        operation=request.operation,
        organisation=_organisation(sandbox, request, reached),
        reached=reached,
        path=request.path,
        query=request.query,
        body={},
        accept=request.accept,
    )


def _organisation(
    sandbox: Sandbox, request: DineroRequest, reached: tuple[Organisation, ...]
) -> Organisation:
    named = request.path.get("organizationId")
    if named is None:
        return reached[0]
    found = next((item for item in reached if str(item.id) == named), None)
    if found is None:
        raise Refusal(
            "No access to the organization.", code=UNAUTHORISED, status=HTTPStatus.FORBIDDEN
        )
    if not found.has_pro:
        raise Refusal(
            "The organization has no active Pro subscription.",
            code=sandbox.settings.no_pro_code,
            status=HTTPStatus.FORBIDDEN,
        )
    return found


def _minute_limit(sandbox: Sandbox, organisation: int) -> Answer | None:
    limit = sandbox.settings.calls_per_minute
    if limit is None:
        return None
    now = sandbox.now()
    calls = sandbox.recent_calls.setdefault(organisation, deque())
    while calls and calls[0] <= now - WINDOW:
        calls.popleft()
    if len(calls) < limit:
        calls.append(now)
        return None
    wait = max(1, round((calls[0] + WINDOW - now).total_seconds()))
    return quota_answer(sandbox, wait, sandbox.settings.retry_after, limit)


def quota_answer(
    sandbox: Sandbox, wait_seconds: float, retry_after: str, limit: int = 100
) -> Answer:
    """Answer 429 in plain text, with ``Retry-After`` as ``seconds``, ``http_date`` or not at all.

    The text is the one that clients of Dinero recorded; whether the header comes is unknown.
    """
    moment = sandbox.now() + timedelta(seconds=wait_seconds)
    headers = {
        "seconds": {"Retry-After": f"{wait_seconds:g}"},
        "http_date": {"Retry-After": format_datetime(moment, usegmt=True)},
    }.get(retry_after, {})
    text = f"API calls quota exceeded! maximum admitted {limit} per 1m."
    return Answer(HTTPStatus.TOO_MANY_REQUESTS, text.encode(), TEXT, headers)


def _with_body(call: Call, request: DineroRequest) -> Call:
    if request.upload is not None:
        return replace(call, upload=request.upload)
    reading = read_body(request.operation, request.raw_body, request.content_type)
    complaints = [
        *header_complaints(request.accept),
        *query_complaints(request.operation, request.query),
        *reading.complaints,
    ]
    for complaint in complaints:
        call.sandbox.complain(complaint)
    if not reading.is_json:
        message = "The model is missing."
        raise Refusal(message, problems={GLOBAL: message})
    if reading.problems:
        raise _refusal(reading)
    return replace(call, body=reading.body)


def _refusal(reading: Reading) -> Refusal:
    if set(reading.problems) == {"ProductLines"}:
        message = "Invoices must have at least one invoice line"
        return Refusal(message, code=NO_LINES, problems=reading.problems)
    return unfit(reading.problems)
