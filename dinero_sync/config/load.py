"""Find the configuration file and read it, with every problem at once."""

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dinero_sync.config.agreement import agreement_problems, name_problems
from dinero_sync.config.home import (
    ENVIRONMENT_VARIABLE,
    config_if_any,
    how_to_begin,
    usual_places,
)
from dinero_sync.config.inboxes.payout_agreement import source_problems
from dinero_sync.config.model import END_MARK, NAME, ONE_OF_MANY, Config
from dinero_sync.config.problems import validated
from dinero_sync.config.references import (
    Resolved,
    has_reference,
    is_well_formed,
    resolve_references,
)
from dinero_sync.config.yaml_text import (
    Document,
    KeyPath,
    Unquoted,
    dotted,
    read_yaml,
    value_at,
)
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

SECRET_KEYS: tuple[KeyPath, ...] = (
    ("shoporama", "api_key"),
    ("dinero", "auth", "client_secret"),
    ("dinero", "auth", "api_key"),
    ("notify", "mail", "password"),
    ("notify", "ping"),
    ("notify", "apprise"),
)
STAND_IN = "https://not-here.example"
"""In place of what a configuration refers to, where nobody needs it: a secret may be an address."""
READABLE_FOR_OTHERS = stat.S_IRGRP | stat.S_IROTH


def find_config(option: Path | None) -> Path:
    """Return the configuration file to use: ``option``, or the first that is there.

    Looked for in ``$DINERO_SYNC_CONFIG``, ``./config.yaml``, the user's config folder and
    ``/etc/dinero-sync``, in this order. A file that was asked for by name is used or refused, but
    never replaced by another. Raises ConfigError when there is none.
    """
    if (found := config_if_any(option)) is not None:
        return found
    looked = ", ".join(str(place) for place in usual_places())
    message = spoken(
        "there is no configuration: ${environment_variable} is not set, and none of "
        "these is there: {looked}. {how_to_begin}",
        environment_variable=ENVIRONMENT_VARIABLE,
        looked=looked,
        how_to_begin=how_to_begin(Path("config.yaml")),
    )
    raise ConfigError([Problem(message=message)])


def load_config(path: Path, *, needs_keys: bool = True) -> Config:
    """Read the configuration file at ``path``.

    Raises ConfigError with every problem in it, in the order of the file. A relative
    ``sync.state_dir`` begins at the file's folder. Whoever calls nobody ``needs_keys`` not: for
    text that is referred to and isn't here, :data:`STAND_IN` stands then.
    """
    document = read_yaml(path)
    resolved = resolve_references(document)
    if resolved.unresolved and not needs_keys:
        resolved = _with_stand_ins(document, resolved)
    disagreeing = disagreements(document, resolved)
    return validated(Config, document, resolved, disagreeing, context_of(document))


def disagreements(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Yield what doesn't agree between parts of a file."""
    yield from name_problems(document, resolved)
    yield from agreement_problems(document, resolved)
    yield from source_problems(document, resolved)


def context_of(document: Document) -> dict[str, object]:
    """Return what a validation needs to know of the file besides what stands in it."""
    path = Path(document.file)
    return {
        "folder": path.parent,
        END_MARK: document.has_end_mark,
        NAME: path.stem,
        ONE_OF_MANY: is_one_of_many(path),
    }


def _with_stand_ins(document: Document, found: Resolved) -> Resolved:
    """Let text stand where a reference yields nothing, but for keys that don't take any."""
    lacking = {path for path in found.unresolved if is_well_formed(value_at(document.data, path))}
    context = {"folder": Path(document.file).parent}
    try:
        Config.model_validate(_standing_in(found.data, lacking), context=context)
    except ValidationError as error:
        wrong = [each["loc"] for each in error.errors(include_input=False, include_url=False)]
        lacking = {path for path in lacking if not any(_meets(path, at) for at in wrong)}
    left = found.unresolved - lacking
    asked = {dotted(path) for path in left}
    return Resolved(
        data=_standing_in(found.data, lacking),
        problems=[each for each in found.problems if each.key in asked],
        unresolved=left,
    )


def _standing_in(data: Any, paths: Collection[KeyPath], at: KeyPath = ()) -> Any:  # noqa: ANN401 - nested YAML data
    if isinstance(data, dict):
        return {key: _standing_in(each, paths, (*at, key)) for key, each in data.items()}
    if isinstance(data, list):
        return [_standing_in(each, paths, (*at, place)) for place, each in enumerate(data)]
    return Unquoted(STAND_IN) if at in paths else data


def _meets(path: KeyPath, location: KeyPath) -> bool:
    """Tell whether one of two ways goes on where the other ends."""
    return path[: len(location)] == location[: len(path)]


def is_one_of_many(path: Path) -> bool:
    """Tell whether a file is in the folder of configurations that the environment names."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    try:
        return named is not None and path.parent.samefile(named)
    except (OSError, ValueError):
        return False


def config_warnings(path: Path) -> tuple[Problem, ...]:
    """Return what is unwise in a configuration that loads: secrets that others can read.

    A warning only, because the file works; empty when the file belongs to its owner alone.
    """
    if not path.stat().st_mode & READABLE_FOR_OTHERS:
        return ()
    document = read_yaml(path)
    message = spoken(
        "the secret stands in a file that other users of this machine can read; "
        "close it with `chmod 600 {path}`, or refer to it: ${{NAME}}, ${{file:PATH}} "
        "or ${{credential:NAME}}",
        path=path,
    )
    return tuple(
        document.problem(key, message)
        for key in SECRET_KEYS
        if _stands_in_the_file(value_at(document.data, key))
    )


def _stands_in_the_file(value: object) -> bool:
    """Tell whether a secret, or one of several, is written out."""
    several = value if isinstance(value, list) else [value]
    return any(each is not None and not has_reference(each) for each in several)
