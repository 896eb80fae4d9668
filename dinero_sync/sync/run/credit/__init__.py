"""Credit notes: as a person asks for them, as the shop's changes and returns ask for them."""

__all__ = ["awaited", "later_chains", "making", "proposals", "reopening", "returned"]
