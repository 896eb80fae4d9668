"""What the commands about money and papers tell: bills, clearing, credit notes, margins."""

__all__ = ["bills", "clearing", "credit", "margin"]
