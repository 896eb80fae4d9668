"""Clearhaus, settlements (CSV): one row a payout, with sums and no single sales."""

from dinero_sync.domain.papers.payout import Columns, Payout, SettlementFormat
from dinero_sync.settlements.file import File
from dinero_sync.settlements.proof import Found, by_day
from dinero_sync.settlements.reader import Reader
from dinero_sync.settlements.refusal import RefusedFileError
from dinero_sync.settlements.sheet import Line, sheet_of
from dinero_sync.settlements.table import Table, having, titled

PARTS = ("summary_sales", "summary_refunds", "summary_credits", "summary_chargebacks")
REST = ("summary_fees", "summary_other_postings")
PAID = ("summary_net", "payout_amount")
RESERVE = "reserve_amount"
PERIOD = ("period_start_date", "period_end_date")


def _table(file: File) -> Table | None:
    return titled(file.text, having("summary_net", "payout_descriptor"))


def _fits(file: File) -> bool:
    return _table(file) is not None


def _read(file: File, columns: Columns) -> Found:
    """Read what is settled; the settlement that still runs has no payout yet."""
    table = _table(file)
    assert table is not None  # noqa: S101 - it fits
    sheet = sheet_of(
        table,
        said=columns,
        needed=("id", "settled", "currency", "payout_descriptor"),
        wanted=(RESERVE, "payout_date"),
        amounts=(*PARTS, *REST, *PAID, RESERVE),
        days=(*PERIOD, "payout_date"),
    )
    return Found(by_day(_payout(line) for line in sheet.rows() if _is_settled(line)))


def _is_settled(line: Line) -> bool:
    told = line.text("settled").casefold()
    if told not in {"true", "false"}:
        raise line.unknown_type("settled")
    return told == "true"


def _payout(line: Line) -> Payout:
    currency = line.currency("currency")
    sales, refunds, credits_, chargebacks = (line.amount_if_any(each, currency) for each in PARTS)
    fees, postings = (line.amount_if_any(each, currency) for each in REST)
    net, paid = (line.amount(each, currency) for each in PAID)
    parts = sales + refunds + credits_ + chargebacks + fees + postings
    if parts != net:
        raise RefusedFileError("row_sum", line=line.number, net=net, parts=parts)
    kept = paid - net
    if abs(kept) != abs(line.amount_if_any(RESERVE, currency)):
        raise RefusedFileError("row_sum", line=line.number, net=paid, parts=net)
    return Payout(
        id=line.text("id"),
        day=line.day("payout_date"),
        currency=currency,
        gross=sales,
        refunds=refunds + credits_,
        chargebacks=chargebacks,
        fees=fees,
        other=postings + kept,
        net=paid,
        net_is_told=True,
        bank_text=line.text("payout_descriptor"),
        period=(line.day(PERIOD[0]), line.day(PERIOD[1])),
    )


READER = Reader(
    format=SettlementFormat.CLEARHAUS,
    report="Settlements",
    is_proven=True,
    fits=_fits,
    read=_read,
)
