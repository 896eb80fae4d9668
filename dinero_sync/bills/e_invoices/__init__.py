"""E-invoices in XML: parsed within limits, and read in whichever language they are written."""

__all__ = ["reader"]
