"""Parts of the configuration that go together: one that needs another that isn't there.

Like :mod:`.names`, these are looked at in the file's own data, before the types are, so that they
are found along with all other problems and named at their exact place.
"""

from collections.abc import Iterator

from dinero_sync.config.names import RULES, entries
from dinero_sync.config.references import Resolved
from dinero_sync.config.yaml_text import Document, KeyPath, value_at
from dinero_sync.errors import Problem

GIFT_CARDS: KeyPath = ("posting", "gift_cards")
KIND_OF_GIFT_CARD: KeyPath = ("posting", "kinds", "gift_card")
MARGIN_SCHEME: KeyPath = ("posting", "margin_scheme")


def agreement_problems(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Yield a problem for each key that needs a section which the file lacks."""
    if _has(resolved, KIND_OF_GIFT_CARD) and not _has(resolved, GIFT_CARDS):
        yield document.problem(
            KIND_OF_GIFT_CARD,
            "needs to be told which legal kind the cards are; ask your bookkeeper and add"
            " `gift_cards: {kind: single_purpose, account: 63085}` under posting",
        )
    if _has(resolved, MARGIN_SCHEME):
        return
    for path, rule in entries(resolved, RULES):
        if rule.get("margin_scheme") is not None:
            yield document.problem(
                (*path, "margin_scheme"),
                "needs to be told by which method the margin's VAT is found; add"
                " `margin_scheme: {method: individual, account: 1052}` under posting",
            )


def _has(resolved: Resolved, path: KeyPath) -> bool:
    return value_at(resolved.data, path) is not None
