"""What is known of the company in Dinero, and the checks before anything is written to it."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from dinero_sync.clock import Clock
from dinero_sync.dinero.errors import NotConnectedError
from dinero_sync.dinero.organisations import Organization, chart, organizations
from dinero_sync.dinero.transport import Transport
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.papers.unusable import Unusable
from dinero_sync.domain.spoken import spoken
from dinero_sync.domain.step import Facts, Sentence, sentence
from dinero_sync.errors import ConfigError, DineroSyncError, Problem
from dinero_sync.journal.cache import keep, recall, recall_however_old
from dinero_sync.logs import get_logger
from dinero_sync.posting.lint.accounts import (
    fitting_account,
    missing_accounts,
    unfit_accounts,
    unfit_facts,
)
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.texts import telling

log = get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What is known of the organisation (firma) whose books we write."""

    organization: Organization
    chart: Chart


BOOKS = "books"


def checked_books(
    transport: Transport,
    db: sqlite3.Connection,
    clock: Clock,
    settings: PostingSettings,
    check: Callable[[Books], None],
) -> Books:
    """Return what is known of the organisation once ``check`` has passed it.

    Organisation, accounts and VAT types are kept for a day; they cost four calls. What was kept and
    doesn't pass is read again, for it may have been put right in Dinero. Raises what ``check``
    raises, and NotConnectedError when the connection doesn't see the organisation.
    """
    known = recall(db, BOOKS, Books, clock.now())
    if known is not None and known.organization.organization_id == settings.organization_id:
        try:
            check(known)
        except DineroSyncError:
            pass  # to be read again
        else:
            return known
    books = read_books(transport, settings.organization_id)
    _tell_of_recoded(remembered_books(db), books, settings)
    check(books)
    keep_books(db, books, clock.now())
    return books


def _tell_of_recoded(before: Books | None, books: Books, settings: PostingSettings) -> None:
    """Say which accounts of the configuration have another VAT code than when they were read."""
    known = before.chart.entry if before is not None else {}
    for number, key in settings.entry_accounts().items():
        then, now = known.get(number), books.chart.entry.get(number)
        if then is not None and now is not None and then.vat_code != now.vat_code:
            log.warning(
                "account.recoded",
                key=key,
                message=f"Account {number} has the VAT code {now.vat_code or 'none'} in Dinero "
                f"now, and had {then.vat_code or 'none'}: what is booked on it from now on is "
                "reported in another box than what was. If that is a mistake, put it back there; "
                "if not, look at the rules: dinero-sync rules check",
            )


def remembered_books(db: sqlite3.Connection) -> Books | None:
    """Return what was last read of the organisation, however long ago; None before that."""
    return recall_however_old(db, BOOKS, Books)


def keep_books(db: sqlite3.Connection, books: Books, now: datetime) -> None:
    """Keep what was read of the organisation for a day, as runs do."""
    keep(db, BOOKS, Books, books, now)


def read_books(transport: Transport, organization_id: int) -> Books:
    """Read organisation, accounts and VAT types (four calls)."""
    organization = _own(organizations(transport), organization_id)
    return Books(organization=organization, chart=chart(transport))


def _own(seen: list[Organization], organization_id: int) -> Organization:
    for organization in seen:
        if organization.organization_id == organization_id:
            return organization
    raise NotConnectedError(
        spoken(
            "The connection to Dinero doesn't see company {organization_id}. Nothing was "
            "booked. Check dinero.organization_id, or connect as a user of that company: "
            "dinero-sync connect",
            organization_id=organization_id,
        )
    )


