"""Configurations read for a machine that isn't this one: checked, and without what is secret.

What a configuration refers to needn't be here, and isn't looked at where it is: each reference
becomes the name of a key that whoever runs the cluster fills in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from pydantic import BaseModel, SecretStr

from dinero_sync.config.example import REFERENCE_ALONE
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.config.references import REFERENCE, has_reference, resolve_references
from dinero_sync.config.yaml_text import Document, KeyPath, Unquoted, read_yaml, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem, UsageError

HOME = PurePosixPath("/var/lib/dinero-sync")
"""Where the volume of a shop is, unless its configuration names another state folder."""
LONGEST_NAME = 40
"""A CronJob's name has at most 52 signs, since its jobs' names are longer; ours begin with
``dinero-sync-`` (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/)."""
STATE_DIR: KeyPath = ("sync", "state_dir")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop as it is to run elsewhere."""

    name: str
    """Its file's name, as Kubernetes takes it."""
    config: Config
    text: str
    """The configuration as it is to be there: without comments, and nothing in it is secret."""
    volume: PurePosixPath
    """Where its volume is to be."""
    credentials: tuple[str, ...]
    """The keys of its Secret: whatever the configuration here refers to, each a file there."""


def read_shops(path: Path) -> list[Shop]:
    """Read a configuration, or each ``*.yaml`` in a folder, by their names.

    Hidden files and folders are left alone, as a run of a folder leaves them. Raises ConfigError
    with every problem of every file, and UsageError for a folder without any.
    """
    files = sorted(_files_in(path)) if path.is_dir() else [path]
    if not files:
        raise UsageError(
            spoken(
                "{folder} holds no configuration (*.yaml). Nothing was written. Name a "
                "configuration, or a folder with one for each shop, by -c.",
                folder=str(path),
            )
        )
    shops: list[Shop] = []
    problems: list[Problem] = []
    for file in files:
        try:
            shop = _read(file)
        except ConfigError as error:
            problems += error.problems
            continue
        if any(each.name == shop.name for each in shops):
            problems.append(Problem(file=str(file), message=_same_name(shop.name)))
        shops.append(shop)
    if problems:
        raise ConfigError(problems)
    return sorted(shops, key=lambda each: each.name)


def _files_in(folder: Path) -> Iterator[Path]:
    found = folder.glob("*.yaml")
    return (each for each in found if not (each.name.startswith(".") or each.is_dir()))


def _same_name(name: str) -> str:
    return spoken(
        "another file's shop would be called {name} in the cluster as well; rename one of the "
        "files. Nothing was written",
        name=name,
    )


def _read(file: Path) -> Shop:
    document = read_yaml(file)
    config, resolved = load_config(file, needs_keys=False), resolve_references(document)
    problems = [*_secrets_in_it(document, config), *_places(document, config)]
    names = _Names(unresolved=resolved.unresolved)
    data = names.renamed(document.data, resolved.data)
    if problems:
        raise ConfigError(sorted(problems, key=lambda each: (each.line, each.column)))
    state = value_at(document.data, STATE_DIR)
    return Shop(
        name=_name_of(file),
        config=config,
        text=_as_yaml(data, has_end_mark=document.has_end_mark),
        volume=_volume(state),
        credentials=tuple(sorted(names.told)),
    )


def _name_of(file: Path) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:LONGEST_NAME].strip("-")
    if name:
        return name
    message = spoken(
        "the shop is called by its file, whose name needs letters of a to z, or digits"
    )
    raise ConfigError([Problem(file=str(file), message=message)])


def _volume(state: object) -> PurePosixPath:
    """Return where the volume is to be, so that the state folder is on it."""
    folder = HOME if state is None else PurePosixPath(str(state))
    return folder if folder.is_absolute() and not folder.is_relative_to(HOME) else HOME


