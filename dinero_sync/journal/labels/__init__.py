"""What we wrote on the shop's orders: their label, the one thing that is ever written there."""

__all__ = ["paused", "written"]
