"""The templates by which the tests read bills."""

import pytest
from suppliers import write_templates

from dinero_sync.bills.templates import Templates, load_templates


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Return the program's templates and those of the tests' suppliers."""
    return load_templates(write_templates(tmp_path_factory.mktemp("templates")))
