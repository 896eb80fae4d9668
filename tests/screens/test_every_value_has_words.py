"""Whatever stands in a family of sentences by its value has one for each value there is."""

from collections.abc import Iterable

import pytest

from dinero_sync.domain.documents import BuyerKind, MarginScheme
from dinero_sync.domain.step import Language
from dinero_sync.domain.zone import Zone
from dinero_sync.errors import ExitCode
from dinero_sync.journal.documents import Rung, Standing
from dinero_sync.posting.insight.explain import BuyerReason, ContactKeyKind, ZoneReason
from dinero_sync.posting.settings import Trigger
from dinero_sync.sync.bills.outcome import BillOutcome
from dinero_sync.sync.payouts.outcome import PayoutOutcome
from dinero_sync.sync.run.resolve import Choice
from dinero_sync.sync.work.outcome import Outcome
from dinero_sync.texts.screens.saying import tell

FACTS = ("country", "freight", "reason", "order")
FAMILIES: dict[str, Iterable[str]] = {
    "run.outcome": Outcome,
    "order.show.standing": Standing,
    "order.show.rung": Rung,
    "order.resolve.choice": Choice,
    "order.explain.zone": Zone,
    "order.explain.zone_reason": ZoneReason,
    "order.explain.buyer": BuyerKind,
    "order.explain.buyer_reason": BuyerReason,
    "order.explain.contact_key": ContactKeyKind,
    "order.explain.trigger": Trigger,
    "order.explain.margin_scheme": MarginScheme,
    "order.explain.standing": ("held", "in_doubt", "skipped", "open"),
    "operating.shops.code": [str(int(each)) for each in ExitCode if each],
    "operating.shops.needs": [str(int(each)) for each in ExitCode if each],
    "money.papers.outcome": (*BillOutcome, *PayoutOutcome),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_value_has_words_in_both_languages(family: str) -> None:
    facts = dict.fromkeys(FACTS, "X")

    for value in FAMILIES[family]:
        danish, english = (tell(f"{family}.{value}", each, **facts) for each in Language)
        assert danish
        assert english