def refuse_wrong_books(books: Books, vat_number: str | None, config_file: str) -> None:
    """Refuse to write to another company, one without a plan, or one that charges no VAT.

    Raises NotConnectedError without Pro or Total, ConfigError for another company.
    """
    organization = books.organization
    if not organization.has_plan:
        raise NotConnectedError(
            spoken(
                "Company {organization_id} has no Dinero Pro or Total, which the API needs. "
                "Nothing was booked. Choose one under Indstillinger → Abonnement in Dinero, "
                "then run again.",
                organization_id=organization.organization_id,
            )
        )
    if vat_number is not None and _bare(vat_number) != _bare(organization.vat_number):
        raise _refusal(
            config_file,
            "dinero.vat_number",
            spoken(
                "company {organization_id} in Dinero has another VAT number than the "
                "configuration. Nothing was written. Correct dinero.organization_id or "
                "dinero.vat_number, whichever is wrong.",
                organization_id=organization.organization_id,
            ),
        )
    if organization.is_vat_free:
        raise _refusal(
            config_file,
            "dinero.organization_id",
            spoken(
                "company {organization_id} is registered in Dinero as free of VAT, which "
                "dinero-sync doesn't post for. Nothing was written.",
                organization_id=organization.organization_id,
            ),
        )


def _bare(vat_number: str) -> str:
    return vat_number.upper().removeprefix("DK").replace(" ", "")


def _refusal(config_file: str, key: str, message: str) -> ConfigError:
    return ConfigError([Problem(file=config_file, key=key, message=message)])


def refuse_unusable_accounts(settings: PostingSettings, chart: Chart, config_file: str) -> None:
    """Refuse a configuration with accounts that Dinero lacks or hides, or with the wrong VAT.

    Raises ConfigError with every such account.
    """
    missing = missing_accounts(settings, chart)
    faults = [
        *(
            (key, spoken("account {number} {fault}", number=number, fault=spoken(fault)))
            for number, key, fault in missing
        ),
        *(
            (each.key, telling.spoken_clause(_unfit(unfit_facts(each, chart))))
            for each in unfit_accounts(settings, chart)
        ),
    ]
    problems = [
        Problem(
            file=config_file,
            key=key,
            message=spoken(
                "{fault}. Nothing was written. {way_out}",
                fault=fault,
                way_out=_way_out(key, settings, chart),
            ),
        )
        for key, fault in faults
    ]
    if problems:
        raise ConfigError(problems)


def refuse_unusable(found: Iterable[Unusable], config_file: str, nothing: str) -> None:
    """Refuse a configuration that names for bills or payouts what Dinero can't take there.

    ``nothing`` says what wasn't posted. Raises ConfigError with every such account and VAT code.
    """
    problems = [
        Problem(
            file=config_file,
            key=each.key,
            message=spoken("{fault}. {nothing}", fault=_fault(each), nothing=nothing),
        )
        for each in found
    ]
    if problems:
        raise ConfigError(problems)


def _fault(unusable: Unusable) -> str:
    named = unusable.named
    return {
        "missing_account": spoken(
            "Dinero has no account {named}; name one that is there, or create it", named=named
        ),
        "hidden_account": spoken(
            "the account {named} is hidden in Dinero; name another, or show it there", named=named
        ),
        "no_purchase_account": spoken(
            "Dinero takes accounts from 2000 to 9399 in vouchers, and not {named}", named=named
        ),
        "no_deposit_account": spoken(
            "{named} is no deposit account in Dinero, so no payment is registered on it; name the "
            "one of the payment type",
            named=named,
        ),
        "unknown_vat_code": spoken(
            "Dinero has no VAT code {named}; write I25, none, or another of its codes", named=named
        ),
    }[unusable.fault]


def _unfit(facts: Facts) -> Sentence:
    return sentence("unfit_in_dinero", **facts)


def _way_out(key: str, settings: PostingSettings, chart: Chart) -> str:
    """Say which account fits there by its purpose, if one does."""
    best = fitting_account(key, settings, chart)
    if best is None:
        return spoken(
            "Name one that fits, or mend this one in Dinero (create it, show it, or correct its "
            "VAT code)."
        )
    return spoken(
        "Name {number} {name}, or mend this one in Dinero (create it, show it, or correct its VAT "
        "code).",
        number=best.number,
        name=best.name,
    )
