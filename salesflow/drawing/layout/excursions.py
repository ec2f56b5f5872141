"""Steps that lead only back, or out: they stand where they are first needed.

A step such as "call again" is reached from many places and leads to an earlier one. Behind the last
of those places it would draw all their lines along the whole picture; beside the first, lines from
later places lead back to it, as the deal does.
"""

from collections.abc import Sequence

from salesflow.drawing.layout.plan import Plan


def homeward(plan: Plan, ranks: Sequence[int]) -> Plan:
    """With every line as a loop back that comes to such a step from behind its first giver.

    ``ranks`` say how early each item is met. What leads to where a part of a picture breaks off
    leads on.
    """
    ends = {place for place, item in enumerate(plan.items) if item.node.kind == "outcome"}
    out = {place for place in ends if plan.items[place].node.path}
    ahead = {link.start for link in plan.links if link.main or not (link.back or link.end in out)}
    givers: dict[int, list[int]] = {}
    for link in plan.links:
        if not link.back and link.end not in ahead and link.end not in ends:
            givers.setdefault(link.end, []).append(ranks[link.start])
    links = []
    for link in plan.links:
        late = link.end in givers and ranks[link.start] > min(givers[link.end])
        links.append(link._replace(back=True) if late and not link.main else link)
    return plan._replace(links=tuple(links))
