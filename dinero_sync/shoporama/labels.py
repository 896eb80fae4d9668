"""Labels on the shop's orders: how they stand there, and the one write that changes them.

No public page shows an order's labels. That orders have them, and that Shoporama's own e-conomic
app sets them, is documented for its users (https://www.shoporama.dk/en/article/rest-api names the
resources alone); products list theirs as ``product_labels``, and orders are changed by PATCH
(http://doc.shoporama.dk/index.php?title=REST). So the name below is a guess, and an order that
doesn't show it is never written to: what can't be seen can't be kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dinero_sync.domain.spoken import spoken
from dinero_sync.shoporama.replies import SERVICE, RawObject

FIELDS = ("order_labels", "labels")
"""What an order's labels may be called. The first that it has is read, and written."""
NAMES = ("name", "title")
"""What a label's text may be called, where it is no plain text."""


class LabelsRefusedError(Exception):
    """The shop doesn't take labels as we write them: no other order is tried for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relabelling:
    """A change of one order's labels, the only change that is ever sent to the shop."""

    order_id: int
    body: RawObject
    """The whole list, since nobody documents that a part of it could be sent."""


def names_on(raw: Mapping[str, object]) -> list[str]:
    """Return the texts of an order's labels; raises LabelsRefusedError where it shows no list."""
    return [_name(each) for each in _labels(raw)[1]]


def shows_labels(raw: Mapping[str, object]) -> bool:
    """Tell whether an order shows its labels, be they none."""
    return any(isinstance(raw.get(name), list) for name in FIELDS)


def relabelling(
    order_id: int, raw: Mapping[str, object], ours: Collection[str], wanted: str
) -> Relabelling | None:
    """Return what gives an order the label ``wanted`` in place of all of ``ours``; empty for none.

    Every other label stays as it is. None where the order is right as it stands. Raises
    LabelsRefusedError where its labels can't be told.
    """
    field, labels = _labels(raw)
    kept = [each for each in labels if _name(each) not in ours or _name(each) == wanted]
    if wanted and wanted not in map(_name, kept):
        kept.append(_written(wanted, labels))
    return None if kept == labels else Relabelling(order_id=order_id, body={field: kept})


def refused(status: int) -> LabelsRefusedError:
    """Build the error of a change that the shop clearly refused."""
    return LabelsRefusedError(
        spoken("{service} refused it (status {status})", service=SERVICE, status=status)
    )


def without_effect() -> LabelsRefusedError:
    """Build the error of a change after which the order shows the label of before."""
    return LabelsRefusedError(
        spoken("{service} took it, and the order shows no such label", service=SERVICE)
    )


def _labels(raw: Mapping[str, object]) -> tuple[str, list[object]]:
    for field in FIELDS:
        labels = raw.get(field)
        if isinstance(labels, list):
            return field, labels
    raise LabelsRefusedError(
        spoken("{service} doesn't show which labels an order has", service=SERVICE)
    )


def _name(label: object) -> str:
    if isinstance(label, Mapping):
        return next((str(label[name]) for name in NAMES if name in label), "")
    return str(label)


def _written(name: str, others: Sequence[object]) -> object:
    """Write a label as the order's others are; as a plain text beside none."""
    objects = [each for each in others if isinstance(each, Mapping)]
    if not objects:
        return name
    called = next((each for each in NAMES if each in objects[0]), NAMES[0])
    return {called: name}
