"""What is to happen, in order of time; at one instant as the contract of events says.

An entry is (instant, rank, deal, node, visit, what it is about). For arrivals the deal is the
source's number, for openings the table's.
"""

from typing import Any, TypeAlias

Entry: TypeAlias = tuple[int, int, int, int, int, Any]
Agenda: TypeAlias = list[Entry]  # a heap

END = 0
EXPIRE = 1  # the innermost; those of outer scopes have greater ranks
ESCALATE = 1_000_000
OPENING = 1_000_001
ARRIVAL = 1_000_002
