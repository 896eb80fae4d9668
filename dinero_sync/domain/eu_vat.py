"""The VAT rates of the EU's other countries: which rate can be a country's VAT, and since when.

Only to recognise rates: what is booked is the rate and the VAT that the shop charged. A rate that
isn't here is added by ``posting.eu_vat_rates``, so that a new one stops nobody.

Sources: the European Commission's Taxes in Europe Database (TEDB, what it lists under VAT for each
country) as of 29 September 2026, by way of the package eu-vat-rates-data 2026.9.29, which knows
today's rates without their days; the days of changes by the Commission's "VAT rates applied in the
Member States" and, for standard rates, duty27-eu-vat 0.1.0. Rates of regions (Corsica, Madeira and
the Azores, the Aegean islands, Jungholz and Mittelberg) count as their country's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SINCE_LONG = date(2021, 7, 1)
"""The first day of OSS for goods (Directive (EU) 2017/2455): no earlier sale is looked at."""
FOR_GOOD = date.max


@dataclass(frozen=True, slots=True)
class RateOf:
    """A VAT rate of a country, and the days on which it was one."""

    country: str
    percent: Decimal
    first: date
    last: date


STEADY = {
    "AT": "20 19 13 10",
    "BE": "21 12 6",
    "BG": "20 9",
    "CY": "19 9 5",
    "CZ": "21",
    "DE": "19 7",
    "EE": "9",
    "ES": "21 10 4",
    "FI": "10",
    "FR": "20 13 10 8.5 5.5 2.1 0.9 1.05",
    "GB": "20 5",
    "GR": "24 17 13 9 6 4",
    "HR": "25 13 5",
    "HU": "27 18 5",
    "IE": "23 13.5 9 4.8",
    "IT": "22 10 5 4",
    "LT": "21 5",
    "LU": "14 8 3",
    "LV": "21 12 5",
    "MT": "18 7 5",
    "NL": "21 9",
    "PL": "23 8 5",
    "PT": "23 22 16 13 12 9 6 5 4",
    "SE": "25 12 6",
    "SI": "22 9.5 5",
}
"""Rates in percent that were the country's all the time; GB's are Northern Ireland's."""
CHANGED = (
    ("AT", "4.9", date(2026, 7, 1), FOR_GOOD),
    ("CY", "3", date(2023, 7, 1), FOR_GOOD),
    ("CZ", "15", SINCE_LONG, date(2023, 12, 31)),
    ("CZ", "10", SINCE_LONG, date(2023, 12, 31)),
    ("CZ", "12", date(2024, 1, 1), FOR_GOOD),
    ("EE", "20", SINCE_LONG, date(2023, 12, 31)),
    ("EE", "22", date(2024, 1, 1), date(2025, 6, 30)),
    ("EE", "24", date(2025, 7, 1), FOR_GOOD),
    ("EE", "5", SINCE_LONG, date(2024, 12, 31)),
    ("EE", "13", date(2025, 1, 1), FOR_GOOD),
    ("FI", "24", SINCE_LONG, date(2024, 8, 31)),
    ("FI", "25.5", date(2024, 9, 1), FOR_GOOD),
    ("FI", "14", SINCE_LONG, date(2025, 12, 31)),
    ("FI", "13.5", date(2026, 1, 1), FOR_GOOD),
    ("LT", "9", SINCE_LONG, date(2025, 12, 31)),
    ("LT", "12", date(2026, 1, 1), FOR_GOOD),
    ("LU", "17", SINCE_LONG, date(2022, 12, 31)),
    ("LU", "16", date(2023, 1, 1), date(2023, 12, 31)),
    ("LU", "17", date(2024, 1, 1), FOR_GOOD),
    ("MT", "12", date(2024, 1, 1), FOR_GOOD),
    ("RO", "19", SINCE_LONG, date(2025, 7, 31)),
    ("RO", "9", SINCE_LONG, date(2026, 7, 31)),
    ("RO", "5", SINCE_LONG, date(2025, 7, 31)),
    ("RO", "21", date(2025, 8, 1), FOR_GOOD),
    ("RO", "11", date(2025, 8, 1), FOR_GOOD),
    ("SK", "20", SINCE_LONG, date(2024, 12, 31)),
    ("SK", "10", SINCE_LONG, date(2024, 12, 31)),
    ("SK", "23", date(2025, 1, 1), FOR_GOOD),
    ("SK", "19", date(2025, 1, 1), FOR_GOOD),
    ("SK", "5", date(2023, 1, 1), FOR_GOOD),
)
"""Rates with the first and the last day on which they were the country's."""
RATES = (
    *(
        RateOf(country, Decimal(percent), SINCE_LONG, FOR_GOOD)
        for country, percents in STEADY.items()
        for percent in percents.split()
    ),
    *(RateOf(country, Decimal(percent), first, last) for country, percent, first, last in CHANGED),
)
TAXED_AS = {"MC": "FR"}
"""Monaco's VAT is France's (article 7)."""


def eu_rates(country: str, first: date, last: date) -> frozenset[Decimal]:
    """Return the rates in percent that a country had on any of the days ``first`` to ``last``."""
    wanted = TAXED_AS.get(country, country)
    return frozenset(
        each.percent
        for each in RATES
        if each.country == wanted and each.first <= last and first <= each.last
    )
