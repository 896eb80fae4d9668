"""How a value meets a condition: any of the listed values, texts as globs."""

import json
import re
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase

GLOB_SIGNS = re.compile(r"([*?[])")


def any_of(allowed: Collection[object], value: object) -> bool:
    """Tell whether ``value`` is allowed; a condition that lists nothing allows everything."""
    return not allowed or value in allowed


def any_glob(patterns: Sequence[str], text: str) -> bool:
    """Tell whether ``text`` meets one of the shell globs, whatever the case of its letters."""
    return not patterns or any(
        fnmatchcase(text.casefold(), pattern.casefold()) for pattern in patterns
    )


def any_name(patterns: Sequence[str], name: str) -> bool:
    """Tell whether a name is one of those listed, or meets one of them as a glob."""
    return any_of(patterns, name) or any_glob(patterns, name)


def any_glob_of(patterns: Sequence[str], texts: Sequence[str]) -> bool:
    """Tell whether any of ``texts`` meets one of the shell globs."""
    return not patterns or any(any_glob(patterns, text) for text in texts)


def glob_of(text: str) -> str:
    """Return the glob that only ``text`` meets."""
    return GLOB_SIGNS.sub(r"[\1]", text)


def yaml_glob(text: str) -> str:
    """Write that glob as YAML to paste."""
    return json.dumps(glob_of(text), ensure_ascii=False)
