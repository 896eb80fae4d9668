"""PayPal's statement (CSV): another download than the activity, told apart and refused."""

from dinero_sync.domain.papers.payout import Columns, SettlementFormat
from dinero_sync.domain.step import sentence
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.table import having, titled

STATEMENT = having("Date", "Description", "Gross", "Bank Name", "Bank Account")


def _fits(file: File) -> bool:
    return titled(file.text, STATEMENT) is not None


def _read(_: File, __: Columns) -> Found:
    steps = (sentence("settlement_download_report", provider="PayPal", report="Activity"),)
    raise RefusedFileError("wrong_report", steps, report="Statement")


READER = Reader(
    format=SettlementFormat.PAYPAL, report="Statement", is_proven=True, fits=_fits, read=_read
)
