"""What was decided, told: explanations, comparisons, totals, margins of a period."""

__all__ = ["comparison", "explain", "margin_period", "reported", "sales_abroad", "totals"]
