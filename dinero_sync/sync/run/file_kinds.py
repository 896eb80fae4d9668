"""What a file is that isn't what a command takes, or that a command must not write over."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dinero_sync.config.answers import Answers
from dinero_sync.config.model import Config
from dinero_sync.config.rule_examples import RuleExamples
from dinero_sync.config.values import Section
from dinero_sync.config.yaml_text import read_yaml
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import ConfigError

PLAN_HEAD = re.compile(rb'\{\s*"form":\s*\d+,\s*"organization_id":\s*\d+,\s*"journal":')
"""How every plan begins, of whatever version, also one that was cut short or edited."""
LONGEST_HEAD = 200
SQLITE_HEAD = b"SQLite format 3\0"
KINDS: Mapping[type[Section], str] = {
    Config: spoken("a configuration of dinero-sync"),
    RuleExamples: spoken("a file of examples, for: dinero-sync rules test FILE"),
    Answers: spoken("a file of answers, for: dinero-sync init --answers FILE"),
}
"""What people keep beside their plans. A file is of the first kind whose keys it has; configuration
and answers share one."""


def is_a_plan(path: Path) -> bool:
    """Tell whether a file begins as plans do; raises OSError where it can't be read."""
    return path.is_file() and PLAN_HEAD.match(_head(path)) is not None


def what_it_is(path: Path) -> str:
    """Name the kind of a file that is no plan, as far as its content tells."""
    head = _head(path)
    if not head.strip():
        return spoken("isn't a plan: it is empty")
    if head.startswith(SQLITE_HEAD):
        return spoken("isn't a plan but a database")
    kind = _kind_of(path)
    if kind is None:
        return spoken("isn't a plan")
    return spoken("isn't a plan but {kind}", kind=kind)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST_HEAD)


def _kind_of(path: Path) -> str | None:
    try:
        data: dict[str, Any] = read_yaml(path).data
    except ConfigError:
        return None
    for schema, kind in KINDS.items():
        own = schema.model_fields.keys() - {"payment_types"}
        if own & data.keys():
            return kind
    return None
