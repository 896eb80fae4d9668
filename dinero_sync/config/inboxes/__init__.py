"""Folders that each run looks into, and what becomes of the files in them."""

__all__ = ["bills", "file_tests", "payout_agreement", "payouts"]
