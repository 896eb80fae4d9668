"""dinero-sync: orders from a Shoporama webshop become booked, paid invoices in Dinero."""

from importlib.metadata import version

__version__ = version("dinero-sync")
