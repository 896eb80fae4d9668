"""``procedures`` tells every key of the configuration that says something about the books."""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from dinero_sync.cli.reports.proof.procedures import Source, statements
from dinero_sync.config.model import Config
from dinero_sync.config.told.keys import all_keys
from dinero_sync.config.yaml_text import Unquoted
from dinero_sync.domain.chart import NO_CHART
from dinero_sync.domain.step import Language
from dinero_sync.sync.work.settings import posting_settings, state_folder

Json = dict[str, Any]
BEFORE: Json = {
    "shoporama": {"api_key": "key"},
    "dinero": {"auth": {"client_id": "id", "client_secret": "secret"}},
    "sync": {"start_date": "2026-12-01", "state_dir": "/var/lib/dinero-sync"},
    "posting": {
        "kinds": {"gift_card": {"sku": "GAVEKORT*"}, "fee": {"sku": "GEBYR"}},
        "gift_cards": {
            "kind": "multi_purpose",
            "account": 63080,
            "voucher_codes": "GK-*",
            "redeemed_account": 55090,
            "single_purpose": {"account": 63085, "voucher_codes": "KORT-*"},
        },
        "margin_scheme": {"method": "individual", "account": 1052},
        "rounding": {"limit": Unquoted("0.05"), "account": 1490},
        "handed_over": {"in_denmark": ["Afhentning*"], "elsewhere": ["Pick up*"]},
        "eu_vat_numbers": {"check": "vies"},
        "rules": [{"name": "first", "when": {"line": "product"}, "account": 1010}],
    },
    "credits": {"returns": "automatic", "automatic_when": {"status": ["received"]}},
    "payment_types": [
        {"name": "Kort", "when": {"gateway": "quickpay*"}, "paid": True, "deposit_account": 55010}
        | {"trigger": "shipped"},
        {"name": "Faktura", "when": {"gateway": ""}, "paid": False}
        | {"payment_terms": {"type": "Netto", "days": 14}},
    ],
    "payouts": {
        "sources": [
            {"id": "stripe", "name": "Stripe", "format": "stripe", "clearing_account": 55080}
            | {"paid_to": 55095, "fee_account": 7420}
        ]
    },
    "sending": [{"name": "all", "by": "email"}],
    "bills": {
        "rules": [
            {"name": "Fragt", "when": {"name": "Fragt*"}, "account": 2250}
            | {"vat": "I25", "paid_from": 55000},
        ]
    },
}
"""A configuration in which every key can say something."""
NOT_SET = object()
AFTER: Mapping[str, object] = {
    "shoporama.base_url": "https://shop.example/REST",
    "shoporama.currency": "EUR",
    "shoporama.statuses": {"completed": "shipped"},
    "dinero.vat_number": "12345678",
    "dinero.closed_until": "2026-11-30",
    "sync.trigger": "shipped",
    "sync.start_date": "2026-12-02",
    "sync.booking": "draft",
    "sync.retention_days": 2000,
    "sync.state_dir": "/srv/dinero-sync",
    "posting.sales_account": 1001,
    "posting.shipping_account": 1351,
    **{
        f"posting.kinds.{kind}.{key}": value
        for kind in ("gift_card", "fee")
        for key, value in (
            ("sku", "OTHER"),
            ("product_id", 7),
            ("category", "Kort"),
            ("profile", "Kort"),
            ("label", "Kort"),
        )
    },
    "posting.gift_cards.kind": "single_purpose",
    "posting.gift_cards.account": 63081,
    "posting.gift_cards.voucher_codes": "GAVE-*",
    "posting.gift_cards.redeemed_account": 55091,
    "posting.gift_cards.single_purpose.account": 63086,
    "posting.gift_cards.single_purpose.voucher_codes": "GK-1*",
    "posting.margin_scheme.method": "collective",
    "posting.margin_scheme.account": 1053,
    "posting.rounding.limit": Unquoted("0.04"),
    "posting.rounding.account": 1491,
    "posting.handed_over.in_denmark": ["Butik*"],
    "posting.handed_over.elsewhere": NOT_SET,
    "posting.eu_vat_numbers.check": "format",
    "posting.eu_vat_numbers.unconfirmed": "charge",
    "posting.above_eu_threshold": "charge",
    "posting.eu_vat_rates": {"EE": [26]},
    "posting.rules.name": "other",
    "posting.rules.when.sku": "T-*",
    "posting.rules.when.product_id": 7,
    "posting.rules.when.category": "Tøj",
    "posting.rules.when.profile": "Tøj",
    "posting.rules.when.label": "Tøj",
    "posting.rules.when.line": "shipping",
    "posting.rules.when.vat_rate": 25,
    "posting.rules.when.zone": "eu",
    "posting.rules.when.country": "DE",
    "posting.rules.when.buyer": "business",
    "posting.rules.when.payment_type": "Kort",
    "posting.rules.when.freight": "GLS*",
    "posting.rules.account": 1011,
    "posting.rules.margin_scheme": "art",
    "posting.rules.foreign_vat_account": 63090,
    "posting.rules.reverse_charge": True,
    "contacts.consumers": "shared",
    "contacts.update": True,
    "credits.returns": "propose",
    "credits.automatic_when.status": ["credited"],
    "credits.refund": "never",
    "credits.booking": "draft",
    "payment_types.name": "Dankort",
    "payment_types.when.gateway": "stripe*",
    "payment_types.when.gateway_id": 7,
    "payment_types.when.gateway_name": "Kort*",
    "payment_types.paid": False,
    "payment_types.deposit_account": 55011,
    "payment_types.payment_terms.type": "CurrentMonthOut",
    "payment_types.payment_terms.days": 8,
    "payment_types.trigger": "paid",
    "payment_types.received": "at_once",
    "payment_types.exchange_rate": Unquoted("7.44"),
    "payouts.inbox": "/srv/payouts",
    "payouts.start_date": "2026-12-02",
    "payouts.booking": "draft",
    "payouts.sources.name": "Stripe DK",
    "payouts.sources.clearing_account": 55081,
    "payouts.sources.paid_to": 55096,
    "payouts.sources.fee_account": 7421,
    "payouts.sources.fee_vat": "IEUY",
    "payouts.sources.exchange_account": 1445,
    "sending.name": "other",
    "sending.when.zone": "dk",
    "sending.when.country": "DK",
    "sending.when.buyer": "public",
    "sending.when.payment_type": "Faktura",
    "sending.by": "e_invoice",
    "bills.inbox": "/srv/bills",
    "bills.start_date": "2026-12-02",
    "bills.booking": "draft",
    "bills.rules.name": "Porto",
    "bills.rules.when.name": "Porto*",
    "bills.rules.when.vat_number": "DK12345678",
    "bills.rules.account": 2251,
    "bills.rules.vat": {25: "I25", 0: "none"},
    "bills.rules.paid_from": 55001,
    "bills.rules.on_credit": True,
    "bills.rules.country": "SE",
    "bills.rules.settled_by": "stripe",
}
"""What changes the description, by the key that says it."""
BESIDE: Mapping[str, Json] = {
    "payment_types.paid": {"deposit_account": NOT_SET},
    "posting.margin_scheme.method": {"account": NOT_SET},
    "posting.gift_cards.kind": {"redeemed_account": NOT_SET, "single_purpose": NOT_SET},
    "bills.rules.on_credit": {"paid_from": NOT_SET},
    "bills.rules.settled_by": {"account": NOT_SET, "vat": NOT_SET, "paid_from": NOT_SET},
}
"""What else has to be said beside a key for the configuration to be in order."""
OF_ANOTHER_ENTRY = {"payment_types.payment_terms": 1}
NO_MATTER_OF_THE_BOOKS = {
    "shoporama.api_key": "a secret",
    "shoporama.auth_scheme": "how the shop is reached",
    "shoporama.time_zone": "how the shop writes times: the accounting day is Denmark's",
    "shoporama.countries": "how the shop writes countries",
    "shoporama.daily_calls": "how often the shop is asked",
    "shoporama.labels": "nothing in the books depends on labels in the shop",
    "shoporama.fields": "how the shop writes orders",
    "dinero.organization_id": "the company is told as the state folder knows it",
    "dinero.base_url": "how Dinero is reached",
    "dinero.calls_per_minute": "how often Dinero is asked",
    "dinero.auth": "how Dinero gives access",
    "sync.overlap_minutes": "how runs read",
    "sync.deadline_minutes": "how long runs last",
    "http": "how services are reached",
    "posting.eu_vat_numbers.vies_url": "how VIES is reached",
    "payouts.sources.id": "a name that nobody reads",
    "payouts.sources.format": "how a file is read: its sums prove it",
    "payouts.sources.files": "which files are read by which source",
    "payouts.sources.columns": "how a file is read",
    "payouts.sources.references": "how a file writes order numbers",
    "bills.templates": "how files are read: what isn't certain is held",
    "bills.looked_at": "how files are read",
    "notify": "who hears from runs",
    "language": "in which language people are told",
}
"""Keys, and sections with all that is in them, that the description leaves out, with the reason."""


