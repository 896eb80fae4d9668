"""The configurations that shops start from have no findings worse than a hint, and none twice."""

from datetime import date
from pathlib import Path

import pytest

from dinero_sync.config.load import load_config
from dinero_sync.domain.chart import Account, Chart
from dinero_sync.domain.finding import Finding, Severity
from dinero_sync.posting.lint.lint import lint
from dinero_sync.sandbox.dinero.company import (
    ACCOUNTS,
    DEPOSIT_ACCOUNTS,
    HIDDEN_ACCOUNTS,
    VAT_RATES,
)
from dinero_sync.sync.work.settings import posting_settings
from dinero_sync.texts import telling

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "config.example.yaml", *sorted((ROOT / "examples").glob("*.yaml")))
KEYS = ("SHOPORAMA_API_KEY", "DINERO_CLIENT_ID", "DINERO_CLIENT_SECRET", "DINERO_API_KEY")
DAY = date(2026, 12, 3)
CHART = Chart(
    entry={
        number: Account(number=number, name=name, vat_code=code, hidden=number in HIDDEN_ACCOUNTS)
        for number, name, code, _ in ACCOUNTS
    },
    deposit={
        number: Account(number=number, name=name, vat_code=None, hidden=False)
        for number, name in DEPOSIT_ACCOUNTS
    },
    vat_rates={code: rate * 100 for code, (_, rate) in VAT_RATES.items()},
)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the variables that every file refers to."""
    for name in KEYS:
        monkeypatch.setenv(name, "a-key")


def findings_of(path: Path) -> list[Finding]:
    return lint(posting_settings(load_config(path), 123456), CHART, DAY)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_wrong_with_what_shops_start_from(path: Path) -> None:
    findings = findings_of(path)

    assert [each for each in findings if each.severity is not Severity.HINT] == []
    assert len({(each.key, telling.found(each)) for each in findings}) == len(findings)
