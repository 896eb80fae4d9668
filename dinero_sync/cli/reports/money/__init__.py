"""What the commands about money and papers tell."""

__all__ = ["bills", "clearing", "credit", "margin", "papers", "payouts", "reconcile"]
