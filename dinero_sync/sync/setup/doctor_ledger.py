"""``doctor``'s questions to Dinero. All of them only read."""

from collections.abc import Iterator, Sequence

from dinero_sync.clock import SystemClock
from dinero_sync.dinero.organisations import AccountingYear
from dinero_sync.domain.calendar import accounting_date
from dinero_sync.domain.chart import Chart
from dinero_sync.domain.spoken import joined, spoken
from dinero_sync.posting.lint.accounts import other_use
from dinero_sync.posting.settings import SINGLE_PURPOSE_ACCOUNT, PostingSettings
from dinero_sync.sync.setup.findings import Diagnosis, ask, fine, note, problem
from dinero_sync.sync.work.books import Books, refuse_unusable_accounts, refuse_wrong_books
from dinero_sync.sync.work.workplace import Workplace

NONE = spoken("none")
COMPANY = spoken("Which company?")
ACCOUNTS = spoken("Are the accounts there?")
YEAR = spoken("Which accounting year?")


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
    answer = spoken(
        "{name}, company {number}, VAT number {vat_number}, with Dinero Pro or Total.",
        name=organization.name,
        number=organization.organization_id,
        vat_number=organization.vat_number or NONE,
    )
    if vat_number is not None:
        return fine(COMPANY, answer)
    to_name = spoken(
        'To refuse any other company: dinero.vat_number: "{vat_number}"',
        vat_number=organization.vat_number,
    )
    return note(COMPANY, answer, to_name)


def _vat_types(chart: Chart) -> Diagnosis:
    rates = ", ".join(
        f"{code} {rate.normalize():f} %" for code, rate in sorted(chart.vat_rates.items())
    )
    return fine(spoken("Which VAT codes?"), rates or NONE)


def _accounts(place: Workplace, chart: Chart) -> Diagnosis:
    refuse_unusable_accounts(place.settings, chart, place.config_file)
    return fine(
        ACCOUNTS,
        spoken(
            "All that the configuration names, of {accounts} accounts and {deposit} deposit "
            "accounts.",
            accounts=len(chart.entry),
            deposit=len(chart.deposit),
        ),
    )


def _named_accounts(place: Workplace, chart: Chart) -> Iterator[Diagnosis]:
    """Tell the VAT of each account that lines go to: it decides the VAT of the lines."""
    for number, key in place.settings.entry_accounts().items():
        account = chart.entry.get(number)
        if account is None:
            continue
        rate = chart.vat_rate(number)
        called = other_use(key, account)
        question = spoken("What does {key} mean?", key=key)
        code, named = account.vat_code or NONE, f"{number} {account.name}"
        if rate is None:
            answer = spoken(
                "{account}: VAT code {code}, a rate that Dinero doesn't tell.",
                account=named,
                code=code,
            )
            yield problem(question, answer, spoken("No line can be booked there."))
        else:
            shown = f"{rate.normalize():f} %"
            answer = spoken(
                "{account}: VAT code {code}, {rate}.", account=named, code=code, rate=shown
            )
            meaning = joined(_use(place.settings, key, shown), _called(called), between="\n")
            yield (note if called else fine)(question, answer, meaning)


def _called(other: str | None) -> str:
    """Warn of a common account whose name says that it is for something else."""
    if other is None:
        return ""
    return spoken(
        "By its name it is for {other}, and every Danish sale that no rule takes is booked there. "
        "Which would fit: dinero-sync rules check",
        other=spoken(other),
    )


def _use(settings: PostingSettings, key: str, rate: str) -> str:
    """Tell what is booked on an account; its VAT limits the lines of ordinary sales alone."""
    sells_cards = spoken(
        "Gift cards are booked there with {rate} VAT when they are sold.", rate=rate
    )
    special = {
        "posting.margin_scheme.account": spoken(
            "The margin of second-hand goods is posted there; {rate} of it is VAT, reckoned from "
            "within.",
            rate=rate,
        ),
        "posting.gift_cards.account": sells_cards,
        SINGLE_PURPOSE_ACCOUNT: sells_cards,
        "posting.rounding.account": spoken("Roundings are booked there."),
    }
    for at, rule in enumerate(settings.rules):
        if rule.margin_scheme is not None:
            special[f"posting.rules[{at}].account"] = spoken(
                "Goods of a margin scheme are booked there at their full price; the VAT of the "
                "margin is reckoned apart."
            )
        elif rule.reverse_charge:
            special[f"posting.rules[{at}].account"] = spoken(
                "Goods whose VAT a Danish business pays itself are booked there, without any."
            )
        elif rule.foreign_vat_account is not None:
            special[f"posting.rules[{at}].account"] = spoken(
                "Sales with another country's VAT are booked there, net."
            )
            special[f"posting.rules[{at}].foreign_vat_account"] = spoken(
                "Another country's VAT is booked there."
            )
    ordinary = spoken(
        "Only lines with {rate} VAT are booked there; others are held as account_vat_mismatch.",
        rate=rate,
    )
    return special.get(key, ordinary)


def _years(clock: SystemClock, years: Sequence[AccountingYear]) -> Diagnosis:
    today = accounting_date(clock.now())
    current = [year for year in years if year.first <= today <= year.last]
    if current:
        year = current[0]
        return fine(YEAR, spoken("{name}, to {last}.", name=year.name, last=year.last))
    return note(
        YEAR,
        spoken("No accounting year (regnskabsår) in Dinero holds today."),
        spoken(
            "Dinero creates the next year at the first booking in it; a year further off has to be "
            "created in Dinero first."
        ),
    )
