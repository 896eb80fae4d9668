"""What is told of configurations: whether a file is in order, what it means, and every key.

:mod:`.keys` walks the schema, :mod:`.checked` judges a file without asking anybody,
:mod:`.meant` writes it out with its defaults, and :mod:`.reference` describes every key.
"""

__all__ = ["checked", "meant", "reference"]
