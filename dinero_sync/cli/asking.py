"""A question at the terminal, asked until its answer is taken.

click's own loop says in English why an answer isn't; here whatever reads it says so, in the
reader's language.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from dinero_sync.cli.terminal import show, wrapped
from dinero_sync.cli.typed import refused

Answer = TypeVar("Answer")


def asked(question: str, read: Callable[[str], Answer], usual: str | None = None) -> Answer:
    """Ask until ``read`` takes the answer; an empty one means ``usual``.

    ``read`` raises BadParameter for one that isn't taken, whose words are shown.
    """
    while True:
        answer = click.prompt(question, default=usual, type=str)
        try:
            return read(answer)
        except click.BadParameter as error:
            show(wrapped(error.message))


def one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return what reads one of ``words``, and answers what it means; its meaning will do as well.

    It raises BadParameter for anything else.
    """

    def read(text: str) -> str:
        written = text.strip().casefold()
        if written in words.values():
            return written
        if written not in words:
            raise refused("init.one_of", text, words=tuple(words))
        return words[written]

    return read
