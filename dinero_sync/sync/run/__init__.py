"""Runs, plans, and what a person decides about orders."""
