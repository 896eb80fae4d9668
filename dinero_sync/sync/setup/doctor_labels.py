"""``doctor``'s questions about labels on the shop's orders, where they are asked for.

Whether the shop takes one can't be known without writing one, which doctor never does: what it
says is what the orders show, and what came of the last try of a run.
"""

from collections.abc import Iterator, Sequence

from dinero_sync.config.model import Config
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.spoken import spoken
from dinero_sync.journal.database import reading
from dinero_sync.journal.labels.paused import Pause, pause
from dinero_sync.shoporama.labels import FIELDS, shows_labels
from dinero_sync.shoporama.replies import RawObject
from dinero_sync.sync.setup.findings import Diagnosis, fine, note, problem
from dinero_sync.sync.work.settings import state_folder

SHOWN = spoken("Do the shop's orders show their labels?")
TAKEN = spoken("Does the shop take labels?")
OR_NONE = spoken(
    "Nothing else depends on labels. To have none: `labels: {{write: false}}` under shoporama."
)
ASK = spoken(
    "Ask Shoporama's support how /REST/order shows and takes the labels of an order, and tell the "
    "maintainers."
)


def label_findings(config: Config, raws: Sequence[RawObject]) -> Iterator[Diagnosis]:
    """Say whether orders can be labelled, as far as reading tells; nothing without labels."""
    if not config.shoporama.labels.write:
        return
    if raws:
        yield _shown(raws)
    with reading(state_folder(config)) as db:
        yield _taken(pause(db))


def _shown(raws: Sequence[RawObject]) -> Diagnosis:
    if any(map(shows_labels, raws)):
        return fine(SHOWN, spoken("Yes."))
    answer = spoken("No: none of them has one of the fields {fields}.", fields=FIELDS)
    means = spoken("So none is labelled, lest other labels be lost. {ask}", ask=ASK)
    return problem(SHOWN, answer, spoken("{means} {or_none}", means=means, or_none=OR_NONE))


def _taken(last: Pause | None) -> Diagnosis:
    if last is None:
        means = spoken(
            "The API key needs the right to change orders. A run that has a label to write tries "
            "it, and tells where it is refused."
        )
        return note(TAKEN, spoken("Nobody documents how, and doctor writes nothing."), means)
    answer = spoken("Not on {day}: {why}.", day=accounting_date(last.since), why=last.why)
    means = spoken(
        "It is tried again a day after. Give the key of shoporama.api_key the right to change "
        "orders under Account → Webshop → API access in Shoporama. If it has it: {ask}",
        ask=ASK,
    )
    return problem(TAKEN, answer, spoken("{means} {or_none}", means=means, or_none=OR_NONE))
