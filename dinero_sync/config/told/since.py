"""Since which version each key of the configuration is there.

A key that is new is added here under the version to come; the reference can't be made without.
"""

from collections.abc import Mapping

IN_VERSION: Mapping[str, Mapping[str, str]] = {
    "0.1.0": {
        "": "shoporama dinero sync http posting payment_types",
        "shoporama": "base_url api_key auth_scheme time_zone currency daily_calls fields",
        "dinero": "organization_id vat_number base_url calls_per_minute auth",
        "dinero.auth": (
            "method client_id client_secret api_key authorize_url redirect_uri token_url"
        ),
        "sync": "trigger start_date booking overlap_minutes deadline_minutes state_dir",
        "http": "timeout_seconds",
        "posting": "sales_account shipping_account rules",
        "posting.rules": "name when account",
        "posting.rules.when": "sku product_id line vat_rate zone country buyer payment_type",
        "payment_types": "name when paid deposit_account payment_terms trigger",
        "payment_types.when": "gateway gateway_id gateway_name",
        "payment_types.payment_terms": "type days",
    },
    "0.2.0": {
        "shoporama": "countries",
        "sync": "retention_days",
        "http": "ca_file",
        "posting": "kinds gift_cards margin_scheme rounding eu_vat_numbers above_eu_threshold",
        "posting.kinds": "gift_card fee",
        "posting.kinds.gift_card": "sku product_id category profile label",
        "posting.kinds.fee": "sku product_id category profile label",
        "posting.gift_cards": "kind account voucher_codes",
        "posting.margin_scheme": "method account",
        "posting.rounding": "limit account",
        "posting.eu_vat_numbers": "check unconfirmed vies_url",
        "posting.rules.when": "category profile label",
        "posting.rules": "margin_scheme foreign_vat_account",
        "": "contacts sending",
        "contacts": "consumers update",
        "payment_types": "exchange_rate",
        "sending": "name when by",
        "sending.when": "zone country buyer payment_type",
    },
    "0.3.0": {
        "shoporama": "statuses labels",
        "shoporama.labels": "write booked waiting held",
        "dinero": "closed_until",
        "posting.gift_cards": "redeemed_account single_purpose",
        "posting.gift_cards.single_purpose": "account voucher_codes",
        "posting": "handed_over eu_vat_rates",
        "posting.handed_over": "in_denmark elsewhere",
        "posting.rules.when": "freight",
        "posting.rules": "reverse_charge",
        "": "credits payouts bills notify language",
        "credits": "returns automatic_when refund booking",
        "credits.automatic_when": "status",
        "payment_types": "received",
        "payouts": "inbox start_date booking sources",
        "payouts.sources": (
            "id name format files columns clearing_account paid_to fee_account fee_vat "
            "exchange_account references"
        ),
        "payouts.sources.columns": (
            "payout date type reference amount fee vat currency delimiter decimal dates types"
        ),
        "payouts.sources.columns.types": "sale refund chargeback fee reserve other payout ignore",
        "bills": "inbox start_date booking templates looked_at rules",
        "bills.rules": "name when account vat paid_from on_credit country settled_by",
        "bills.rules.when": "name vat_number",
        "notify": "mail command apprise ping prometheus",
        "notify.mail": "to from server user password",
    },
}
"""By version: the names of the keys that it brought, by the section that they are in."""


def since() -> dict[str, str]:
    """Return for each key, by its dotted path, the version that brought it."""
    return {
        f"{section}.{name}".removeprefix("."): version
        for version, sections in IN_VERSION.items()
        for section, names in sections.items()
        for name in names.split()
    }
