"""Why an order is booked as it is, for programs."""

from dinero_sync.cli.reports.order import order_data
from dinero_sync.cli.reports.tables import plain, trimmed
from dinero_sync.cli.reports.totals import total_data
from dinero_sync.domain.documents import LedgerItem
from dinero_sync.domain.order import Order
from dinero_sync.domain.zone import zone_of
from dinero_sync.posting.conditions import condition_text
from dinero_sync.posting.contact import counted_as
from dinero_sync.posting.insight.explain import (
    ExplainedLine,
    buyer_reason,
    contact_key_kind,
    zone_reason,
)
from dinero_sync.sync.insight.explaining import Explanation

KNOWN = (
    "standing",
    "rung",
    "reason",
    "message",
    "next_step",
    "invoice_number",
    "invoice_day",
    "total",
    "currency",
)


def as_data(found: Explanation) -> dict[str, object]:
    """Return the explanation as JSON takes it; amounts as text."""
    plan = found.plan
    return {
        **order_data(found.record, *KNOWN),
        "trigger": str(found.trigger),
        "rules_changed": found.rules_changed,
        "held_by_present_rules": str(found.hold.reason) if found.hold else None,
        "never_read": _never_read(found),
        **(_facts(found, found.order) if found.order else {}),
        "payment": _payment(found),
        "contact_known_by": str(contact_key_kind(plan.contact)) if plan else None,
        "lines": [_line(line) for line in found.lines],
        "ledger_items": [_item(item) for item in plan.ledger_items] if plan else [],
        "totals": [total_data(each) for each in found.totals],
        "distance_sale": plain(plan.distance_sale) if plan else None,
    }


def _never_read(found: Explanation) -> dict[str, object] | None:
    """Return what the present rules ask for and no run has read; None where all is known."""
    if found.never_read is None:
        return None
    what = found.never_read
    return {"products": list(what.products), "vat_number": what.vat_number}


def _facts(found: Explanation, order: Order) -> dict[str, object]:
    confirmed = found.vat_number_confirmed
    return {
        "country": order.delivery.country,
        "zone": str(zone_of(order.delivery.country, order.delivery.zip_code)),
        "zone_reason": str(zone_reason(order)),
        "buyer": str(counted_as(order, found.settings, confirmed=confirmed)),
        "buyer_reason": str(buyer_reason(order, found.settings, confirmed=confirmed)),
    }


def _payment(found: Explanation) -> dict[str, object] | None:
    if found.payment_type is None:
        return None
    payment = found.plan.payment if found.plan else None
    return {
        "payment_type": found.payment_type.name,
        "when": condition_text(found.payment_type.when),
        "deposit_account": payment.deposit_account if payment else None,
    }


def _line(explained: ExplainedLine) -> dict[str, object]:
    line, rule = explained.line, explained.rule
    return {
        "description": line.description,
        "kind": str(explained.kind) if explained.kind else None,
        "amount": plain(line.amount),
        "price_before_voucher": plain(explained.normal),
        "voucher_share": plain(explained.voucher_share),
        "account": line.account,
        "account_name": explained.account_name,
        "vat_code": explained.vat_code,
        "vat_rate": trimmed(line.vat_rate),
        "chosen_by": line.rule,
        "when": condition_text(rule.when) if rule else None,
        "margin_scheme": str(explained.margin_scheme) if explained.margin_scheme else None,
        "purchase_price": plain(explained.purchase_price),
        "foreign_vat_account": explained.foreign_vat_account,
        "foreign_vat": plain(explained.foreign_vat),
    }


def _item(item: LedgerItem) -> dict[str, object]:
    return {
        "description": item.description,
        "amount": plain(item.amount),
        "account": item.account,
        "vat_code": item.vat_code,
        "balancing_account": item.balancing_account,
        "balancing_vat_code": item.balancing_vat_code,
    }
