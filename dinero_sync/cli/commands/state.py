"""The commands about what the state folder alone remembers: state export, state import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinero_sync.cli.context import Common, command, ending_with, group
from dinero_sync.cli.language import language_of
from dinero_sync.cli.terminal import Line, Tone, show, wrapped
from dinero_sync.domain.step import Language
from dinero_sync.errors import ExitCode
from dinero_sync.texts.screens.saying import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dinero_sync.sync.decisions.importing import Taken

FILE = click.Path(path_type=Path, readable=False)
TONES = {"imported": Tone.DONE, "conflicting": Tone.HELD, "waiting": Tone.WAITING}


@group("state")
def state() -> None:
    """Carry over what people decided, which the state folder alone remembers.

    \b
    Examples:
      dinero-sync state export decisions.json
      dinero-sync state import decisions.json --dry-run
      dinero-sync state import decisions.json
    """


@command("export", state)
@click.argument("file", metavar="FILE", type=FILE)
def export(common: Common, *, file: Path) -> None:
    """Write to FILE what people decided: skip, adopt, and what they accepted, each with its note.

    Everything else is read again from the shop and from Dinero when the state folder is lost. FILE
    is JSON, for its owner alone, and holds no names or addresses but those in the notes. An older
    export of the same journal is replaced, and no other file. Reads the state folder only.

    \b
    Examples:
      dinero-sync state export decisions.json
      dinero-sync -c shop.yaml state export /var/backups/shop-decisions.json
    """
    from datetime import UTC, datetime

    from dinero_sync.cli.work import reading_state
    from dinero_sync.journal.database import journal_id
    from dinero_sync.journal.folder.token_file import TokenFile
    from dinero_sync.sync.decisions.file import DecisionFile, write_decisions
    from dinero_sync.sync.decisions.known import known_decisions
    from dinero_sync.sync.work.settings import state_folder
    from dinero_sync.sync.work.state import organization_of

    with reading_state(common) as found:
        tokens = TokenFile(state_folder(found.config))
        decided = DecisionFile(
            organization_id=organization_of(found.config, found.config_file, tokens, found.db),
            journal=journal_id(found.db),
            made=datetime.now(UTC).replace(microsecond=0),
            decisions=tuple(known_decisions(found.db)),
        )
    write_decisions(file, decided)
    language = language_of(common, found.config)
    show(
        wrapped(
            tell("operating.state.exported", language, count=len(decided.decisions), path=str(file))
        )
    )


@command("import", state)
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would come of it; change nothing.")
def import_(common: Common, *, file: Path, dry_run: bool) -> None:
    """Take over from FILE what people decided with another state folder of the same company.

    For a state folder that is new, was made anew, or came back from an older backup: import before
    the next run, and orders that were ended by hand stay ended. Nothing that was decided here is
    changed: such a decision is shown as conflicting, and the command exits with 3. What was
    accepted counts once the order is held here as well: then give the same command again. Each
    decision becomes a line of the journal, which says that it was imported. Asks nobody.

    \b
    Examples:
      dinero-sync state import decisions.json --dry-run
      dinero-sync state import decisions.json
    """
    from dinero_sync.cli.work import prepare, undisturbed
    from dinero_sync.journal.database import reading, set_meta
    from dinero_sync.journal.folder.token_file import TokenFile
    from dinero_sync.sync.decisions import importing
    from dinero_sync.sync.decisions.file import read_decisions
    from dinero_sync.sync.run import by_hand
    from dinero_sync.sync.work.settings import state_folder
    from dinero_sync.sync.work.state import ORGANIZATION, organization_of

    config, config_file = prepare(common)
    decided, tokens = read_decisions(file), TokenFile(state_folder(config))
    if dry_run:
        with reading(state_folder(config)) as db:
            own = organization_of(config, config_file, tokens, db)
            importing.refuse_another_company(str(file), decided.organization_id, own)
            came = list(importing.judged(db, decided.decisions))
    else:
        with undisturbed(), by_hand.open_state(config) as (db, clock):
            own = organization_of(config, config_file, tokens, db)
            importing.refuse_another_company(str(file), decided.organization_id, own)
            came = list(importing.taken_over(db, decided.decisions, clock.now()))
            set_meta(db, ORGANIZATION, str(own))
    conflicts = any(each.came is importing.Came.CONFLICTING for each in came)
    with ending_with(ExitCode.HELD if conflicts else ExitCode.OK):
        show(_told(came, language_of(common, config), dry_run=dry_run))


def _told(came: "Sequence[Taken]", language: Language, *, dry_run: bool) -> "Iterator[str | Line]":
    for each in came:
        yield from _told_of(each, language, dry_run=dry_run)
    if not came:
        yield tell("operating.state.none", language)
    found = {str(each.came) for each in came}
    for outcome, code in (("conflicting", "conflicts"), ("waiting", "waits")):
        if outcome in found:
            yield from wrapped(tell(f"operating.state.{code}", language))
    if dry_run:
        yield tell("operating.state.dry", language)


def _told_of(taken: "Taken", language: Language, *, dry_run: bool) -> "Iterator[str | Line]":
    """Say what came of a decision, and why where something is in its way."""
    from dinero_sync.texts.telling import in_language

    decision, came = taken.decision, str(taken.came)
    is_paper = isinstance(decision.subject, str)
    what = f"{decision.decision}{'_paper' if is_paper and 'move' not in decision.decision else ''}"
    named = {"name": str(decision.subject)} if is_paper else {"number": decision.number}
    said = tell(f"operating.state.{what}", language, **named, note=decision.note)
    how = tell(
        f"operating.state.{'to_import' if dry_run and came == 'imported' else came}", language
    )
    why = f" ({in_language(taken.why, language)})" if taken.why else ""
    for line in wrapped(f"{said}{why}", 2, f"{how}: "):
        yield Line(line, TONES[came]) if came in TONES else line
