"""What is said when a command can't do what it was told."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "problems": (
        _("The configuration has {count} problem; nothing was done."),
        _("The configuration has {count} problems; nothing was done."),
    ),
    "fault": _(
        "A fault of the program: {name} at {where}. What was begun is known and is never done "
        "twice. Please report this line to the maintainers."
    ),
    # Of a command line that isn't understood.
    "no_option": _("There is no option {option}."),
    "no_option_but": _("There is no option {option}. Did you mean {near}?"),
    "missing": _("{missing} is missing."),
    "missing_order": _(
        "The order is missing. A shell takes # for a remark: write a number without it, or in "
        "quotes, as '#10427'."
    ),
    "needs_value": _("{option} needs a value behind it."),
    "takes_no_value": _("{option} stands alone: it takes no value."),
    "not_taken": _("{name}: {why}"),
    "one_of": _("it is one of {choices}."),
    "a_number": _("it is a whole number."),
    "a_file": _("it is a file, and this is a folder."),
    "a_folder": _("it is a folder, and this is a file."),
    "too_many": _("Nothing takes these words: {words}"),
    "help": _("Help: {command}"),
    # In the texts of errors, and what stands in its place where no next run comes.
    "next_run": _("The next run goes on by itself."),
    "try_again": _("Try again."),
    "and_next_run": _("; the next run goes on by itself"),
    "and_try_again": _("; try again"),
    "from_where_it_stopped": _("; the next run goes on where this one stopped"),
    "goes_on": _("; the next run goes on."),
    "give_it_again": _("; give the command again."),
}
