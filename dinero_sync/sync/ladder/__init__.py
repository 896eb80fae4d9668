"""The way up in Dinero: contact, draft, booking, margin, sending, payment."""

__all__ = ["contact", "foreign_invoices", "invoice", "margin", "own_invoices", "step", "walk"]
