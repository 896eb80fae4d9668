"""A shop owner who does what a hold says, step by step, and nothing else.

Each sentence of a hold's steps stands in a table with what a person then does in the shop or in
Dinero. What is right about the order, and what the shop calls its fields, is the shop owner's own
knowledge (:class:`Held`); everything else comes from the steps.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import click
import yaml
from bookkeeper import Bookkeeper, theirs
from business import Business
from shop import ORDER_ID

from dinero_sync.cli.group import CommandGroup
from dinero_sync.domain.hold import SkipReason
from dinero_sync.domain.step import NOTE, ORDER, TEXT, Command, Sentence, Step, Yaml
from dinero_sync.sync.run.by_hand import skip_order
from dinero_sync.sync.run.resolve import accept, gather
from dinero_sync.texts.telling import next_step

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Held:
    """A situation in which an order is held, and what its shop owner knows of it."""

    happens: Callable[["Situation"], None]
    """Makes it happen, up to the run that holds the order."""
    right: Mapping[str, Any] = field(default_factory=dict)
    """The order's fields as they should have been."""
    called: Mapping[str, str] = field(default_factory=dict)
    """What the shop calls fields that have another name than those that are known."""
    blank: Mapping[str, object] = field(default_factory=dict)
    """What belongs into the blanks of YAML, by the key that has one; or who makes it in Dinero."""
    done: Mapping[str, Callable[["Situation"], None]] = field(default_factory=dict)
    """What a sentence means here, where that depends on what happened."""
    not_so: frozenset[str] = frozenset()
    """Sentences that begin with an "if" which isn't so here."""
    total: Decimal = Decimal("125.00")
    """What the order comes to, where the shop tells it by a name that nobody knows."""


@dataclass
class Situation:
    """The shop, its books, and what a person did there by hand."""

    business: Business
    bookkeeper: Bookkeeper
    held: Held
    changes: ExitStack
    made_by_hand: bool = False
    said: list[str] = field(default_factory=list)
    """The sentences since the last command or YAML."""

    def correct(self) -> None:
        """Correct the order in the shop."""
        assert self.held.right, "nobody knows what is right about this order"
        self.business.wait(minutes=1)
        self.business.change(**self.held.right)

    def invoice_by_hand(self) -> None:
        """Make the invoice in Dinero by hand, without what Dinero refused of ours."""
        self.undo()
        keeper = Bookkeeper(self.business.sandbox)  # days may have passed since the last log-in
        with keeper.session:
            theirs(keeper)
        self.made_by_hand = True

    def meanwhile(self, change: AbstractContextManager[object]) -> None:
        """Let something be so until it is undone."""
        self.changes.enter_context(change)

    def undo(self) -> None:
        """End what was so."""
        self.changes.close()


def nothing(_: Situation) -> None:
    """Do nothing: what is said is told, or done by the command or the YAML that follows."""


Mend = Callable[[Situation], None]


def _by_hand(situation: Situation) -> None:
    situation.invoice_by_hand()


def _correct(situation: Situation) -> None:
    situation.correct()


def _key_may_read(situation: Situation) -> None:
    situation.business.sandbox.clear_faults()


def _in_this_situation(situation: Situation) -> None:
    """Do what the scenario says that this sentence means."""
    situation.held.done[situation.said[-1]](situation)


COMPLETE: Mapping[str, Mend] = {
    "another_account": _in_this_situation,
    "another_margin_account": _in_this_situation,
    "ask_for_cvr": _correct,
    "ask_for_cvr_of_public": _in_this_situation,
    "ask_for_eu_number": _correct,
    "ask_shop_support": _correct,
    "book_by_hand_or_other_currency": _in_this_situation,
    "choose_country": _correct,
    "collective_method": _in_this_situation,
    "correct_ean_of_order": _correct,
    "correct_field": _correct,
    "correct_number": _correct,
    "correct_order": _correct,
    "correct_refused_field": _in_this_situation,
    "correct_total": _correct,
    "correct_vat": _correct,
    "give_known_status": _correct,
    "let_shop_charge": _correct,
    "name_reversed_goods": _in_this_situation,
    "let_shop_charge_business": _correct,
    "or_name_gateway": _in_this_situation,
    "prices_with_vat": _correct,
    "read_by_next_run": nothing,
}
"""Sentences that are a way out by themselves: the order is then taken up by the next run."""

