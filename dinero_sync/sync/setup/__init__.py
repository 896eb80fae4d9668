"""The first day: connecting, a first configuration, and the doctor's questions."""
