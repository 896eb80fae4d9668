"""References: values that stand somewhere else than in the configuration file.

``${NAME}`` is an environment variable, ``${file:PATH}`` the content of a file (PATH is relative
to the configuration's folder), ``${credential:NAME}`` a file in ``$CREDENTIALS_DIRECTORY``, which
systemd sets for services with ``LoadCredential=`` (https://systemd.io/CREDENTIALS/). All three may
stand inside a longer text; ``$${`` is a plain ``${``. What a reference yields never appears in the
text of a problem.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dinero_sync.config.yaml_text import Document, KeyPath, Unquoted, value_at
from dinero_sync.domain.spoken import spoken
from dinero_sync.errors import Problem

REFERENCE = re.compile(r"\$(?P<escaped>\$\{)|\$\{(?P<inside>[^{}]*)\}|(?P<unclosed>\$\{)")
ENVIRONMENT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CREDENTIAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")

NOT_USED_BY_METHOD: Mapping[str, frozenset[str]] = {
    "visma_connect": frozenset({"api_key"}),
    "api_key": frozenset({"authorize_url", "redirect_uri"}),
}
"""Keys of ``dinero.auth`` that a method has no use for: no reference in them is looked up."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document's data with every reference replaced by what it yields."""

    data: dict[str, object]
    problems: list[Problem]
    unresolved: frozenset[KeyPath]
    """Where a reference yields nothing: None stands there, and one of the problems says why."""
    absent: tuple[Problem, ...] = ()
    """Those of the problems that are about what a reference names, and not about how it is written:
    elsewhere, or to somebody else, it may yield something."""


class UnresolvableError(Exception):
    """A reference yields nothing; the text says why and what to do."""


class MalformedError(UnresolvableError):
    """A reference is written so that it can't yield anything anywhere."""


def has_reference(value: object) -> bool:
    """Tell whether ``value`` is text with a reference in it."""
    if not isinstance(value, str):
        return False
    return any(not match["escaped"] for match in REFERENCE.finditer(value))


def is_well_formed(value: object) -> bool:
    """Tell whether each reference in ``value`` is one, whatever it yields."""
    return all(
        match["escaped"] or (match["inside"] and _is_one(match["inside"]))
        for match in REFERENCE.finditer(str(value))
    )


def _is_one(inside: str) -> bool:
    kind, colon, name = inside.partition(":")
    if colon and kind == "file":
        return bool(name)
    if colon and kind == "credential":
        return CREDENTIAL_NAME.fullmatch(name) is not None
    return ENVIRONMENT_NAME.fullmatch(inside) is not None


def resolve_references(document: Document) -> Resolved:
    """Replace every reference in ``document`` that the chosen method uses; unused ones by None."""
    folder = Path(document.file).parent
    problems: list[Problem] = []
    absent: list[Problem] = []
    unresolved: set[KeyPath] = set()
    unused = _unused_keys(document, folder)

    def resolved(value: object, path: KeyPath = ()) -> Any:  # noqa: ANN401 - nested YAML data
        if isinstance(value, dict):
            return {key: resolved(child, (*path, key)) for key, child in value.items()}
        if isinstance(value, list):
            return [resolved(child, (*path, at)) for at, child in enumerate(value)]
        if not isinstance(value, str) or "${" not in value:
            return value
        if path in unused:
            return None
        try:
            return Unquoted(resolve_text(value, folder))
        except UnresolvableError as error:
            problems.append(document.problem(path, error.args[0]))
            if not isinstance(error, MalformedError):
                absent.append(problems[-1])
            unresolved.add(path)
            return None

    data = resolved(document.data)
    return Resolved(
        data=data, problems=problems, unresolved=frozenset(unresolved), absent=tuple(absent)
    )


def resolve_text(text: str, folder: Path) -> str:
    """Replace the references in ``text``; files are relative to ``folder``.

    Raises UnresolvableError for the first reference that is malformed, missing or empty.
    """

    def value_of(match: re.Match[str]) -> str:
        if match["escaped"]:
            return "${"
        if match["inside"] is None:
            raise MalformedError(
                spoken("a reference ${{ is never closed; a plain ${{ is written $${{")
            )
        return _look_up(match["inside"], folder)

    return REFERENCE.sub(value_of, text)