BEFOREHAND: Mapping[str, Mend] = {
    "ask_for_right_number": _in_this_situation,
    "book_by_hand": _by_hand,
    "book_by_hand_or_other_currency": _by_hand,
    "book_item": _in_this_situation,
    "book_or_correct_item": _in_this_situation,
    "charge_their_vat": _by_hand,
    "charged_other_rate": _by_hand,
    "check_time": _in_this_situation,
    "compare_same_sale": _by_hand,
    "correct_ean": _in_this_situation,
    "correct_ean_of_order": _by_hand,
    "correct_email": _in_this_situation,
    "correct_refused_field": _by_hand,
    "delete_wrong_payment": _in_this_situation,
    "enter_purchase_price": _in_this_situation,
    "gift_card_by_hand": _by_hand,
    "if_it_is_not_there": _by_hand,
    "if_sale_belongs_in_books": _by_hand,
    "invoice_by_hand": _by_hand,
    "let_the_key_read": _key_may_read,
    "look_in_dinero": _by_hand,
    "mend_draft": _in_this_situation,
    "mend_what_dinero_names": _in_this_situation,
    "merge_contacts": _in_this_situation,
    "move_to_sales": _by_hand,
    "register_what_went_back": _in_this_situation,
    "name_tip": _in_this_situation,
    "no_rule_can_name": _by_hand,
    "open_accounting_year": _in_this_situation,
    "or_invoice_by_hand": _by_hand,
    "say_exchange_rate": _in_this_situation,
    "settle_all_by_hand": _by_hand,
    "settle_other_currency_by_hand": _by_hand,
    "settle_part_by_hand": _by_hand,
    "taxed_by_hand": _by_hand,
    "taxed_outside": _by_hand,
}
"""What is done before the command or the YAML that a sentence announces."""

TOLD = frozenset(
    {
        "add_payment_type",
        "add_rule_after",
        "add_rule_before",
        "add_rule_by_number",
        "allow_rounding",
        "another_sale",
        "charge_above_threshold",
        "charged_by_mistake",
        "choose_own_day",
        "collected_in_denmark",
        "correct_buyer_in_dinero",
        "credit",
        "credit_and_invoice",
        "credit_if_off",
        "credit_if_wrong",
        "danish_vat_after_all",
        "discount_code",
        "doctor_tells_rights",
        "freight_under_another_name",
        "if_books_stay",
        "if_buyer_pays_vat",
        "if_margin_is_in_books",
        "if_margin_is_not",
        "if_nothing_to_book",
        "if_card_payments_are_right",
        "if_payments_are_right",
        "name_fee",
        "name_freight_by_id",
        "new_rate",
        "not_collected",
        "or_add_rule_by_number",
        "or_choose_open_day",
        "or_say_received_when_shipped",
        "or_say_what_the_word_means",
        "or_write_country",
        "place_inside",
        "place_outside",
        "place_outside_by_digits",
        "post_as_export",
        "register_for_oss",
        "say_received_at_once",
        "say_redeemed_account",
        "see_request",
        "sold_with_vat_after_all",
        "switch_integration_off",
        "their_vat_by_oss",
        "to_delete_draft",
        "to_see_what_dinero_holds",
        "write_country",
    }
)
"""Sentences that announce a command or YAML, or tell what one needs to know."""

WORD, NAME, CODE = "WORD_IN_YOUR_SHOP", "name_in_your_shop", "XX"
"""What stands in YAML in place of what the shop calls it, and of a country's code."""
LOOKING = frozenset({"show", "doctor", "resolve"})
"""Commands that show something, and change nothing."""


@dataclass(frozen=True)
class Way:
    """One of the ways out that a hold offers: what is said, and what then is given or pasted."""

    said: tuple[Sentence, ...]
    given: Command | Yaml | None

    def __str__(self) -> str:
        """Name the way by its sentences and its command."""
        words = [each.text for each in self.said]
        if isinstance(self.given, Command):
            words.append(" ".join(self.given.words))
        return " / ".join([*words, "YAML"] if isinstance(self.given, Yaml) else words)


