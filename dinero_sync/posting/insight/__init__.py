"""What was decided, told: explanations, comparisons, totals, margins of a period."""
