"""Many shops on one machine: a folder of configurations, each in a process of its own.

What a command does for one shop is done by the very same command, in a process that is forked from
one that has imported everything already. So a shop can't harm another, and its exit status, its log
and its state folder are those of a run of its own.
"""

__all__ = ["folder", "hearing", "runs", "states"]
