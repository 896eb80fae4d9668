"""``doctor``'s questions to Dinero. All of them only read."""

from collections.abc import Iterator, Sequence

from dinero_sync.clock import SystemClock
from dinero_sync.dinero.organisations import AccountingYear
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import Chart
from dinero_sync.posting.lint.accounts import other_use
from dinero_sync.posting.settings import PostingSettings
from dinero_sync.sync.setup.findings import Diagnosis, ask, fine, note, problem
from dinero_sync.sync.work.books import Books, refuse_unusable_accounts, refuse_wrong_books
from dinero_sync.sync.work.workplace import Workplace

COMPANY = "Which company?"
ACCOUNTS = "Are the accounts there?"
YEAR = "Which accounting year?"


def ledger_findings(
    place: Workplace, books: Books, years: Sequence[AccountingYear]
) -> Iterator[Diagnosis]:
    """Answer every question about Dinero from what was read of it a moment ago."""
    yield ask(COMPANY, lambda: _company(place, books))
    yield _vat_types(books.chart)
    yield ask(ACCOUNTS, lambda: _accounts(place, books.chart))
    yield from _named_accounts(place, books.chart)
    yield _years(place.clock, years)


def _company(place: Workplace, books: Books) -> Diagnosis:
    organization, vat_number = books.organization, place.config.dinero.vat_number
    refuse_wrong_books(books, vat_number, place.config_file)
    answer = (
        f"{organization.name}, company {organization.organization_id}, "
        f"VAT number {organization.vat_number or 'none'}, with Dinero Pro or Total."
    )
    if vat_number is not None:
        return fine(COMPANY, answer)
    to_name = f'To refuse any other company: dinero.vat_number: "{organization.vat_number}"'
    return note(COMPANY, answer, to_name)


def _vat_types(chart: Chart) -> Diagnosis:
    rates = ", ".join(
        f"{code} {rate.normalize():f} %" for code, rate in sorted(chart.vat_rates.items())
    )
    return fine("Which VAT codes?", rates or "none")


def _accounts(place: Workplace, chart: Chart) -> Diagnosis:
    refuse_unusable_accounts(place.settings, chart, place.config_file)
    return fine(
        ACCOUNTS,
        f"All that the configuration names, of {len(chart.entry)} accounts and "
        f"{len(chart.deposit)} deposit accounts.",
    )


def _named_accounts(place: Workplace, chart: Chart) -> Iterator[Diagnosis]:
    """Tell the VAT of each account that lines go to: it decides the VAT of the lines."""
    for number, key in place.settings.entry_accounts().items():
        account = chart.entry.get(number)
        if account is None:
            continue
        rate = chart.vat_rate(number)
        called = other_use(key, account)
        shown = "a rate that Dinero doesn't tell" if rate is None else f"{rate.normalize():f} %"
        question = f"What does {key} mean?"
        answer = f"{number} {account.name}: VAT code {account.vat_code or 'none'}, {shown}."
        if rate is None:
            yield problem(question, answer, "No line can be booked there.")
        else:
            meaning = f"{_use(place.settings, key, shown)}{_called(called)}"
            yield (note if called else fine)(question, answer, meaning)


def _called(other: str | None) -> str:
    """Warn of a common account whose name says that it is for something else."""
    if other is None:
        return ""
    return (
        f"\nBy its name it is for {other}, and every Danish sale that no rule takes is booked "
        "there. Which would fit: dinero-sync rules check"
    )


def _use(settings: PostingSettings, key: str, rate: str) -> str:
    """Tell what is booked on an account; its VAT limits the lines of ordinary sales alone."""
    special = {
        "posting.margin_scheme.account": f"The margin of second-hand goods is posted there; {rate} "
        "of it is VAT, reckoned from within.",
        "posting.gift_cards.account": f"Gift cards are booked there with {rate} VAT when they are "
        "sold.",
        "posting.rounding.account": "Roundings are booked there.",
    }
    for at, rule in enumerate(settings.rules):
        if rule.margin_scheme is not None:
            special[f"posting.rules[{at}].account"] = (
                "Goods of a margin scheme are booked there at their full price; the VAT of the "
                "margin is reckoned apart."
            )
        elif rule.reverse_charge:
            special[f"posting.rules[{at}].account"] = (
                "Goods whose VAT a Danish business pays itself are booked there, without any."
            )
        elif rule.foreign_vat_account is not None:
            special[f"posting.rules[{at}].account"] = (
                "Sales with another country's VAT are booked there, net."
            )
            special[f"posting.rules[{at}].foreign_vat_account"] = (
                "Another country's VAT is booked there."
            )
    ordinary = f"Only lines with {rate} VAT are booked there; others are held as "
    return special.get(key, f"{ordinary}account_vat_mismatch.")


def _years(clock: SystemClock, years: Sequence[AccountingYear]) -> Diagnosis:
    today = accounting_date(clock.now())
    current = [year for year in years if year.first <= today <= year.last]
    if current:
        return fine(YEAR, f"{current[0].name}, to {current[0].last}.")
    return note(
        YEAR,
        "No accounting year (regnskabsår) in Dinero holds today.",
        "Dinero creates the next year at the first booking in it; a year further off has to be "
        "created in Dinero first.",
    )
