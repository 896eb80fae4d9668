"""What is handed to others: evidence, a closed period, the description of procedures."""
