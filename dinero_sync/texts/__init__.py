"""What people are told, in their language: a sentence for each code, with its values.

Holds and next steps are data (``domain/hold.py``, ``domain/step.py``); sentences are made here,
where they are shown. English is what the catalogue is keyed by; Danish stands in
``locale/da/LC_MESSAGES/dinero_sync.po``, which ``make texts`` keeps in step. What else the commands
say stands in ``screens/``.
"""

__all__ = ["catalogue", "telling"]
