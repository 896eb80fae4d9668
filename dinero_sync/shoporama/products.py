"""A product of the catalogue, from the shop's JSON. No other file knows the names of its fields.

The names are those of recorded answers: categories as a list of ids, labels as a list of objects
with id and name, prices as numbers, and empty values as ``null``, ``""`` or ``[]``. The other forms
that the shop uses elsewhere for the same things are read too.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from dinero_sync.domain.money import round_to_ore
from dinero_sync.domain.product import Product
from dinero_sync.shoporama import values
from dinero_sync.shoporama.masters import CATEGORY_IDS, NAMES, PROFILE_IDS

LABEL_IDS = ("product_label_id", "id")

NameOf = Callable[[int], str]
"""From an id to its name in a master list; empty for one that isn't there."""
Named = tuple[int | None, str]
"""An id and a name; either may be missing, but not both."""


def read_product(
    product_id: int, raw: Mapping[str, object], category_name: NameOf, profile_name: NameOf
) -> Product:
    """Read the product that was asked for by ``product_id``.

    The names are asked for only where the product itself doesn't carry them. Raises UnclearError
    for categories, a profile or labels in a form that has no meaning: a rule may ask for them.
    """
    if values.identifier(raw.get("product_id")) not in {None, product_id}:
        raise values.UnclearError("should be the product that was asked for")
    labels = _named(raw.get("product_labels"), LABEL_IDS)
    return Product(
        product_id=product_id,
        categories=_texts(_categories(raw), category_name),
        profile=_texts(_named(raw.get("profile_id"), PROFILE_IDS), profile_name),
        labels=tuple(name or str(label_id) for label_id, name in labels),
        purchase_price=_purchase_price(raw),
    )


def _texts(found: list[Named], name_of: NameOf) -> tuple[str, ...]:
    """Return names and ids as text, each once."""
    texts: dict[str, None] = {}
    for entry_id, told in found:
        name = told or ("" if entry_id is None else name_of(entry_id))
        texts |= dict.fromkeys(text for text in (name, str(entry_id or "")) if text)
    return tuple(texts)


def _categories(raw: Mapping[str, object]) -> list[Named]:
    main_id = values.identifier(raw.get("main_category_id"))
    main_name = values.text(raw.get("main_category_name")) or ""
    others = _named(raw.get("categories"), CATEGORY_IDS)
    if main_id is None and not main_name:
        return others
    if main_name:
        others = [entry for entry in others if entry[0] != main_id]
    return [(main_id, main_name), *others]


def _named(value: object, id_names: tuple[str, ...]) -> list[Named]:
    """Read one or a list of: an id, a name, an object with both. Or an object from ids to names."""
    if values.is_empty(value):
        return []
    if isinstance(value, list):
        return [_entry(entry, id_names) for entry in value if not values.is_empty(entry)]
    if isinstance(value, dict) and values.first(value, (*id_names, *NAMES)) is None:
        return [(values.identifier(key), values.text(name) or "") for key, name in value.items()]
    return [_entry(value, id_names)]


def _entry(value: object, id_names: tuple[str, ...]) -> Named:
    if isinstance(value, dict):
        entry_id = values.identifier(values.first(value, id_names))
        name = values.text(values.first(value, NAMES)) or ""
    elif isinstance(value, str) and not values.WHOLE_NUMBER.fullmatch(value.strip()):
        entry_id, name = None, value.strip()
    else:
        entry_id, name = values.identifier(value), ""
    if entry_id is None and not name:
        raise values.UnclearError("should have an id or a name")
    return entry_id, name


def _purchase_price(raw: Mapping[str, object]) -> Decimal | None:
    """Return what one piece cost, to the øre; None where nothing clear is told.

    Variants may carry prices of their own. Which variant was sold isn't asked here, so where the
    prices differ none of them counts.
    """
    prices = set(_prices(raw))
    return prices.pop() if len(prices) == 1 else None


def _prices(raw: Mapping[str, object]) -> Iterator[Decimal | None]:
    """Yield every purchase price that is told; None for one that isn't a price."""
    variants = raw.get("stock_settings")
    parts = [raw, *(variants if isinstance(variants, list) else [])]
    for part in parts:
        told = part.get("purchase_price") if isinstance(part, dict) else None
        if not values.is_empty(told):
            yield _price(told)


def _price(told: object) -> Decimal | None:
    try:
        price = values.number(told)
    except values.UnclearError:
        return None
    return None if price is None or price < 0 else round_to_ore(price)
