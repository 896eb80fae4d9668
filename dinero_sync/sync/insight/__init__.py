"""What the rules do, did and would do: reads, and never writes."""
