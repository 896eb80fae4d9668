"""Data flows one way, and each package knows only what it may know."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dinero_sync"
COMMON = {"errors", "clock", "http", "logs", "way_out", ""}
"""Modules at the top that every package but the pure ones may use; ``""`` is the version."""
MAY_IMPORT = {
    "domain": {"domain"},
    "posting": {"domain", "posting"},
    "config": {"config", "errors", "domain", "posting"},
    "shoporama": {"shoporama", "domain", *COMMON},
    "dinero": {"dinero", "domain", *COMMON},
    "journal": {"journal", "domain", *COMMON},
    "sync": {
        "sync",
        "config",
        "shoporama",
        "dinero",
        "journal",
        "posting",
        "domain",
        "vies",
        *COMMON,
    },
    "sandbox": {"sandbox"},
}
THIRD_PARTY = {
    "domain": set[str](),
    "posting": {"stdnum"},
    "config": {"pydantic", "pydantic_core", "yaml", "platformdirs"},
    "shoporama": {"requests", "babel"},
    "dinero": {"requests", "authlib", "jinja2"},
    "journal": {"pydantic", "filelock"},
    "sync": {"pydantic", "platformdirs", "structlog"},
    "sandbox": {"flask", "werkzeug", "jsonschema", "pydantic", "babel", "stdnum", "_typeshed"},
}
EXCEPTIONS = {
    # The tokens' data type, which the file that keeps them has to know.
    ("journal/token_file.py", "dinero_sync.dinero.auth.tokens"),
    # The one package that shows the sandbox to a person.
    ("cli/commands/setup.py", "dinero_sync.sandbox"),
}
WRITE_TO_DINERO = {
    f"dinero_sync.dinero.{module}"
    for module in ("client", "ledger_items", "mail_outs", "transport")
}
PURE_NEVER = {"time", "sqlite3", "socket", "requests", "os", "pathlib", "subprocess", "random"}


def _modules(package: str) -> list[Path]:
    return sorted((PACKAGE / package).rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


def _imported_names(path: Path) -> set[str]:
    """Return what is imported by ``from``, as dotted names; a module may be among them."""
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _part(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_it_may_know(package: str) -> None:
    strangers = [
        (path.relative_to(PACKAGE).as_posix(), module)
        for path in _modules(package)
        for module in _imports(path)
        if module.split(".")[0] == "dinero_sync" and _part(module) not in MAY_IMPORT[package]
    ]

    assert [pair for pair in strangers if pair not in EXCEPTIONS] == []


@pytest.mark.parametrize("package", THIRD_PARTY)
def test_a_package_uses_only_the_libraries_it_needs(package: str) -> None:
    used = {
        module.split(".")[0]
        for path in _modules(package)
        for module in _imports(path)
        if module.split(".")[0] not in sys.stdlib_module_names
    }

    assert used - {"dinero_sync"} <= THIRD_PARTY[package]


@pytest.mark.parametrize("package", ["domain", "posting"])
def test_the_pure_packages_do_no_input_or_output_and_read_no_clock(package: str) -> None:
    for path in _modules(package):
        source = path.read_text(encoding="utf-8")
        assert not PURE_NEVER & {module.split(".")[0] for module in _imports(path)}, path
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Call)
        }
        assert not called & {"now", "today", "open", "print", "input"}, path


def test_nothing_but_sync_uses_the_modules_that_write_to_dinero() -> None:
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in sorted(PACKAGE.rglob("*.py"))
        if WRITE_TO_DINERO & {*_imports(path), *_imported_names(path)}
    }

    assert users == {"dinero", "sync"}


@pytest.mark.parametrize(
    ("names", "home"),
    [
        (("BaseAmountValue", "DepositAccountNumber", "TotalInclVat", "ContactGuid"), "dinero"),
        (("voucher_discount_amount", "order_zipcode", "del_country_id"), "shoporama"),
    ],
)
def test_the_field_names_of_a_wire_live_in_its_own_package(
    names: tuple[str, ...], home: str
) -> None:
    # The configuration lists our own names of the shop's fields, many of them the same words.
    allowed = {home, "sandbox", "config"}
    strays = [
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in names
        if name in path.read_text(encoding="utf-8")
        and path.relative_to(PACKAGE).parts[0] not in allowed
    ]

    assert strays == []


def test_money_never_becomes_a_float_outside_the_wire_encoder() -> None:
    offenders = [
        path.relative_to(PACKAGE).as_posix()
        for package in ("domain", "posting", "shoporama", "dinero", "journal")
        for path in _modules(package)
        if "float(" in path.read_text(encoding="utf-8")
    ]

    assert offenders == ["dinero/body.py"]
