"""All processes of a site, with what is known of each: findings, figures, handoffs, pictures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from salesflow.analysis.chain import Chain, chain_of
from salesflow.analysis.crossings import Handoff
from salesflow.analysis.department import DepartmentView, view_of
from salesflow.analysis.handoffs import handoffs
from salesflow.analysis.load import RoleLoad, loads_of
from salesflow.analysis.maturity import Maturity, maturity
from salesflow.analysis.schedules import Schedules
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.drawing.diagram import Diagram
from salesflow.drawing.titles import title_of
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process
from salesflow.process.people import Department, Field
from salesflow.process.steps import Block, Step
from salesflow.reporting.drawn import Wanted, diagram_of
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.site.addresses import Places

MOST = 80  # boxes of a picture; more cannot be taken in at a glance


class Chart(Noun):
    """One process and all that is known of it.

    ``kept`` are its figures, ``stale`` says why they may not be those of this version. ``findings``
    are those in files of its own; ``base`` is the id of what it is a variant of, if that is shown
    too; ``runs_in`` are the processes that run it.
    """

    process: Process
    kept: Kept = Kept()
    stale: str = ""
    findings: tuple[Finding, ...] = ()
    base: str = ""
    runs_in: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the process."""
        return self.process.id

    @property
    def title(self) -> str:
        """What the process is called."""
        return title_of(self.process)

    @property
    def kind(self) -> str:
        """A variant of what is shown, a sub-process that others run, or a process."""
        return "variant" if self.base else "sub-process" if self.runs_in else "process"

    @cached_property
    def places(self) -> Places:
        """Where its elements are told of."""
        steps = self.process.nodes.values()
        results = frozenset(result.path for step in steps for result in step.next.values())
        return Places(process=self.id, steps={step.path for step in steps}, results=results)

    @cached_property
    def handoffs(self) -> tuple[Handoff, ...]:
        """Who hands over to whom."""
        return handoffs(self.process)

    @cached_property
    def departments(self) -> Mapping[str, DepartmentView]:
        """What the process says to each department that has any part in it."""
        views = {name: view_of(self.process, name) for name in self.process.departments}
        return {name: view for name, view in views.items() if takes_part(view)}

    @cached_property
    def chain(self) -> Chain:
        """What its shares say."""
        return chain_of(self.process)

    @cached_property
    def loads(self) -> Mapping[str, RoleLoad]:
        """What its shares ask of each role."""
        return loads_of(self.process, self.chain, Schedules(self.process)).roles

    @cached_property
    def level(self) -> Maturity:
        """How far it is described."""
        return maturity(self.process)

    @cached_property
    def change(self) -> Diff | None:
        """What it changes as a variant; None where it is none.

        That it is one is left out, and what an hour of somebody costs, which is for no page.
        """
        if self.process.base is None:
            return None
        from salesflow.changes.comparing import changed  # slow to import
        from salesflow.changes.departments import per_department

        base, process = self.process.base.process, self.process
        diff = changed(base, process)
        edits = tuple(edit for edit in diff.edits if _for_all(edit))
        told = per_department(edits, base, process, matching=diff.matching)
        return diff.replace(edits=edits, departments=told)

    @cached_property
    def flow(self) -> Diagram:
        """Its flow with blocks open, with its findings and figures on it."""
        return self.view("flow")

    @cached_property
    def birds_eye(self) -> Diagram:
        """Who hands over to whom in it."""
        return self.view("departments")

    def view(self, name: str, depth: int | None = None) -> Diagram:
        """One of its pictures. What is to be said of stale figures is not said in it again."""
        found, result = self.findings, self.kept.result
        wanted = Wanted(view=name, findings=found, result=result, doubt="", depth=depth)
        return diagram_of(self.process, wanted, chain=self.chain if result is None else None)

    @cached_property
    def arriving(self) -> Mapping[str, tuple[str, ...]]:
        """Step -> the touchpoints for deals that are handed over there, sorted."""
        found: dict[str, set[str]] = {}
        for each in self.handoffs:
            found.setdefault(each.at, set()).update(each.covered_by)
        return {at: tuple(sorted(names)) for at, names in found.items()}

    @cached_property
    def beside(self) -> Diagram | None:
        """Of a variant its flow beside that of its base, what changed marked; None of others."""
        if self.process.base is None:
            return None
        against = self.process.base.process
        return diagram_of(self.process, Wanted(against=against), fits=_fits)

    def handed(self, touchpoint: str) -> tuple[Handoff, ...]:
        """The handoffs that a touchpoint is the contract for."""
        return tuple(each for each in self.handoffs if touchpoint in each.covered_by)

    def label(self, node: str) -> str:
        """What a step, source or outcome is called; what is run by its own name at the end."""
        known: Any = self._named.get(node)
        if known is not None:
            return str(known.heading)
        return node.rpartition(".")[2].replace("_", " ").capitalize()

    def named(self, node: str) -> bool:
        """Whether it is a step, a branch, a source or an outcome."""
        return node in self._named

    def address(self, node: str) -> str:
        """Where a node is told of; what is run, where it is run."""
        while node and node not in self._named:
            node = node.rpartition(".")[0]
        return self.places.of(self._named[node].path) if node else ""

    @cached_property
    def _named(self) -> Mapping[str, Any]:
        process = self.process
        blocks = (step for step in process.nodes.values() if isinstance(step, Block))
        branches = {branch.node: branch for block in blocks for branch in block.branches.values()}
        return {**process.sources, **process.outcomes, **branches, **process.nodes}

    def way(self, transition: str) -> str:
        """A transition for reading: ``Discovery (real need)``; a source by its name."""
        node, dot, result = transition.rpartition(".")
        known = result.replace("_", " ")
        return f"{self.label(node)} ({known})" if dot else self.label(transition)

    def field(self, name: str) -> str:
        """What a field is called."""
        known = self.process.data.get(name)
        return known.title if known is not None else name.replace("_", " ")

    def department(self, name: str) -> str:
        """What a department is called."""
        known = self.process.departments.get(name)
        return known.heading if known is not None else name.replace("_", " ").capitalize()

    def role(self, name: str) -> str:
        """What a role is called."""
        known = self.process.roles.get(name)
        return known.title if known is not None else name.replace("_", " ")

    def stage(self, step: Step) -> str:
        """What the stage of a step is called."""
        known = self.process.stages.get(step.stage or "")
        return known.heading if known is not None else ""


