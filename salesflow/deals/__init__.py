"""Real deals at run time: where a deal is, what it may do next, what is missing, what is overdue.

The token game is the judge: a deal's transitions are those of ``process/course.py``, played with
the deal's own values instead of every value there could be (docs/design/deals.md).
"""
