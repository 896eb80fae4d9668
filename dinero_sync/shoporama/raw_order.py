"""One raw order, or one of its lines, read field by field with holds for what isn't legible."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from dinero_sync.domain.hold import HeldError, HoldReason
from dinero_sync.shoporama import values
from dinero_sync.shoporama.fields import FieldNames

Value = TypeVar("Value")
NOTHING_BOOKED = "Nothing is booked for it until this is settled."


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFields:
    """Part of an order as it came from the shop."""

    raw: Mapping[str, object]
    names: FieldNames
    order_id: int | None
    """None only while the order's id itself is being read."""
    part: str = "order"
    """What ``raw`` is, for messages: ``order`` or ``order line 2``."""

    def required(self, field: str, read: Callable[[object], Value | None]) -> Value:
        """Read a field that has to be there; raises HeldError without it."""
        value = self.optional(field, read)
        if value is None:
            raise self.unreadable(
                field,
                f"The {self.part} can't be read: it has no {field}, "
                f"none of {self.tried(field)} in the shop's answer holds anything.",
            )
        return value

    def optional(self, field: str, read: Callable[[object], Value | None]) -> Value | None:
        """Read a field, None where it is empty; raises HeldError for a value that can't be it."""
        name = self.name_in_use(field)
        try:
            return read(None if name is None else self.raw[name])
        except values.UnclearError as error:
            raise self.unreadable(
                field,
                f"The {self.part} can't be read: "
                f"its {field} ({name} in the shop's answer) {error}.",
            ) from None

    def text(self, field: str) -> str:
        """Read a text that may be empty."""
        return self.optional(field, values.text) or ""

    def value(self, field: str) -> object:
        """Return the value as the shop wrote it; None where it is empty."""
        return values.first(self.raw, self.names[field])

    def has(self, field: str) -> bool:
        """Tell whether the shop sends the field at all, empty or not."""
        return any(name in self.raw for name in self.names[field])

    def name_in_use(self, field: str) -> str | None:
        """Return the shop's name of a field that isn't empty."""
        names = self.names[field]
        return next((name for name in names if not values.is_empty(self.raw.get(name))), None)

    def tried(self, field: str) -> str:
        """List the names under which a field was looked for."""
        return ", ".join(self.names[field])

    def unreadable(self, field: str, problem: str) -> HeldError:
        """Build the hold for a field that can't be read, with the YAML that mends it."""
        return HeldError(
            HoldReason.UNREADABLE_ORDER,
            f"{problem} {NOTHING_BOOKED}",
            f"Correct it in the shop; the order is then read again by itself. Or, where the shop "
            f"keeps it under another name (`dinero-sync show {self.order} --json` shows all "
            f"names), say so in the configuration:\n{self.yaml(field)}",
        )

    @property
    def order(self) -> str:
        """Return the order's id for a command to paste."""
        return "ORDER" if self.order_id is None else str(self.order_id)

    @staticmethod
    def yaml(field: str) -> str:
        """Write the setting that names a field."""
        return f"shoporama:\n  fields:\n    {field}: name_in_your_shop"