def _for_all(edit: Edit) -> bool:
    return edit.rule != "process-renamed" and edit.field != "cost_per_hour" and not edit.waived


def _fits(diagram: Diagram) -> bool:
    return len(diagram.nodes) <= MOST


class Atlas(Noun):
    """All charts by id: processes as given, what they run behind them."""

    charts: FrozenMap[str, Chart]
    findings: tuple[Finding, ...] = ()
    title: str = ""

    @cached_property
    def departments(self) -> Mapping[str, Department]:
        """Every department of any process, ours before those outside."""
        found: dict[str, Department] = {}
        for chart in self.charts.values():
            for name, department in chart.process.departments.items():
                found.setdefault(name, department)
        return dict(sorted(found.items(), key=lambda pair: pair[1].external))

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field of a deal, as the first process that has it declares it."""
        found: dict[str, Field] = {}
        for chart in self.charts.values():
            for name, known in chart.process.data.items():
                found.setdefault(name, known)
        return found

    def sharing(self, department: str) -> tuple[Chart, ...]:
        """The charts in which a department has a part."""
        return tuple(c for c in self.charts.values() if department in c.departments)

    @property
    def mains(self) -> tuple[Chart, ...]:
        """What stands for itself: neither a variant of what is shown, nor only run by others."""
        return tuple(c for c in self.charts.values() if not c.base and not c.runs_in)

    def below(self, chart: Chart) -> tuple[Chart, ...]:
        """The variants of a process that are shown too."""
        return tuple(c for c in self.charts.values() if c.base == chart.id)

    def ordered(self) -> Iterator[tuple[int, Chart]]:
        """Every chart, each followed by its variants, with how deep it lies."""
        waiting = [(0, c) for c in reversed([*self.charts.values()]) if not c.base]
        while waiting:
            depth, chart = waiting.pop()
            yield depth, chart
            waiting.extend((depth + 1, below) for below in reversed(self.below(chart)))


def takes_part(view: DepartmentView) -> bool:
    """Whether a department has anything to do with a process."""
    return any((view.sources, view.entries, view.exits, view.tasks, view.escalations))


def with_runs(processes: Iterable[Process]) -> tuple[Process, ...]:
    """The processes, and behind them what they run, each once."""
    found: dict[str, Process] = {}
    waiting: Sequence[Process] = [*processes]
    while waiting:
        for process in waiting:
            found.setdefault(process.id, process)
        inner = [one for process in waiting for one in process.runs.values()]
        waiting = [one for one in inner if one.id not in found]
    return tuple(found.values())
