"""A clock that moves only when told to, or when it is asked to wait."""

from datetime import UTC, datetime, timedelta

from dinero_sync.errors import DeadlineError

MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


class ManualClock:
    """Records the pauses that the program asks for instead of sleeping through them."""

    def __init__(self, now: datetime = MORNING, deadline: datetime | None = None) -> None:
        self.moment = now
        self.deadline = deadline
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def pause(self, seconds: float) -> None:
        if self.deadline and self.moment + timedelta(seconds=seconds) > self.deadline:
            raise DeadlineError("the run may not wait that long")
        self.pauses.append(seconds)
        self.moment += timedelta(seconds=seconds)

    def check(self) -> None:
        if self.deadline and self.moment >= self.deadline:
            raise DeadlineError("the run's time is up")
