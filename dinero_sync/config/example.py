"""Commented configurations, made from the schema so that the two can't differ.

``dinero-sync config example -o config.yaml`` writes one to begin with.
"""

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic.fields import FieldInfo

from dinero_sync.config.choices import TermsType
from dinero_sync.config.model import Config
from dinero_sync.config.problems import section_in
from dinero_sync.config.values import Section, keys_of
from dinero_sync.config.yaml_text import KeyPath
from dinero_sync.domain.documents import BuyerKind, Sending
from dinero_sync.domain.papers.payout import SettlementFormat
from dinero_sync.domain.spoken import Spoken, spoken
from dinero_sync.domain.zone import Zone
from dinero_sync.posting.settings import LineKind, Trigger

WIDTH, LONGEST_REMARK = 100, 60
Say = Callable[[str], str]
"""Says a sentence of ours in the reader's language."""
ABOUT = spoken(
    "The configuration of dinero-sync: orders of a Shoporama webshop become invoices in Dinero."
)
HOW_TO_READ = (
    spoken(
        '"# Text" explains the key below it; "#key: value" is a key that is left at its default, '
        "or not needed by everyone: remove the # to set it. Indent with spaces."
    ),
    spoken(
        "Keep keys and secrets out of this file. ${{NAME}} takes an environment variable, "
        "${{file:PATH}} the content of a file, ${{credential:NAME}} a credential of systemd. A "
        "plain ${{ is written $${{."
    ),
    spoken(
        "Run `dinero-sync doctor` after each change: it asks the services whether this fits, and "
        "changes nothing."
    ),
)
END = spoken(
    "The end of the file. Keep this line last: once a run has seen it, a file without it counts as "
    "cut short, and nothing is booked by it."
)
EACH_ENTRY, SECTION = spoken("Each entry has:"), spoken("It has:")
ENTRIES: Mapping[KeyPath, tuple[Mapping[str, object], ...]] = {
    ("posting", "rules"): (
        {
            "name": spoken("sold to EU businesses"),
            "when": {"zone": Zone.EU, "buyer": BuyerKind.BUSINESS},
            "account": 1100,
        },
        {
            "name": spoken("freight of VAT-exempt goods"),
            "when": {"line": LineKind.SHIPPING, "zone": Zone.DK, "vat_rate": 0},
            "account": 1300,
        },
        {
            "name": spoken("clothes on an account of their own"),
            "when": {"line": LineKind.PRODUCT, "sku": ["TSHIRT-*", "CAP-*"]},
            "account": 1010,
        },
    ),
    ("payment_types",): (
        {
            "name": "Dankort",
            "when": {"gateway": "quickpay*"},
            "paid": True,
            "deposit_account": 55010,
        },
        {
            "name": "MobilePay",
            "when": {"gateway_name": ["MobilePay*", "Vipps*"]},
            "paid": True,
            "deposit_account": 55020,
        },
        {
            "name": "Faktura",
            "when": {"gateway_name": "Faktura*"},
            "paid": False,
            "payment_terms": {"type": TermsType.NETTO, "days": 14},
            "trigger": Trigger.SHIPPED,
        },
    ),
    ("payouts", "sources"): (
        {
            "id": "stripe",
            "name": "Stripe",
            "format": SettlementFormat.STRIPE,
            "clearing_account": 55080,
            "paid_to": 55095,
            "fee_account": 7420,
            "references": ["*order #{number}", "{number}"],
        },
        {
            "id": "viabill",
            "name": "ViaBill",
            "format": SettlementFormat.COLUMNS,
            "columns": {
                "payout": "Udbetaling",
                "date": "Dato",
                "reference": "Ordrenr",
                "amount": "Beløb",
                "fee": "Gebyr",
            },
            "clearing_account": 55060,
            "paid_to": 55095,
            "fee_account": 7420,
        },
    ),
    ("sending",): (
        {
            "name": spoken("public buyers"),
            "when": {"buyer": BuyerKind.PUBLIC},
            "by": Sending.E_INVOICE,
        },
        {
            "name": spoken("invoices"),
            "when": {"payment_type": "Faktura"},
            "by": Sending.EMAIL,
        },
    ),
}
"""Entries of the lists. 1100 and 1300 are in Dinero's standard chart of accounts; the deposit
accounts are ones that a shop would make, one for each payment provider."""
SHOWN_AS_COMMENT = frozenset({("posting", "rules"), ("payouts", "sources"), ("sending",)})
"""Lists whose example depends too much on the shop to be in force without a look at it."""


