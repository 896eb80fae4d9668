"""The label on the shop's order: booked, waiting, or held, as ``shoporama.labels`` asks for it."""

__all__ = ["labelling"]