def ways_of(steps: tuple[Step, ...]) -> Iterator[Way]:
    """Yield each way out; raises AssertionError for a sentence that nobody knows how to follow."""
    said: list[Sentence] = []
    for step in steps:
        if isinstance(step, Sentence):
            known = step.text in TOLD or step.text in BEFOREHAND or step.text in COMPLETE
            assert known, f"what does a person do about {step.text!r}? say so in this file"
            if step.text in COMPLETE:
                yield Way((step,), None)
            if step.text in TOLD or step.text in BEFOREHAND:
                said.append(step)
            continue
        if not (isinstance(step, Command) and _shows_only(step)):
            yield Way(tuple(said), step)
        said = []


def _shows_only(step: Command) -> bool:
    return step.words[0] in LOOKING and "--accept" not in step.words


def follow(way: Way, situation: Situation) -> None:
    """Do what a way says: mend what its sentences name, then give its command or paste its YAML."""
    table = COMPLETE if way.given is None else BEFOREHAND
    for each in way.said:
        situation.said.append(each.text)
        table.get(each.text, nothing)(situation)
    if isinstance(way.given, Command):
        give(way.given, situation)
    elif way.given is not None:
        paste(way.given, way.said, situation)


def give(given: Command, situation: Situation) -> None:
    """Give a command as it stands; its words must be those of the program."""
    written = {ORDER: str(ORDER_ID), TEXT: "nothing to book", NOTE: "put right by hand"}
    words = [written.get(each, each) for each in given.words]
    parsed = _parsed(words)
    business = situation.business
    match words[0]:
        case "retry":
            business.retry(day=parsed["chosen"])
        case "skip":
            business.skip(reason=parsed["reason"])
        case "adopt":
            assert situation.made_by_hand, "adopted, and nothing said to make the invoice by hand"
            with business.at_work() as place:
                skip_order(place, business.order(), "by hand", SkipReason.BOOKED_ELSEWHERE)
        case "resolve":
            with business.at_work() as place:
                accept(place, gather(place, business.order()), parsed["accept"])
        case other:
            raise AssertionError(f"no hold has said {other!r} before: follow it here")


def _parsed(words: list[str]) -> Json:
    group = CommandGroup()
    found = group.get_command(click.Context(group), words[0])
    assert found is not None, f"there is no command {words[0]!r}"
    return found.make_context(words[0], words[1:], obj=None).params


def paste(block: Yaml, said: tuple[Sentence, ...], situation: Situation) -> None:
    """Paste YAML where it is said to go, with its blanks filled in."""
    pasted = yaml.safe_load(next_step((block,)))
    pasted = _filled(pasted, situation)
    business = situation.business
    business.config = _merged(business.config, pasted, said)


def _filled(value: Any, situation: Situation, key: str = "") -> Any:  # noqa: ANN401 - any YAML
    held = situation.held
    if isinstance(value, dict):
        return {
            held.called[name] if name == WORD else name: _filled(each, situation, str(name))
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_filled(each, situation, key) for each in value]
    if value == NAME:
        return held.called[key]
    if value is None or value == CODE:
        meant = held.blank[key]
        return meant(situation) if callable(meant) else meant
    return value


def _merged(config: Json, pasted: Json, said: tuple[Sentence, ...]) -> Json:
    result = dict(config)
    for key, value in pasted.items():
        known = result.get(key)
        if isinstance(value, dict):
            result[key] = _merged(known or {}, value, said)
        elif isinstance(value, list) and isinstance(known, list):
            result[key] = _placed(known, value, said)
        else:
            result[key] = value
    return result


def _placed(known: list[Any], new: list[Any], said: tuple[Sentence, ...]) -> list[Any]:
    """Put entries where the sentence says: into one, behind the others, before one, or first."""
    for each in said:
        if each.text in {"say_received_at_once", "or_say_received_when_shipped"}:
            (entry,) = new
            return [{**old, **entry} if old["name"] == entry["name"] else old for old in known]
        if each.text in {"add_rule_after", "add_payment_type", "name_tip"}:
            return [*known, *new]
        if each.text == "add_rule_before":
            at = [entry["name"] for entry in known].index(each.facts["rule"])
            return [*known[:at], *new, *known[at:]]
    return [*new, *known]
