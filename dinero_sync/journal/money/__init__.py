"""What of ours moved on accounts of money: payments and what follows them, for who reconciles."""

__all__ = ["chargebacks", "laid_out", "moved", "paid_with", "periods", "sent", "went_back"]
