"""Every key of the configuration, in the order of the schema."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, get_args, get_origin, get_type_hints

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from dinero_sync.config.model import Config
from dinero_sync.config.problems import section_in
from dinero_sync.config.values import Section
from dinero_sync.config.yaml_text import KeyPath


class Key(NamedTuple):
    """A key of the schema."""

    path: tuple[str, ...]
    """Of the sections it is in, and its own name; entries of lists have no number."""
    about: FieldInfo
    takes: object
    """What it takes, as the schema's annotation says it."""
    section: type[Section] | None
    """The section that it is, may be, or has a list of."""

    @property
    def dotted(self) -> str:
        """The path as people write it."""
        return ".".join(self.path)

    @property
    def is_list(self) -> bool:
        """Tell whether it has a list of sections."""
        return self.section is not None and get_origin(self.about.annotation) is tuple

    @property
    def is_secret(self) -> bool:
        """Tell whether its value is never shown."""
        return _has(self.about.annotation, SecretStr)


@cache
def all_keys() -> dict[tuple[str, ...], Key]:
    """Return every key by its path, sections before what is in them."""
    return {key.path: key for key in keys_in((), Config)}


def key_at(path: KeyPath) -> Key | None:
    """Return the key that a place of a file belongs to; None for one that the schema lacks."""
    return all_keys().get(tuple(part for part in path if isinstance(part, str)))


def keys_in(path: tuple[str, ...], section: type[Section]) -> Iterator[Key]:
    """Yield the keys of a section at ``path``, each before those inside it."""
    takes = get_type_hints(section, include_extras=True)
    for name, about in section.model_fields.items():
        key = Key((*path, name), about, takes[name], section_in(about.annotation))
        yield key
        if key.section is not None:
            yield from keys_in(key.path, key.section)


def _has(annotation: object, kind: type) -> bool:
    return annotation is kind or any(_has(each, kind) for each in get_args(annotation))
