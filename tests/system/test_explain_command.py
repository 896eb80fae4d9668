"""``explain``: why an order is booked as it is, from the state folder alone."""

import json
from decimal import Decimal

import pytest
from desk import Desk
from invented_sales import FIRST_ORDER_ID, an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess

from dinero_sync.sandbox.shop.buyers import GERMAN_BUSINESS, GERMAN_CONSUMER
from dinero_sync.sandbox.shop.sale import Voucher


@pytest.fixture
def booked(desk: Desk, one_order: int) -> int:
    assert desk.run("run").outcomes == {one_order: "booked"}
    return one_order


def test_a_booked_order_is_explained_in_danish_down_to_the_sums(desk: Desk, booked: int) -> None:
    shown = desk.run("explain", str(booked), "--language", "da")

    assert (shown.status, shown.stderr) == (0, "")
    assert "bogført som faktura 1001" in shown.stdout
    assert "Danmark (zone: dk): leveringsadressens land er DK." in shown.stdout
    assert "Forbruger (buyer: consumer)" in shown.stdout
    assert 'Ordren hører under betalingstypen Kort, when: {gateway: "quickpay*"}.' in shown.stdout
    assert "valgt af posting.sales_account" in joined(shown.stdout)
    assert "1350 Salg af fragt" in shown.stdout
    assert shown.stdout.rstrip().endswith("198,95 kr.")


@pytest.mark.usefixtures("booked")
def test_english_is_there_for_the_asking(desk: Desk) -> None:
    shown = desk.run("explain", "#10427", "--language", "en")

    assert "It is booked as invoice 1001" in shown.stdout
    assert "no rule took the line" in " ".join(shown.stdout.split())


def test_no_call_is_made_and_nothing_of_the_buyer_is_told(
    desk: Desk, sandbox: SandboxProcess, booked: int
) -> None:
    made = len(sandbox.requests())
    (raw,) = sandbox.orders()

    shown = (
        desk.run("explain", str(booked), "--language", "da").stdout
        + desk.run("explain", "#10427", "--json").stdout
    )

    assert len(sandbox.requests()) == made
    private = [raw[key] for key in ("email", "order_name", "order_address")]
    assert all(private)
    assert [each for each in private if each in shown] == []


def test_for_programs_the_sums_are_the_total(desk: Desk, booked: int) -> None:
    data = json.loads(desk.run("explain", str(booked), "--json").stdout)

    assert (data["zone"], data["buyer"], data["trigger"]) == ("dk", "consumer", "paid")
    assert [line["chosen_by"] for line in data["lines"]] == ["sales_account", "shipping_account"]
    assert [each["gross"] for each in data["totals"]] == ["149.95", "49.00"]
    assert (data["total"], data["rules_changed"]) == ("198.95", False)


def test_rules_that_changed_since_are_told_of(
    desk: Desk, sandbox: SandboxProcess, booked: int
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1001})

    shown = desk.run("explain", str(booked), "--language", "en").stdout

    assert "today the lines would be others" in " ".join(shown.split())
    assert "Account 1000" in shown


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Hvad de nuværende regler gør ved ordren, kan ikke siges: de spørger til vare"),
        ("en", "What the present rules make of the order can't be told: they ask for product"),
    ],
)
def test_a_product_that_was_never_read_is_no_hold(
    desk: Desk, sandbox: SandboxProcess, booked: int, language: str, sentence: str
) -> None:
    used = {"name": "used", "when": {"category": "Brugt*"}, "account": 1001}
    desk.configure(sandbox, {"posting.rules": [used]})

    shown = desk.run("explain", str(booked), "--language", language).stdout
    data = json.loads(desk.run("explain", str(booked), "--json").stdout)

    assert sentence in " ".join(shown.split())
    assert "unknown_product" not in shown
    assert (data["held_by_present_rules"], data["rules_changed"]) == (None, False)
    assert data["never_read"]["products"]


def test_a_vat_number_that_vies_was_never_asked_about_is_no_hold(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(buyer=GERMAN_BUSINESS))
    assert desk.run("run").outcomes == {FIRST_ORDER_ID: "booked"}
    vies = {"check": "vies", "unconfirmed": "charge"}
    desk.configure(sandbox, {"posting.eu_vat_numbers": vies})

    shown = desk.run("explain", str(FIRST_ORDER_ID), "--language", "da").stdout

    assert "Virksomhed (buyer: business): ordren har både firma og momsnummer" in shown
    assert "det er ikke spurgt" in " ".join(shown.split())
    assert "unconfirmed_vat_number" not in shown


