"""The suite itself: it sees what it is there for, and the deliberate faults still apply."""

import shutil
from pathlib import Path

import pytest
from crash_cases import SOURCES, prove, source_of, spread, under
from crash_desk import Desk
from crash_inside import give_inside
from crash_scenarios import SCENARIOS
from crash_violations import blind_repetitions, violations
from mutants import MUTANTS, PROGRAM, Mutant

from dinero_sync.sandbox.dinero.ledger import post_payment
from dinero_sync.sandbox.state import RequestRecord

PAYMENT = "/dinero/v1/123456/invoices/a/payments"


def wrong(desk: Desk) -> str:
    """Return everything that is wrong now."""
    scenario = SCENARIOS["paid_orders"]
    return "\n".join(violations(desk.sandbox, desk.state, scenario.expected(desk)))


@pytest.fixture
def booked(desk: Desk) -> Desk:
    """Bring a desk to where everything is as it must be."""
    SCENARIOS["paid_orders"].begin(desk)
    give_inside(desk, "run")
    assert wrong(desk) == ""
    return desk


def a_request(
    method: str, path: str, status: int | None = 200, fault: str | None = None
) -> RequestRecord:
    return RequestRecord(
        number=0,
        service="dinero",
        method=method,
        path=path,
        query="",
        raw_body=b"{}" if method == "POST" else b"",
        content_type="application/json",
        status=status,
        fault=fault,
    )


def test_a_second_payment_is_seen(booked: Desk) -> None:
    invoice = next(each for each in booked.sandbox.invoices.values() if each.payments)
    invoice.payments *= 2
    post_payment(booked.sandbox.organisation, invoice, invoice.payments[0])

    found = wrong(booked)

    assert "Order 1 is paid [(55010, Decimal('198.95')), (55010, Decimal('198.95'))]" in found
    assert "Account 55010 holds 397.90, not 198.95." in found


def test_a_second_invoice_is_seen(booked: Desk) -> None:
    invoices = booked.sandbox.invoices
    invoices["another"] = next(iter(invoices.values()))

    assert "Order 1 has 2 invoices, not 1." in wrong(booked)


def test_a_second_contact_is_seen(booked: Desk) -> None:
    contacts = booked.sandbox.contacts
    contacts["another"] = next(iter(contacts.values()))

    assert "2 buyers have 3 contacts." in wrong(booked)


def test_an_order_that_was_not_due_is_seen(booked: Desk) -> None:
    booked.sandbox.change_order(1, {"paid": 0, "paid_time": ""})

    assert "Order 1 has 1 invoices, not 0." in wrong(booked)


def test_an_order_that_was_forgotten_is_seen(booked: Desk) -> None:
    booked.sandbox.add_orders([{**booked.sandbox.orders[1], "order_id": 77}])

    assert "Order 77 has 0 invoices, not 1." in wrong(booked)
    assert "Order 77 isn't in the journal." in wrong(booked)


def test_a_payment_sent_again_without_a_look_is_seen() -> None:
    lost = a_request("POST", PAYMENT, status=None)
    again = a_request("POST", PAYMENT)
    look = a_request("GET", PAYMENT.replace("v1", "v2"))
    failed_look = a_request("GET", look.path, status=503)

    assert list(blind_repetitions([lost, look, again])) == []
    assert len(list(blind_repetitions([lost, again]))) == 1
    assert len(list(blind_repetitions([lost, failed_look, again]))) == 1


def test_a_refused_payment_may_be_sent_again() -> None:
    refused = a_request("POST", PAYMENT, status=429)

    assert list(blind_repetitions([refused, refused])) == []


def test_a_case_that_breaks_the_suite_is_a_violation(desk: Desk) -> None:
    proof = prove(desk, "kill/no_such_scenario/request/1/after")

    assert proof.violations[0].startswith("A fault of the program:")


def test_cases_are_found_by_the_beginning_of_their_name() -> None:
    assert under("kill/skip", SOURCES) == ["kill/skip"]
    assert under("kill/sk", SOURCES) == []
    assert len(under("kill", SOURCES)) == len(SCENARIOS)
    assert source_of("kill/skip/request/7/after") == "kill/skip"
    assert source_of("race/credit/182957") == "race/credit"
    assert source_of("schedule/182957") == "schedule"


def test_a_few_cases_are_spread_over_all() -> None:
    assert spread([str(number) for number in range(10)], 2) == ["2", "7"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: str(mutant.name))
def test_the_deliberate_faults_still_apply_to_the_code(mutant: Mutant, tmp_path: Path) -> None:
    program = tmp_path / PROGRAM.name
    shutil.copytree(PROGRAM, program, ignore=shutil.ignore_patterns("__pycache__"))

    for change in mutant.changes:
        change.applied_to(program)

    changed = {program / change.file for change in mutant.changes}
    for path in changed:
        text = path.read_text(encoding="utf-8")
        compile(text, str(path), "exec")
        assert text != (PROGRAM / path.relative_to(program)).read_text(encoding="utf-8")
