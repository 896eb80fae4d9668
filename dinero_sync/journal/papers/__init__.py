"""Subjects that came as files, bills and payouts. Each is read and kept beside the orders."""

__all__ = ["bills", "payouts", "record"]
