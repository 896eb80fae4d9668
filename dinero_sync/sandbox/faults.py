"""Faults by script: which requests meet one, and what it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Literal, get_args

from pydantic import TypeAdapter

from dinero_sync.sandbox.answers import Json

Kind = Literal[
    "reset_before",
    "reset_after",
    "status_before",
    "status_after",
    "rate_limit",
    "hang_before",
    "hang_after",
    "truncated",
    "html",
    "stale",
    "expired_token",
    "kill",
]
KINDS: Sequence[str] = get_args(Kind)
MATCHED = ("service", "method", "path")


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault: the requests it meets (globs) and what they get."""

    kind: Kind
    service: str = "*"
    """``dinero``, ``shoporama``, ``visma`` or ``authz``."""
    method: str = "*"
    path: str = "*"
    """The whole path, like ``*/invoices/*/book``; ``*`` also matches slashes."""
    skip: int = 0
    """How many matching requests go by first."""
    times: int | None = 1
    """How many requests it meets; None is all of them."""
    when: Literal["before", "after"] = "before"
    """For ``kill`` and ``html``: before the request is processed, or after."""
    status: int = 500
    """For ``status_before`` and ``status_after``."""
    body: Literal["html", "empty", "refusal"] = "html"
    """For ``status_before`` and ``status_after``; ``refusal``: an error in Dinero's own form."""
    retry_after: float | str | None = None
    """For ``rate_limit``: seconds, ``http_date`` (a minute from now), or None for no header."""
    seconds: float = 60
    """For ``hang_before`` and ``hang_after``."""
    content_length: Literal["cut", "whole"] = "cut"
    """For ``truncated``: the length of what is sent, or of the whole body."""

    def matches(self, service: str, method: str, path: str) -> bool:
        """Tell whether the fault is meant for such a request."""
        return (
            fnmatchcase(service, self.service)
            and fnmatchcase(method, self.method)
            and fnmatchcase(path, self.path)
        )


@dataclass(slots=True)
class FaultScript:
    """The faults still to come, in the order they were added."""

    faults: list[Fault] = field(default_factory=list)

    def take(self, service: str, method: str, path: str) -> Fault | None:
        """Return the fault that this request meets, and count it."""
        for fault in self.faults:
            if not fault.matches(service, method, path):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            self._count(fault)
            return fault
        return None

    def _count(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.faults.remove(fault)

    def as_json(self) -> list[Json]:
        """List the faults still to come."""
        return [asdict(fault) for fault in self.faults]


def parse_fault(script: Json) -> Fault:
    """Read ``{"match": {"service": …, "method": …, "path": …}, "kind": …, …}``.

    Raises ValueError with the names or values that are wrong.
    """
    match = script.get("match", {})
    options = {name: value for name, value in script.items() if name != "match"}
    wrong = [name for name in match if name not in MATCHED]
    wrong += [name for name in options if name not in _OPTIONS]
    if wrong:
        raise ValueError(f"A fault has no {', '.join(wrong)}; it has {', '.join(_OPTIONS)}.")
    if options.get("kind") not in KINDS:
        raise ValueError(f"The kind of a fault is one of {', '.join(KINDS)}.")
    return READER.validate_python(match | options)


READER = TypeAdapter(Fault)
_OPTIONS = tuple(item.name for item in fields(Fault) if item.name not in MATCHED)
