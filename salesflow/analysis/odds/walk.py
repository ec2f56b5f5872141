"""Follows deals through a process and all that runs in it, inner scopes first."""

from collections.abc import Iterator

from salesflow.analysis.odds.beside import rough
from salesflow.analysis.odds.branches import Blocks, Visit
from salesflow.analysis.odds.course import Course, Explorer
from salesflow.analysis.odds.memory import Key, Memory, TooMany
from salesflow.analysis.odds.scopes import Scope, Spot
from salesflow.analysis.odds.steps import End, Ends, Worth
from salesflow.analysis.odds.view import Views
from salesflow.analysis.runs import inner_first
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run

MOST_STATES = 4_000  # of one process, beside one for each step: a second or so


class Walk:
    """Everything that was followed; ``notes`` say where it is not exact."""

    def __init__(self, process: Process, views: Views) -> None:
        """Nothing is followed yet."""
        self.process = process
        self.views = views
        self.ends = Ends(views)
        self.courses: list[Course] = []  # inner ones first
        self.notes = dict.fromkeys(note for part in inner_first(process) for note in rough(part))
        self.left = MOST_STATES + sum(len(part.nodes) for part in views.parts)
        self._known: dict[tuple[str, str, Memory], Course] = {}
        self._scopes: dict[str, Scope] = {}
        self._blocks = Blocks(self.ends, self.course, self.notes)

    def course(self, scope: Scope, start: str, memory: Memory) -> Course:
        """The solved chain of a scope entered with a memory."""
        key = (scope.prefix, start, memory)
        found = self._known.get(key)
        if found is None:
            explorer = Explorer(
                scope,
                ends_of=self._ends,
                value=self.views.value,
                drawn=self.ends.drawn,
                look=self._look,
                spend=self._spend,
            )
            found = self._known[key] = explorer.explore(scope.spot(start), memory)
            self.courses.append(found)
            for name in sorted(found.clashing):
                self.notes[f"threads of `{name}` change what others of them look at"] = None
            for name in sorted(found.withdrawn):
                self.notes[f"`{name}` can end what still runs beside it"] = None
        return found

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMany

    def _look(self, spot: Spot) -> None:
        spot.fresh = False
        if spot.is_plain(self.views):
            spot.ways = self.ends.plain(spot)

    def _ends(self, course: Course, state: int, spot: Spot, memory: Memory) -> Iterator[End]:
        memory = self.ends.visit(spot, memory)
        step = spot.step
        if isinstance(step, Block):
            return self._blocks.of(step, Visit(course, state, spot), memory)
        if isinstance(step, Run):
            return self._run(step, Visit(course, state, spot), memory)
        return self.ends.of(spot, memory)

    def _run(self, step: Run, visit: Visit, memory: Memory) -> Iterator[End]:
        """A process that is run."""
        spot = visit.spot
        scope = self._scopes.get(spot.path)
        view = self.views.of[step.process]
        if scope is None:
            outer: frozenset[Key] = frozenset()
            for result in step.next.values():
                for target in result.targets:
                    outer |= spot.scope.kept(spot.scope.place(target, result))
            scope = self._scopes[spot.path] = Scope(view, f"{spot.path}.", outer)
        (source,) = view.process.sources.values()
        inner = self.course(scope, source.start, memory)
        visit.course.within.append((visit.state, 1.0, inner))
        for exit_ in inner.exits:
            if exit_.share:
                worth = Worth(exit_.scale / exit_.share, exit_.shift / exit_.share)
                end = End(exit_.share, None, exit_.memory, worth)
                yield self.ends.named(spot, exit_.name, end)
