"""Settlement files and bank statements that are refused."""

from collections.abc import Mapping

from dinero_sync.texts.catalogue import _

SETTLEMENTS: Mapping[str, str] = {
    "settlement_add_source": _(
        "Add the provider to the configuration, with the accounts that are right for it:"
    ),
    "settlement_by_hand": _(
        "Post what was paid out in Dinero by hand, and take the file out of the inbox."
    ),
    "settlement_download_again": _(
        "Download the file from the provider again, and don't open and save it in between."
    ),
    "settlement_download_report": _('Download the report "{report}" of {provider} instead.'),
    "settlement_keep_summary": _(
        "Let the summary be part of the file: it is chosen where reports are set up at the "
        "provider. Then download it again."
    ),
    "settlement_longer_period": _(
        "Download a period that has a day after the 12th of a month. Or say in the configuration, "
        "under the source, how days are written:"
    ),
    "settlement_map_columns": _(
        "If it is a provider's settlement file, say in the configuration what its columns are (in "
        "place of XX too), and which accounts are right:"
    ),
    "settlement_name_files": _(
        "Say in the configuration, under the right one, how its files are called:"
    ),
    "settlement_name_type": _(
        "Say in the configuration, under the source, what it is: sale, refund, chargeback, fee, "
        "reserve, other, payout, or ignore where it moves no money:"
    ),
    "settlement_of_who_pays_out": _(
        "Take the settlement file of whoever pays the money out to the bank, like Clearhaus."
    ),
    "settlement_other_statement": _(
        "Download the statement as camt.053, or as a table with the bank's own titles."
    ),
    "settlement_payout_rows": _(
        "Download the file with a row for each payout, or remove the column of the VAT from the "
        "configuration if it is inside the fee."
    ),
    "settlement_state_decimal": _(
        "Say in the configuration, under the source, which sign stands before the decimals:"
    ),
    "settlement_whole_payout": _("Download a period that begins before the payout before it."),
}
