"""Settlement files that tell of money that went back, and the clearing account that it left."""

from decimal import Decimal

from crash_desk import Desk, Json
from crash_orders import DEPOSIT_ACCOUNTS, Expected
from crash_payouts import DAY, FEES, FOLDER, ON_THE_WAY

from dinero_sync.sandbox.shop.catalogue import CARD

PAID_OUT = Decimal("500.00")
"""What the payout comes to, besides what went back: money that the provider had kept."""
CARDS_PAID_OUT: Json = {
    "payouts": {
        "inbox": f"state/{FOLDER}",
        "start_date": str(DAY),
        "sources": [
            {
                "id": "cards",
                "name": "Cards",
                "format": "columns",
                "columns": {
                    "payout": "Udbetaling",
                    "date": "Dato",
                    "type": "Type",
                    "reference": "Ordre",
                    "amount": "Beløb",
                    "types": {
                        "refund": ["Retur"],
                        "chargeback": ["Indsigelse"],
                        "reserve": ["Rest"],
                        "payout": ["Udbetalt"],
                    },
                },
                "clearing_account": DEPOSIT_ACCOUNTS[CARD],
                "paid_to": ON_THE_WAY,
                "fee_account": FEES,
            }
        ],
    }
}


def put_file(desk: Desk, kind: str, order: Expected) -> None:
    """Put the file of a payout into the inbox by which all of an order went back."""
    inbox = desk.state / FOLDER
    inbox.mkdir(exist_ok=True)
    kept = PAID_OUT + order.total
    (inbox / "cards.csv").write_text(
        "Udbetaling;Dato;Type;Ordre;Beløb\n"
        f"7;{DAY};Rest;;{kept}\n"
        f"7;{DAY};{kind};{order.order_id};-{order.total}\n"
        f"7;{DAY};Udbetalt;;-{PAID_OUT}\n",
        encoding="utf-8",
    )
