"""The companies a token reaches, the countries, and the accounting years."""

from functools import cache

from babel import Locale

from dinero_sync.sandbox.answers import Answer, Json, json_answer
from dinero_sync.sandbox.dinero.books import Organisation
from dinero_sync.sandbox.dinero.call import Call, Handlers
from dinero_sync.sandbox.dinero.listing import only_fields

COUNTRY_KEY_LENGTH = 2
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def list_organisations_v1(call: Call) -> Answer:
    """``GET /v1/organizations``: without subscription, cut down to ``fields``."""
    rows = [_common(item) | _v1_only(item) for item in call.reached]
    return json_answer(only_fields(call, rows))


def list_organisations(call: Call) -> Answer:
    """``GET /v1.1/organizations``: with the subscription of each."""
    return json_answer([_common(item) | _v11_only(item) for item in call.reached])


def _common(organisation: Organisation) -> Json:
    return {
        "Id": organisation.id,
        "Name": organisation.name,
        "IsVatFree": False,
        "Email": "bogholderi@example.dk",
        "Phone": "00000000",
        "Street": "Havnegade 1",
        "City": "Ærøskøbing",
        "ZipCode": "5970",
        "AttPerson": None,
        "IsTaxFreeUnion": False,
        "VatNumber": organisation.vat_number,
        "CountryKey": "DK",
        "Website": None,
    }


def _v1_only(organisation: Organisation) -> Json:
    return {
        "Type": "PrivateLimitedCompany",
        "IsPro": organisation.has_pro,
        "IsPayingPro": organisation.has_pro,
    }


def _v11_only(organisation: Organisation) -> Json:
    return {
        "CompanyTypeKey": "PrivateLimitedCompany",
        "RoleKey": "Owner",
        "Subscription": {
            "HasPro": organisation.has_pro,
            "HasPayingPro": organisation.has_pro,
            "HasStarterPlus": False,
            "HasTotal": False,
            "HasYfs": False,
        },
    }


def list_countries(_call: Call) -> Answer:
    """``GET /v1/countries``."""
    return json_answer(
        [
            {"Key": key, "DanishName": danish, "EnglishName": english}
            for key, (danish, english) in countries().items()
        ]
    )


@cache
def countries() -> dict[str, tuple[str, str]]:
    """Return the two-letter keys with the Danish and the English name."""
    danish = Locale("da").territories
    english = Locale("en").territories
    return {
        key: (danish[key], name)
        for key, name in sorted(english.items())
        if len(key) == COUNTRY_KEY_LENGTH and key in danish and key not in NO_COUNTRIES
    }


def list_years(call: Call) -> Answer:
    """``GET /v1/{organizationId}/accountingyears``."""
    return json_answer(
        [
            {
                "Name": str(year.first.year),
                "FromDate": year.first.isoformat(),
                "ToDate": year.last.isoformat(),
                "SalarySumTaxStateEnum": "None",
            }
            for year in call.organisation.years
        ]
    )


HANDLERS: Handlers = {
    "ListOrganizationsV1": list_organisations_v1,
    "ListOrganizationsV11": list_organisations,
    "ListCountries": list_countries,
    "ListAccountingYears": list_years,
}
