"""The section of the configuration for how people hear from runs."""

__all__ = ["alone", "notify"]
