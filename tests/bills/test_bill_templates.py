"""Templates: the program's own, a user's, and what is said of one that isn't right."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from papers import paper
from received import papir, shoporama
from suppliers import TEMPLATES

from dinero_sync.bills.reading import read_bill
from dinero_sync.bills.templates import load_templates
from dinero_sync.bills.trial import tried
from dinero_sync.errors import ConfigError

EXPECTED = """
supplier: Papir & Pap A/S
vat_number: DK13585628
number: 2026-0917
date: 2026-09-03
due: 2026-09-17
currency: DKK
amounts:
  - {rate: 25, net: 750.00, vat: 187.50}
total: 937.50
"""


def template(**changes: str) -> str:
    """Return a template with other values, or without some."""
    lines = [line.strip() for line in TEMPLATES["german"].strip().splitlines()]
    text = "\n".join("  " + line if line.startswith("-") else line for line in lines)
    for key, value in changes.items():
        text = text.replace("\n  - ", " ") if key == "amounts" else text
        kept = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([*kept, *([f"{key}: {value}"] if value else [])])
    return text


def problem(folder: Path, text: str) -> str:
    """Return what is said of a template."""
    (folder / "mine.yaml").write_text(text)
    with pytest.raises(ConfigError) as raised:
        load_templates(folder)
    return str(raised.value)


def test_the_programs_own_are_unproven_and_each_has_its_name() -> None:
    shipped = load_templates().templates

    assert "Shoporama" in {each.name for each in shipped}
    assert len({each.name for each in shipped}) == len(shipped)
    assert [each.name for each in shipped if each.proven] == []


def test_one_of_ones_own_takes_the_place_of_another_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(template(name="Shoporama"))

    found = [each for each in load_templates(tmp_path).templates if each.name == "Shoporama"]

    assert [each.supplier for each in found] == ["Etiketten GmbH"]


def test_a_template_that_a_person_found_right_is_proven(tmp_path: Path) -> None:
    (tmp_path / "bill.pdf").write_bytes(paper(shoporama()))

    assert not read_bill(tmp_path / "bill.pdf", load_templates()).proven
    assert read_bill(tmp_path / "bill.pdf", load_templates(looked_at=["Shoporama"])).proven


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dates": '"%d-%m"'}, "must name day, month and year once each"),
        ({"dates": '"%d-%m-%Y %H"'}, "must name day, month and year once each"),
        ({"decimal": "';'"}, "decimal: must be"),
        ({"thousands": '","'}, "they must differ"),
        ({"thousands": '"x"'}, "thousands: must be"),
        ({"vat_number": '"12345678"'}, "must be a VAT number with its country's letters"),
        ({"vat_number": "DK12345678"}, "must be a VAT number with its country's letters"),
        ({"number": "{after: A, below: B}"}, "either `after: WORDS` or `below: WORDS`"),
        ({"number": "{pick: last}"}, "either `after: WORDS` or `below: WORDS`"),
        ({"number": '{after: "* no"}'}, "must begin with a word"),
        ({"number": ""}, "number: must say where the value stands"),
        ({"match": "[]"}, "is an empty list"),
        ({"amounts": "[{rate: 25}]"}, "needs `vat` for every rate above 0"),
        ({"amounts": "[]"}, "name at least one rate"),
        ({"amounts": "[{rate: 0}, {rate: 0}]"}, "names a rate twice"),
        ({"amounts": "[{rate: 0}, {rate: 9, vat: {after: A}}]"}, "needs `net`"),
        ({"colour": "red"}, "is not a key of this section"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(
    changes: dict[str, str], said: str, tmp_path: Path
) -> None:
    text = problem(tmp_path, template(**changes))

    assert said in text
    assert "mine.yaml" in text


def test_a_folder_that_isnt_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="must be a folder"):
        load_templates(tmp_path / "nowhere")


def test_a_trial_compares_each_bill_with_what_is_expected(tmp_path: Path) -> None:
    bills, own = tmp_path / "bills", tmp_path / "own"
    bills.mkdir()
    own.mkdir()
    (own / "papir.yaml").write_text(TEMPLATES["papir"])
    for name in ("right", "wrong", "strange", "unsaid"):
        (bills / f"{name}.pdf").write_bytes(paper(papir()))
        (bills / f"{name}.yaml").write_text(EXPECTED)
    (bills / "unsaid.yaml").unlink()
    (bills / "wrong.yaml").write_text(EXPECTED.replace("2026-09-03", "2026-03-09"))
    (bills / "strange.pdf").write_bytes(paper(("Ukendt ApS",)))

    trials = {each.file: each for each in tried(bills, load_templates(own))}

    assert {file: each.passed for file, each in trials.items()} == {
        "right.pdf": True,
        "wrong.pdf": False,
        "strange.pdf": False,
    }
    assert [(each.what, each.expected, each.found) for each in trials["wrong.pdf"].differences] == [
        ("date", "2026-03-09", "2026-09-03")
    ]
    hold = trials["strange.pdf"].hold
    assert hold is not None
    assert hold.text == "bill_unreadable.no_template"


@pytest.mark.parametrize("page", ["bill-templates.md", "regningsskabeloner.md"])
def test_the_template_and_the_yaml_of_the_pages_are_right(page: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    written, template_text, _ = re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "bill.pdf").write_bytes(paper(papir()))
    (tmp_path / "bill.yaml").write_text(written)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "kaffe.yaml").write_text(template_text)

    templates = load_templates(tmp_path / "own")

    named = {each.name for each in templates.templates}
    assert named >= {"Kaffe & Kage", "Shoporama", "Hetzner", "DigitalOcean"}
    assert read_bill(tmp_path / "bill.pdf", templates).bill.total == Decimal("110.00")
