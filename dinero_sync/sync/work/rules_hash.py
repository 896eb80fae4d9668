"""Hashes of all that decides about orders, by which a changed configuration is noticed.

An upgrade brings new keys. Until one is written it stands at its default, and decides nothing: the
hash leaves it out, so that no waiting order is judged anew for it. What versions 0.1 and 0.2 told
is told as they did, for their journals to be known again.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass

from dinero_sync.domain.documents import hash_of
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.shoporama.reader import ReaderSettings

TOLD_AT_DEFAULT = frozenset(
    """
    rules margin_scheme foreign_vat_account fees gift_cards sold_as voucher_codes margin rounding
    shared_contacts payment_types exchange_rate sending
    line vat_rate zone country buyer payment_type product sku product_id category profile label
    gateway gateway_id gateway_name
    check_vat_numbers unconfirmed refuse_above_threshold
    names countries rounding_limit
    """.split()  # noqa: SIM905 - a list of words
)
"""The keys with a default of versions 0.1 and 0.2, which told them always. None is ever added."""


def rules_hash(settings: PostingSettings) -> str:
    """Return a hash of the rules alone."""
    return hash_of(_told(settings))


def settings_hash(settings: PostingSettings, reader: ReaderSettings) -> str:
    """Return a hash of the rules, and of how orders are read."""
    return hash_of({"posting": _told(settings), "reader": _as_text(reader)})


def _told(value: object) -> object:
    """Return a value as JSON knows it, without what isn't told."""
    if is_dataclass(value):
        return {
            each.name: _told(getattr(value, each.name))
            for each in fields(value)
            if _is_told(each, getattr(value, each.name))
        }
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    return sorted(value) if isinstance(value, frozenset) else value


def _is_told(field: "Field[object]", value: object) -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return field.name in TOLD_AT_DEFAULT or value != default


def _as_text(reader: ReaderSettings) -> str:
    """Write how orders are read; what the shop names nowhere isn't among the names of fields."""
    told = (
        f"{each.name}={_with_names(getattr(reader, each.name))!r}"
        for each in fields(reader)
        if _is_told(each, getattr(reader, each.name))
    )
    return f"{type(reader).__name__}({', '.join(told)})"


def _with_names(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return {key: names for key, names in value.items() if names != ()}
