"""What is printed about money on its way: clearing accounts."""
