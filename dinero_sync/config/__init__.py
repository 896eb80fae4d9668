"""The configuration: from a YAML file to a frozen, typed :class:`~.model.Config`.

The way of a file: :mod:`.yaml_text` reads it and remembers where everything stands,
:mod:`.references` puts in what the environment and other files hold, :mod:`.model` says what is
right, :mod:`.problems` says what is wrong in the reader's words, and :mod:`.load` leads through it.
"""

__all__ = [
    "agreement",
    "answers",
    "choices",
    "connection",
    "example",
    "home",
    "load",
    "model",
    "problems",
    "references",
    "rule_examples",
    "services",
    "values",
    "yaml_text",
]
