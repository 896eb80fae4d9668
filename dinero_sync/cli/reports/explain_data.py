"""Why an order is booked as it is, for programs."""

from dataclasses import asdict

from dinero_sync.cli.reports.order import WHY, order_data
from dinero_sync.cli.reports.tables import picked, trimmed
from dinero_sync.cli.reports.totals import total_data
from dinero_sync.domain.documents import GiftCardUse
from dinero_sync.domain.order import Order
from dinero_sync.posting.abroad.handed_over import zone_of_goods
from dinero_sync.posting.conditions import condition_text
from dinero_sync.posting.contact import counted_as
from dinero_sync.posting.insight.explain import (
    ExplainedLine,
    buyer_reason,
    contact_key_kind,
    zone_reason,
)
from dinero_sync.sync.insight.explaining import Explanation

KNOWN = ("standing", "rung", *WHY, "invoice_number", "invoice_day", "total", "currency")
ITEM = ("description", "amount", "account", "vat_code", "balancing_account", "balancing_vat_code")


def as_data(found: Explanation) -> dict[str, object]:
    """Return the explanation for programs."""
    plan = found.plan
    return {
        **order_data(found.record, *KNOWN),
        "trigger": found.trigger,
        "rules_changed": found.rules_changed,
        "held_by_present_rules": found.hold.reason if found.hold else None,
        "never_read": asdict(found.never_read) if found.never_read else None,
        **(_facts(found, found.order) if found.order else {}),
        "payment": _payment(found),
        "gift_card": _gift_card(plan.gift_card) if plan and plan.gift_card else None,
        "contact_known_by": contact_key_kind(plan.contact) if plan else None,
        "lines": [_line(line) for line in found.lines],
        "ledger_items": [picked(item, *ITEM) for item in plan.ledger_items] if plan else [],
        "totals": [total_data(each) for each in found.totals],
        "distance_sale": plan.distance_sale if plan else None,
    }


def _facts(found: Explanation, order: Order) -> dict[str, object]:
    confirmed = found.vat_number_confirmed
    return {
        "country": order.delivery.country,
        "zone": zone_of_goods(order, found.settings),
        "zone_reason": zone_reason(order, found.settings),
        "buyer": counted_as(order, found.settings, confirmed=confirmed),
        "buyer_reason": buyer_reason(order, found.settings, confirmed=confirmed),
    }


def _payment(found: Explanation) -> dict[str, object] | None:
    if found.payment_type is None:
        return None
    payment = found.plan.payment if found.plan else None
    return {
        "payment_type": found.payment_type.name,
        "when": condition_text(found.payment_type.when),
        "deposit_account": payment.deposit_account if payment else None,
        "received": found.payment_type.received,
        "day": found.record.payment_day,
    }


def _gift_card(use: GiftCardUse) -> dict[str, object]:
    return {
        "amount": use.item.amount,
        "deposit_account": use.payment.deposit_account,
        "debt_account": use.item.account,
    }


def _line(explained: ExplainedLine) -> dict[str, object]:
    line, rule = explained.line, explained.rule
    return {
        "description": line.description,
        "kind": explained.kind,
        "amount": line.amount,
        "price_before_voucher": explained.normal,
        "voucher_share": explained.voucher_share,
        "account": line.account,
        **picked(explained, "account_name", "vat_code"),
        "vat_rate": trimmed(line.vat_rate),
        "chosen_by": line.rule,
        "when": condition_text(rule.when) if rule else None,
        **picked(explained, "margin_scheme", "purchase_price"),
        **picked(explained, "foreign_vat_account", "foreign_vat"),
    }
