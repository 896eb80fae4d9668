"""Sources of payouts: what is refused, at its place, and what they are as plain values."""

from pathlib import Path

import pytest

from dinero_sync.config.inboxes.payouts import sources_of
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.errors import ConfigError

BASE = """\
shoporama: {api_key: k}
dinero: {auth: {client_id: i, client_secret: s}}
sync: {start_date: 2026-12-01}
payment_types: []
"""
STRIPE = "id: stripe, name: Stripe, format: stripe"
ACCOUNTS = "clearing_account: 55080, paid_to: 55095, fee_account: 7420"
NEEDED = "payout: U, date: D, amount: A"
MAPPED = (
    '{payout: Udbetaling, date: Dato, type: Type, amount: Beløb, delimiter: ";", decimal: ",",'
    ' dates: "%d-%m-%Y", types: {sale: [Køb], refund: Retur, payout: [Udbetalt]}}'
)


def loaded(folder: Path, *sources: str) -> Config:
    entries = "".join(f"    - {{{each}}}\n" for each in sources)
    path = folder / "config.yaml"
    path.write_text(f"{BASE}payouts:\n  inbox: inbox\n  sources:\n{entries}", encoding="utf-8")
    return load_config(path)


def problems(folder: Path, *sources: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, *sources)
    return [f"{each.line} {each.key}: {each.message}" for each in caught.value.problems]


def test_without_payouts_there_is_no_inbox_and_no_source(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(BASE, encoding="utf-8")

    config = load_config(path)

    assert (config.payouts.inbox, config.payouts.start_date, config.payouts.sources) == (
        None,
        None,
        (),
    )


def test_sources_become_plain_values(tmp_path: Path) -> None:
    other = f"id: viabill, name: ViaBill, format: columns, columns: {MAPPED}, {ACCOUNTS}"
    config = loaded(tmp_path, f"{STRIPE}, fee_vat: I25, {ACCOUNTS}", other)

    stripe, viabill = sources_of(config.payouts)

    assert config.payouts.inbox == tmp_path / "inbox"
    assert (stripe.id, stripe.format, stripe.fee_vat) == ("stripe", SettlementFormat.STRIPE, "I25")
    assert (stripe.clearing_account, stripe.paid_to, stripe.fee_account) == (55080, 55095, 7420)
    assert viabill.fee_vat is None
    assert viabill.references == ("{number}", "#{number}")
    assert viabill.columns.payout == "Udbetaling"
    assert dict(viabill.columns.types) == {
        "sale": ("Køb",),
        "refund": ("Retur",),
        "payout": ("Udbetalt",),
    }


@pytest.mark.parametrize(
    ("source", "key", "said"),
    [
        (f"id: a b, name: n, format: stripe, {ACCOUNTS}", "id", "small letters"),
        (f"id: a, name: n, format: strip, {ACCOUNTS}", "format", 'did you mean "stripe"'),
        ("id: a, name: n, format: stripe, clearing_account: x, paid_to: 1, fee_account: 2",
         "clearing_account", "whole number"),
        ("id: a, name: n, format: stripe, clearing_account: 1, paid_to: 1, fee_account: 2",
         "paid_to", "clearing account itself"),
        (f"id: a, name: n, format: columns, {ACCOUNTS}", "columns", "payout is missing"),
        (f"id: a, name: n, format: columns, columns: {{payout: U, date: D}}, {ACCOUNTS}",
         "columns", "amount is missing"),
        (f"id: a, name: n, format: columns, columns: {{{NEEDED}, type: T}}, {ACCOUNTS}",
         "columns", "types"),
        (f"id: a, name: n, format: stripe, columns: {{amount: A}}, {ACCOUNTS}",
         "columns", "does not go with format: stripe, whose columns are known"),
        (f'id: a, name: n, format: stripe, references: ["DIN-"], {ACCOUNTS}',
         "references[0]", "{number}"),
        (f'id: a, name: n, format: paypal, columns: {{dates: "%d-%m"}}, {ACCOUNTS}',
         "columns.dates", "day, month and year"),
        (f'id: a, name: n, format: paypal, columns: {{decimal: ";"}}, {ACCOUNTS}',
         "columns.decimal", '","'),
        (f'id: a, name: n, format: columns, columns: {{{NEEDED}, delimiter: ";;"}}, {ACCOUNTS}',
         "columns.delimiter", "one sign"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(
    source: str, key: str, said: str, tmp_path: Path
) -> None:
    (problem,) = problems(tmp_path, source)

    assert problem.startswith(f"8 payouts.sources[0].{key}: ")
    assert said in problem


def test_paypal_may_say_its_words_in_another_language(tmp_path: Path) -> None:
    said = "columns: {reference: Fakturanr., types: {payout: [Hævning]}}"

    config = loaded(tmp_path, f"id: paypal, name: PayPal, format: paypal, {said}, {ACCOUNTS}")

    (source,) = sources_of(config.payouts)
    assert source.columns.reference == "Fakturanr."


def test_an_id_is_given_once(tmp_path: Path) -> None:
    named = f'{STRIPE}, files: ["a*"], {ACCOUNTS}'

    (problem,) = problems(tmp_path, named, named)

    assert problem.startswith("9 payouts.sources[1].id: is the id of the source on line 8 too")


def test_two_sources_of_a_format_need_names_of_files(tmp_path: Path) -> None:
    second = STRIPE.replace("id: stripe", "id: stripe-eur")

    found = problems(tmp_path, f"{STRIPE}, {ACCOUNTS}", f'{second}, files: "eur*", {ACCOUNTS}')

    assert [each.split(":")[0] for each in found] == ["8 payouts.sources[0].format"]
    assert loaded(
        tmp_path,
        f"{STRIPE}, files: dkk*, {ACCOUNTS}",
        f'{second}, files: ["eur*"], {ACCOUNTS}',
    )
