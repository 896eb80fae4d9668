"""What of ours moved on accounts of money: payments and what follows them, for who reconciles."""

__all__ = ["chargebacks", "moved", "paid_with", "periods", "went_back"]
