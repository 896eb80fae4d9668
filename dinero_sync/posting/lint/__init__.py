"""The rules against the chart of accounts and the law: each finding with source and mending."""

__all__ = ["accounts", "lint"]
