"""The part of a configuration that gives access: all that can be known before the rest is asked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dinero_sync.config.load import is_one_of_many
from dinero_sync.config.model import Config
from dinero_sync.config.problems import problems_of
from dinero_sync.config.references import resolve_references
from dinero_sync.config.yaml_text import Document, Place, read_yaml, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, UsageError

SHOP_KEY = "shoporama_api_key"
CLIENT_ID = "dinero_client_id"
CLIENT_SECRET = "dinero_client_secret"  # noqa: S105 - what it is called
PERSONAL_KEY = "dinero_api_key"
KEYS = {name: name.upper() for name in (SHOP_KEY, CLIENT_ID, CLIENT_SECRET, PERSONAL_KEY)}
"""The keys by their names, each with the environment variable that holds it."""
KEY_FOLDER = "keys"
USUAL_NAME = "config"
"""What a configuration is called that is alone, without its ending."""
"""Beside the configuration: where keys that a person pasted are kept, a file for each."""
HANDED_OVER = "CREDENTIALS_DIRECTORY"
"""The variable that names the folder of a service's keys (systemd.exec(5), "Credentials")."""
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


def key_folder(file: Path) -> Path:
    """Return where keys are kept for a configuration at ``file``.

    That is the folder of a service's keys where there is one, else the folder ``keys`` beside it.
    A file that has a name of its own, as each shop of a folder, has a folder of that name in
    ``keys``, so that no shop takes another's. A service hands over the keys of one shop.
    """
    of_service = os.environ.get(HANDED_OVER)
    if of_service and not is_one_of_many(file):
        return Path(of_service)
    keys = file.parent / KEY_FOLDER
    return keys / file.stem if is_one_of_many(file) or file.stem != USUAL_NAME else keys


def known_keys(file: Path) -> dict[str, str]:
    """Return references to the keys that are there for a configuration at ``file``, by their names.

    Each is an environment variable, or else a file of its own in the folder of keys.
    """
    found = {
        name: f"${{{variable}}}" for name, variable in KEYS.items() if os.environ.get(variable)
    }
    folder = key_folder(file)
    of_service = os.environ.get(HANDED_OVER) and not is_one_of_many(file)
    kind = "credential:" if of_service else f"file:{folder.relative_to(file.parent)}/"
    kept = {name: f"${{{kind}{name}}}" for name in KEYS if (folder / name).exists()}
    return {**kept, **found}


def missing_keys(known: Mapping[str, str]) -> list[str]:
    """Name the keys that are needed besides, whichever way Dinero is connected to."""
    return [name for name in KEYS if name not in known and name != PERSONAL_KEY]


def connection_by(known: Mapping[str, str], file: Path) -> Connection:
    """Take the connection from references to keys; with an API key, by a personal integration.

    Raises UsageError that names the variables which aren't set, and ConfigError.
    """
    missing = missing_keys(known)
    if missing:
        raise UsageError(
            spoken(
                "The shop and Dinero are asked, which needs their keys; not set: {missing}. "
                "Set {shop_key}, {client_id}, {client_secret} and, for a personal "
                "integration, {personal_key} as environment variables; or name a "
                "configuration that has the sections shoporama and dinero: dinero-sync -c "
                "FILE init -o NEW",
                missing=", ".join(KEYS[name] for name in missing),
                shop_key=KEYS[SHOP_KEY],
                client_id=KEYS[CLIENT_ID],
                client_secret=KEYS[CLIENT_SECRET],
                personal_key=KEYS[PERSONAL_KEY],
            )
        )
    is_personal = PERSONAL_KEY in known
    auth = {"client_id": known[CLIENT_ID], "client_secret": known[CLIENT_SECRET]}
    if is_personal:
        auth["api_key"] = known[PERSONAL_KEY]
    method = "api_key" if is_personal else "visma_connect"
    data: dict[str, object] = {
        "shoporama": {"api_key": known[SHOP_KEY]},
        "dinero": {"auth": {"method": method, **auth}},
    }
    try:
        return _connection(Document(file=str(file), data=data, values={(): NOWHERE}))
    except ConfigError as error:  # the file is still to be written, and nothing of it is wrong
        raise ConfigError([replace(each, file="") for each in error.problems]) from None