def is_left_out(key: str) -> bool:
    return any(f"{key}.".startswith(f"{each}.") for each in NO_MATTER_OF_THE_BOOKS)


def told(raw: Json) -> dict[str, list[str]]:
    config = Config.model_validate(raw)
    settings = posting_settings(config, config.dinero.organization_id or 123456)
    folder = Path(state_folder(config))
    source = Source(config=config, settings=settings, chart=NO_CHART, folder=folder)
    return statements(source, Language.DANISH)


def changed(key: str) -> Json:
    """Return the configuration in which a key says something else."""
    raw = deepcopy(BEFORE)
    *path, name = key.split(".")
    section: Any = raw
    for depth, each in enumerate(path, start=1):
        section = section.setdefault(each, {})
        if isinstance(section, list):
            places = (OF_ANOTHER_ENTRY.get(".".join(path[:end])) for end in range(depth, 9))
            section = section[next((at for at in places if at is not None), 0)]
    for also, value in {name: AFTER[key], **BESIDE.get(key, {})}.items():
        if value is NOT_SET:
            section.pop(also, None)
        else:
            section[also] = value
    return raw


def test_every_key_is_told_or_left_out_for_a_reason() -> None:
    keys = [each.dotted for each in all_keys().values() if each.section is None]

    assert [each for each in keys if (each in AFTER) is is_left_out(each)] == []
    assert [each for each in AFTER if each not in keys] == []
    assert all((*each.split("."),) in all_keys() for each in NO_MATTER_OF_THE_BOOKS)


@pytest.mark.parametrize("key", AFTER)
def test_a_key_that_is_told_changes_the_description(key: str) -> None:
    assert told(changed(key)) != told(BEFORE)
