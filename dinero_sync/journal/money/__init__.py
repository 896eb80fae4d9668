"""What of ours moved on accounts of money: payments and what follows them, for who reconciles."""

__all__ = [
    "chargebacks",
    "closing",
    "laid_out",
    "moved",
    "periods",
    "sent",
    "vouchers",
    "went_back",
]
