"""What the commands about money and papers tell: bills, credit notes, margins, payouts."""

__all__ = ["bills", "credit", "margin", "payouts"]