@pytest.mark.parametrize(
    ("voucher", "price"),
    [
        (None, "Pris 149,95 kr. Heraf er 29,99 udenlandsk moms (konto 64200); her bogføres 119"),
        (
            Voucher(code="JUL", kroner=Decimal(50)),
            "minus rabat (JUL) 50,00: 99,95 kr. Heraf er 19,99 udenlandsk moms (konto 64200); her",
        ),
    ],
    ids=["without a voucher", "with one"],
)
def test_another_country_s_vat_is_told_beside_what_is_posted(
    desk: Desk, sandbox: SandboxProcess, voucher: Voucher | None, price: str
) -> None:
    oss = {"name": "OSS", "when": {"zone": "eu"}, "account": 1151, "foreign_vat_account": 64200}
    desk.configure(sandbox, {"posting.rules": [oss], "posting.eu_vat_rates": {"DE": [25]}})
    sandbox.sell(an_order(buyer=GERMAN_CONSUMER, voucher=voucher))
    desk.run("run")

    shown = desk.run("explain", str(FIRST_ORDER_ID), "--language", "da").stdout
    data = json.loads(desk.run("explain", str(FIRST_ORDER_ID), "--json").stdout)

    assert price in " ".join(shown.split())
    nets = [Decimal(line["amount"]) for line in data["lines"]]
    vats = [Decimal(line["foreign_vat"] or 0) for line in data["lines"]]
    assert sum(nets) == Decimal(data["total"])
    assert sum(vats) == nets[-1], "the last line is the VAT of all others"


def test_of_a_line_by_former_rules_its_amount_and_its_text_are_told(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    oss = {"name": "OSS", "when": {"zone": "eu"}, "account": 1151, "foreign_vat_account": 64200}
    desk.configure(sandbox, {"posting.rules": [oss], "posting.eu_vat_rates": {"DE": [25]}})
    sandbox.sell(an_order(buyer=GERMAN_CONSUMER, voucher=Voucher(code="JUL", kroner=Decimal(50))))
    desk.run("run")
    desk.configure(sandbox, {"posting.rules": []})

    shown = joined(desk.run("explain", str(FIRST_ORDER_ID), "--language", "da").stdout)

    assert "Beløb 79,96 kr. Teksten på fakturaen: Normal price 149.95; discount JUL: -50" in shown


def test_a_held_order_says_why_and_what_to_do(desk: Desk, sandbox: SandboxProcess) -> None:
    sandbox.sell(an_order_that_does_not_add_up())
    assert desk.run("run").status == 3

    shown = desk.run("explain", "#10427", "--language", "da").stdout

    assert "Den venter på jer (lines_do_not_add_up):" in shown
    assert "Ordren stemmer ikke" in shown
    assert f"dinero-sync skip {FIRST_ORDER_ID} --reason" in joined(shown)


def test_a_rule_for_the_order_that_fits_no_vat_is_told_with_the_mending(
    desk: Desk, sandbox: SandboxProcess, one_order: int
) -> None:
    desk.configure(sandbox, {"posting.sales_account": 1050})
    assert desk.run("run").status == 3

    shown = desk.run("explain", str(one_order), "--language", "en").stdout

    assert "account_vat_mismatch" in shown
    assert "- name: product 25 % DK consumer" in shown


@pytest.mark.usefixtures("one_order")
def test_an_order_that_waits_says_how_it_would_be_booked(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(1, state="unpaid"))
    desk.run("run")

    shown = desk.run("explain", str(FIRST_ORDER_ID + 1), "--language", "da").stdout

    assert "Den venter (unpaid):" in shown
    assert "sådan ville den blive bogført" in shown
    assert "198,95 kr." in shown


@pytest.mark.usefixtures("one_order")
def test_a_cancelled_order_says_nothing_of_a_payment_to_register(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order(1, state="cancelled"))
    desk.run("run")

    shown = desk.run("explain", str(FIRST_ORDER_ID + 1), "--language", "da").stdout

    assert "Den bliver ikke til en faktura (cancelled):" in shown
    assert "Ordren hører under betalingstypen Kort" in shown
    assert "registreres" not in shown


def test_an_unknown_order_is_2(desk: Desk) -> None:
    assert desk.run("explain", "99", "--language", "da").status == 2


def test_a_danish_next_step_names_the_configuration_as_it_was_named(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.sell(an_order_that_does_not_add_up())
    desk.run("run")

    shown = desk.run("-c", "config.yaml", "explain", str(FIRST_ORDER_ID), "--language", "da").stdout

    command = f"dinero-sync -c config.yaml skip {FIRST_ORDER_ID} --reason"
    assert command in joined(shown)


def joined(text: str) -> str:
    """Return the words of a text, wherever its lines end."""
    return " ".join(text.split())
