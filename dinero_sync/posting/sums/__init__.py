"""What things cost: discounts laid on lines, and the VAT rates that an order's own VAT proves."""

__all__ = ["discounts", "rates", "stated_rates"]
