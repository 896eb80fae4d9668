"""Suppliers' bills by the rules: from a bill and the settings to a voucher, or a hold."""

__all__ = ["codes", "plan", "settings", "unusable"]
