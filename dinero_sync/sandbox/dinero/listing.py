"""What all lists have in common: ``fields``, ``queryFilter``, ``changesSince`` and pages."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.call import Call
from dinero_sync.sandbox.dinero.errors import Refusal, invalid

LARGEST_PAGE = 1000
USUAL_PAGE = 100
OPERATORS = ("eq", "contains")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
TERM = re.compile(r"\s*(\w+)\s+(\w+)\s+'((?:[^']|'')*)'\s*(;|$)")

Row: TypeAlias = Json
"""An item with everything that ``fields`` may ask for, under the API's own names."""
Condition: TypeAlias = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of ``queryFilter``: ``Email eq 'a@b.dk'``; case doesn't count."""

    name: str
    operator: str
    value: str

    def holds(self, row: Row) -> bool:
        """Tell whether the row meets the term."""
        found = row.get(self.name)
        text = "" if found is None else str(found).casefold()
        return text == self.value if self.operator == "eq" else self.value in text


def refuse(call: Call, name: str, text: str) -> Refusal:
    """Refuse a query parameter, and complain: a client that runs in earnest sends no such thing."""
    call.sandbox.complain(f"{name}: {text}")
    return invalid(name, text)


def only_fields(call: Call, rows: Sequence[Row]) -> list[Json]:
    """Cut the rows down to ``fields``; the keys take the casing that was asked for."""
    asked = call.query.get("fields") or call.operation.default_fields
    names = [name.strip() for name in asked.split(",")]
    known = call.operation.fields
    chosen = [(name, known[name.lower()]) for name in names if name.lower() in known]
    return [{asked_name: row.get(name) for asked_name, name in chosen} for row in rows]


def page(call: Call, rows: Sequence[Row]) -> Answer:
    """Answer with the page that ``page`` (from 0) and ``pageSize`` ask for.

    ``Result`` counts what is on it, and ``ResultWithoutFilter`` what there is on all pages.
    """
    number = _whole_number(call, "page", 0)
    size = _whole_number(call, "pageSize", USUAL_PAGE)
    if not 1 <= size <= LARGEST_PAGE:
        raise refuse(call, "pageSize", f"is from 1 to {LARGEST_PAGE}")
    shown = rows[number * size : (number + 1) * size]
    pagination = {
        "MaxPageSizeAllowed": LARGEST_PAGE,
        "PageSize": size,
        "Result": len(shown),
        "ResultWithoutFilter": len(rows),
        "Page": number,
    }
    return json_answer({"Collection": only_fields(call, shown), "Pagination": pagination})


def query_filter(call: Call, filterable: Collection[str]) -> Condition:
    """Read ``queryFilter``: terms joined by ``;``, all of which must hold."""
    terms = _terms(call, {name.lower(): name for name in filterable})
    return lambda row: all(term.holds(row) for term in terms)


def _terms(call: Call, filterable: dict[str, str]) -> list[Term]:
    text = call.query.get("queryFilter", "").strip()
    terms = []
    place = 0
    while place < len(text):
        match = TERM.match(text, place)
        if match is None:
            raise refuse(call, "queryFilter", "a term reads: Field eq 'value'")
        terms.append(_term(call, match, filterable))
        place = match.end()
    return terms


def _term(call: Call, match: re.Match[str], filterable: dict[str, str]) -> Term:
    name, operator, value = match.group(1).lower(), match.group(2).lower(), match.group(3)
    if name not in filterable:
        raise refuse(call, "queryFilter", f"can't filter on {match.group(1)}")
    if operator not in OPERATORS:
        raise refuse(call, "queryFilter", f"the operators are {' and '.join(OPERATORS)}")
    return Term(filterable[name], operator, value.replace("''", "'").casefold())


def changed_since(call: Call) -> Condition:
    """Read ``changesSince``: created, changed or deleted at or after that moment in UTC."""
    since = call.query.get("changesSince")
    if since is None:
        return lambda _row: True
    if not MOMENT.fullmatch(since):
        raise refuse(call, "changesSince", "has the form 2026-11-23T04:15:00Z")
    # The rows' times have no zone, and perhaps a fraction.
    earliest = since.removesuffix("Z")
    return lambda row: str(row["UpdatedAt"]) >= earliest


def flag(call: Call, name: str) -> bool | None:
    """Read a query parameter that is ``true`` or ``false``; None when it is absent."""
    text = call.query.get(name)
    if text is None:
        return None
    if text.lower() not in {"true", "false"}:
        raise refuse(call, name, "is true or false")
    return text.lower() == "true"


def _whole_number(call: Call, name: str, usual: int) -> int:
    text = call.query.get(name, str(usual))
    if not text.isdecimal():
        raise refuse(call, name, "is a whole number from 0")
    return int(text)
