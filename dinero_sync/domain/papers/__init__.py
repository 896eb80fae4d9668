"""What comes as a file: a supplier's bill, a provider's payout."""

__all__ = ["bill", "payout", "period", "unusable", "written"]
