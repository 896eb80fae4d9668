"""What payment providers paid out, as it is posted: which movement is of which order."""
