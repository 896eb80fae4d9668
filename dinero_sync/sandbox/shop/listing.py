"""What the shop's lists and single objects have in common on the wire."""

import re
from collections.abc import Sequence

from flask import Response, request

from dinero_sync.sandbox.answers import Answer, Json, json_answer, text_answer
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.state import Sandbox

SINCE = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?")
PARAMETERS = frozenset({"limit", "offset", "last_modified"})
USUAL_LIMIT = 100


def page(sandbox: Sandbox, key: str, rows: Sequence[Json]) -> Response:
    """Answer with the page that ``limit`` and ``offset`` ask for, in an envelope with paging."""
    for name in request.args:
        if name not in PARAMETERS:
            sandbox.complain(f"The query parameter {name} is unknown here and was ignored.")
    offset = request.args.get("offset", 0, type=int)
    limit = min(request.args.get("limit", USUAL_LIMIT, type=int), sandbox.settings.shop_page_limit)
    shown = rows[offset : offset + limit]
    paging = {"offset": offset, "limit": limit, "count": len(shown), "total": len(rows)}
    return flask_response(json_answer({"paging": paging, key: shown}))


def changed_since(sandbox: Sandbox, rows: list[Json]) -> list[Json]:
    """Keep what changed at or after ``last_modified``; without it everything."""
    since = request.args.get("last_modified")
    if since is None:
        return rows
    match = SINCE.fullmatch(since)
    if match is None:
        sandbox.complain("last_modified has the form 2026-11-23T04:15:00; it was ignored.")
        return rows
    day, time, fraction = match.groups()
    if fraction:
        sandbox.complain("last_modified is documented in whole seconds; the fraction was ignored.")
    return [row for row in rows if row["last_modified"] >= f"{day} {time}"]


def with_number(rows: Sequence[Json], key: str, number: int) -> Json | None:
    """Return the row whose id, a number or a text, is ``number``; None when there is none."""
    return next((row for row in rows if str(row[key]) == str(number)), None)


def one(found: Json | None) -> Response:
    """Answer with the bare object, or in plain text that there is none."""
    answer: Answer = json_answer(found) if found is not None else text_answer("404 Not Found", 404)
    return flask_response(answer)
