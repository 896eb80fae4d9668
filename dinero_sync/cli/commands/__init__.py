"""The commands by their subjects. These modules import click alone, so that help comes at once.

What a command needs, it imports when it is called.
"""
