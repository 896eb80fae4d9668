"""The channels of a configuration that can't be used for something else: to tell just that."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dinero_sync.config.channels.notify import Notify
from dinero_sync.config.references import resolve_references
from dinero_sync.config.values import File, Folder, Identifier, keys_of
from dinero_sync.config.yaml_text import read_yaml, value_at
from dinero_sync.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What telling takes of a configuration."""

    notify: Notify
    ca_file: Path | None
    state_dir: Path | None
    organization_id: int | None


def channels_alone(path: Path) -> Alone | None:
    """Take the channels from a configuration that is refused; None where YAML can't be read at all.

    A channel that is wrong itself is left out, and the others stay.
    """
    try:
        document = read_yaml(path)
    except ConfigError:
        return None
    data = resolve_references(document).data
    context = {"folder": path.parent}
    section = data.get("notify")
    given = section if isinstance(section, dict) else {}

    def read(kind: TypeAdapter[Any], *path: str) -> Any:  # noqa: ANN401 - as the type has it
        try:
            return kind.validate_python(value_at(data, path), context=context)
        except ValidationError:
            return None

    return Alone(
        notify=Notify.model_validate(_usable(given, context), context=context),
        ca_file=read(TypeAdapter(File), "http", "ca_file"),
        state_dir=read(TypeAdapter(Folder), "sync", "state_dir"),
        organization_id=read(TypeAdapter(Identifier), "dinero", "organization_id"),
    )


def _usable(given: Mapping[str, Any], context: Mapping[str, object]) -> dict[str, object]:
    """Return the channels that stand the schema."""
    found = {}
    for name in keys_of(Notify).keys() & given.keys():
        try:
            Notify.model_validate({name: given[name]}, context=context)
        except ValidationError:
            continue
        found[name] = given[name]
    return found
