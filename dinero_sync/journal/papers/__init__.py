"""Subjects that came as files: the bills of suppliers. Each is read and kept beside the orders."""

__all__ = ["record", "store"]
