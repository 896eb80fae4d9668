"""What a run says ahead of time, though nothing is wrong yet."""

from datetime import datetime, timedelta

from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.step import Language, Sentence, sentence
from dinero_sync.journal import orders
from dinero_sync.logs import get_logger
from dinero_sync.posting.distance_sales import THRESHOLD, WARNING
from dinero_sync.sync.intake.reading import Reading
from dinero_sync.sync.run.result import RunResult
from dinero_sync.sync.work.workplace import Workplace

log = get_logger()
WARN_BEFORE_EXPIRY = timedelta(days=14)


def warn_of_expiry(place: Workplace, now: datetime) -> None:
    """Say days ahead that the consent at Visma Connect ends, where its end is known."""
    told = expiry_told(place.connection_expires_at, now)
    if told is not None:
        from dinero_sync.texts.screens.saying import tell  # noqa: PLC0415 - rarely anything is said

        log.warning("connection.expires", message=tell(told.text, Language.ENGLISH, **told.facts))


def expiry_told(expires_at: datetime | None, now: datetime) -> Sentence | None:
    """Return what to say of a connection that ends at ``expires_at``; None as long as it lasts."""
    if expires_at is None or expires_at - now >= WARN_BEFORE_EXPIRY:
        return None
    if expires_at <= now:
        return sentence("alarms.connection_ended", day=expires_at.date())
    return sentence("alarms.connection_ends", day=expires_at.date())


def warn_of_orders_without_id(reading: Reading, result: RunResult) -> None:
    """Say that orders can't be told apart; all others go on, and the watermark stays."""
    result.without_id = reading.without_id
    if reading.without_id:
        log.error(
            "orders.without_id",
            count=reading.without_id,
            message="The shop lists orders without an id, or entries that are no orders. They "
            "can't be booked, for nothing tells whether they were. Ask Shoporama's support; until "
            "it is mended every run reads again from the same time.",
        )


def tell_of_early_payments(result: RunResult) -> None:
    """Say that payments were registered before their invoice's day."""
    if result.paid_early:
        log.info(
            "payments.before_invoice",
            count=result.paid_early,
            message="Payments were registered on the day they were made, before their invoice's: "
            "nothing says whether that money was received then, or only reserved. Say it for each "
            "payment type (received: at_once, or when_shipped): dinero-sync rules check",
        )


def warn_of_eu_threshold(place: Workplace, result: RunResult) -> None:
    """Say that Danish VAT on sales to EU consumers nears its end, when such a sale was booked."""
    if not result.sold_into_eu:
        return
    year = accounting_date(place.clock.now()).year
    so_far = orders.distance_sales(place.db, year)
    if so_far > WARNING:
        log.warning(
            "eu_threshold.near",
            total=f"{so_far:.2f}",
            currency="DKK",
            message=f"Sales to consumers in other EU countries are {so_far:.0f} kr. without VAT "
            f"this year. Above 10,000 EUR (some {THRESHOLD} kr.) those countries' VAT is due: "
            "register for OSS in time, and let the shop charge it.",
        )
