"""What every part of a run works with: workplace, books of the company, pacing, the ledger."""
