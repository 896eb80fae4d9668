"""How people and monitoring hear from runs: each thing once, and once when it is over.

Nothing here changes what a run does or how it ends: a channel that fails is a warning in the log,
and is tried again by the next run.
"""

__all__ = ["channels", "figures", "memory", "message", "news", "ping", "telling"]
