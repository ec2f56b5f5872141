"""Small algorithms on graphs given as dicts: iterative, linear, without networkx.

networkx takes longer to import than a whole check may take, so ``check`` has its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N")

Successors = Mapping[N, Collection[N]]


def reached(starts: Iterable[N], successors: Successors[N]) -> set[N]:
    """Every node that can be reached from ``starts``, themselves included."""
    return reached_anew(starts, successors, set())


def reached_anew(starts: Iterable[N], successors: Successors[N], known: set[N]) -> set[N]:
    """As ``reached``, without what is ``known``; what is reached becomes known."""
    fresh = {node for node in starts if node not in known}
    waiting = list(fresh)
    while waiting:
        for other in successors.get(waiting.pop(), ()):
            if other not in fresh and other not in known:
                fresh.add(other)
                waiting.append(other)
    known |= fresh
    return fresh


def turned(follow: Sequence[Iterable[int]]) -> list[list[int]]:
    """The numbers right before each, where ``follow`` has those right behind each."""
    before: list[list[int]] = [[] for _ in follow]
    for number, following in enumerate(follow):
        for other in following:
            before[other].append(number)
    return before


def leading_to(goals: Iterable[int], before: Sequence[Iterable[int]]) -> set[int]:
    """The numbers from which a goal is reached, goals included; -1 is before all and left out."""
    waiting = list({goal for goal in goals if goal >= 0})
    found = set(waiting)
    while waiting:
        new = [number for number in before[waiting.pop()] if number not in found]
        found.update(new)
        waiting.extend(new)
    return found


def components(nodes: Iterable[N], successors: Successors[N]) -> list[list[N]]:
    """The strongly connected components, each after those it leads to (Tarjan 1972).

    ``nodes`` is the part of the graph to look at; edges that lead out of it do not count.
    """
    within = dict.fromkeys(nodes)
    number: dict[N, int] = {}
    low: dict[N, int] = {}
    open_: dict[N, None] = {}  # a stack of nodes whose component is not known, with fast lookup
    found: list[list[N]] = []
    for root in within:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        open_[root] = None
        path = [(root, iter(successors.get(root, ())))]
        while path:
            node, others = path[-1]
            for other in others:
                if other not in within:
                    continue
                if other not in number:
                    number[other] = low[other] = len(number)
                    open_[other] = None
                    path.append((other, iter(successors.get(other, ()))))
                    break
                if other in open_:
                    low[node] = min(low[node], number[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    found.append(_close(open_, node))
    return found


def _close(open_: dict[N, None], root: N) -> list[N]:
    """Take the nodes down to ``root`` off the stack."""
    component = []
    while True:
        node = open_.popitem()[0]
        component.append(node)
        if node == root:
            return component


def circular(component: Collection[N], successors: Successors[N]) -> bool:
    """Whether a strongly connected component has a circle: several nodes, or an edge to itself."""
    if len(component) > 1:
        return True
    return any(node in successors.get(node, ()) for node in component)
