"""Whether a configuration file is in order, judged by the file alone: no service is asked.

What a reference names may stand elsewhere, as in the service's own surroundings. That it yields
nothing here is told, and is no fault of the file.
"""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from dinero_sync.config.load import config_warnings, context_of, disagreements, with_stand_ins
from dinero_sync.config.model import Config
from dinero_sync.config.problems import problems_of
from dinero_sync.config.references import Resolved, resolve_references
from dinero_sync.config.yaml_text import Document, read_yaml
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
    config, problems = _judged(document, resolved)
    return Checked(
        file=path,
        document=document,
        config=None if problems else config,
        problems=problems,
        not_here=tuple(resolved.absent),
        warnings=() if problems else config_warnings(path),
    )


def _judged(document: Document, found: Resolved) -> tuple[Config | None, tuple[Problem, ...]]:
    resolved = with_stand_ins(document, found)
    config, wrong = None, []
    try:
        config = Config.model_validate(resolved.data, context=context_of(document))
    except ValidationError as error:
        wrong = problems_of(error, document, resolved)
    malformed = [each for each in found.problems if each not in found.absent]
    problems = [*document.problems, *malformed, *disagreements(document, found), *wrong]
    return config, tuple(sorted(problems, key=lambda each: (each.line, each.column)))
