"""What Dinero asks of a contact beyond the schema."""

import re

from stdnum import ean
from stdnum.dk import cvr

from dinero_sync.sandbox.answers import Json
from dinero_sync.sandbox.dinero.errors import unfit
from dinero_sync.sandbox.dinero.organisations import countries

COMPANY_ONLY = ("AttPerson", "VatNumber", "EanNumber", "SENumber", "PNumber")
MAIL_OUT_NUMBERS = {"VAT": "VatNumber", "GLN": "EanNumber", "SE": "SENumber", "P": "PNumber"}
DENMARK = "DK"


ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def check_contact(body: Json) -> None:
    """Refuse a contact whose fields contradict each other, every problem at once."""
    problems = {
        **_person_problems(body),
        **_email_problems(body),
        **_number_problems(body),
        **_payment_term_problems(body),
    }
    if body["CountryKey"] not in countries():
        problems["CountryKey"] = "There is no such country."
    option = body.get("InvoiceMailOutOptionKey")
    if option and not body.get(MAIL_OUT_NUMBERS[option]):
        problems["InvoiceMailOutOptionKey"] = f"{MAIL_OUT_NUMBERS[option]} is missing."
    if problems:
        raise unfit(problems)


def _person_problems(body: Json) -> dict[str, str]:
    if not body["IsPerson"]:
        return {}
    return {name: "Must be empty for a person." for name in COMPANY_ONLY if body.get(name)}


def _email_problems(body: Json) -> dict[str, str]:
    """Refuse what is no address by its form; nobody wrote down which ones Dinero takes."""
    email = body.get("Email")
    if not email or ADDRESS.fullmatch(email):
        return {}
    return {"Email": "The e-mail address is invalid."}


def _number_problems(body: Json) -> dict[str, str]:
    problems = {}
    vat_number = body.get("VatNumber")
    if vat_number and body["CountryKey"] == DENMARK and not cvr.is_valid(vat_number):
        problems["VatNumber"] = "The CVR number is invalid."
    if body.get("EanNumber"):
        if not ean.is_valid(body["EanNumber"]):
            problems["EanNumber"] = "The EAN number is invalid."
        if not body.get("AttPerson"):
            problems["AttPerson"] = "Is required with an EAN number."
    return problems


def _payment_term_problems(body: Json) -> dict[str, str]:
    days = body.get("PaymentConditionNumberOfDays")
    if body.get("PaymentConditionType") == "NettoCash" and days is not None:
        return {"PaymentConditionNumberOfDays": "Must be empty with NettoCash."}
    return {}
