"""``doctor``'s questions to the shop: what nobody documents, asked of the live one by reading."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from dinero_sync.clock import Clock
from dinero_sync.domain.hold import HeldError
from dinero_sync.domain.order import Order
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.unread import ShopList
from dinero_sync.errors import ConfigError, ConnectionRefusedByVendorError
from dinero_sync.posting.payments import find_payment_type
from dinero_sync.posting.settings import PaymentType, PostingSettings
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.masters import Masters, masters_of
from dinero_sync.shoporama.order_parts import RawFields
from dinero_sync.shoporama.reader import ReaderSettings, peek, read_order
from dinero_sync.shoporama.replies import Page, RawObject
from dinero_sync.sync.setup.doctor_lists import (
    lists_findings,
    needs,
    products_finding,
    read_lists,
)
from dinero_sync.sync.setup.findings import Diagnosis, ask, fine, note, problem
from dinero_sync.sync.setup.outlook import Seen
from dinero_sync.texts import telling

MISSED_FIELDS = {
    "paid_time": spoken(
        "Then invoices and payments are dated the day the order was created or changed."
    ),
    "shipped_time": spoken(
        "Then, with trigger shipped, invoices are dated the day the order was last changed."
    ),
    "last_modified": spoken("Then changes are found only by looking at orders again."),
    "webshop_order_id": spoken("Then the order id is shown as the order's number."),
    "vat": spoken("Then the VAT must stand on each line."),
}
"""What follows when no order of the shop has the field."""
NAMED_BY_ID = (ShopList.GATEWAYS, ShopList.FREIGHT, ShopList.COUNTRIES)
"""What orders name by id."""
KEY_WORKS = spoken("Does the shop's API key work?")
WHOLE = spoken("Does the list hold whole orders?")
FILTERS = spoken("Does the shop filter by last_modified?")
YES = spoken("Yes.")


def shop_findings(
    shop: ShopClient,
    reader: ReaderSettings,
    settings: PostingSettings,
    clock: Clock,
    seen: Seen,
) -> Iterator[Diagnosis]:
    """Answer every question about the shop that reading can answer (about ten calls).

    What was read is kept in ``seen``. Raises what the shop's client raises where going on makes no
    sense, like a refused key.
    """
    first = next(iter(shop.order_pages(None, reader.zone)))
    yield _key(shop)
    yield from _list_findings(shop, reader, first)
    yield ask(FILTERS, lambda: _filter(shop, reader, clock))
    entries, refusals = read_lists(shop)
    yield from lists_findings(entries, refusals, settings)
    masters = masters_of(*(entries.get(each, []) for each in NAMED_BY_ID))
    seen.raws, seen.masters, seen.unread = first.items, masters, refusals
    if ShopList.COUNTRIES in entries:
        yield _countries(masters)
    orders, holds = _read_all(first, masters, reader)
    yield _legible(orders, holds)
    yield from products_finding(shop, settings, _some_product(orders))
    if ShopList.GATEWAYS in entries or not [*needs(settings, ShopList.GATEWAYS)]:
        yield from _gateways(orders, settings.payment_types)


def _some_product(orders: list[Order]) -> int | None:
    sold = (line.product_id for order in orders for line in order.lines)
    return next((each for each in sold if each is not None), None)


def _key(shop: ShopClient) -> Diagnosis:
    """Say that the key works, once orders were read with it; it may be good for them alone."""
    with suppress(ConnectionRefusedByVendorError, ConfigError):
        shop.itself()
        return fine(KEY_WORKS, YES)
    return fine(KEY_WORKS, spoken("Yes, for reading orders."))


def _list_findings(shop: ShopClient, reader: ReaderSettings, page: Page) -> Iterator[Diagnosis]:
    in_all = spoken("an unknown number") if page.total is None else page.total
    question = spoken("How does the shop list orders?")
    answer = spoken(
        "{count} on the first page, of {in_all}, {sequence}.",
        count=page.count,
        in_all=in_all,
        sequence=_sequence(page, reader),
    )
    if page.count:
        yield fine(question, answer)
    else:
        without = spoken("Without an order nothing more can be told about orders.")
        yield note(question, answer, without)
    if page.items:
        yield ask(WHOLE, lambda: _whole(shop, reader, page.items[0]))
        yield from _fields(page, reader)


def _sequence(page: Page, reader: ReaderSettings) -> str:
    ids = [peek(raw, reader).order_id for raw in page.items]
    if ids == sorted(ids):
        return spoken("oldest first")
    if ids == sorted(ids, reverse=True):
        return spoken("newest first")
    return spoken("in no order of their ids")


def _whole(shop: ShopClient, reader: ReaderSettings, listed: RawObject) -> Diagnosis:
    single = shop.order(peek(listed, reader).order_id) or {}
    missing = sorted(single.keys() - listed.keys())
    if not missing:
        return fine(WHOLE, YES)
    return problem(
        WHOLE,
        spoken("No: single orders also have {fields}.", fields=tuple(missing)),
        spoken("Tell the maintainers: orders would have to be read one by one."),
    )


def _fields(page: Page, reader: ReaderSettings) -> Iterator[Diagnosis]:
    """Tell which of the fields with consequences no order on the page has."""
    for name, consequence in MISSED_FIELDS.items():
        rows = (RawFields(raw=raw, names=reader.names, order_id=None) for raw in page.items)
        used = Counter(row.name_in_use(name) for row in rows)
        found = [str(wire) for wire in used if wire is not None]
        question = spoken("Which field is {name}?", name=name)
        if found:
            yield fine(question, ", ".join(found))
            continue
        yield note(
            question,
            spoken("None of these orders has it."),
            spoken(
                "{then} If the shop has it under another name: shoporama.fields: {{{name}: NAME}}",
                then=consequence,
                name=name,
            ),
        )


def _filter(shop: ShopClient, reader: ReaderSettings, clock: Clock) -> Diagnosis:
    tomorrow = clock.now() + timedelta(days=1)
    page = next(iter(shop.order_pages(tomorrow, reader.zone)))
    if page.count == 0:
        return fine(FILTERS, YES)
    return note(
        FILTERS,
        spoken("No: asked for changes from tomorrow on, it lists orders."),
        spoken(
            "Every run then reads pages until they are older than its window; mind "
            "shoporama.daily_calls."
        ),
    )


def _countries(masters: Masters) -> Diagnosis:
    question = spoken("Which countries does the shop know?")
    answer = f"{len(masters.countries)}: {', '.join(sorted(set(masters.countries.values())))}"
    if masters.countries:
        return fine(question, answer)
    return problem(question, answer, spoken("Every order would be held as unknown_country."))


def _read_all(
    page: Page, masters: Masters, reader: ReaderSettings
) -> tuple[list[Order], list[HeldError]]:
    orders, holds = [], []
    for raw in page.items:
        try:
            orders.append(read_order(raw, masters, reader))
        except HeldError as error:
            holds.append(error)
    return orders, holds


def _legible(orders: list[Order], holds: list[HeldError]) -> Diagnosis:
    reasons = Counter(str(error.hold.reason) for error in holds)
    counted = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    question, in_all = spoken("Can the orders be read?"), len(orders) + len(holds)
    if not holds:
        return fine(question, spoken("{read} of {in_all}.", read=len(orders), in_all=in_all))
    read = spoken("{read} of {in_all}; {reasons}", read=len(orders), in_all=in_all, reasons=counted)
    first = holds[0].hold
    means = telling.spoken_as(first.text, first.facts)
    return replace(problem(question, read, means), steps=first.steps)


def _gateways(orders: list[Order], payment_types: tuple[PaymentType, ...]) -> Iterator[Diagnosis]:
    """Tell which ways to pay no payment type takes, with the entry to paste."""
    if not payment_types:
        answer = spoken("No: payment_types is empty, so every invoice stays open in Dinero.")
        yield note(spoken("Are payments registered?"), answer)
    for order in {each.gateway: each for each in orders}.values():
        try:
            find_payment_type(order, payment_types)
        except HeldError as error:
            question = spoken("Is every way to pay known?")
            told = telling.spoken_as(error.hold.text, error.hold.facts)
            yield replace(problem(question, told), steps=error.hold.steps)
