"""What to do about a hold: the sentences before, between and behind commands and YAML."""

from collections.abc import Mapping

from dinero_sync.domain.step import AS_WRITTEN
from dinero_sync.texts.catalogue import _

NEXT_STEPS: Mapping[str, str] = {
    AS_WRITTEN: "{text}",
    "add_payment_type": _(
        "Add this to the configuration, with the right deposit account for the provider (or paid: "
        "false and no deposit_account for invoices that are paid later):"
    ),
    "add_rule_after": _(
        "Add a rule with an account whose VAT fits (ask your bookkeeper whether this is the right "
        "one), after the rules that are there:"
    ),
    "add_rule_before": _(
        "Add a rule with an account whose VAT fits (ask your bookkeeper whether this is the right "
        'one), right before the rule "{rule}":'
    ),
    "add_rule_by_number": _(
        "Add a rule for it by its number, before the rules that ask the catalogue (ask your "
        "bookkeeper which account is right):"
    ),
    "allow_rounding": _(
        "If it is a matter of rounding, let it be booked: on an account without VAT (in Dinero's "
        "own chart 1490). The order is then taken up by itself."
    ),
    "another_account": _(
        "Name another account under {rule} in the configuration; the order is then taken up by "
        "itself. Or correct the VAT code of the account in Dinero, then:"
    ),
    "another_margin_account": _(
        "Name an account with the VAT code U25 under posting.margin_scheme.account; the order is "
        "then taken up by itself. Or correct the account's VAT code in Dinero, then:"
    ),
    "another_sale": _("Another one:"),
    "ask_for_eu_number": _(
        "Ask the buyer for such a number and put it on the order in the shop with its country's "
        "letters in front, or charge VAT; the order is then taken up by itself."
    ),
    "ask_for_right_number": _(
        "Ask the buyer for the right number and correct it in the shop, then:"
    ),
    "ask_shop_support": _("Ask Shoporama's support about the order; it is read again by itself."),
    "bill_by_hand": _(
        "Or make the voucher in Dinero by hand and take the file away: nothing else asks for it."
    ),
    "bill_take_away": _("Take the file away; the bill itself will come."),
    "bill_correct_yaml": _("Correct {yaml}; the bill is then read again."),
    "bill_get_pdf": _("Ask the supplier for it as a PDF or as an e-invoice, and put that here."),
    "bill_let_be_read": _(
        "See that the file is there, and that the user that runs dinero-sync may read it."
    ),
    "bill_make_smaller": _(
        "Make the PDF smaller, as by scanning it with fewer dots, and put that here."
    ),
    "bill_put_document_beside": _(
        "Put the bill itself beside it, as a PDF or a picture with the same name."
    ),
    "bill_template_reads_wrongly": _(
        "If something was read wrongly, write what the bill says into a YAML file beside it, or "
        "correct the template in a folder of your own (bills.templates)."
    ),
    "bill_trust_template": _(
        "Compare what was read with the bill. If all of it is right, add this to the "
        "configuration; this bill and later ones are then taken up by themselves:"
    ),
    "bill_unlock": _(
        "Open it with its password, save it without one (print it into a PDF), and put that here."
    ),
    "book_by_hand": _("Book the order in Dinero by hand, then:"),
    "book_by_hand_or_other_currency": _(
        "If the whole shop sells in that currency, write it in the configuration under "
        "shoporama.currency; the order is then read again by itself. Else make the invoice in "
        "Dinero by hand, then:"
    ),
    "add_exchange_account": _(
        "Add an account for it to the configuration, under the source (ask your bookkeeper):"
    ),
    "correct_fee_vat": _(
        "If that is right (ask your bookkeeper), say so in the configuration, under the source "
        "{source}:"
    ),
    "give_bank_statement": _("Give the bank statement of those days with it:"),
    "correct_booked_item": _("Look at both, and correct it in Dinero if it is wrong there. Then:"),
    "if_it_is_this_payout": _("If it is this payout:"),
    "if_it_is_another_payout": _("If it is another one:"),
    "if_payout_is_right": _("If it was read rightly:"),
    "if_payout_was_corrected": _(
        "If the provider corrected the payout, correct its ledger item in Dinero by hand. Then:"
    ),
    "look_at_payout": _("Look at what was read:"),
    "or_compare_with_bank": _("Or compare it with what the bank got, and if it is the same:"),
    "or_payout_by_hand": _("Or post the payout in Dinero by hand, then:"),
    "payout_by_hand": _("Post the payout in Dinero by hand, then:"),
    "wait_for_orders": _("Once the orders are booked:"),
    "book_item": _("Look at the ledger (kassekladde) in Dinero and book the item there. Then:"),
    "book_or_correct_item": _("Book or correct the item in Dinero, then:"),
    "charge_above_threshold": _("To book such orders with Danish VAT all the same:"),
    "charged_by_mistake": _(
        "If Danish VAT was charged by mistake, correct the shop and the order. Where VAT of "
        "{country} was charged, or Danish VAT is right all the same:\n"
    ),
    "charge_their_vat": _(
        "Let the shop charge the VAT of {country} ({rates:percent}). For an order sold with Danish "
        "VAT ask your bookkeeper, and make the invoice in Dinero by hand. Then:"
    ),
    "charged_other_rate": _(
        "If the shop charged the wrong rate, correct it there for orders to come. For this one ask "
        "your bookkeeper how much VAT of {country} is in it, and make the invoice in Dinero by "
        "hand. Then:"
    ),
    "check_time": _(
        "Check the time of the order in the shop and shoporama.time_zone in the configuration, "
        "then:"
    ),
    "choose_country": _(
        "Choose the country on the order in the shop; the order is then read again by itself. Or, "
        "where the shop keeps the country under another name (`{program} show {order} --json` "
        "shows all names), say so in the configuration:\n"
    ),
    "collected_in_denmark": _(
        "If buyers collect the goods in Denmark by this method, say so in the configuration:"
    ),
    "collective_method": _(
        "Without purchase prices only the collective method (samlemetoden) is left: write "
        "margin_scheme: {{method: collective}} in place of what stands there."
    ),
    "compare_same_sale": _("Compare them in Dinero. The same sale:"),
    "correct_buyer_in_dinero": _(
        "Before that, correct the VAT number or EAN of the contact (kontakt) in Dinero if it is "
        "wrong there. If the buyer needs an invoice with it, ask your bookkeeper."
    ),
    "correct_ean": _(
        "Look at the EAN number of the contact in Dinero and correct it, or send the invoice "
        "from there by hand. Then:"
    ),
    "correct_ean_of_order": _(
        "Correct the EAN number on the order in the shop, or empty it where the buyer has none; "
        "the order is then taken up by itself. Or make the invoice in Dinero by hand, then:"
    ),
    "correct_email": _(
        "Look at the e-mail address of the contact in Dinero and correct it, or send the "
        "invoice from there by hand. Then:"
    ),
    "correct_field": _(
        "Correct it in the shop; the order is then read again by itself. Or, where the shop keeps "
        "it under another name (`{program} show {order} --json` shows all names), say so in the "
        "configuration:\n"
    ),
    "ask_for_cvr": _(
        "If a business in Denmark buys, put its company name and its CVR number on the order in "
        "the shop; the order is then taken up by itself."
    ),
    "ask_for_cvr_of_public": _(
        "If the public body buys as a business that is registered for VAT, put its CVR number on "
        'the order in the shop as well, and let rule "{rule}" take such buyers (buyer: [business, '
        "public]); the order is then taken up by itself."
    ),
    "taxed_by_hand": _(
        "Otherwise 25 % VAT is due: make the invoice in Dinero by hand, with the VAT. Then:"
    ),
    "name_reversed_goods": _(
        "If goods of the order belong there too, name them in the rule. The order is then taken up "
        "by itself."
    ),
    "if_buyer_pays_vat": _(
        "If these are goods whose VAT a business pays itself (omvendt betalingspligt: mobile "
        "phones, game consoles, tablets, laptops), write reverse_charge: true into the rule below, "
        "and name an account for box C. If 25 % VAT is due, make the invoice in Dinero by hand, "
        "and then: `{program} adopt`. To book them without VAT:"
    ),
    "correct_number": _(
        "Correct the number on the order in the shop, or empty it for a consumer; the order is "
        "then taken up by itself."
    ),
    "correct_order": _("Correct the order in the shop; it is then read again by itself."),
    "correct_refused_field": _(
        "Correct it on the order in the shop (it may be missing, too long, or of another form than "
        "Dinero takes); the order is then taken up by itself. Or make the invoice in Dinero by "
        "hand, then:"
    ),
    "correct_total": _(
        "Correct the order in the shop (is its discount code more than its goods and freight?); "
        "it is then read again by itself."
    ),
    "correct_vat": _(
        "Correct the VAT of the order or its products in the shop; it is read again by itself. If "
        "the shop names its VAT fields otherwise, say so under shoporama.fields: {{line_vat_rate: "
        "NAME, vat: NAME}}."
    ),
    "credit": _("Make a credit note (kreditnota) for invoice {invoice} in Dinero, then:"),
    "credit_after_skipping": _(
        "If it should, end this one in the same way, and credit the order again by "
        "`{program} credit`."
    ),
    "credit_the_rest_by_hand": _(
        "Put it right in Dinero with another credit note or invoice, and register there what is "
        "paid back. Then:"
    ),
    "credit_if_wrong": _(
        "If the invoice is wrong, correct it in Dinero with a credit note (kreditnota) and a new "
        "invoice. Then, and also if it is right:"
    ),
    "credit_and_invoice": _(
        "If the change is right, make a credit note (kreditnota) for invoice {invoice} in Dinero "
        "and a new invoice by hand, then:"
    ),
    "credit_later_by_hand": _(
        "Nothing of all that may be left in the books. Where something is, make a credit note "
        "(kreditnota) for it in Dinero by hand, and register there what is paid back; delete "
        "what is only a draft. Then, or if nothing is left:"
    ),
    "credit_rest_of_invoice": _("To have credited what is left of invoice {invoice}:"),
    "make_what_is_missing_by_hand": _(
        "Look whether all of that together says what the order says now. If not, make what is "
        "missing in Dinero by hand: a credit note (kreditnota) for what is no longer in the "
        "order, and an invoice for what is new. Then, or if nothing is missing:"
    ),
    "credit_if_off": _("If the sale is off, make a credit note (kreditnota) in Dinero. Then:"),
    "danish_vat_after_all": _(
        "If Danish VAT is right for {country} all the same, say so by a rule that names the "
        "country and the rate."
    ),
    "delete_wrong_payment": _("If one of the payments in Dinero is wrong, delete it there, then:"),
    "delete_wrong_refund": _("If one of them is wrong, delete it in Dinero, then:"),
    "discount_code": _("A plain discount code:"),
    "doctor_tells_rights": _("`{program} doctor` tells what the key may read."),
    "enter_purchase_price": _(
        "Enter the purchase price (indkøbspris) on the product in the shop, then:"
    ),
    "freight_under_another_name": _(
        "Where the shop keeps freight or the discount code's amount under another name "
        "(`{program} show {order} --json` shows all names), say so in the configuration:\n"
    ),
    "gift_card_by_hand": _("A gift card: book it in Dinero by hand, then adopt the order:"),
    "or_say_what_the_word_means": _(
        "Or say what the word means in your shop, new (not shipped yet), shipped or cancelled:"
    ),
    "give_known_status": _(
        "Give the order one of these statuses in the shop; it is then read again by itself."
    ),
    "if_books_stay": _("If the sale is as it was booked, nothing is to be done in Dinero. Say so:"),
    "if_it_is_not_there": _("If it isn't: book it there by hand, then adopt it:"),
    "if_margin_is_in_books": _("If it is:"),
    "if_margin_is_not": _("If it isn't, to post the margin now, dated as the invoice:"),
    "if_credited_by_hand": _("If those are right, end this one without a credit note:"),
    "if_nothing_to_credit": _("If nothing should be credited:"),
    "if_nothing_to_book": _("If nothing should be booked:"),
    "if_card_payments_are_right": _(
        "If they are right, see that the debt to the card's holder is settled too: in the ledger "
        "(kassekladde) {amount:amount} kr. from account {debt} (debit). Then:"
    ),
    "if_payments_are_right": _("If they are right:"),
    "if_sale_belongs_in_books": _(
        "If the sale belongs in the books, make the invoice in Dinero by hand, then adopt the "
        "order:"
    ),
    "invoice_by_hand": _("Ask your bookkeeper, and make the invoice in Dinero by hand. Then:"),
    "let_shop_charge": _(
        "A sale to a consumer in another EU country bears VAT (momsloven §§ 14 b and 21 e): "
        "Danish, or by OSS that of {country}. Let the shop charge it, and correct the order. If "
        "the buyer is a business, put its company name and VAT number on the order. For "
        "second-hand goods (brugtmoms) add a rule with a margin_scheme; for goods that are exempt, "
        "one with when: {{zone: eu, buyer: consumer, vat_rate: 0}}. The order is then taken up by "
        "itself."
    ),
    "let_shop_charge_business": _(
        "VAT of {country} is charged to consumers (OSS), and this buyer counts as a {buyer:word}. "
        "Let the shop charge no VAT to a business with a VAT number of another EU country, or else "
        "Danish VAT, and correct the order. The order is then taken up by itself."
    ),
    "let_the_key_read": _(
        "Give the key of shoporama.api_key the right to read {listed:word} under Account → Webshop "
        "→ API access in Shoporama, then:"
    ),
    "look_in_dinero": _("Look for it in Dinero. If it is there:"),
    "mend_draft": _(
        "If somebody edited the draft in Dinero, or the VAT of an account was changed, put that "
        "right, then:"
    ),
    "bring_contact_back": _("Bring the contact back in Dinero, then:"),
    "mend_what_dinero_names": _(
        "Mend what Dinero names (often a number on the order, a closed accounting year, or an "
        "account), then:"
    ),
    "merge_contacts": _("Merge them in Dinero, or delete those that aren't used, then:"),
    "name_freight_by_id": _(
        "Look at the order in the shop. If it is collected in Denmark, name the method by its id; "
        "if it is sent, write elsewhere in place of in_denmark:"
    ),
    "move_to_sales": _(
        "In Dinero's ledger (kassekladde) post {amount:amount} {currency} from the gift card "
        "account {account} (debit) to the sales account {sales} (credit), both with their 25 % of "
        "VAT: the VAT evens out. Then:"
    ),
    "name_fee": _("If it is a fee of the checkout, which has the VAT of the goods, say so:"),
    "name_tip": _(
        "If it is a tip, say so, and add a rule for it (when: {{sku: tip}}) with the account that "
        "your bookkeeper names:"
    ),
    "new_rate": _("If {rate:percent} is a new rate of {country}, say so in the configuration:"),
    "no_rule_can_name": _(
        "The line has no number either, so no rule can name it. Make the invoice in Dinero by "
        "hand, then:"
    ),
    "not_collected": _("If they are sent by it:"),
    "or_add_rule_by_number": _(
        "Or without the right: add a rule for it by its number, before the rules that ask the "
        "catalogue (ask your bookkeeper which account is right):"
    ),
    "or_name_gateway": _(
        "Or name the gateway by its id in the entry that is to take it: when: {{gateway_id: "
        "{gateway}}}"
    ),
    "or_write_country": _(
        "Or look at the order in the shop and write the country's ISO code in place of XX:"
    ),
    "place_inside": _(
        "A postal code of {country} that begins with {codes} is {place:word}, which counts as the "
        "EU for goods. If the postal code is wrong, correct it in the shop."
    ),
    "place_outside": _(
        "A postal code of {country} that begins with {codes} is {place:word}, outside the EU's VAT "
        "area. If the postal code is wrong, correct it in the shop."
    ),
    "place_outside_by_digits": _(
        "A postal code of Denmark with three digits is one of the Faroe Islands, outside the EU's "
        "VAT area. If the postal code is wrong (København C is 0900, not 900), correct it in the "
        "shop."
    ),
    "choose_own_day": _(
        "You choose the day; ask your bookkeeper. To post it on its own day, {day} (VAT in it then "
        "belongs to the return that was sent in, which has to be corrected):"
    ),
    "open_accounting_year": _(
        "Create or reopen the year in Dinero; where it was closed, ask your bookkeeper. The order "
        "is then tried again later, or at once by:"
    ),
    "or_choose_open_day": _(
        "Or on the first open day, or any later one up to today (VAT in it then comes into the "
        "next return; an invoice tells when the order was paid or shipped, a voucher the bill's "
        "own day):"
    ),
    "say_last_reported_day": _(
        "Write the last day of the last VAT period that was reported, or leave the key out."
    ),
    "say_received_at_once": _(
        "If the money comes with the order, as by bank transfer, say so in the payment type's "
        "entry. The order then becomes an invoice of the day it was paid:"
    ),
    "or_say_received_when_shipped": _(
        "Or if the money is only reserved until the goods are sent, say that. The invoice then has "
        "the day of shipping, and so has the payment:"
    ),
    "or_invoice_by_hand": _("Or make the invoice in Dinero by hand, then:"),
    "post_as_export": _(
        "Ask your bookkeeper; to post them as an ordinary export, put a rule with zone: world "
        "before the one with margin_scheme:"
    ),
    "prices_with_vat": _(
        "Let the shop state what a piece costs with VAT. If it does so under another name, say so "
        "in the configuration; the order is then read again by itself:"
    ),
    "read_by_next_run": _("Nothing yet: the next run reads at Dinero what happened and goes on."),
    "register_for_oss": _(
        "Register for OSS, let the shop charge each country's VAT, and post it by a rule. For this "
        "order, sold with Danish VAT:"
    ),
    "say_exchange_rate": _(
        "Say what the provider pays out for one unit of the currency, as exchange_rate of the "
        "payment type, or register the payment in Dinero by hand. Then:"
    ),
    "see_request": _("See the request with:"),
    "say_redeemed_account": _(
        "Say on which deposit account (indbetalingskonto) such payments are registered; one for "
        "them alone, from which the debt is settled by itself:"
    ),
    "settle_all_by_hand": _(
        "Or make the invoice in Dinero by hand, in full, and settle it against the gift card "
        "account. Then:"
    ),
    "settle_part_by_hand": _(
        "Or make the invoice in Dinero by hand, in full, and settle the card's part against the "
        "gift card account. Then:"
    ),
    "settle_other_currency_by_hand": _(
        "Make the invoice in Dinero by hand, in full, and settle the card's part against the gift "
        "card account, with the kroner that it was sold for. Then:"
    ),
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
    "sold_with_vat_after_all": _("An order sold with VAT after all is taken up by itself."),
    "switch_integration_off": _(
        "If Shoporama's own Dinero integration is still on, switch it off first."
    ),
    "taxed_outside": _(
        "A sale to there is an export and bears no VAT, neither Danish nor that of the country "
        "(momsloven § 34): let the shop charge none. For an order sold with VAT ask your "
        "bookkeeper, and make the invoice in Dinero by hand. Then:"
    ),
    "their_vat_by_oss": _("If it is the VAT of {country}, let a rule for OSS take it."),
    "to_delete_draft": _("To delete the draft:"),
    "to_see_what_dinero_holds": _("To see what Dinero holds:"),
    "write_country": _(
        "Look at the order in the shop and write the country's ISO code in place of XX:"
    ),
    "make_what_is_proposed": _("If that is right, have it made:"),
    "or_credit_by_hand": _(
        "Or make a credit note (kreditnota) for invoice {invoice} in Dinero by hand, then:"
    ),
    "or_make_it_by_hand": _("Or make it in Dinero by hand, then:"),
    "register_what_went_back": _(
        "Look at the invoice in Dinero. What was paid back, register there as a negative payment "
        "of the day and from the account that it went back. Then, or if nothing was:"
    ),
    "register_refund_by_hand": _(
        "Register in Dinero, as a negative payment on the invoice, what was paid back ({amount} "
        "{currency}) and from where. Then:"
    ),
    "credit_chargeback": _("If the sale is off, credit what was taken back:"),
    "or_owe_again": _("If the buyer owes the money again, open the invoice again:"),
    "chargeback_by_hand": _(
        "If you book it in Dinero by hand, or object to it at the provider, end this here; should "
        "the money come back, you are told:"
    ),
    "payment_after_chargeback": _(
        "Register the money in Dinero as paid, on the order's invoice where it is open again, or "
        "on a new invoice where it was credited. Then:"
    ),
    "credit_return_yourself": _(
        "Look at the return in the shop, and credit what came back, with the number and count of "
        "each product:"
    ),
    "credit_return_in_dinero": _(
        "If it is to be credited, make a credit note (kreditnota) in Dinero by hand. Then end this:"
    ),
    "end_return": _("Then, or if nothing is to be credited, end this:"),
    "write_bill_beside": _(
        "Look at the bill, and write what it says into a file {yaml} in the same folder; the bill "
        "is then read from that:"
    ),
    "put_source_back": _(
        "Put the source back under payouts.sources, with the same id; the payout then goes on by "
        "itself."
    ),
    "put_file_back": _("Put the file back into the inbox; the bill then goes on by itself."),
    "correct_bill_rule": _(
        "Look at the bill. If it is right, correct the rule {rule} under bills.rules in the "
        "configuration; the bill is then taken up by itself. By what is on it:"
    ),
    "or_bill_by_hand": _("Or make the voucher in Dinero by hand, then:"),
    "is_in_the_books_already": _("If it is in the books already, end it here:"),
    "or_post_earlier_bills": _("If bills of that time are to be posted, say so:"),
    "add_bill_rule": _(
        "Add a rule (ask your bookkeeper for the account and the VAT code); the bill is then taken "
        "up by itself:"
    ),
    "say_what_was_paid": _(
        "Look at your bank or card statement. Write this into a file beside the bill that has its "
        "name and ends in .yaml, with what was paid in place of 0.00; the bill is then taken up by "
        "itself:"
    ),
    "or_leave_bill_open": _(
        "Or let the rule leave such bills open until you register the payment in Dinero, in place "
        "of paid_from:"
    ),
    "regions_by_hand": _("Make the voucher in Dinero by hand, in two parts, then:"),
    "say_country": _(
        "Write the supplier's country into the rule {rule} under bills.rules; the bill is then "
        "taken up by itself:"
    ),
    "if_bill_was_corrected": _(
        "Look at both bills. If the supplier corrected the first, correct the voucher in Dinero by "
        "hand. Then:"
    ),
    "if_bill_is_another": _(
        "If it is another bill, as where credit notes are numbered apart, write this into a file "
        "{yaml} beside it; it is then posted under a number of its own:"
    ),
    "if_it_is_this_bill": _("Look at that voucher. If it is this bill:"),
    "if_it_is_another_bill": _("If it is another one, have this bill posted as well:"),
    "correct_voucher_draft": _(
        "Correct the draft in Dinero, or delete it: then it is made anew. Then:"
    ),
    "correct_booked_voucher": _("Correct it in Dinero if it is wrong. Then:"),
    "if_nothing_to_post": _("If the bill isn't to be posted:"),
    "if_bill_belongs_in_books": _("If it belongs in the books, have a new one made:"),
}
