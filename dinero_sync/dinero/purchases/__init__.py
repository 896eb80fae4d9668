"""What the company buys: documents as files, purchase vouchers, credit notes and payments."""

__all__ = ["credit_notes", "files", "payments", "vouchers"]
