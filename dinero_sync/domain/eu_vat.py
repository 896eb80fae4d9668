"""The VAT rates of the EU's other countries: which rate can be a country's VAT, and since when.

Only to recognise rates: what is booked is the rate and the VAT that the shop charged. None of this
was checked against the Commission's own table; a rate that is missing here is added by
``posting.eu_vat_rates``, so that it stops nobody.

What was read, on 30 November 2026:

- today's rates: the package eu-vat-rates-data 2026.9.29, which says that it takes them from the
  Commission's database TEDB, without days; Ireland's 4.8 from lists of rates for 2025.
- the days of standard rates: the package duty27-eu-vat 0.1.0 (rates from 2016 to 4 October 2026).
- the days of other rates: Finland's 14 and 13.5 from its tax administration (vero.fi), Lithuania's
  9 and 12 from a notice on Law XV-287 (sovos.com), Czechia's 15, 10 and 12 from the change log of
  vat-value-resolver-eu; Estonia's 5 for newspapers from notices of numeri.ee and marosavat.com (its
  begin), marosavat.com and vatabout.com (its end).
- rates of islands: Portugal's 12, 9, 5 and 4 (Madeira and the Azores) from economias.pt, from a
  notice of 3 April 2012 on amrconsult.com and from Odoo's chart for Portugal, that 5 ended from
  vatcalc.com and capitalizar.pt; Greece's 9 (islands of the Aegean) from rp.pl and sofokleous10.gr.

Of all other rates no day was read: they count as the country's at any time, former ones too. Rates
of regions (Corsica, Madeira and the Azores, the Aegean islands, Jungholz and Mittelberg) count as
their country's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

AT_ANY_TIME = date.min
FOR_GOOD = date.max


@dataclass(frozen=True, slots=True)
class RateOf:
    """A VAT rate of a country, and the days on which it can be one."""

    country: str
    percent: Decimal
    first: date
    last: date


STEADY = {
    "AT": "20 19 13 10 4.9",
    "BE": "21 12 6",
    "BG": "20 9",
    "CY": "19 9 5 3",
    "CZ": "21",
    "DE": "19 7",
    "EE": "13 9",
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
    "MT": "18 12 7 5",
    "NL": "21 9",
    "PL": "23 8 5",
    "PT": "23 22 16 13 12 9 6 4",
    "RO": "11 9 5",
    "SE": "25 12 6",
    "SI": "22 9.5 5",
    "SK": "19 10 5",
}
"""Rates in percent that are taken at any time; GB's are Northern Ireland's.

Former ones among them: RO's 9 and 5, SK's 10 (in lists of rates of earlier years).
"""
CHANGED = (
    ("CZ", "15", AT_ANY_TIME, date(2023, 12, 31)),
    ("CZ", "10", AT_ANY_TIME, date(2023, 12, 31)),
    ("CZ", "12", date(2024, 1, 1), FOR_GOOD),
    ("EE", "20", AT_ANY_TIME, date(2023, 12, 31)),
    ("EE", "22", date(2024, 1, 1), date(2025, 6, 30)),
    ("EE", "24", date(2025, 7, 1), FOR_GOOD),
    ("EE", "5", date(2022, 8, 1), date(2024, 12, 31)),
    ("FI", "24", AT_ANY_TIME, date(2024, 8, 31)),
    ("FI", "25.5", date(2024, 9, 1), FOR_GOOD),
    ("FI", "14", AT_ANY_TIME, date(2025, 12, 31)),
    ("FI", "13.5", date(2026, 1, 1), FOR_GOOD),
    ("LT", "9", AT_ANY_TIME, date(2025, 12, 31)),
    ("LT", "12", date(2026, 1, 1), FOR_GOOD),
    ("LU", "17", AT_ANY_TIME, date(2022, 12, 31)),
    ("LU", "16", date(2023, 1, 1), date(2023, 12, 31)),
    ("LU", "17", date(2024, 1, 1), FOR_GOOD),
    ("PT", "5", AT_ANY_TIME, date(2024, 9, 30)),
    ("RO", "19", AT_ANY_TIME, date(2025, 7, 31)),
    ("RO", "21", date(2025, 8, 1), FOR_GOOD),
    ("SK", "20", AT_ANY_TIME, date(2024, 12, 31)),
    ("SK", "23", date(2025, 1, 1), FOR_GOOD),
)
"""Rates with the first and the last day on which they were the country's."""
RATES = (
    *(
        RateOf(country, Decimal(percent), AT_ANY_TIME, FOR_GOOD)
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
