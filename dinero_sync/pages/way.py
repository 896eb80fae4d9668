"""The way down from a figure: to the orders that it is made of, their documents, and the rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from dinero_sync.domain.money import KRONER
from dinero_sync.pages.tables import (
    Cell,
    Head,
    Row,
    Table,
    Words,
    amount,
    both_cells,
    both_heads,
    day_cell,
    number,
    text,
)
from dinero_sync.posting.reconcile.details import Details, Moved, Told
from dinero_sync.posting.reconcile.documents import Document, OrderClass, Unbooked
from dinero_sync.posting.reconcile.outcome import Both, Kind, Reconciled

Rules = Mapping[tuple[int, str, int], str]
"""The rules that chose an account for an order's documents of a kind."""


def account_id(account: int) -> str:
    """Return what the list of an account is called in the page."""
    return f"account-{account}"


def payment_type_ids(report: Reconciled) -> dict[str, str]:
    """Return what the list of each payment type is called in the page."""
    return {name: f"type-{at}" for at, name in enumerate(sorted(report.sums.by_payment_type))}


def class_id(name: OrderClass) -> str:
    """Return what the first order of a class without documents is called in the page."""
    return f"class-{name}"


def document_id(document: Document) -> str:
    """Return what the row of a document is called in the page."""
    return f"order-{document.order_id}-{document.key}".replace(":", "-")


def account_name(details: Details, account: int) -> str:
    """Return an account's number, with its name where Dinero tells it."""
    return f"{account} {details.names.get(account, '')}".rstrip()


def ways(report: Reconciled, words: Words) -> Iterator[Table]:
    """Yield what each account and each payment type is made of."""
    details = report.details
    first: dict[int, str] = {}
    for told in details.documents:
        first.setdefault(told.document.order_id, document_id(told.document))
    by_account: dict[int, list[Moved]] = defaultdict(list)
    for each in details.moved:
        by_account[each.account].append(each)
    rules = _rules(details.documents)
    for account, moved in sorted(by_account.items()):
        yield _of_account(details, account, moved, rules, first, words)
    by_type: dict[str, list[Told]] = defaultdict(list)
    for told in details.documents:
        by_type[told.document.payment_type].append(told)
    ids = payment_type_ids(report)
    for name, documents in sorted(by_type.items()):
        yield _of_type(name, ids[name], documents, words)


def _rules(documents: Iterable[Told]) -> Rules:
    found: dict[tuple[int, str, int], str] = {}
    for told in documents:
        document = told.document
        for line in document.invoice.lines:
            key = (document.order_id, str(_kind(document)), line.account)
            known = found.get(key, "").split(", ") if key in found else []
            if line.rule not in known:
                found[key] = ", ".join([*known, line.rule])
    return found


def _of_account(  # noqa: PLR0913, PLR0917 - what its rows are made of
    details: Details,
    account: int,
    moved: list[Moved],
    rules: Rules,
    first: Mapping[int, str],
    words: Words,
) -> Table:
    order, day, document, rule = (words.say(f"page.{each}") for each in COLUMNS)
    rows = [
        Row(
            name=_called(each.order_id, each.name),
            to=first.get(each.order_id or 0, ""),
            cells=[
                day_cell(words, day, each.day),
                text(document, words.say(f"kind.{each.kind}")),
                text(rule, rules.get((each.order_id or 0, each.kind, account), "")),
                *both_cells(words, Both(ours=each.ours, found=each.found)),
            ],
        )
        for each in moved
    ]
    orders = len({each.order_id or each.name for each in moved})
    return Table(
        title=account_name(details, account),
        id=account_id(account),
        of=words.say("page.orders_of", count=orders),
        heads=[Head(order), Head(day), Head(document), Head(rule), *both_heads(words)],
        rows=rows,
    )


COLUMNS = ("order", "day", "document", "rule")


def _of_type(name: str, page_id: str, documents: list[Told], words: Words) -> Table:
    order, day, document, _ = (words.say(f"page.{each}") for each in COLUMNS)
    rows = [
        Row(
            name=_called(told.document.order_id, told.document.number),
            to=document_id(told.document),
            cells=[
                day_cell(words, day, told.document.day),
                text(document, words.say(f"kind.{_kind(told.document)}")),
                *_both(words, told),
            ],
        )
        for told in documents
    ]
    orders = len({told.document.order_id for told in documents})
    return Table(
        title=name or words.say("no_payment_type"),
        id=page_id,
        of=words.say("page.orders_of", count=orders),
        heads=[Head(order), Head(day), Head(document), *both_heads(words)],
        rows=rows,
    )


def documents_of(report: Reconciled, words: Words) -> Table:
    """Return every document of ours with its lines, and the rule that each follows."""
    order, day, document, number_in, kind, lines = (
        words.say(f"page.{each}")
        for each in ("order", "day", "document", "number", "payment_type", "lines")
    )
    rows = [
        Row(
            name=_called(told.document.order_id, told.document.number),
            id=document_id(told.document),
            cells=[
                day_cell(words, day, told.document.day),
                text(document, words.say(f"kind.{_kind(told.document)}")),
                number(number_in, told.document.document_number),
                text(kind, told.document.payment_type),
                Cell(label=lines, rows=_lines(told.document, words), classes="long lines"),
                *_both(words, told),
            ],
        )
        for told in report.details.documents
    ]
    heads = [Head(order), Head(day), Head(document), Head(number_in, is_number=True), Head(kind)]
    return Table(
        title=words.say("page.documents"),
        heads=[*heads, Head(lines), *both_heads(words)],
        rows=rows,
    )


def _lines(document: Document, words: Words) -> list[str]:
    currency = "" if document.invoice.currency == KRONER else f" {document.invoice.currency}"
    return [
        f"{line.account} · {line.rule} · {words.money(document.sign * line.amount)}{currency}"
        for line in document.invoice.lines
    ]


def unbooked_of(report: Reconciled, words: Words) -> Table:
    """Return the orders without an invoice of ours, class by class."""
    order, standing, total, currency = (
        words.say(f"page.{each}") for each in ("order_id", "class", "total", "currency")
    )
    rows, seen = [], set()
    for each in sorted(report.details.unbooked, key=_by_class):
        begins = each.order_class not in seen
        seen.add(each.order_class)
        rows.append(
            Row(
                name=str(each.order_id),
                id=class_id(each.order_class) if begins else "",
                cells=[
                    text(standing, words.say(f"page.{each.order_class}")),
                    amount(words, total, each.total)
                    if each.total is not None
                    else text(total, words.say("page.unread")),
                    text(currency, each.currency or ""),
                ],
            )
        )
    heads = [Head(order), Head(standing), Head(total, is_number=True), Head(currency)]
    return Table(title=words.say("page.unbooked"), heads=heads, rows=rows)


def _by_class(order: Unbooked) -> tuple[int, int]:
    return list(OrderClass).index(order.order_class), order.order_id


def _both(words: Words, told: Told) -> list[Cell]:
    return both_cells(words, Both(ours=told.ours, found=told.found or Decimal(0)))


def _kind(document: Document) -> Kind:
    return Kind.CREDIT_NOTE if document.is_credit else Kind.INVOICE


def _called(order_id: int | None, name: str) -> str:
    return name if order_id is None else f"#{name}"
