"""dinero-sync: orders from a Shoporama webshop become booked, paid invoices in Dinero."""

__version__ = "0.3.0"
"""As in ``pyproject.toml``; written here because asking for it costs every command a start-up."""
