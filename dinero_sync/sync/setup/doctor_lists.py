"""``doctor``'s look at what the shop's key may read, and at which rules need it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.domain.unread import ShopList, Unread
from dinero_sync.errors import TemporaryError
from dinero_sync.posting.settings import PostingSettings, ProductCondition
from dinero_sync.shoporama.client import ShopClient
from dinero_sync.shoporama.replies import RawObject, RightMissingError
from dinero_sync.sync.intake.shop_masters import unread_for
from dinero_sync.sync.setup.findings import Diagnosis, fine, note, problem
from dinero_sync.texts import telling

LISTS: Mapping[ShopList, str] = {
    ShopList.PRODUCTS: spoken("products"),
    ShopList.CATEGORIES: spoken("categories"),
    ShopList.PROFILES: spoken("profiles"),
    ShopList.GATEWAYS: spoken("payment gateways"),
    ShopList.FREIGHT: spoken("freight methods"),
    ShopList.COUNTRIES: spoken("countries"),
}


def read_lists(shop: ShopClient) -> tuple[dict[ShopList, list[RawObject]], dict[ShopList, Unread]]:
    """Read the lists that the key may read, and why it may not read the others.

    A call for each list, and more where it is long.
    """
    reads: Mapping[ShopList, Callable[[], list[RawObject]]] = {
        ShopList.GATEWAYS: shop.payment_gateways,
        ShopList.FREIGHT: shop.shipping_methods,
        ShopList.COUNTRIES: shop.countries,
        ShopList.CATEGORIES: shop.categories,
        ShopList.PROFILES: shop.profiles,
    }
    entries, refusals = {}, {}
    for listed, read in reads.items():
        try:
            entries[listed] = read()
        except (RightMissingError, TemporaryError) as error:
            refusals[listed] = unread_for(listed, error)
    return entries, refusals


def lists_findings(
    known: Collection[ShopList], refusals: Mapping[ShopList, Unread], settings: PostingSettings
) -> Iterator[Diagnosis]:
    """Tell which lists the key may read; one that it may not is a problem where rules ask."""
    question = spoken("Which lists may the key read?")
    if known:
        yield fine(question, joined(*(LISTS[each] for each in known), between=", "))
    else:
        yield note(question, spoken("None."))
    for listed, unread in refusals.items():
        question = spoken("Does anything need the list of {listed}?", listed=LISTS[listed])
        yield _refused(question, listed, _why(unread), [*needs(settings, listed)])


def products_finding(
    shop: ShopClient, settings: PostingSettings, product_id: int | None
) -> Iterator[Diagnosis]:
    """Tell whether products may be read, where any rule asks for what they are (one call)."""
    needed_by = [*needs(settings, ShopList.PRODUCTS)]
    if not needed_by or product_id is None:
        return
    question = spoken("May the key read products?")
    try:
        shop.product(product_id)
    except (RightMissingError, TemporaryError) as error:
        why = _why(unread_for(ShopList.PRODUCTS, error))
        yield _refused(question, ShopList.PRODUCTS, why, needed_by)
    else:
        yield fine(question, spoken("Yes."))


def _refused(question: str, what: ShopList, why: str, needed_by: Sequence[str]) -> Diagnosis:
    """Say that the key may not read something: a problem where rules ask for it."""
    if not needed_by:
        return note(question, joined(why, spoken("Nothing needs it.")))
    return problem(
        question,
        joined(why, spoken("Needed by: {needed}.", needed=tuple(needed_by))),
        spoken(
            "Orders that depend on it wait or are held. Give the key the right to read {what} "
            "under Account → Webshop → API access in Shoporama.",
            what=LISTS[what],
        ),
    )


def _why(unread: Unread) -> str:
    return telling.spoken_clause(unread.words) if unread.words else unread.why


def needs(settings: PostingSettings, listed: ShopList) -> Iterator[str]:
    """Yield what in the configuration asks for something of the shop."""
    if listed is ShopList.COUNTRIES:
        yield spoken("orders name their country by its id")
    if listed is ShopList.GATEWAYS:
        for each in settings.payment_types:
            if each.when.gateway_name or each.when.gateway:
                yield spoken("payment type '{name}'", name=each.name)
    if listed is ShopList.PRODUCTS and settings.needs_purchase_prices:
        yield spoken("margin_scheme (the purchase prices)")
    conditions: dict[str, ProductCondition] = {
        spoken("rule '{name}'", name=rule.name): rule.when.product for rule in settings.rules
    }
    conditions |= {"kinds.fee": settings.fees} if settings.fees else {}
    cards = settings.gift_cards.sold_as if settings.gift_cards else None
    conditions |= {"kinds.gift_card": cards} if cards else {}
    yield from (name for name, when in conditions.items() if _asks(when, listed))


def _asks(when: ProductCondition, listed: ShopList) -> bool:
    if listed is ShopList.PRODUCTS:
        return when.asks_catalogue
    asked = {ShopList.CATEGORIES: when.category, ShopList.PROFILES: when.profile}
    return bool(asked.get(listed))
