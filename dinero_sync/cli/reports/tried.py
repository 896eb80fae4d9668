"""What examples of rules, bills and settlement files came to, beside what was expected of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Protocol

from dinero_sync.bills.trial import Trial
from dinero_sync.cli.reports.order import indented
from dinero_sync.cli.streams import json_text
from dinero_sync.cli.terminal import Line, Tone, wrapped
from dinero_sync.domain.hold import Hold
from dinero_sync.domain.step import Language
from dinero_sync.settlements import trying
from dinero_sync.sync.insight.rule_examples import Tried
from dinero_sync.texts.screens.saying import tell
from dinero_sync.texts.telling import message, next_step, refused

VERDICTS = {
    True: ("ok", Tone.DONE),
    False: ("fail", Tone.IN_DOUBT),
    None: ("new", Tone.WAITING),
}
"""By whether it passed; None where nothing is expected of it yet."""


class Difference(Protocol):
    """What came out otherwise than expected, of whatever was tried."""

    @property
    def what(self) -> str:
        """Which of its parts, as it is called where it was written."""

    @property
    def expected(self) -> object:
        """What was written."""

    @property
    def found(self) -> object:
        """What there is instead."""


def examples_lines(
    tried: Sequence[Tried], rules: list[str], payment_types: list[str], language: Language
) -> Iterator[str | Line]:
    """Write what examples came to, and which rules and payment types none of them hits."""
    for each in tried:
        yield _verdict(each.name, language, passed=each.passed)
        yield from _differences(each.differences, "found", language)
        yield from _held(each.hold, language)
    yield ""
    passed = sum(1 for each in tried if each.passed)
    yield tell("rules.tried.examples", language, passed=passed, count=len(tried))
    for code, names in (("rules_not_hit", rules), ("payment_types_not_hit", payment_types)):
        if names:
            yield from wrapped(tell(f"rules.tried.{code}", language, names=tuple(names)))


def example_data(tried: Tried) -> dict[str, object]:
    """Return what an example came to, for programs."""
    return {
        "name": tried.name,
        "passed": tried.passed,
        "differences": [asdict(each) for each in tried.differences],
        "hold": message(tried.hold) if tried.hold else None,
        "rules": sorted(tried.rules),
        "payment_type": tried.payment_type,
    }


def bills_lines(trials: Sequence[Trial], language: Language) -> Iterator[str | Line]:
    """Write how bills were read, and by which template."""
    for each in trials:
        by = f" ({each.template})" if each.template else ""
        yield _verdict(f"{each.file}{by}", language, passed=each.passed)
        yield from _differences(each.differences, "read", language)
        yield from _held(each.hold, language)
    yield ""
    passed = sum(1 for each in trials if each.passed)
    yield tell("rules.tried.bills_read", language, passed=passed, count=len(trials))


def bill_data(trial: Trial) -> dict[str, object]:
    """Return how a bill was read, for programs."""
    return {
        "file": trial.file,
        "passed": trial.passed,
        "template": trial.template,
        "differences": [asdict(each) for each in trial.differences],
        "reason": trial.hold.reason if trial.hold else None,
    }


def file_lines(
    name: str, tried: trying.Tried, language: Language, *, has_test: bool
) -> Iterator[str | Line]:
    """Write how a settlement file was read; one without a test as the YAML that would be its."""
    passed = not tried.differences
    yield _verdict(name, language, passed=passed if has_test else None)
    yield from _differences(tried.differences, "found", language)
    if tried.refusal is not None and not (passed and has_test):
        yield from wrapped(refused(tried.refusal.code, tried.refusal.facts, language), 6)
        yield from indented(next_step(tried.refusal.steps, language).rstrip())
    if tried.settlement is not None and not has_test:
        yield f"format: {tried.settlement.format}"
        yield "payouts:"
        for payout in tried.settlement.payouts:
            parts = ", ".join(
                f"{part}: {_shown(value, Language.ENGLISH)}"
                for part, value in trying.parts_of(payout).items()
                if value is not None
            )
            yield f"  - {{id: {json_text(payout.id)}, {parts}}}"


def file_data(name: str, tried: trying.Tried) -> dict[str, object]:
    """Return how a settlement file was read, for programs."""
    payouts = tried.settlement.payouts if tried.settlement else ()
    return {
        "file": name,
        "passed": not tried.differences,
        "differences": [asdict(each) for each in tried.differences],
        "refused": None if tried.refusal is None else tried.refusal.code,
        "payouts": [{"id": each.id, **trying.parts_of(each)} for each in payouts],
    }


def _verdict(name: str, language: Language, *, passed: bool | None) -> Line:
    code, tone = VERDICTS[passed]
    return Line(f"{tell(f'rules.tried.{code}', language):<4}  {name}", tone)


def _differences(differences: Iterable[Difference], code: str, language: Language) -> Iterator[str]:
    for each in differences:
        expected, found = _shown(each.expected, language), _shown(each.found, language)
        told = tell(f"rules.tried.{code}", language, what=each.what, expected=expected, found=found)
        yield from wrapped(told, 6)


def _held(hold: Hold | None, language: Language) -> Iterator[str]:
    if hold:
        yield from wrapped(message(hold, language), 6)


def _shown(value: object, language: Language) -> str:
    if isinstance(value, tuple):
        each = ", ".join(_shown(part, language) for part in value)
        return each or tell("rules.tried.nothing", language)
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)
