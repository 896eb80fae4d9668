"""What to paste into the configuration for a file that no source takes."""

import re

from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.domain.step import Steps, Yaml, sentence
from dinero_sync.settlements.amounts import AMOUNT, plain_amount
from dinero_sync.settlements.file import File
from dinero_sync.settlements.refusal import RefusedFileError, quoted, words
from dinero_sync.settlements.table import DAY, DELIMITERS, having, plain_title, records, titled

ACCOUNTS = {
    SettlementFormat.STRIPE: 55080,
    SettlementFormat.PAYPAL: 55030,
    SettlementFormat.KLARNA: 55050,
    SettlementFormat.VIPPS_MOBILEPAY: 55020,
    SettlementFormat.MOBILEPAY: 55020,
}
"""The clearing accounts of Dinero's standard chart."""
CARDS, UNDER_WAY, FEES = 55010, 55095, 7420
MEANINGS = (
    ("payout", r"udbetal|payout|settlement|afregning|transfer|batch"),
    ("date", r"dato|date|day"),
    ("type", r"type|event|kategori|category"),
    ("reference", r"ordre|order|reference|faktura|invoice"),
    ("amount", r"beløb|amount|brutto|gross"),
    ("fee", r"gebyr|fee|provision|commission"),
    ("vat", r"moms|vat"),
    ("currency", r"valuta|currency"),
)
"""What titles of each meaning have in them, in Danish or English."""
NEEDED = frozenset({"payout", "date", "amount"})
UNKNOWN = "XX"


LISTS_OF_PAYMENTS = {"ePay, Transactions": having("merchantnumber", "authamount", "capturedamount")}
"""What gateways tell of payments: it doesn't say what was paid out, and a fee in it is what a buyer
paid. No mapping makes a settlement file of it."""


def refuse_list_of_payments(file: File) -> None:
    """Raise RefusedFileError for a gateway's list of payments."""
    for report, fits in LISTS_OF_PAYMENTS.items():
        if titled(file.text, fits):
            steps = (sentence("settlement_of_who_pays_out"),)
            raise RefusedFileError("wrong_report", steps, report=report)


def add_source(file: File, format_: SettlementFormat) -> Steps:
    """Return what to do with a known provider's file: a source to add."""
    account = ACCOUNTS.get(format_, CARDS)
    return (
        sentence("settlement_add_source"),
        Yaml(_source(format_, format_, file), _accounts(account)),
    )


def choose_source(file: File) -> Steps:
    """Return what to do with a file that several sources take: its name under one of them."""
    return (sentence("settlement_name_files"), Yaml(f"      files: [{quoted(file.name)}]\n"))


def any_mapping(file: File) -> tuple[tuple[str, ...], Steps]:
    """Return the titles of a file, and what to paste for them; none where it has no titles."""
    if file.json is not None or file.xml is not None:
        return (), (sentence("settlement_by_hand"),)
    titles, delimiter = _titles(file.text)
    if not titles:
        return (), (sentence("settlement_by_hand"),)
    lines = "".join(f"        {key}: {quoted(title)}\n" for key, title in _guessed(titles))
    mapping = f"      columns:\n{lines}        delimiter: {quoted(delimiter)}\n"
    source = _source("other", SettlementFormat.COLUMNS, file)
    steps = (sentence("settlement_map_columns"), Yaml(source, mapping, _accounts(CARDS)))
    return words(titles), steps


def _source(id_: str, format_: SettlementFormat, file: File) -> str:
    files = f"      files: [{quoted(file.name)}]\n"
    head = f"payouts:\n  sources:\n    - id: {id_}\n      name: {id_}\n"
    return f"{head}      format: {format_}\n{files if format_ == 'columns' else ''}"


def _accounts(clearing: int) -> str:
    return (
        f"      clearing_account: {clearing}\n"
        f"      paid_to: {UNDER_WAY}\n"
        f"      fee_account: {FEES}\n"
    )


def _titles(text: str) -> tuple[list[str], str]:
    """Return the first row where it can be titles: nothing in it is an amount or a day."""
    widest: list[str] = []
    by = ""
    for delimiter in DELIMITERS:
        try:
            fields = next((fields for _, fields in records(text, delimiter)), [])
        except RefusedFileError:
            continue
        if len(fields) > max(len(widest), 1):
            widest, by = [each.strip() for each in fields], delimiter
    if any(map(_is_value, widest)):
        return [], ""
    return [each for each in widest if each], by


def _is_value(field: str) -> bool:
    plain = plain_amount(field)
    is_amount = any(shape.fullmatch(plain) for shape in AMOUNT.values())
    return is_amount or DAY.match(field) is not None or "@" in field


def _guessed(titles: list[str]) -> list[tuple[str, str]]:
    """Guess what the columns mean; each is taken once, and what is needed and not found is XX."""
    left = list(titles)
    found = []
    for key, pattern in MEANINGS:
        title = next((each for each in left if re.search(pattern, plain_title(each))), None)
        if title is not None:
            left.remove(title)
            found.append((key, title))
        elif key in NEEDED:
            found.append((key, UNKNOWN))
    return found
