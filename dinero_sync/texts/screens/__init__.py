"""What screens say: a file for each command or two, with its sentences by their codes.

A code names its file first: ``status.company`` stands in ``status.py``, ``order.show.total`` in
``order/show.py``. A sentence that counts is a pair, for one and for many, of which the fact
``count`` chooses.
"""

__all__ = ["saying"]
