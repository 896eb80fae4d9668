"""What the help says, for the catalogue: the commands' docstrings, and what each option is for.

:func:`extract` is a method of Babel's (`tests/texts/catalogue.cfg`).
"""

import ast
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from babel.messages.extract import extract_python

from dinero_sync.cli.help import sentences

Found = tuple[int, str, str, list[str]]
"""Line, function, message, remarks, as Babel wants them."""
COMMANDS = frozenset({"command", "group"})
"""What makes a command of a function, whose docstring is its help then."""


def extract(
    stream: BytesIO,
    keywords: Any,  # noqa: ANN401 - Babel's own, for its own method
    comment_tags: Any,  # noqa: ANN401 - the same
    options: Any,  # noqa: ANN401 - the same
) -> Iterator[object]:
    """Yield what is marked in a file of commands, and what it says as help."""
    source = stream.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, options)
    yield from _helps(ast.parse(source))


def _helps(tree: ast.Module) -> Iterator[Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
            for sentence in sentences(ast.get_docstring(node) or ""):
                yield node.lineno, "_", sentence, []
        elif isinstance(node, ast.Call):
            for each in node.keywords:
                value = each.value
                if each.arg == "help" and isinstance(value, ast.Constant):
                    yield node.lineno, "_", str(value.value), []


def _makes_command(decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call):
        return False
    return ast.unparse(decorator.func).rpartition(".")[2] in COMMANDS