def _unused_keys(document: Document, folder: Path) -> frozenset[KeyPath]:
    """Return the paths of keys that the method doesn't use; with a wrong method all are unused."""
    method = value_at(document.data, ("dinero", "auth", "method")) or "visma_connect"
    try:
        method = resolve_text(str(method), folder)
    except UnresolvableError:
        method = "unknown"
    names = NOT_USED_BY_METHOD.get(method, frozenset().union(*NOT_USED_BY_METHOD.values()))
    return frozenset(("dinero", "auth", name) for name in names)


def _look_up(inside: str, folder: Path) -> str:
    kind, colon, name = inside.partition(":")
    if colon and kind == "file" and name:
        return _content(folder / name, f"${{file:{name}}}")
    if colon and kind == "credential" and CREDENTIAL_NAME.fullmatch(name):
        return _credential(name)
    if ENVIRONMENT_NAME.fullmatch(inside):
        return _environment(inside)
    raise MalformedError(
        spoken(
            "a reference is ${{NAME}} for an environment variable, ${{file:PATH}} for a "
            "file or ${{credential:NAME}} for a credential of systemd; a plain ${{ is "
            "written $${{"
        )
    )


def _environment(name: str) -> str:
    value = os.environ.get(name)
    if value:
        return value
    raise UnresolvableError(
        spoken(
            "the environment variable {name} is {value}; set it for the user who runs "
            "dinero-sync (export {name}=…, or with systemd EnvironmentFile=), or refer "
            "to a file: ${{file:PATH}}",
            name=name,
            value=spoken("not set") if value is None else spoken("empty"),
        )
    )


def _credential(name: str) -> str:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder:
        return _handed_over(Path(folder) / name, name)
    raise UnresolvableError(
        spoken(
            "the credential {name} is not there: $CREDENTIALS_DIRECTORY is not set. "
            "systemd sets it for a service with LoadCredential={name}:/path/of/the/file; "
            "elsewhere, and where that line stands in the unit but has no effect (some "
            "containers), refer to the file itself: ${{file:PATH}}",
            name=name,
        )
    )


def _handed_over(path: Path, name: str) -> str:
    """Return what systemd put there; the service's unit has it put an empty line for no file."""
    try:
        is_empty = not path.read_bytes().strip()
    except FileNotFoundError:
        raise UnresolvableError(
            spoken(
                "the credential {name} is not there: systemd handed over no file {path}. The "
                "service's unit needs LoadCredential={name}:/path/of/the/file; where it has "
                "that and it has no effect, as in some containers, refer to the file itself: "
                "${{file:PATH}}",
                name=name,
                path=path,
            )
        ) from None
    except (OSError, ValueError):
        is_empty = False
    if is_empty:
        raise UnresolvableError(
            spoken(
                "the credential {name} is empty: the file that LoadCredential={name}: names "
                "in the service's unit (/etc/dinero-sync/credentials) is missing, or holds "
                "nothing. Write the value into it, as its only line",
                name=name,
            )
        )
    return _content(path, f"${{credential:{name}}}")


def _content(path: Path, reference: str) -> str:
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UnresolvableError(
            spoken(
                "{reference}: the file {path} is not text in UTF-8", reference=reference, path=path
            )
        ) from None
    except (OSError, ValueError) as error:
        # ValueError: a null character in the path
        reason = error.strerror if isinstance(error, OSError) else "not a path"
        raise UnresolvableError(
            spoken(
                "{reference}: the file {path} can't be read ({reason}); create it, with the "
                "value as its only line, readable for the user who runs dinero-sync",
                reference=reference,
                path=path,
                reason=reason,
            )
        ) from None
    if value := content.removesuffix("\n"):
        return value
    raise UnresolvableError(
        spoken(
            "{reference}: the file {path} is empty; it should hold the value",
            reference=reference,
            path=path,
        )
    )
