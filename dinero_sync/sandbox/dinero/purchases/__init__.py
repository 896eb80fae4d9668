"""What the company buys: its documents as files, purchase vouchers, credit notes, payments."""
