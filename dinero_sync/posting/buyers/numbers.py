"""EAN and VAT numbers as people type them.

Whoever fills in an order writes ``EAN 5798 0004 16604``, ``CVR-nr. 13585628``, or ``nej`` where no
number belongs. What is around a number is left off where it then is one; nothing is corrected.
"""

import re
import unicodedata

from stdnum import ean as gln
from stdnum.dk import cvr
from stdnum.eu import vat as eu_vat

from dinero_sync.domain.zone import EU_COUNTRIES, Zone, zone_of

GLN_DIGITS = 13
NEMHANDEL_SCHEME = "0088"
"""Written before a GLN by those who copy it from NemHandel or Peppol: ``0088:5798000416604``."""
VAT_PREFIX = {"GR": "EL", "MC": "FR"}
"""Where the prefix of a VAT number isn't the country's code; Monaco's are French."""
NORTHERN_IRELAND = "XI"
"""The prefix of British numbers that count as an EU country's, for goods (Windsor Framework)."""
EU_PREFIXES = EU_COUNTRIES - {"GR"} | {"EL", NORTHERN_IRELAND}
NO_NUMBER = frozenset(
    {
        *("", "0", "NEJ", "INGEN", "INTET", "IKKERELEVANT", "PRIVAT", "PRIVATKUNDE", "HARIKKE"),
        *("NO", "NONE", "NA", "NIL", "NULL", "PRIVATE", "PERSON", "NEIN", "KEINE", "NEJTAK"),
    }
)
"""What people write where they have no number, without spaces and signs, in capitals."""
NAMES_OF_VAT_NUMBERS = re.compile(
    r"(CVR|SE|VATREG|VATID|VAT|MOMS|MWST|USTID|UST|TVA|BTW|PIVA|IVA|CIF|NIF|ORG|TAXID|TAX|UID)"
    r"(NUMMER|NUMBER|NR|NO|ID)?"
)
"""Words before a VAT number; ``SE`` is what Danes call the number of a part of a business."""


def location_number(text: str) -> str | None:
    """Return the EAN/GLN of 13 digits with a right check digit in ``text``; else None.

    Words, spaces and dashes around and within the digits don't matter.
    """
    digits = _digits(text)
    if len(digits) > GLN_DIGITS:
        digits = digits.removeprefix(NEMHANDEL_SCHEME)
    return digits if len(digits) == GLN_DIGITS and gln.is_valid(digits) else None


def cvr_number(text: str) -> str | None:
    """Return the Danish CVR number that somebody wrote in place of an EAN; else None."""
    compact = NAMES_OF_VAT_NUMBERS.sub("", _compact(text)).removeprefix("DK")
    return compact if cvr.is_valid(compact) and _digits(text) == compact else None


def is_no_number(text: str) -> bool:
    """Tell whether a field for a number is empty, or says that there is none."""
    return _compact(text) in NO_NUMBER


def is_eu_number(number: str) -> bool:
    """Tell whether a full VAT number is, by its form, one of an EU country or Northern Ireland."""
    return has_eu_prefix(number) and eu_vat.is_valid(number)


def has_eu_prefix(number: str) -> bool:
    """Tell whether a full VAT number bears the prefix of an EU country or Northern Ireland."""
    return number[:2] in EU_PREFIXES


def full_vat_number(text: str, country: str, zip_code: str = "") -> str:
    """Write a VAT number with its prefix and without spaces, dots or dashes; empty for none.

    The prefix is that of ``country``, except where the number already is one of another EU
    country, as of a buyer who is registered in several. A British number of Northern Ireland stays
    one: only with XI is it worth something in the EU, and nobody but the buyer can say so. Words
    before the number (``CVR/SE-nr.``) are left off where it is a number of the EU without them
    alone.
    """
    if is_no_number(text):
        return ""
    compact = _compact(text)
    number = _with_prefix(compact, country, zip_code)
    if is_eu_number(number) or not has_eu_prefix(number):
        return number
    without_name = NAMES_OF_VAT_NUMBERS.sub("", compact.removeprefix(country))
    bare = _with_prefix(without_name, country, zip_code)
    return bare if is_eu_number(bare) else number


def _with_prefix(compact: str, country: str, zip_code: str) -> str:
    prefix = _prefix(country, zip_code)
    if compact.startswith(prefix):
        return compact
    if country == "GB" and compact.startswith(country):
        return compact
    own = prefix + compact.removeprefix(country)
    elsewhere = compact[:2] in EU_PREFIXES and eu_vat.is_valid(compact)
    return compact if elsewhere and not eu_vat.is_valid(own) else own


def _prefix(country: str, zip_code: str) -> str:
    in_eu = zone_of(country, zip_code) is Zone.EU
    return NORTHERN_IRELAND if country == "GB" and in_eu else VAT_PREFIX.get(country, country)


def _compact(text: str) -> str:
    """Return the letters and digits of a text in capitals; full-width ones as usual ones."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def _digits(text: str) -> str:
    return "".join(sign for sign in _compact(text) if sign.isdigit())
