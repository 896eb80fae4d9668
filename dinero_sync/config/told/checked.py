"""Whether a configuration file is in order, judged by the file alone: no service is asked.

What a reference names may stand elsewhere, as in the service's own surroundings. That it yields
nothing here is told, and is no fault of the file.
"""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from dinero_sync.config.load import STAND_IN, config_warnings, context_of, disagreements
from dinero_sync.config.model import Config
from dinero_sync.config.problems import problems_of
from dinero_sync.config.references import Resolved, resolve_references
from dinero_sync.config.told.keys import key_at
from dinero_sync.config.values import Text
from dinero_sync.config.yaml_text import Document, KeyPath, read_yaml, value_at
from dinero_sync.errors import ConfigError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in a configuration file."""

    file: Path
    document: Document = field(repr=False)
    """As it is written; secrets may stand in it."""
    config: Config | None
    """None where something is wrong, or where a value isn't here without which nothing is told."""
    problems: tuple[Problem, ...]
    """What is wrong with the file, in its order; a run would refuse it."""
    not_here: tuple[Problem, ...]
    """References that yield nothing to whoever asks, where they ask."""
    warnings: tuple[Problem, ...] = ()
    """What is unwise in a file that is in order."""

    def whole(self) -> Config:
        """Return the configuration; raises ConfigError where there is none, with what is why."""
        if self.config is None:
            raise ConfigError(self.problems or self.not_here)
        return self.config


def check_file(path: Path) -> Checked:
    """Read the file at ``path`` and say what is wrong with it."""
    try:
        document = read_yaml(path)
    except ConfigError as error:  # it can't be read as YAML at all
        unread, problems = Document(file=str(path), data={}), tuple(error.problems)
        return Checked(file=path, document=unread, config=None, problems=problems, not_here=())
    resolved = resolve_references(document)
    _let_stand_in(resolved)
    config, problems = _judged(document, resolved)
    return Checked(
        file=path,
        document=document,
        config=None if problems else config,
        problems=problems,
        not_here=tuple(resolved.absent),
        warnings=() if problems else config_warnings(path),
    )


def _judged(document: Document, resolved: Resolved) -> tuple[Config | None, tuple[Problem, ...]]:
    config, found = None, []
    try:
        config = Config.model_validate(resolved.data, context=context_of(document))
    except ValidationError as error:
        found = problems_of(error, document, resolved)
    malformed = [each for each in resolved.problems if each not in resolved.absent]
    problems = [*document.problems, *malformed, *disagreements(document, resolved), *found]
    return config, tuple(sorted(problems, key=lambda each: (each.line, each.column)))


def _let_stand_in(resolved: Resolved) -> None:
    """Let something stand in for keys that aren't here, so that the rest is told all the same."""
    for path in filter(_is_any_text, resolved.unresolved):
        value_at(resolved.data, path[:-1])[path[-1]] = STAND_IN


def _is_any_text(path: KeyPath) -> bool:
    """Tell whether a value is a secret; or a text in no list, where others may refer to it."""
    key = key_at(path)
    return key is not None and (key.is_secret or (key.takes == Text and key.path == path))
