"""Which day a document bears: when the VAT of a sale falls due, and which days are closed."""

__all__ = ["closed", "received"]
