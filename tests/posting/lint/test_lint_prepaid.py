"""Payment types whose money comes before the goods are sent, where shipping makes the invoice."""

import pytest
from builders import a_payment_type, settings
from faulty_rules import a_deposit_chart

from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.posting.lint.lint import lint
from dinero_sync.posting.settings import PaymentType, PaymentTypeCondition, Received, Trigger
from dinero_sync.texts import telling

CHART = a_deposit_chart(_55010="Tilgode", _55000="Bank")
WARNING, HINT = Severity.WARNING, Severity.HINT


def an_entry(name: str, gateway: str = "x", **more: object) -> PaymentType:
    return a_payment_type(name=name, when=PaymentTypeCondition(gateway=(gateway,)), **more)


def found(entry: PaymentType, trigger: Trigger = Trigger.SHIPPED) -> list[Finding]:
    rules = settings(payment_types=(entry,), trigger=trigger)
    return [each for each in lint(rules, CHART, rules.start_date) if each.key == "payment_types[0]"]


@pytest.mark.parametrize(
    ("entry", "severity"),
    [
        (an_entry("Bankoverførsel", deposit_account=55000), WARNING),
        (an_entry("Bankoverførsel", deposit_account=None), WARNING),
        (an_entry("MobilePay"), WARNING),
        (an_entry("Mobil", "mobilepay"), WARNING),
        (an_entry("Vipps"), WARNING),
        (an_entry("PayPal"), WARNING),
        (an_entry("Stripe"), WARNING),
        (an_entry("Dankort", "quickpay*"), HINT),
        (an_entry("Klarna"), HINT),
        (an_entry("Noget"), HINT),
    ],
    ids=lambda value: value.name if isinstance(value, PaymentType) else str(value),
)
def test_what_may_come_before_is_a_warning_where_its_name_tells_it(
    entry: PaymentType, severity: Severity
) -> None:
    (finding,) = found(entry)

    assert finding.severity is severity
    pasted = telling.next_step(finding.steps)
    assert "received: at_once" in pasted
    assert "received: when_shipped" in pasted
    assert f'name: "{entry.name}"' in pasted


@pytest.mark.parametrize("received", Received)
def test_nothing_is_found_once_it_is_said(received: Received) -> None:
    assert found(an_entry("Bankoverførsel", received=received)) == []
    assert found(an_entry("MobilePay", received=received)) == []


def test_nothing_is_found_where_being_paid_makes_the_invoice() -> None:
    assert found(an_entry("Bankoverførsel"), Trigger.PAID) == []
    assert found(an_entry("Bankoverførsel", trigger=Trigger.PAID)) == []


def test_a_trigger_of_its_own_is_what_counts() -> None:
    (finding,) = found(an_entry("Bank", trigger=Trigger.SHIPPED), Trigger.PAID)

    assert finding.severity is WARNING


def test_an_invoice_that_is_paid_later_is_no_payment_before() -> None:
    assert found(an_entry("Faktura", deposit_account=None)) == []
