"""The sentences of screens, in the reader's language and form."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from dinero_sync.domain.step import Fact, Language
from dinero_sync.texts.catalogue import filled

Screen = Mapping[str, str | tuple[str, str]]
"""The sentences of a file, each by its code without the file's name."""
ROOMS = frozenset({"money", "operating", "order", "proof", "rules"})
"""Folders of files: a code from there names folder and file, like ``order.show.total``."""


def tell(code: str, language: Language, /, **facts: Fact | None) -> str:
    """Say what ``code`` stands for, with ``facts`` in its fields as :func:`filled` writes them.

    None is written as nothing. Raises KeyError for a code that isn't there, and for a fact that is
    missing.
    """
    *path, name = code.split(".", 2 if code.partition(".")[0] in ROOMS else 1)
    text = _screen(".".join(path))[name]
    if not isinstance(text, str):
        text = text[facts["count"] != 1]
    known = {name: "" if fact is None else fact for name, fact in facts.items()}
    return filled(text, known, language).replace("kr..", "kr.")  # one full stop ends both


@cache
def _screen(file: str) -> Screen:
    """Import the sentences of a command when it says something: most runs say nothing."""
    screen: Screen = import_module(f"{__package__}.{file}").SCREEN
    return screen
