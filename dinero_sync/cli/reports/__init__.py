"""What the commands tell, for people and for programs."""
