"""Data flows one way, and each room knows only what it may know, and enters others by their face.

docs/architecture.md draws it, docs/rooms.md names each.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest


class Import(NamedTuple):
    """One name that one file imports from this package."""

    file: str
    """Relative to the package."""
    module: str
    """Where it comes from, without the package's name: ``sync.work.ledger``."""


PACKAGE = Path(__file__).parent.parent / "dinero_sync"
COMMON = {"", "errors", "clock", "http", "http_answers", "logs", "way_out"}
"""Modules at the top that every room but the pure ones may use; ``""`` is the version."""
WIRES = {"dinero", "dinero.auth", "shoporama", "vies"}
MEMORY = {
    *{"journal", "journal.folder", "journal.money", "journal.upkeep", "config", "domain"},
    *{"posting", "posting.buyers", "posting.credit", "posting.days"},
}
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "domain.papers": {"domain"},
    "texts": {"texts.holds", "texts.next_steps", "domain"},
    "texts.holds": {"texts", "domain"},
    "texts.next_steps": {"texts", "domain"},
    "texts.screens": {"texts", "domain"},
    "posting": {
        *{"posting.abroad", "posting.buyers", "posting.days", "posting.gift_cards"},
        *{"posting.sums", "domain"},
    },
    "posting.bills": {"domain.papers", "posting", "posting.days", "domain"},
    "posting.abroad": {"domain", "posting"},
    "posting.buyers": {"domain"},
    "posting.days": {"domain", "posting"},
    "posting.gift_cards": {"domain", "posting"},
    "posting.payouts": {"domain.papers", "posting", "posting.days", "domain"},
    "posting.clearing": {"domain"},
    "posting.reconcile": {"domain.papers", "posting.clearing", "domain"},
    "posting.sums": {"domain"},
    "posting.credit": {"domain", "posting"},
    "posting.lint": {
        *{"domain.papers", "domain", "posting", "posting.abroad", "posting.bills"},
        *{"posting.days", "posting.payouts"},
    },
    "posting.insight": {"domain", "posting", "posting.abroad"},
    "config": {
        *{"domain.papers", "config.channels", "config.inboxes", "config.rules", "domain"},
        *{"posting", "posting.buyers", "errors"},
    },
    "config.channels": {"config", "domain", "errors"},
    "config.inboxes": {"domain.papers", "config", "domain", "errors"},
    "config.rules": {"config", "domain", "posting"},
    "config.told": {"config", "domain", "errors"},
    "settlements": {"domain.papers", "settlements.formats", "settlements.banks", "domain"},
    "settlements.formats": {"domain.papers", "settlements", "domain"},
    "settlements.banks": {"domain.papers", "settlements", "domain"},
    "bills": {
        "domain.papers",
        "bills.e_invoices",
        "bills.pdfs",
        "config",
        "domain",
        "posting.buyers",
        "errors",
    },
    "bills.e_invoices": {"domain.papers", "bills", "domain"},
    "bills.pdfs": {"domain.papers", "bills", "config", "domain", "errors"},
    "shoporama": {"domain", *COMMON},
    "dinero": {"domain", *COMMON},
    "dinero.purchases": {"domain.papers", "dinero", "domain", *COMMON},
    "dinero.auth": {"dinero", "domain", *COMMON},
    "journal.folder": {"domain", *COMMON},
    "journal": {
        *{"domain.papers", "journal.folder", "journal.upkeep", "domain"},
        *COMMON,
    },
    "journal.papers": {"domain.papers", "journal", "domain"},
    "journal.upkeep": {"domain.papers", "journal", "journal.papers", "domain", *COMMON},
    "journal.money": {"domain.papers", "journal", "domain"},
    "journal.labels": {"journal", "domain"},
    "sync.work": {
        "domain.papers",
        "posting.lint",
        "posting.bills",
        "posting.payouts",
        "config.inboxes",
        "config.rules",
        "journal.papers",
        "texts",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.payouts": {
        "domain.papers",
        "journal.money",
        "sync.work",
        "sync.ladder",
        "settlements",
        "journal.papers",
        "posting.payouts",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.bills": {
        "domain.papers",
        "sync.work",
        "sync.ladder",
        "bills",
        "dinero.purchases",
        "journal.papers",
        "posting.bills",
        "texts",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.intake": {
        "journal.labels",
        "sync.work",
        "sync.ladder",
        "posting.insight",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.ladder": {"sync.work", "journal.money", *MEMORY, *WIRES, *COMMON},
    "sync.run.payouts": {
        "domain.papers",
        "sync.work",
        "sync.payouts",
        "sync.run",
        "settlements",
        "journal.papers",
        "posting.payouts",
        "texts",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.run.bills": {
        "domain.papers",
        "sync.work",
        "sync.bills",
        "sync.run",
        "bills",
        "config.inboxes",
        "dinero.purchases",
        "journal.money",
        "journal.papers",
        "posting.bills",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.run.labels": {
        *{"journal.labels", "sync.work", "sync.intake"},
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.run.credit": {
        *{"sync.run", "sync.work", "sync.intake", "sync.ladder", "sync.payouts"},
        "journal.money",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.run": {
        "sync.run.credit",
        "sync.run.labels",
        "sync.work",
        "sync.payouts",
        "sync.run.bills",
        "sync.run.payouts",
        "sync.intake",
        "sync.ladder",
        "sync.bills",
        "journal.papers",
        "texts.screens",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.insight": {
        "domain.papers",
        "sync.work",
        "sync.intake",
        "bills",
        "dinero.purchases",
        "journal.money",
        "journal.papers",
        "config.inboxes",
        "posting.clearing",
        "posting.payouts",
        "posting.reconcile",
        "posting.lint",
        "posting.insight",
        "texts",
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "notify": {"config", "config.channels", "domain", "journal.folder", *COMMON},
    "pages": {
        *{"posting.reconcile", "texts", "texts.screens", "domain"},
        *{"errors", "journal.folder"},  # to write the file
    },
    "sync.setup": {
        *{"journal.labels", "sync.work", "sync.intake", "posting.lint", "texts"},
        *MEMORY,
        *WIRES,
        *COMMON,
    },
    "sync.decisions": {"sync.work", "journal.papers", *MEMORY, *COMMON},
    "deploy": {"config", "domain", "errors"},
    "sandbox": set(),
}
"""What a room may import besides itself. ``sync.run`` is at the end: no other room imports it."""
RUN = {"bills", "credit", "labels", "payouts"}
"""The rooms of :mod:`dinero_sync.sync.run`."""
CLI = {
    *{"cli", "cli.commands", "cli.hearing", "cli.shops"},
    *{"cli.reports", "cli.reports.money", "cli.reports.proof"},
}
"""May import every room but the sandbox; shown below what it may not touch there."""
ROOMS = {*MAY_IMPORT, *CLI}
FULL = 16
"""A folder with more files than that is no room in which anything is found."""
FULL_SANDBOX = 24
THIRD_PARTY = {
    "domain": set[str](),
    "texts": {"babel"},
    "posting": {"stdnum"},
    "config": {"pydantic", "pydantic_core", "yaml", "platformdirs"},
    "settlements": {"defusedxml"},
    "deploy": {"pydantic", "yaml"},
    "bills": {"pydantic", "pypdf", "defusedxml", "reportlab"},
    "shoporama": {"requests", "babel"},
    "dinero": {"requests", "authlib", "jinja2"},
    "journal": {"pydantic", "filelock"},
    "notify": {"pydantic", "prometheus_client", "apprise", "requests"},
    "pages": {"jinja2", "markupsafe", "pygal"},
    "sync": {"pydantic", "platformdirs"},
    "sandbox": {"flask", "werkzeug", "jsonschema", "pydantic", "babel", "stdnum", "_typeshed"},
}
EXCEPTIONS = {
    # Whose token each call bears, which the session has to be given.
    Import("dinero/transport.py", "dinero.auth.token_source"),
    # The tokens' data type, which the file that keeps them has to know.
    Import("journal/folder/token_file.py", "dinero.auth.tokens"),
}
WRITE_TO_DINERO = {f"dinero_sync.dinero.{module}" for module in ("transport", "write")}
OUTCOME_OF_A_WRITE = "dinero_sync.dinero.transport.result_of"
PURE_NEVER = {"time", "sqlite3", "socket", "requests", "os", "pathlib", "subprocess", "random"}


def _modules(package: str) -> list[Path]:
    return sorted((PACKAGE / package.replace(".", "/")).rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


def _imported_names(path: Path) -> set[str]:
    """Return what is imported by ``from``, as dotted names; a module may be among them."""
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


@cache
def _own_modules() -> frozenset[str]:
    return frozenset(_dotted(path) for path in PACKAGE.rglob("*.py"))


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts).removesuffix("__init__").rstrip(".")


def _own_imports(path: Path) -> Iterator[Import]:
    """List the modules of this package that a file imports from."""
    file = path.relative_to(PACKAGE).as_posix()
    for name in _imported_names(path):
        if name.split(".")[0] == "dinero_sync":
            module = name.removeprefix("dinero_sync").lstrip(".")
            is_module = module in _own_modules()
            yield Import(file, module if is_module else module.rpartition(".")[0])


def _room_of(module: str) -> str:
    """Return the room that a module is in; its own name for one at the top."""
    within = [room for room in ROOMS if f"{module}.".startswith(f"{room}.")]
    return max(within, key=len, default=module.split(".", maxsplit=1)[0])


def _rooms_files(room: str) -> list[Path]:
    return [path for path in _modules(room) if _room_of(_dotted(path)) == room]


def _face(room: str) -> set[str]:
    """Return what a room's ``__init__`` names for others: modules, or names of its own."""
    for node in _tree(PACKAGE / room.replace(".", "/") / "__init__.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may_know(room: str) -> None:
    strangers = [
        found
        for path in _rooms_files(room)
        for found in _own_imports(path)
        if _room_of(found.module) not in {room, *MAY_IMPORT[room]}
    ]

    assert [each for each in strangers if each not in EXCEPTIONS] == []


@pytest.mark.parametrize("room", sorted(ROOMS - {"cli"}))  # whose commands and reports are in it
def test_a_room_is_entered_by_its_face(room: str) -> None:
    face = _face(room)
    past_it = [
        found
        for path in PACKAGE.rglob("*.py")
        if _room_of(_dotted(path)) != room
        for found in _own_imports(path)
        if _room_of(found.module) == room
        and found.module.removeprefix(room).lstrip(".") not in {"", *face}
    ]

    assert past_it == []


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_face_names_nothing_that_nobody_enters_by(room: str) -> None:
    entered = {
        found.module.removeprefix(room).lstrip(".")
        for path in PACKAGE.rglob("*.py")
        if _room_of(_dotted(path)) != room
        for found in _own_imports(path)
        if _room_of(found.module) == room
    }
    modules = {_dotted(path).removeprefix(f"{room}.") for path in _rooms_files(room)}

    assert (_face(room) & modules) - entered == set()


def test_only_the_command_line_shows_the_sandbox() -> None:
    users = {
        found.file
        for path in PACKAGE.rglob("*.py")
        if _room_of(_dotted(path)) != "sandbox"
        for found in _own_imports(path)
        if _room_of(found.module) == "sandbox"
    }

    assert users == {"cli/commands/rehearsal.py"}


def test_the_whole_workplace_is_handed_around_in_runs_and_set_up_alone() -> None:
    users = {
        _room_of(_dotted(path))
        for path in PACKAGE.rglob("*.py")
        if "dinero_sync.sync.work.workplace.Workplace" in _imported_names(path)
    }

    of_runs = {"sync.run", *(f"sync.run.{each}" for each in RUN)}
    assert users <= {*of_runs, "sync.setup", *CLI}


@pytest.mark.parametrize("folder", sorted({path.parent for path in PACKAGE.rglob("*.py")}))
def test_a_folder_has_no_more_files_than_one_finds_things_in(folder: Path) -> None:
    is_sandbox = "sandbox" in folder.relative_to(PACKAGE).parts

    assert len(list(folder.glob("*.py"))) <= (FULL_SANDBOX if is_sandbox else FULL)


@pytest.mark.parametrize("package", THIRD_PARTY)
def test_a_package_uses_only_the_libraries_it_needs(package: str) -> None:
    used = {
        module.split(".")[0]
        for path in _modules(package)
        for module in _imports(path)
        if module.split(".")[0] not in sys.stdlib_module_names
    }

    assert used - {"dinero_sync"} <= THIRD_PARTY[package]


def test_only_the_log_imports_the_library_that_writes_it() -> None:
    # It does so without rich, which is slow to import; whoever came first would bring that along.
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "structlog" in {module.split(".")[0] for module in _imports(path)}
    }

    assert users == {"logs.py"}


@pytest.mark.parametrize("package", ["domain", "posting"])
def test_the_pure_packages_do_no_input_or_output_and_read_no_clock(package: str) -> None:
    for path in _modules(package):
        assert not PURE_NEVER & {module.split(".")[0] for module in _imports(path)}, path
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            for node in ast.walk(_tree(path))
            if isinstance(node, ast.Call)
        }
        assert not called & {"now", "today", "open", "print", "input"}, path


