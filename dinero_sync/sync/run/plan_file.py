"""The plan file: the exact documents that a person looked at, to be delivered so or not at all.

It holds what is in the documents, names and addresses among it, and belongs to its owner alone.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic.config import ConfigDict

from dinero_sync.domain.documents import canonical_json, hash_of
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import UsageError
from dinero_sync.journal.database import FILE_NAME, journal_id
from dinero_sync.journal.documents import OrderRecord, Rung
from dinero_sync.journal.folder.files import replace_whole
from dinero_sync.sync.ladder.step import planned
from dinero_sync.sync.run.file_kinds import is_a_plan, what_it_is
from dinero_sync.sync.work.rules_hash import rules_hash
from dinero_sync.sync.work.workplace import Workplace

STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOrder:
    """What is to come for one order."""

    __pydantic_config__ = STRICT

    order_id: int
    number: str
    fingerprint: str
    """That of the plan, which ``plan`` has to bear out."""
    booked: bool
    """Whether the invoice is booked already, and only its payment is to come."""
    payment_day: str | None
    """The day to date the payment; None until the shop says that the order is paid."""
    plan: dict[str, Any]
    """The documents, as :func:`canonical_json` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan as it is kept in a file."""

    __pydantic_config__ = STRICT

    form: Literal[1]
    """The version of the file's form."""
    organization_id: int
    journal: str | None
    """The journal's id; None where there was no state folder yet."""
    rules: str
    """A hash of the posting rules."""
    booking: str
    """Whether invoices would be booked or stay drafts."""
    update_contacts: bool
    """Whether contacts that are in Dinero would get what the orders say."""
    made: str
    orders: tuple[PlannedOrder, ...]


@cache
def _form() -> TypeAdapter[PlanFile]:
    return TypeAdapter(PlanFile)


def plan_of(place: Workplace, records: list[OrderRecord]) -> PlanFile:
    """Return the plan of a dry run that would deliver ``records``."""
    has_journal = (place.folder / FILE_NAME).exists()
    return PlanFile(
        form=1,
        organization_id=place.settings.organization_id,
        journal=journal_id(place.db) if has_journal else None,
        rules=rules_hash(place.settings),
        booking=str(place.config.sync.booking),
        update_contacts=place.config.contacts.update,
        made=place.clock.now().isoformat(timespec="seconds"),
        orders=tuple(planned_order(record) for record in records),
    )


def planned_order(record: OrderRecord) -> PlannedOrder:
    """Return what is to come for an order, as the file tells it."""
    plan = planned(record)
    return PlannedOrder(
        order_id=record.order_id,
        number=record.number,
        fingerprint=plan.fingerprint(),
        booked=record.rung.reached(Rung.BOOKED),
        payment_day=str(record.payment_day) if record.payment_day else None,
        plan=json.loads(canonical_json(plan)),
    )


def refuse_other_file(path: Path) -> None:
    """Raise UsageError where a file is that isn't a plan: no other is ever written over."""
    try:
        is_free = is_a_plan(path) or not (path.exists() or path.is_symlink())
        found = (
            ""
            if is_free
            else what_it_is(path)
            if path.is_file()
            else spoken("is no file to write to")
        )
    except OSError as error:
        found = spoken("is there already, and can't be read ({strerror})", strerror=error.strerror)
    if found:
        raise UsageError(
            spoken(
                "{path} {found}. Nothing but an older plan is ever overwritten, and nothing "
                "was written. Name another file: dinero-sync plan -o FILE",
                path=path,
                found=found,
            )
        )


def write_plan(path: Path, plan: PlanFile) -> None:
    """Write the file as a whole, for its owner alone, and over nothing but a plan.

    Raises UsageError where it can't be.
    """
    refuse_other_file(path)
    text = json.dumps(asdict(plan), ensure_ascii=False, indent=2)
    try:
        replace_whole(path, f"{text}\n")
    except OSError as error:
        raise UsageError(
            spoken(
                "The plan isn't kept: {path} can't be written ({strerror}). Nothing was "
                "delivered. It needs a folder that is there, that you may write to, and that "
                "has room: dinero-sync plan -o FILE",
                path=path,
                strerror=error.strerror,
            )
        ) from error


def read_plan(path: Path) -> PlanFile:
    """Read a plan; raises UsageError for a file that is none, or whose text was changed."""
    try:
        plan = _form().validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(
            spoken(
                "The plan {path} can't be read ({strerror}).", path=path, strerror=error.strerror
            )
        ) from error
    except ValidationError as error:
        raise _unusable(path, _why_refused(path, error)) from None
    if any(hash_of(order.plan) != order.fingerprint for order in plan.orders):
        raise _unusable(path, spoken("was changed after it was written"))
    if len({order.order_id for order in plan.orders}) != len(plan.orders):
        raise _unusable(path, spoken("names an order twice"))
    return plan


def _why_refused(path: Path, error: ValidationError) -> str:
    if not is_a_plan(path):
        return what_it_is(path)
    if error.errors()[0]["type"] == "json_invalid":
        return spoken("is a plan that was cut short or edited")
    return spoken("isn't a plan that this version wrote")


def _unusable(path: Path, why: str) -> UsageError:
    """Build the error; it names no file to write to, for this one may be anything."""
    return UsageError(
        spoken(
            "{path} {why}. Nothing was delivered. Make a new plan, and look at it: "
            "dinero-sync plan -o FILE",
            path=path,
            why=why,
        )
    )
