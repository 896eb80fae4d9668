"""Gift cards whose kind, sale or use isn't said."""

from collections.abc import Iterator

from dinero_sync.posting.finding import Finding, Severity
from dinero_sync.posting.settings import GiftCards, LineKind, PostingSettings

GIFT_CARD_LAW = "momsloven §§ 4 a, 4 b and 73 b; Den juridiske vejledning D.A.4.10.2"


def gift_card_findings(settings: PostingSettings) -> Iterator[Finding]:
    """Find gift cards that would be sold or used without the books noticing."""
    cards = settings.gift_cards
    if cards is None:
        yield from _rules_for_none(settings)
        return
    if not cards.voucher_codes:
        yield _use_unknown(cards)
    if cards.sold_as is None:
        yield _sale_unknown()


def _rules_for_none(settings: PostingSettings) -> Iterator[Finding]:
    for at, rule in enumerate(settings.rules):
        if LineKind.GIFT_CARD in rule.when.line:
            yield Finding(
                severity=Severity.ERROR,
                key=f"posting.rules[{at}].when.line",
                message=f'Rule "{rule.name}" is for gift cards, and nothing says of which legal '
                "kind they are. That decides whether VAT is due when they are sold or used.",
                source=GIFT_CARD_LAW,
                mending=f"Ask your bookkeeper which kind yours are, and add:\n\n{_YAML}",
            )


_YAML = (
    "posting:\n"
    '  kinds: {gift_card: {sku: "GAVEKORT*"}}\n'
    "  gift_cards:\n"
    "    kind: single_purpose  # or multi_purpose\n"
    "    account: 63085  # multi_purpose: 63080\n"
    '    voucher_codes: "GK-*"\n'
)


def _use_unknown(cards: GiftCards) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        key="posting.gift_cards.voucher_codes",
        message="Nothing says which voucher codes are gift cards: a card that is used is booked "
        f"as a discount. The sale then lacks from the books, and account {cards.account} is never "
        "cleared.",
        source=GIFT_CARD_LAW,
        mending="Say how the codes of your cards look:\n\n"
        'posting:\n  gift_cards:\n    voucher_codes: "GK-*"\n',
    )


def _sale_unknown() -> Finding:
    return Finding(
        severity=Severity.WARNING,
        key="posting.kinds.gift_card",
        message="Nothing says which products are gift cards: a card that is sold is booked as "
        "ordinary goods. Right only where cards are never sold in the shop.",
        source=GIFT_CARD_LAW,
        mending="Say which products are cards:\n\n"
        'posting:\n  kinds: {gift_card: {sku: "GAVEKORT*"}}\n',
    )
