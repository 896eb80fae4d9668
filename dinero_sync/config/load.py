"""Find the configuration file and read it, with every problem at once."""

import stat
from collections.abc import Iterator
from pathlib import Path

from dinero_sync.config.agreement import agreement_problems, name_problems
from dinero_sync.config.home import (
    ENVIRONMENT_VARIABLE,
    config_if_any,
    how_to_begin,
    usual_places,
)
from dinero_sync.config.inboxes.payout_agreement import source_problems
from dinero_sync.config.model import END_MARK, Config
from dinero_sync.config.problems import validated
from dinero_sync.config.references import Resolved, has_reference, resolve_references
from dinero_sync.config.yaml_text import Document, KeyPath, read_yaml, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

SECRET_KEYS: tuple[KeyPath, ...] = (
    ("shoporama", "api_key"),
    ("dinero", "auth", "client_secret"),
    ("dinero", "auth", "api_key"),
)
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


def load_config(path: Path) -> Config:
    """Read the configuration file at ``path``.

    Raises ConfigError with every problem in it, in the order of the file. A relative
    ``sync.state_dir`` begins at the file's folder.
    """
    document = read_yaml(path)
    resolved = resolve_references(document)
    disagreeing = disagreements(document, resolved)
    return validated(Config, document, resolved, disagreeing, context_of(document))


def disagreements(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Yield what doesn't agree between parts of a file."""
    yield from name_problems(document, resolved)
    yield from agreement_problems(document, resolved)
    yield from source_problems(document, resolved)


def context_of(document: Document) -> dict[str, object]:
    """Return what a validation needs to know of the file besides what stands in it."""
    return {"folder": Path(document.file).parent, END_MARK: document.has_end_mark}


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
        if (value := value_at(document.data, key)) is not None and not has_reference(value)
    )
