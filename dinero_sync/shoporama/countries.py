"""Countries as a shop may name them, to ISO 3166-1 codes."""

from functools import cache

NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905 - quoted codes read worse
"""Two-letter codes that Unicode's list of territories has besides those of countries."""
CODE_LENGTH = 2


def country_code(text: str) -> str | None:
    """Return the ISO code for a code or for a country's name in Danish or English.

    Names are those of Unicode's CLDR, in any case; None where nothing fits exactly.
    """
    codes = _codes_by_name()
    wanted = text.strip()
    if len(wanted) == CODE_LENGTH:
        return wanted.upper() if wanted.upper() in codes.values() else None
    return codes.get(wanted.casefold())


@cache
def _codes_by_name() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - slow to import, and an idle run needs no country

    return {
        name.casefold(): code
        for language in ("en", "da")
        for code, name in Locale(language).territories.items()
        if len(code) == CODE_LENGTH and code.isalpha() and code not in NO_COUNTRIES
    }
