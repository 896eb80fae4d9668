"""Money and papers: credit notes, margins, bills, payouts."""
