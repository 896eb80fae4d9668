"""What no output may tell and no other user may read; asked after every command of these tests."""

import json
import stat
from collections.abc import Iterable
from pathlib import Path

from dinero_sync.sandbox import credentials
from dinero_sync.sandbox.shop.buyers import DANISH_BUSINESS, DANISH_CONSUMERS, SAME_PERSON, Buyer

SECRETS = (
    credentials.SHOP_TOKEN,
    credentials.VISMA_CLIENT_SECRET,
    credentials.API_KEY_CLIENT_SECRET,
    credentials.API_KEY,
)
BUYERS = (*DANISH_CONSUMERS, SAME_PERSON, DANISH_BUSINESS)


def _personal_data(buyer: Buyer) -> tuple[str, ...]:
    return (buyer.name, buyer.address, buyer.email, buyer.city)


PERSONAL_DATA = (*(text for buyer in BUYERS for text in _personal_data(buyer)), "+4500000000")


def tokens_in(state: Path) -> list[str]:
    """Return the tokens that a state folder keeps."""
    file = state / "tokens.json"
    if not file.exists():
        return []
    values = json.loads(file.read_text(encoding="utf-8"))
    return [values[name] for name in ("access_token", "refresh_token") if values.get(name)]


def found_in(text: str, forbidden: Iterable[str]) -> list[str]:
    """Return what of ``forbidden`` stands in ``text``."""
    return [each for each in forbidden if each in text]


def open_to_others(state: Path) -> list[str]:
    """Return the state folder and the files in it that another user could read or write."""
    if not state.exists():
        return []
    others = stat.S_IRWXG | stat.S_IRWXO
    return [str(path) for path in (state, *state.rglob("*")) if path.stat().st_mode & others]
