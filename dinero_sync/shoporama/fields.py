"""Where each field of an order is found in Shoporama's JSON. No other file knows these names.

No public page lists the fields of an order. For each field the first name is the best supported
one: documented for changing an order (http://doc.shoporama.dk/index.php?title=REST), used by
Shoporama's own checkout form and theme (https://github.com/Shoporama/Massachusetts_v2), or used by
Shoporama's product answers. The names after it are plausible and are tried in turn. A shop that
differs is told apart in the configuration, under ``shoporama.fields``. Where buyers write a
reference of their own is told there alone: every shop asks for it elsewhere, or nowhere.
"""

from collections.abc import Mapping

FieldNames = Mapping[str, tuple[str, ...]]

WIRE_NAMES: FieldNames = {
    "order_id": ("order_id",),
    "webshop_order_id": ("webshop_order_id",),
    "created": ("time", "created", "created_at"),
    "last_modified": ("last_modified",),
    "status": ("status",),
    "paid": ("paid",),
    "paid_time": ("paid_time", "paid_at", "payment_time"),
    "shipped_time": ("sent_time", "shipped_time", "shipped_at", "sent_at"),
    "currency": ("currency", "currency_code"),
    "total": ("total_price", "total"),
    "vat": ("vat", "vat_amount", "total_vat"),
    "shipping_price": ("shipping_price",),
    "shipping_id": ("shipping_id",),
    "voucher_code": ("voucher_code",),
    "voucher_discount_amount": ("voucher_discount_amount",),
    "payment_fee": (),
    "tip": (),
    "payment_gateway_id": ("payment_gateway_id",),
    "payment_gateway": ("payment_gateway",),
    "products": ("products",),
    "order_name": ("order_name",),
    "order_company_name": ("order_company_name",),
    "order_address": ("order_address",),
    "order_zipcode": ("order_zipcode",),
    "order_city": ("order_city",),
    "order_country_id": ("order_country_id", "order_country"),
    "email": ("email",),
    "phone": ("phone",),
    "vat_number": ("vat_number",),
    "ean_number": ("ean_number",),
    "buyer_reference": (),
    "del_name": ("del_name",),
    "del_company_name": ("del_company_name",),
    "del_address": ("del_address",),
    "del_zipcode": ("del_zipcode",),
    "del_city": ("del_city",),
    "del_country_id": ("del_country_id", "del_country"),
    "line_product_id": ("product_id",),
    "line_sku": ("own_id", "sku"),
    "line_name": ("name",),
    "line_quantity": ("amount", "quantity"),
    "line_unit_price": ("unit_price", "price"),
    "line_vat_rate": ("vat", "vat_rate", "vat_percent"),
    "line_attributes": ("attributes",),
}


def fields_with(overrides: Mapping[str, tuple[str, ...]]) -> FieldNames:
    """Return the table with the shop owner's names before our own."""
    return {
        field: tuple(dict.fromkeys((*overrides.get(field, ()), *names)))
        for field, names in WIRE_NAMES.items()
    }
