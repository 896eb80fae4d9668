def sub(path, old, new, n=1):
    s=open(path).read()
    assert s.count(old)>=1, (path, old)
    s=s.replace(old,new,n); open(path,'w').write(s)
sub('dinero_sync/sync/run/result.py','import SALE, OrderRecord, Rung, Standing','import SALE, DocumentKind, OrderRecord, Rung, Standing')
H='dinero_sync/texts/holds.py'
sub(H,'''        "The invoice is booked, and the ledger item that takes what a gift card (gavekort) paid off "
        "the debt to its holder would be dated {day}. dinero.closed_until says that the books are "
        "closed up to {closed_until}. The item isn't posted. It moves no VAT."''','''        "The invoice is booked, and the ledger item that takes what a gift card (gavekort) paid "
        "off the debt to its holder would be dated {day}. dinero.closed_until says that the books "
        "are closed up to {closed_until}. The item isn't posted. It moves no VAT."''')
N='dinero_sync/texts/next_steps.py'
s=open(N).read()
a=s.index('    "settle_all_by_hand": _('); b=s.index('    "settlement_add_source"')
s=s[:a]+'''    "settle_all_by_hand": _(
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
'''+s[b:]
open(N,'w').write(s)
U='dinero_sync/posting/gift_cards/used.py'
sub(U,'(sentence("settle_part_by_hand"), command("adopt", ORDER)),\n            paid=sale.order.voucher_amount,\n            currency','(sentence("settle_other_currency_by_hand"), command("adopt", ORDER)),\n            paid=sale.order.voucher_amount,\n            currency')
