"""A run's poll, wired from what the run has at hand."""

from collections.abc import Collection
from datetime import date, timedelta

from dinero_sync.journal import watermark
from dinero_sync.posting.buyers.numbers import full_vat_number
from dinero_sync.sync.intake.live import Sources
from dinero_sync.sync.intake.poll import Poll
from dinero_sync.sync.intake.vat_numbers import VatNumbers
from dinero_sync.sync.work.services import vies_session
from dinero_sync.sync.work.workplace import Workplace


def poll_of(
    place: Workplace, since: date | None = None, only: Collection[int] | None = None
) -> Poll:
    """Prepare to read what changed since a day, else since the watermark.

    With ``only``, certain orders and no others: with none in it, nothing is read.
    """
    return Poll(
        Sources(
            shop=place.shop,
            quota=place.quota,
            reader=place.reader,
            settings=place.settings,
            ledger=place.ledger,
            books=place.books,
            vat_numbers=lambda: _vat_numbers(place),
        ),
        watermark.vouched(place.folder, place.db, place.settings.start_date),
        timedelta(minutes=float(place.config.sync.overlap_minutes)),
        since=since,
        only=only,
    )


def _vat_numbers(place: Workplace) -> VatNumbers:
    return VatNumbers(
        vies_session(place.config, place.clock),
        place.db,
        place.clock,
        requester=full_vat_number(place.books().organization.vat_number, "DK"),
        base_url=place.config.posting.eu_vat_numbers.vies_url,
    )
