"""What the shop has, and the key may not read or got no answer about: it tells neither yes nor no.

Only a decision that depends on it notices; such an order is held where the shop refuses, and waits
where it merely didn't answer.
"""

from dataclasses import dataclass
from enum import StrEnum

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.domain.step import Fact, Sentence, Steps, command, sentence


class ShopList(StrEnum):
    """What the shop lists beside its orders; each is a right of its own of the API key."""

    PRODUCTS = "products"
    CATEGORIES = "categories"
    PROFILES = "profiles"
    GATEWAYS = "payment gateways"
    FREIGHT = "freight methods"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Why something of the shop couldn't be read."""

    listed: ShopList
    refused: bool
    """Whether the shop said no; else it gave no answer, and may the next time."""
    why: str
    """What the shop, or the way to it, said; an English sentence."""
    words: Sentence | None = None
    """The same as data, for a hold; None where it holds nothing, as where no answer came."""


class UnreadError(HeldError):
    """Raised where a decision depends on what couldn't be read; the hold is that of a refusal."""

    def __init__(
        self, reason: HoldReason, text: str, other_way: Steps, unread: Unread, /, **facts: Fact
    ) -> None:
        """Build the hold; ``other_way`` is what to do besides giving the key its right.

        Its sentence gets ``why`` besides the other facts.
        """
        steps = (
            sentence("let_the_key_read", listed=unread.listed),
            command("retry", "--all"),
            sentence("doctor_tells_rights"),
            *other_way,
        )
        super().__init__(reason, text, steps, why=unread.words or unread.why, **facts)
        self.unread = unread
