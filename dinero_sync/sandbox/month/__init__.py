"""A month of a shop, the second act of ``make demo``: what was sold, and what came of the money."""
