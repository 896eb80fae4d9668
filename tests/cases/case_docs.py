"""The examples in the bookkeeper's pages, between marks: ``<!-- case NAME -->`` and ``end``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from case_books import Settled
from case_plan import account_name, chart, planned

from dinero_sync.domain.documents import InvoiceLine
from dinero_sync.domain.money import round_to_ore, vat_inside

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = re.compile(r"<!-- case (?P<name>[a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)
BOXES = {
    "salgsmoms": "Salgsmoms",
    "rubrik_b_varer_indberettes": "Rubrik B-varer, indberettes",
    "rubrik_b_varer_indberettes_ikke": "Rubrik B-varer, indberettes ikke",
    "rubrik_c": "Rubrik C",
}
EU_SALES_LIST = "EU-salg uden moms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of an example in one language."""

    language: str
    order: str
    source: str
    lines: str
    """The heading of the table of invoice lines."""
    entries: str
    vouchers: Mapping[str, str]
    no_code: str
    vat_return: str
    nothing: str


PAGES = {
    DOCS / "posting.md": Words(
        language="en",
        order="Order",
        source="Source",
        lines="| invoice line | account | VAT code | amount | of it VAT |",
        entries="| voucher | account | debit | credit |",
        vouchers={
            "invoice": "invoice",
            "payment": "payment",
            "payment_by_gift_card": "payment by gift card",
            "ledger_item": "ledger item",
        },
        no_code="none",
        vat_return="VAT return",
        nothing="nothing",
    ),
    DOCS / "bogfoering.md": Words(
        language="da",
        order="Ordre",
        source="Kilde",
        lines="| fakturalinje | konto | momskode | beløb | heraf moms |",
        entries="| bilag | konto | debet | kredit |",
        vouchers={
            "invoice": "faktura",
            "payment": "betaling",
            "payment_by_gift_card": "betaling med gavekort",
            "ledger_item": "finansbilag",
        },
        no_code="ingen",
        vat_return="Momsangivelse",
        nothing="intet",
    ),
}


def page(path: Path, settled: Iterable[Settled]) -> str:
    """Return the text of a page with its examples made anew."""
    words, by_name = PAGES[path], {each.case.name: each for each in settled}

    def made_anew(found: re.Match[str]) -> str:
        name = found["name"]
        text = "\n".join(_example(by_name[name], words))
        return f"<!-- case {name} -->\n{text}\n<!-- end -->"

    return EXAMPLE.sub(made_anew, path.read_text(encoding="utf-8"))


def examples_in(path: Path) -> list[str]:
    """Return the names of the cases that a page shows."""
    return [found["name"] for found in EXAMPLE.finditer(path.read_text(encoding="utf-8"))]


def _example(settled: Settled, words: Words) -> Iterator[str]:
    case = settled.case
    yield f"**{case.title[words.language]}.** {words.order} {case.number}."
    yield f"{words.source}: {case.source[words.language]}.\n"
    yield f"```yaml\n{case.posting_rules.rstrip()}\n```\n"
    yield f"{words.lines}\n| --- | --- | --- | ---: | ---: |"
    yield from (_line(line, words) for line in planned(case).invoice.lines)
    yield f"\n{words.entries}\n| --- | --- | ---: | ---: |"
    for voucher in settled.vouchers:
        kind = words.vouchers[voucher.kind]
        for entry in voucher.entries:
            debit, credit = (entry.amount, None) if entry.amount > 0 else (None, -entry.amount)
            yield (
                f"| {kind} | {entry.account} {account_name(entry.account)} | "
                f"{_amount(debit, words)} | {_amount(credit, words)} |"
            )
            kind = ""
    yield f"\n{words.vat_return}: {'; '.join(_boxes(settled, words)) or words.nothing}."


def _line(line: InvoiceLine, words: Words) -> str:
    text = "<br>".join([line.description, *(line.comments or "").splitlines()])
    code = chart().entry[line.account].vat_code or words.no_code
    vat = round_to_ore(vat_inside(line.amount, line.vat_rate))
    amounts = f"{_amount(line.amount, words)} | {_amount(vat, words)}"
    return f"| {text} | {line.account} | {code} | {amounts} |"


def _boxes(settled: Settled, words: Words) -> Iterator[str]:
    yield from (f"{BOXES[box]} {_amount(sum_, words)}" for box, sum_ in settled.boxes.items())
    for row in settled.eu_sales:
        yield f"{EU_SALES_LIST} {row.vat_number} {_amount(row.goods, words)}"


def _amount(amount: Decimal | None, words: Words) -> str:
    return amount_text(amount, words.language)


def amount_text(amount: Decimal | None, language: str) -> str:
    """Write an amount as readers of a language do; nothing for none."""
    if amount is None:
        return ""
    text = f"{amount:,.2f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
