"""The part of a configuration that gives access: all that can be known before the rest is asked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dinero_sync.config.model import Config
from dinero_sync.config.problems import problems_of
from dinero_sync.config.references import resolve_references
from dinero_sync.config.yaml_text import Document, Place, read_yaml, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, UsageError

SHOP_KEY = "SHOPORAMA_API_KEY"
CLIENT_KEYS = ("DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET")
PERSONAL_KEY = "DINERO_API_KEY"
ANY_DAY = "2000-01-01"
"""Stands for the start date while nothing is transferred."""
SECTIONS = ("shoporama", "dinero", "http")
NOWHERE = Place(0, 0)
"""Where a problem stands that is in no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Access to both services."""

    config: Config
    """Complete enough to read with; its start date means nothing."""
    sections: Mapping[str, Any]
    """The sections as they are to be written: references as they were, no secret in their place."""


def connection_in(path: Path) -> Connection:
    """Take the connection from a configuration, which may lack everything else.

    Where the EU's register is belongs to it: who rehearses must not ask the real one. Raises
    ConfigError with every problem of its sections shoporama, dinero, http and sync.
    """
    return _connection(read_yaml(path))


def _connection(document: Document) -> Connection:
    resolved = resolve_references(document)
    wanted = {name: resolved.data.get(name) for name in (*SECTIONS, "sync")}
    sync = wanted["sync"] if isinstance(wanted["sync"], dict) else {}
    data = {
        **wanted,
        "sync": {"start_date": ANY_DAY, **sync},
        "payment_types": (),
        **_register(resolved.data),
    }
    problems = [*document.problems, *resolved.problems]
    try:
        config = Config.model_validate(
            data, context={"folder": Path(document.file).parent.resolve()}
        )
    except ValidationError as error:
        raise ConfigError([*problems, *problems_of(error, document, resolved)]) from None
    if problems:
        raise ConfigError(problems)
    sections = {name: document.data[name] for name in SECTIONS if document.data.get(name)}
    sections |= _register(document.data)
    if config.sync.state_dir is not None:
        sections["sync"] = {"state_dir": str(config.sync.state_dir)}
    return Connection(config=config, sections=sections)


def _register(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section posting with nothing but where the EU's register is, if it says that."""
    url = value_at(data, ("posting", "eu_vat_numbers", "vies_url"))
    return {} if url is None else {"posting": {"eu_vat_numbers": {"vies_url": url}}}


def connection_from_environment() -> Connection:
    """Take the keys from the environment; with an API key, by a personal integration at Dinero.

    Raises UsageError that names the variables which aren't set.
    """
    missing = [name for name in (SHOP_KEY, *CLIENT_KEYS) if not os.environ.get(name)]
    if missing:
        raise UsageError(
            spoken(
                "The shop and Dinero are asked, which needs their keys; not set: {missing}. "
                "Set {shop_key}, {client_id}, {client_secret} and, for a personal "
                "integration, {personal_key} as environment variables; or name a "
                "configuration that has the sections shoporama and dinero: dinero-sync -c "
                "FILE init -o NEW",
                missing=", ".join(missing),
                shop_key=SHOP_KEY,
                client_id=CLIENT_KEYS[0],
                client_secret=CLIENT_KEYS[1],
                personal_key=PERSONAL_KEY,
            )
        )
    names = {"client_id": CLIENT_KEYS[0], "client_secret": CLIENT_KEYS[1]}
    if os.environ.get(PERSONAL_KEY):
        names["api_key"] = PERSONAL_KEY
    method = "api_key" if "api_key" in names else "visma_connect"
    references = {key: f"${{{name}}}" for key, name in names.items()}
    data: dict[str, object] = {
        "shoporama": {"api_key": f"${{{SHOP_KEY}}}"},
        "dinero": {"auth": {"method": method, **references}},
    }
    return _connection(Document(file="", data=data, values={(): NOWHERE}))
