"""What has to agree between parts of the configuration: names in lists, and keys that need others.

Names are unique, and referred to as they are; some keys need a section of their own. These are
looked at in the file's own data, before the types are, so that they are found along with all other
problems and named at their exact place.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from dinero_sync.config.references import Resolved
from dinero_sync.config.yaml_text import Document, KeyPath, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import Problem
from dinero_sync.posting.conditions import any_name

RULES: KeyPath = ("posting", "rules")
PAYMENT_TYPES: KeyPath = ("payment_types",)
SENDING: KeyPath = ("sending",)
BILLS: KeyPath = ("bills", "rules")


def name_problems(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Yield a problem for each name that is used twice, or that a rule refers to in vain."""
    for section in (RULES, PAYMENT_TYPES, SENDING, BILLS):
        yield from _used_twice(document, resolved, section)
    yield from _unknown_payment_types(document, resolved)


def _used_twice(document: Document, resolved: Resolved, section: KeyPath) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for path, name in names_in(resolved, section):
        if name in lines:
            message = spoken(
                "is the name of the entry on line {lines} too; give each its own, or nobody "
                "can tell which of them decided",
                lines=lines[name],
            )
            yield document.problem(path, message)
        lines.setdefault(name, document.values[path].line)


def _unknown_payment_types(document: Document, resolved: Resolved) -> Iterator[Problem]:
    names = [name for _, name in names_in(resolved, PAYMENT_TYPES)]
    for path, name in _payment_types_in_rules(resolved):
        if any(any_name((name,), each) for each in names):
            continue
        near = get_close_matches(name, names, 1)
        hint = (
            spoken('did you mean "{near}"?', near=near[0])
            if near
            else spoken("add one, or remove the condition")
        )
        yield document.problem(path, spoken("names no entry of payment_types; {hint}", hint=hint))


def names_in(resolved: Resolved, section: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield the name of each section in a list of sections, with its place."""
    for path, entry in entries(resolved, section):
        name = entry.get("name")
        if isinstance(name, str):
            yield (*path, "name"), name.strip()


def _payment_types_in_rules(resolved: Resolved) -> Iterator[tuple[KeyPath, str]]:
    for path, rule in (*entries(resolved, RULES), *entries(resolved, SENDING)):
        wanted = value_at(rule, ("when", "payment_type"))
        key = (*path, "when", "payment_type")
        if isinstance(wanted, str):
            yield key, wanted.strip()
        elif isinstance(wanted, list):
            named = ((i, name) for i, name in enumerate(wanted) if isinstance(name, str))
            yield from (((*key, i), name.strip()) for i, name in named)


def entries(resolved: Resolved, section: KeyPath) -> Iterator[tuple[KeyPath, dict[str, object]]]:
    """Yield each section in a list of sections, with its place."""
    entries = value_at(resolved.data, section)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (*section, index), entry


GIFT_CARDS: KeyPath = ("posting", "gift_cards")
KIND_OF_GIFT_CARD: KeyPath = ("posting", "kinds", "gift_card")
MARGIN_SCHEME: KeyPath = ("posting", "margin_scheme")


def agreement_problems(document: Document, resolved: Resolved) -> Iterator[Problem]:
    """Yield a problem for each key that needs a section which the file lacks."""
    if _has(resolved, KIND_OF_GIFT_CARD) and not _has(resolved, GIFT_CARDS):
        yield document.problem(
            KIND_OF_GIFT_CARD,
            spoken(
                "needs to be told which legal kind the cards are; ask your bookkeeper and "
                "add `gift_cards: {{kind: single_purpose, account: 63085}}` under posting"
            ),
        )
    if _has(resolved, MARGIN_SCHEME):
        return
    for path, rule in entries(resolved, RULES):
        if rule.get("margin_scheme") is not None:
            yield document.problem(
                (*path, "margin_scheme"),
                spoken(
                    "needs to be told by which method the margin's VAT is found; add "
                    "`margin_scheme: {{method: individual, account: 1052}}` under posting"
                ),
            )


def _has(resolved: Resolved, path: KeyPath) -> bool:
    return value_at(resolved.data, path) is not None
