"""The golden cases: sales as a bookkeeper works them out, one YAML file each.

A file holds the order as the shop sends it, the rules as the owner of the shop writes them, and
what must come of it: invoice, payment, ledger items, the entries of each voucher and the VAT
return. The sales and the buyers are invented.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
Json = dict[str, Any]
Amounts = list[tuple[int, Decimal]]
"""Accounts and what is posted there, debit positive, sorted."""


class _Exact(yaml.SafeLoader):
    """Reads amounts as they are written."""


def _amount(loader: _Exact, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Exact.add_constructor("tag:yaml.org,2002:float", _amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A golden case."""

    name: str
    title: Mapping[str, str]
    """By language: ``en`` or ``da``."""
    source: Mapping[str, str]
    """The law behind it, likewise."""
    config: str
    """What the configuration says, as YAML."""
    shop: Mapping[str, Any]
    """What the shop's lists say beyond those of the sandbox: countries, gateways, products."""
    vies: Mapping[str, str]
    """VAT numbers, and whether VIES says ``valid`` or ``invalid``."""
    order: Json
    """As the shop sends it."""
    expected: Json

    @property
    def number(self) -> str:
        """The number of the order that the customer sees."""
        return str(self.order["webshop_order_id"])

    @property
    def invoice(self) -> Json:
        """The invoice that is expected."""
        found: Json = self.expected["invoice"]
        return found

    @property
    def day(self) -> date:
        """The day of the invoice."""
        day: date = self.invoice["date"]
        return day

    @property
    def posting_rules(self) -> str:
        """The part of the configuration that says which account takes what."""
        return re.split(r"^(?=[a-z])", self.config, flags=re.MULTILINE)[1]

    def entries(self) -> dict[str, Amounts]:
        """Return the expected entries by voucher."""
        return {
            voucher: sorted((row["account"], signed(row)) for row in rows)
            for voucher, rows in self.expected["entries"].items()
        }

    def balances(self) -> dict[int, Decimal]:
        """Return what the expected entries come to on each account, debit positive."""
        sums: dict[int, Decimal] = {}
        for amounts in self.entries().values():
            for account, amount in amounts:
                sums[account] = sums.get(account, Decimal(0)) + amount
        return sums

    def with_order(self, **fields: object) -> "Case":
        """Return the case with an order that says something else."""
        return replace(self, order={**self.order, **fields})


def signed(row: Json) -> Decimal:
    """Return what an entry posts, debit positive."""
    return Decimal(row["debit"]) if "debit" in row else -Decimal(row["credit"])


@cache
def cases() -> tuple[Case, ...]:
    """Read all cases, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yaml")))


def case_named(name: str) -> Case:
    """Return the case of that name."""
    return next(case for case in cases() if case.name == name)


def exact_yaml(path: Path) -> Json:
    """Read a YAML file, with amounts as they are written."""
    content: Json = yaml.load(path.read_text(encoding="utf-8"), _Exact)  # noqa: S506 - a SafeLoader, too
    return content


def _read(path: Path) -> Case:
    content = exact_yaml(path)
    return Case(
        name=path.stem,
        title=content["title"],
        source=content["source"],
        config=content["config"],
        shop=content.get("shop", {}),
        vies=content.get("vies", {}),
        order=content["order"],
        expected=content["expected"],
    )