@pytest.mark.parametrize("module", ["changes", "facts", "decide", "standing"])
def test_a_decision_asks_nobody_and_reads_no_clock(module: str) -> None:
    path = PACKAGE / "sync/intake" / f"{module}.py"
    pure = {"domain", "posting", "posting.days", "posting.insight"}
    values = {
        "errors",
        "journal.documents",
        "sync.intake.changes",
        "sync.intake.decide",
        "sync.intake.facts",
        "sync.intake.holds",
        "sync.work.outcome",
    }
    known = {each.module for each in _own_imports(path) if _room_of(each.module) not in pure}

    assert known <= values
    assert not PURE_NEVER & {module.split(".")[0] for module in _imports(path)}
    assert "Callable" not in path.read_text(encoding="utf-8")


def test_every_text_for_people_goes_the_way_on_which_it_becomes_printable() -> None:
    # What programs read is written word by word; a shell's completion is for no person.
    unasked = [
        (path.relative_to(PACKAGE).as_posix(), ast.unparse(node))
        for path in sorted((PACKAGE / "cli").rglob("*.py"))
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "click.echo"
        and path.name not in {"streams.py", "terminal.py"}
        and not ast.unparse(node.args[0]).startswith(("json_text(", "kind(ctx."))
    ]

    assert unasked == []


def test_nothing_but_sync_uses_the_modules_that_write_to_dinero() -> None:
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in sorted(PACKAGE.rglob("*.py"))
        if WRITE_TO_DINERO & {*_imports(path), *_imported_names(path)}
    }

    assert users == {"dinero", "sync"}


def test_the_shop_is_written_to_by_one_call_with_one_value_from_one_room() -> None:
    writes = [
        (path.name, ast.unparse(node.args[2]))
        for path in _modules("shoporama")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("_http.write")
    ]
    asked = {
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if ".relabel(" in path.read_text(encoding="utf-8")
    }

    assert writes == [("client.py", "raw_text(change.body)")]
    assert asked == {"sync/run/labels/labelling.py"}


def test_the_ledger_alone_sends_a_change_and_reads_what_came_of_it() -> None:
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if OUTCOME_OF_A_WRITE in _imported_names(path)
    }

    assert readers == {"sync/work/ledger.py"}


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