REFERENCE_ALONE = re.compile(r"\$\{[^{}]*\}")
NEEDS_QUOTES = re.compile(
    r"""-?[0-9]+ | true | false | null | ~ | .*[*?\[\]{},#"\\].* | [\s!&|>'%@`-].* | .*:(\s.*)? """
    r"""| .*\s | (?s:.*\n.*) | """,
    re.VERBOSE,
)
"""Text that YAML would read as something else, or as several things, without quotes."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """A value that is written with a remark behind it."""

    value: object
    remark: str


def render_example(say: Say) -> str:
    """Return the text of ``config.example.yaml``."""
    return render(ABOUT, {}, say)


def render(about: str, given: Mapping[str, Any], say: Say) -> str:
    """Return a commented configuration in which the keys of ``given`` are set.

    It begins with what it is ``about``. Keys that aren't given have their defaults, as comments;
    those that are required, an example.
    """
    header = "\n\n".join(map(say, (about, *HOW_TO_READ)))
    sections = _section((), Config, given, say)
    lines = [*_comment(header, 0), *sections, "", *_comment(say(END), 0), "..."]
    return "\n".join(lines) + "\n"


def _remarked(value: object, say: Say) -> str:
    if isinstance(value, Remarked):
        remark = textwrap.shorten(say(value.remark), LONGEST_REMARK, placeholder="…")
        return f"{yaml_value(value.value)}  # {remark}"
    return yaml_value(say(value) if isinstance(value, Spoken) else value)


def yaml_value(value: object) -> str:
    """Write ``value`` on one line, so that it is read as exactly the same again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_within(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_within, value)) + "]"
    if isinstance(value, str) and not isinstance(value, StrEnum) and _needs_quotes(value):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _within(value: object) -> str:
    """Write a value that is in a list or mapping on one line, where braces have to be quoted."""
    if isinstance(value, str) and REFERENCE_ALONE.fullmatch(value):
        return json.dumps(value)
    return yaml_value(value)


def _needs_quotes(text: str) -> bool:
    """Tell whether text has to be quoted; a reference alone needs none."""
    return REFERENCE_ALONE.fullmatch(text) is None and NEEDS_QUOTES.fullmatch(text) is not None


def _section(
    path: KeyPath, section: type[Section], given: Mapping[str, Any], say: Say
) -> Iterator[str]:
    for name, about in keys_of(section).items():
        inside = (*path, name)
        value = given.get(name)
        if not path:
            yield ""
        yield from _comment(say(about.description or ""), len(path))
        inner = section_in(about.annotation)
        if inside in ENTRIES and inner is not None:
            yield from _list(inside, inner, value, say, has_to_be_written=about.is_required())
        elif inner is not None and not _may_be_absent(about):
            yield _indented(f"{name}:", len(path))
            yield from _section(inside, inner, value or {}, say)
        else:
            if inner is not None:
                yield from _comment(say(SECTION), len(path))
                yield from _keys_of_entry("", inner, len(path), say)
            line = _line(name, about) if value is None else f"{name}: {_remarked(value, say)}"
            yield _indented(line, len(path))


def _may_be_absent(about: FieldInfo) -> bool:
    return not about.is_required() and about.get_default() is None


def _line(name: str, about: FieldInfo) -> str:
    """Write a key: with an example when it is required, else as a comment with its default."""
    if about.is_required():
        return f"{name}: {yaml_value(_example(about))}"
    default = about.get_default(call_default_factory=True)
    shown = _example(about) if default is None or default == {} else default
    return f"#{name}: {yaml_value(shown)}"


def _example(about: FieldInfo) -> Any:  # noqa: ANN401 - of the field's own type
    if not about.examples:
        raise ValueError(f"a field has neither a default nor an example: {about.description}")
    return about.examples[0]


def _list(
    path: KeyPath,
    entry: type[Section],
    given: Sequence[Mapping[str, Any]] | None,
    say: Say,
    *,
    has_to_be_written: bool,
) -> Iterator[str]:
    """Write a list of sections: what an entry takes, then those given, or the example's."""
    depth = len(path) - 1
    yield from _comment(say(EACH_ENTRY), depth)
    yield from _keys_of_entry("", entry, depth, say)
    in_force = bool(given) or (given is None and path not in SHOWN_AS_COMMENT)
    mark = "" if in_force else "#"
    if has_to_be_written and not in_force:
        yield _indented(f"{path[-1]}: []", depth)
    yield _indented(f"{mark}{path[-1]}:", depth)
    for example in given or ENTRIES[path]:
        for index, (key, value) in enumerate(example.items()):
            lead = "- " if index == 0 else "  "
            yield _indented(f"{mark}  {lead}{key}: {_remarked(value, say)}", depth)


def _keys_of_entry(prefix: str, section: type[Section], depth: int, say: Say) -> Iterator[str]:
    for name, about in keys_of(section).items():
        told = say(about.description or "")
        yield from _comment(f"{prefix}{name}: {told}", depth, hanging="  ")
        if inner := section_in(about.annotation):
            yield from _keys_of_entry(f"{prefix}{name}.", inner, depth, say)


def _comment(text: str, depth: int, hanging: str = "") -> Iterator[str]:
    indent = _indented("# ", depth)
    for paragraph in text.split("\n"):
        lines = textwrap.wrap(
            hanging + paragraph,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent + 2 * hanging,
            break_on_hyphens=False,
            break_long_words=False,
        )
        yield from lines or [indent.rstrip()]


def _indented(text: str, depth: int) -> str:
    return "  " * depth + text
