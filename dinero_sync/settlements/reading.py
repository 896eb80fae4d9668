"""From a file to payouts: whose it is, by which reader it is read, and what it says."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from dinero_sync.domain.papers.payout import Settlement, SettlementFormat, Source
from dinero_sync.settlements import formats
from dinero_sync.settlements.file import File, opened
from dinero_sync.settlements.formats.columns import table_of
from dinero_sync.settlements.mapping import (
    add_source,
    any_mapping,
    choose_source,
    refuse_list_of_payments,
)
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError


def read(path: Path, sources: Sequence[Source]) -> Settlement:
    """Read a settlement file that one of ``sources`` hands in, and prove all of it.

    Raises RefusedFileError, which says what was seen and what to do, where the file is nobody's,
    is damaged or cut off, or doesn't add up. Then nothing of it counts.
    """
    file = opened(path)
    refuse_list_of_payments(file)
    fitting = list(_fitting(file, sources))
    if not fitting:
        raise _nobodys(file)
    if len(fitting) > 1:
        ids = tuple(source.id for source, _ in fitting)
        raise RefusedFileError("several_sources", choose_source(file), sources=ids)
    ((source, reader),) = fitting
    found = reader.read(file, source.columns)
    return Settlement(
        source=source.id,
        format=source.format,
        report=reader.report,
        is_proven=reader.is_proven and found.is_proven,
        payouts=found.payouts,
        partial=found.partial,
    )


def _fitting(file: File, sources: Sequence[Source]) -> Iterator[tuple[Source, Reader]]:
    """Yield the sources whose file it can be; those that name it go before all others."""
    named = [each for each in sources if _is_named(file, each)]
    for source in named or [each for each in sources if not each.files]:
        reader = _reader(file, source, is_named=bool(named))
        if reader is not None:
            yield source, reader


def _is_named(file: File, source: Source) -> bool:
    name = file.name.casefold()
    return any(fnmatchcase(name, each.casefold()) for each in source.files)


def _reader(file: File, source: Source, *, is_named: bool) -> Reader | None:
    if source.format is SettlementFormat.COLUMNS:
        fits = is_named or table_of(file, source.columns) is not None
        return readers(SettlementFormat.COLUMNS)[0] if fits else None
    return next((each for each in readers(source.format) if each.fits(file)), None)


@cache
def readers(format_: SettlementFormat) -> tuple[Reader, ...]:
    """Return the readers of a format, one for each of its reports."""
    found = []
    for module in sorted(each.name for each in iter_modules(formats.__path__)):
        if module == format_ or module.startswith(f"{format_}_"):
            reader = import_module(f"{formats.__name__}.{module}").READER
            if isinstance(reader, Reader) and reader.format is format_:
                found.append(reader)
    return tuple(found)


def _nobodys(file: File) -> RefusedFileError:
    """Say what a file is that no source takes: of a provider that is known, or of none."""
    for format_ in SettlementFormat:
        for reader in readers(format_):
            if reader.fits(file):
                return RefusedFileError(
                    "no_source", add_source(file, format_), format=format_, report=reader.report
                )
    titles, steps = any_mapping(file)
    if not titles:
        return RefusedFileError("no_titles", steps)
    return RefusedFileError("unknown_form", steps, titles=titles)
