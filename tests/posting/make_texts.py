"""Writes what a shop owner reads about faulty rules and held orders, to be looked over.

``make cases`` does it; a test holds ``texts.yaml`` equal to what the rules say.
"""

import sys
from pathlib import Path

import yaml
from builders import START
from faulty_papers import FAULTY_PAPERS, PAPERS
from faulty_rules import FAULTY, SOUND
from held_orders import HELD, hold_of

from dinero_sync.domain.finding import Finding
from dinero_sync.domain.step import Language
from dinero_sync.posting.lint.lint import lint
from dinero_sync.texts.telling import found, message, next_step, source

FILE = Path(__file__).with_name("texts.yaml")
Texts = dict[str, object]


FOUND = (*FAULTY, *FAULTY_PAPERS)
"""The rules with a fault, by their names."""


def linted(case: str) -> list[Finding]:
    """Return what is found in rules with a fault."""
    if case in FAULTY_PAPERS:
        return lint(SOUND, PAPERS, START, *FAULTY_PAPERS[case])
    return lint(*FAULTY[case], START)


def findings_of(case: str) -> list[Texts]:
    """Return what is said about rules with a fault."""
    return [
        {
            "severity": each.severity.value,
            "key": each.key,
            "text": each.text,
            **{
                str(language): {
                    "message": found(each, language),
                    "source": source(each, language),
                    "mending": next_step(each.steps, language),
                }
                for language in Language
            },
        }
        for each in linted(case)
    ]


def text_of_hold(case: str) -> Texts:
    """Return what is said about an order, a bill or a payout that is held."""
    hold = hold_of(case)
    told = {
        str(language): {
            "message": message(hold, language),
            "next_step": next_step(hold.steps, language),
        }
        for language in Language
    }
    return {"reason": hold.reason.value, "text": hold.text, **told}


class _Blocks(yaml.SafeDumper):
    """Writes texts of several lines as they read."""

    def represent_str(self, text: str) -> yaml.ScalarNode:
        style = "|" if "\n" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Blocks.add_representer(str, _Blocks.represent_str)


def made() -> str:
    """Return the file's text."""
    texts = {
        "findings": {case: findings_of(case) for case in FOUND},
        "holds": {case: text_of_hold(case) for case in HELD},
    }
    return yaml.dump(texts, Dumper=_Blocks, sort_keys=False, allow_unicode=True, width=100)


def main() -> None:
    """Write the file, and say whether it changed."""
    text = made()
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        FILE.write_text(text, encoding="utf-8")
        sys.stdout.write("changed: tests/posting/texts.yaml\n")


if __name__ == "__main__":
    main()
