"""What we meant to do and what came of it: journal, watermark, tokens, lock, atomic files."""
