"""Orders that nobody would send and somebody will: single values of a good one gone wrong.

Everything here is JSON text, because much of what goes wrong has no value in Python.
"""

import json
from collections.abc import Mapping

from hypothesis import strategies as st
from sales import Json

Fields = dict[str, str]
"""The fields of an object, each value as JSON text."""

OUT_OF_RANGE = {
    "a character that is half of one": r'"\ud800"',
    "an exponent beyond all bounds": "1e99999999999999999999",
    "more digits than Python reads": "9" * 5000,
    "a million digits in a text": f'"{"9" * 1_000_000}"',
    "a million digits after the point": f"0.{'3' * 1_000_000}",
    "no number": "NaN",
    "an infinite number": "-Infinity",
    "a value nested as deeply as PHP writes it": "[" * 500 + "]" * 500,
}
"""Values that a JSON reader or a database may refuse, and with them the orders around them."""

NUMBERS = (
    "0", "-1", "-0", "-0.00", "1.5", "0.005", "1e2", "1e-2", "1E+5", "1e999999", "1e-999999",
    "125.000", "125.00000000001", "99999999999999999999", "9223372036854775808", "2147483648",
    "0." + "3" * 20_000, "1" * 4000,
)  # fmt: skip
TEXTS = (
    "NaN", "Infinity", "1e5", "1,5", "1.234,50", "0x10", "१२", "²", " 125.00 ", "+125", "null",
    "true", "[]", "{}", "0000-00-00 00:00:00", "2026-12-10", "2026-02-30 10:00:00",
    "2026-12-10T10:15:00Z", "2026-12-10T10:15:00+14:00", "2026-12-10 25:00:00",
    "0001-01-01 00:00:00", "9999-12-31 23:59:59", "2099-12-31 23:59:59", "1970-01-01 00:00:00",
    "2000-01-01T00:00:00+23:59", "2026-10-25 02:30:00", "2026-03-29 02:30:00", "cancelled",
    "sent", "refunded", "EUR", "DK", "Norge", "XX", "quickpayv10", "a\x00b", "\x1b[31m", "\n\n",
    "\u202e", "\ufeff", "💸" * 50, "'; DROP TABLE orders; --", "${HOME}", "{0}", "%s", "9" * 20_000,
    "x" * 20_000,
)  # fmt: skip
WORDS_OF_THE_BUYER = ("Anna Prøve", "anna.proeve@example.com", "Prøvevej 7", "+4500000000")

SCALARS = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(("null", "true", "false", '""', "[]", "{}", "[[]]", '[{"name":null}]')),
    st.sampled_from(TEXTS).map(json.dumps),
    st.text(max_size=20).map(json.dumps),
    st.integers(-(10**12), 10**12).map(str),
    st.decimals(-(10**6), 10**6, places=2).map(str),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{','.join(parts)}]"),
        st.dictionaries(st.text(max_size=5), inner, max_size=3).map(
            lambda parts: written({json.dumps(key)[1:-1]: parts[key] for key in parts})
        ),
    ),
    max_leaves=6,
)
DEEP = st.integers(10, 200).map(lambda depth: '{"a":[' * depth + "]}" * depth)
PERSONAL = st.sampled_from(WORDS_OF_THE_BUYER).map(json.dumps)
NAMES_ITS_VALUE = "payment_gateway"
"""The one field whose value a hold repeats: a code, which the entry to paste must name."""


def written(fields: Mapping[str, str]) -> str:
    """Write an object."""
    return "{" + ",".join(f'"{name}":{value}' for name, value in fields.items()) + "}"


def fields_of(order: Json) -> Fields:
    """Write each value of an order as JSON text, amounts as the numbers they are."""
    return {name: json.dumps(value, default=float) for name, value in order.items()}


@st.composite
def poisoned(draw: st.DrawFn, order: Json, kept: frozenset[str] = frozenset()) -> str:
    """Draw the text of ``order`` with one to three things wrong, none of them in ``kept``."""
    fields = fields_of({name: value for name, value in order.items() if name != "products"})
    lines = [fields_of(line) for line in order["products"]]
    names = sorted(fields.keys() - kept)
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["value", "value", "value", "line", "line", "gone", "more"]))
        if kind == "value":
            name = draw(st.sampled_from(names))
            fields[name] = draw(
                VALUES | DEEP if name == NAMES_ITS_VALUE else VALUES | DEEP | PERSONAL
            )
        elif kind == "line":
            line = draw(st.sampled_from(lines))
            line[draw(st.sampled_from(sorted(order["products"][0])))] = draw(VALUES)
        elif kind == "gone":
            fields.pop(draw(st.sampled_from(names)), None)
        else:
            fields[json.dumps(draw(st.text(min_size=1, max_size=10)))[1:-1]] = draw(VALUES | DEEP)
    fields["products"] = draw(_products([written(line) for line in lines]))
    return written(fields)


def _products(lines: list[str]) -> st.SearchStrategy[str]:
    """Let the lines be as they are most of the time; or twice, or among things that are none."""
    whole = f"[{','.join(lines)}]"
    wrong = st.one_of(
        st.just(f"[{','.join(lines * 2)}]"),
        VALUES.map(lambda value: f"[{','.join([*lines, value])}]"),
        VALUES,
    )
    return st.integers(0, 5).flatmap(lambda chance: wrong if chance == 0 else st.just(whole))