def _fields(section: BaseModel, at: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield the values of a configuration with the way to each."""
    for name in type(section).model_fields:
        yield from _values(getattr(section, name), (*at, name))


def _values(value: object, at: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    if isinstance(value, BaseModel):
        yield from _fields(value, at)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from _values(each, (*at, place))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _values(each, (*at, str(key)))
    else:
        yield at, value


def _secrets_in_it(document: Document, config: Config) -> Iterator[Problem]:
    """Yield a problem for each secret that stands in the file itself, be it a part of one."""
    for path, value in _fields(config):
        if isinstance(value, SecretStr) and not _is_elsewhere(_written(document, path)):
            yield document.problem(
                path,
                spoken(
                    "the secret stands in the file itself, and whoever may read the cluster's "
                    "ConfigMaps could read it; refer to it: ${{credential:{name}}}. Nothing was "
                    "written",
                    name=_named(path),
                ),
            )


def _written(document: Document, path: KeyPath) -> object:
    """Return what the file has there; one alone may stand where there could be a list."""
    *above, last = path
    found = value_at(document.data, tuple(above))
    return found if isinstance(last, int) and isinstance(found, str) else value_at(found, (last,))


def _is_elsewhere(raw: object) -> bool:
    """Tell whether nothing of a secret is written out; one of a list may stand there alone."""
    return isinstance(raw, str) and REFERENCE_ALONE.fullmatch(raw) is not None


def _named(path: KeyPath) -> str:
    """Return what a secret may be called: by its key, which in a list isn't the last part."""
    return next(part for part in reversed(path) if isinstance(part, str)).replace("_", "-")


def _places(document: Document, config: Config) -> Iterator[Problem]:
    """Yield a problem for each folder or file that wouldn't be there, or wouldn't stay."""
    state = value_at(document.data, STATE_DIR)
    volume = _volume(state)
    for path, value in _fields(config):
        told = value_at(document.data, path)
        if not isinstance(value, Path) or told is None:
            continue
        is_whole = str(told).startswith("/") and ".." not in PurePosixPath(str(told)).parts
        if not is_whole or not PurePosixPath(str(told)).is_relative_to(volume):
            yield document.problem(
                path,
                spoken(
                    "in a cluster, only what is on the shop's volume is there and stays: name a "
                    "place in {volume}. Nothing was written",
                    volume=str(volume),
                ),
            )


@dataclass(slots=True)
class _Names:
    """What the references of a configuration are called where it is to run: credentials, all."""

    unresolved: frozenset[KeyPath]
    told: dict[str, str] = field(default_factory=dict)
    """What each is called here."""

    def renamed(self, value: Any, used: Any, at: KeyPath = ()) -> Any:  # noqa: ANN401 - nested YAML data
        """Return data that refers to credentials alone; ``used`` is it as resolved.

        A reference that the method of access has no use for is left out.
        """
        if isinstance(value, dict):
            return {
                Unquoted(key): self.renamed(each, used[key], (*at, key))
                for key, each in value.items()
            }
        if isinstance(value, list):
            pairs = enumerate(zip(value, used, strict=True))
            return [self.renamed(each, as_used, (*at, place)) for place, (each, as_used) in pairs]
        if not has_reference(value):
            return value
        if used is None and at not in self.unresolved:
            return None
        text = REFERENCE.sub(self._renamed, value)
        return Unquoted(text) if isinstance(value, Unquoted) else text

    def _renamed(self, match: re.Match[str]) -> str:
        inside = match["inside"]
        return match.group() if inside is None else f"${{credential:{self._key(inside)}}}"

    def _key(self, inside: str) -> str:
        """Return what a reference is called, as no other one is."""
        kind, _, name = inside.rpartition(":")
        wanted = name
        if kind == "file":
            wanted = re.sub(r"[^A-Za-z0-9_.-]+", "-", PurePosixPath(name).name).lstrip(".-") or kind
        key, count = wanted, 1
        while self.told.setdefault(key, inside) != inside:
            count += 1
            key = f"{wanted}-{count}"
        return key


class _Plain(yaml.SafeDumper):
    """Writes text without quotes as it stood without them: the reader takes that for a value."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Write everything out."""
        return True


def _as_yaml(data: Any, *, has_end_mark: bool) -> str:  # noqa: ANN401 - nested YAML data
    text: str = yaml.dump(
        data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000, explicit_end=False
    )
    return f"{text}...\n" if has_end_mark else text


def _scalar(dumper: yaml.SafeDumper, value: object) -> yaml.ScalarNode:
    words = {None: "null", True: "true", False: "false"}
    is_word = value is None or isinstance(value, bool)
    plain = words[value] if is_word else str(value)  # type: ignore[index]  # only then one of them
    return dumper.represent_scalar("tag:yaml.org,2002:str", plain)


def _quoted(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style='"')


for _kind_of_value in (type(None), bool, int, Unquoted):
    _Plain.add_representer(_kind_of_value, _scalar)
_Plain.add_representer(str, _quoted)
