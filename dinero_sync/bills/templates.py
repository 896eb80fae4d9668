"""The templates by which PDFs are read: those that come with the program, and a user's own."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from dinero_sync.bills.pdfs.template import Template
from dinero_sync.config.problems import validated
from dinero_sync.config.references import Resolved
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError, Problem

SHIPPED = Path(__file__).with_name("shipped")
ENDING = "*.yaml"


@dataclass(frozen=True, slots=True)
class Templates:
    """What bills in PDF are read by."""

    templates: tuple[Template, ...]
    looked_at: frozenset[str] = frozenset()
    """Names of templates by which a bill was read that a person found right."""

    def is_proven(self, template: Template) -> bool:
        """Tell whether a template was seen to read a real bill of its supplier rightly."""
        return template.proven or template.name in self.looked_at


def load_templates(own: Path | None = None, looked_at: Collection[str] = ()) -> Templates:
    """Return the program's templates, and those in the folder ``own``, which come before them.

    One of a user's with the name of another takes its place. ``looked_at`` names those that a user
    found to read rightly. Raises ConfigError, with every problem at its line.
    """
    by_name = {each.name: each for each in _in_folder(SHIPPED)}
    if own is not None:
        if not own.is_dir():
            message = spoken("bills.templates must be a folder with templates, and there is none")
            raise ConfigError([Problem(message=message, file=str(own))])
        by_name |= {each.name: each for each in _in_folder(own)}
    return Templates(tuple(by_name.values()), frozenset(looked_at))


def _in_folder(folder: Path) -> Iterator[Template]:
    for path in sorted(folder.glob(ENDING)):
        yield _template(path)


def _template(path: Path) -> Template:
    document = read_yaml(path)
    resolved = Resolved(data=document.data, problems=[], unresolved=frozenset())
    return validated(Template, document, resolved)
