"""Templates tried on a shop's own bills, with what is expected of each written beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.bills.beside import written_beside
from dinero_sync.bills.reading import bill_files, files_of, read_bill
from dinero_sync.bills.statement import bill_of
from dinero_sync.bills.templates import Templates
from dinero_sync.domain.hold import HeldError, Hold
from dinero_sync.domain.papers.bill import Bill


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a bill was read otherwise than it is written beside it."""

    what: str
    """The key of the YAML."""
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How one bill was read."""

    file: str
    template: str | None
    """The template that read it; None for XML, and where none did."""
    differences: tuple[Difference, ...] = ()
    hold: Hold | None = None

    @property
    def passed(self) -> bool:
        """Tell whether the bill was read as it is written beside it."""
        return not self.differences and self.hold is None


def tried(folder: Path, templates: Templates) -> Iterator[Trial]:
    """Read each bill of a folder that has YAML beside it, as if there were none, and compare.

    Raises ConfigError where the YAML can't be read.
    """
    for path in bill_files(folder):
        document, *written = files_of(path)
        if written:
            yield _trial(document, written[0], templates)


def _trial(document: Path, written: Path, templates: Templates) -> Trial:
    try:
        expected = bill_of(written_beside(written), written.name)
        read = read_bill(document, templates, beside=False)
    except HeldError as error:
        return Trial(file=document.name, template=None, hold=error.hold)
    return Trial(
        file=document.name,
        template=read.template,
        differences=tuple(_differences(expected, read.bill)),
    )


def _differences(expected: Bill, found: Bill) -> Iterator[Difference]:
    there, here = _by_key(expected), _by_key(found)
    for what, value in there.items():
        if value != here[what]:
            yield Difference(what, value, here[what])


def _by_key(bill: Bill) -> dict[str, str]:
    amounts = (f"{each.rate} %: {each.net:.2f} + {each.vat:.2f}" for each in bill.amounts)
    return {
        "supplier": bill.supplier,
        "vat_number": bill.vat_number or "none",
        "number": bill.number,
        "date": bill.date.isoformat(),
        "due": bill.due.isoformat() if bill.due else "none",
        "currency": bill.currency,
        "kind": bill.kind.value,
        "amounts": "; ".join(amounts),
    }
