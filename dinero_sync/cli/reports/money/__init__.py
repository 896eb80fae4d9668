"""What the commands about money and papers tell: bills, credit notes, margins."""

__all__ = ["bills", "credit", "margin"]
