"""One request on its way through the sandbox: log, fault before, service, fault after."""

import os
import signal
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.wrappers import Request, Response

from dinero_sync.sandbox.answers import HTML, Answer
from dinero_sync.sandbox.dinero.call import same_guid
from dinero_sync.sandbox.dinero.errors import Refusal
from dinero_sync.sandbox.dinero.gate import quota_answer
from dinero_sync.sandbox.faults import Fault
from dinero_sync.sandbox.openapi import usual_spelling
from dinero_sync.sandbox.state import RequestRecord, Sandbox

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

DINERO = "/dinero"
VENDORS = ("shoporama", "dinero", "visma", "authz")
MINUTE_SECONDS = 60.0
PAGE = b"<!doctype html><title>Oops</title><h1>Something went wrong</h1>"


class NoAnswer(Exception):  # noqa: N818 - an outcome asked for by a fault, no error
    """The connection is to be closed without an answer."""


def exchange(
    sandbox: Sandbox, application: Flask, environ: "WSGIEnvironment", body: bytes
) -> Answer:
    """Process a request and return what goes over the wire; raises NoAnswer when nothing does."""
    request = Request(environ)
    service = request.path.split("/")[1] if "/" in request.path else ""
    if service not in VENDORS:
        with sandbox.lock:
            return _process(application, environ)
    record = RequestRecord(
        number=0,
        service=service,
        method=request.method,
        path=request.path,
        query=request.query_string.decode(),
        raw_body=body,
        content_type=request.content_type or "",
    )
    with sandbox.lock:
        sandbox.begin(record)
        fault = _fault(sandbox, record)
    record.fault = fault.kind if fault else None
    answer = _with_faults(sandbox, application, environ, record, fault)
    record.status = answer.status
    return answer


def _fault(sandbox: Sandbox, record: RequestRecord) -> Fault | None:
    settings = sandbox.settings
    if settings.kill_at_request == record.number:
        return Fault(kind="kill", when=settings.kill_when)
    return sandbox.faults.take(record.service, record.method, record.path)


def _with_faults(
    sandbox: Sandbox,
    application: Flask,
    environ: "WSGIEnvironment",
    record: RequestRecord,
    fault: Fault | None,
) -> Answer:
    if fault is not None:
        early = _before(sandbox, fault, record, environ)
        if early is not None:
            return early
    with sandbox.lock:
        sandbox.current = record
        answer = _process(application, _spelled(sandbox, environ))
        sandbox.current = None
    return answer if fault is None else _after(sandbox, fault, record, answer)


def _spelled(sandbox: Sandbox, environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """Spell a path of Dinero's as its document does; Dinero takes any letter case."""
    given = environ["PATH_INFO"]
    if not given.startswith(DINERO):
        return environ
    usual = DINERO + usual_spelling(given.removeprefix(DINERO))
    if usual != given:
        sandbox.complain("The API spells this path in another letter case; it was taken.")
    return environ | {"PATH_INFO": usual}


def _process(application: Flask, environ: "WSGIEnvironment") -> Answer:
    response = Response.from_app(application, environ, buffered=True)
    headers = {
        name: value
        for name, value in response.headers.items()
        if name not in {"Content-Type", "Content-Length"}
    }
    return Answer(
        response.status_code, response.get_data(), response.headers["Content-Type"], headers
    )


def _before(
    sandbox: Sandbox, fault: Fault, record: RequestRecord, environ: "WSGIEnvironment"
) -> Answer | None:
    """Do what the fault does before the request is processed; an answer ends the request."""
    if fault.kind == "reset_before":
        raise NoAnswer
    if fault.kind == "status_before":
        return _status_answer(fault)
    if fault.kind == "rate_limit":
        return _rate_limit(sandbox, fault)
    if fault.when == "before" and fault.kind == "html":
        return Answer(HTTPStatus.OK, PAGE, HTML)
    if fault.when == "before" and fault.kind == "kill":
        _kill_client(sandbox)
    if fault.kind == "hang_before":
        _hang(record, fault.seconds)
    if fault.kind == "stale":
        _make_stale(sandbox, record)
    if fault.kind == "expired_token":
        _expire_token(sandbox, environ)
    return None


def _after(sandbox: Sandbox, fault: Fault, record: RequestRecord, answer: Answer) -> Answer:
    """Do what the fault does once the request is processed."""
    if fault.kind == "reset_after":
        raise NoAnswer
    if fault.kind == "status_after":
        return _status_answer(fault)
    if fault.when == "after" and fault.kind == "html":
        return Answer(HTTPStatus.OK, PAGE, HTML)
    if fault.when == "after" and fault.kind == "kill":
        _kill_client(sandbox)
    if fault.kind == "hang_after":
        _hang(record, fault.seconds)
    if fault.kind == "truncated":
        return _truncated(fault, answer)
    return answer


def _hang(record: RequestRecord, seconds: float) -> None:
    was_interrupted = record.interruption.wait(seconds)
    if was_interrupted:
        raise NoAnswer


def _status_answer(fault: Fault) -> Answer:
    if fault.body == "refusal":
        return Refusal("Refused by script.", status=fault.status).answer
    return Answer(fault.status, PAGE if fault.body == "html" else b"", HTML)


def _rate_limit(sandbox: Sandbox, fault: Fault) -> Answer:
    if isinstance(fault.retry_after, str):
        return quota_answer(sandbox, MINUTE_SECONDS, fault.retry_after)
    if fault.retry_after is None:
        return quota_answer(sandbox, MINUTE_SECONDS, "absent")
    return quota_answer(sandbox, fault.retry_after, "seconds")


def _truncated(fault: Fault, answer: Answer) -> Answer:
    cut = answer.body[: len(answer.body) // 2]
    length = len(answer.body) if fault.content_length == "whole" else len(cut)
    headers = {**answer.headers, "Content-Length": str(length)}
    return Answer(answer.status, cut, answer.content_type, headers)


def _kill_client(sandbox: Sandbox) -> None:
    """End the client in the middle of its call, as a power cut does."""
    pid = sandbox.settings.client_pid
    if pid is not None:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(pid, signal.SIGKILL)
    raise NoAnswer


def _make_stale(sandbox: Sandbox, record: RequestRecord) -> None:
    """Change the document that the client is about to change a moment before it does."""
    with sandbox.lock:
        for guid in map(same_guid, _named(record)):
            invoice = sandbox.invoices.get(guid) or sandbox.credit_notes.get(guid)
            if invoice is not None:
                invoice.timestamp = sandbox.new_timestamp()
            item = sandbox.organisation.ledger_items.get(guid)
            if item is not None:
                item.version = sandbox.new_timestamp()


def _named(record: RequestRecord) -> list[str]:
    """Return what may be a guid: the steps of the path, and the ids of the items in the body."""
    body = record.body
    items = [item for item in body if isinstance(item, dict)] if isinstance(body, list) else []
    return [*record.path.split("/"), *(str(item.get("Id")) for item in items)]


def _expire_token(sandbox: Sandbox, environ: "WSGIEnvironment") -> None:
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    with sandbox.lock:
        sandbox.access_tokens.expire(authorization.partition(" ")[2].strip())
