"""From the data of steps to Step nouns, at every depth of blocks."""

from typing import Any

from salesflow.names import listed
from salesflow.nouns import FrozenMap
from salesflow.process.binding import Binder, common
from salesflow.process.build_results import build_results
from salesflow.process.people import People
from salesflow.process.steps import Block, Branch, Escalation, Run, Sla, Step, Timeout, Work
from salesflow.process.survey import Scope, inside
from salesflow.process.values import distribution, duration, fillings, share
from salesflow.source.located import Map, Seq, key_span, value_span


class StepBuilder:
    """Builds the steps of one process; everything wrong goes to the binder."""

    def __init__(self, binder: Binder, people: People, stages: Map, processes: Any) -> None:
        """Take what steps may refer to."""
        self.binder = binder
        self.people = people
        self.stages = stages
        self.processes = processes

    def steps(self, scope: Scope) -> FrozenMap[str, Step]:
        """The steps of one scope."""
        arriving = _arrivals(scope)
        return FrozenMap(
            {name: self.step(scope, name, arriving.get(name, set())) for name in scope.steps}
        )

    def step(self, scope: Scope, name: str, arriving: set[str]) -> Step:
        """One step: work, block or run."""
        data = scope.steps[name]
        path = f"{scope.path}.{name}"
        node = inside(scope.node, name)
        fields = common(scope.steps, name, path=path, node=node)
        fields.update(
            scope=scope.node,
            stage=self._stage(data, path, scope),
            requires=self.binder.field_names(data, "requires", path=path),
            sla=self._sla(data, path),
            timeout=self._timeout(data, path),
            wait_for=self._wait_for(scope, name, arriving),
            next=build_results(scope, name, self.binder),
        )
        if "parallel" in data:
            return self._block(data, path, node, fields)
        if "run" in data:
            return self._run(data, path, fields)
        return self._work(data, path, fields)

    def _work(self, data: Map, path: str, fields: dict[str, Any]) -> Work:
        by = self._role(data, "by", path)
        return Work(
            **fields,
            by=by,
            with_=self._with(data, by, path),
            facing=data.get("facing", "internal"),
            captures=fillings(data, "captures", self.binder, path=path),
            effort=distribution(data, "effort", "effort", self.binder, path=f"{path}.effort"),
            wait=self._wait(data, path),
            escalate=self._escalation(data, path),
        )

    def _wait(self, data: Map, path: str) -> Any:
        wait = distribution(data, "wait", "duration", self.binder, path=f"{path}.wait")
        if wait is not None and getattr(wait, "basis", "elapsed") != "elapsed":
            self.calendar_needed(data, value_span(data, "wait"), "wait", path)
        return wait

    def _block(self, data: Map, path: str, node: str, fields: dict[str, Any]) -> Block:
        parallel = data["parallel"]
        branches = {name: self._branch(parallel, name, path, node) for name in parallel}
        join, need = _join(data)
        if need > len(branches):
            self.binder.wrong(
                value_span(data, "join"),
                f"`{node}` waits for {need} branches, but has only {len(branches)}.",
                path=f"{path}.join",
                hint=f"Write `join: all`, or at most `{{at_least: {len(branches)}}}`.",
            )
        return Block(**fields, branches=FrozenMap(branches), join=join, need=need)

    def _branch(self, parallel: Map, name: str, path: str, node: str) -> Branch:
        data = parallel[name]
        where = f"{path}.parallel.{name}"
        scope = Scope(f"{node}.{name}", f"{where}.steps", data.get("steps", Map()))
        steps = self.steps(scope)
        start = data.get("start") or next(iter(scope.steps), "")
        if "start" in data:
            span = value_span(data, "start")
            self.binder.known("step in this branch", start, steps, span=span, path=f"{where}.start")
        if start in steps and steps[start].wait_for:
            self.start_waits(data, start, f"{where}.start", key_span(parallel, name))
        return Branch(
            **common(parallel, name, path=where, node=scope.node),
            block=node,
            start=inside(scope.node, start),
            when=self.binder.expression(data, "when", path=f"{where}.when"),
            steps=steps,
        )

    def start_waits(self, data: Map, start: str, path: str, otherwise: Any) -> None:
        """Find a start at a meeting point: nothing would ever arrive there."""
        span = value_span(data, "start") if "start" in data else otherwise
        self.binder.wrong(
            span,
            f"`{start}` waits for other steps (`wait_for`), so nothing may start there.",
            path=path,
            hint="Start at a step without `wait_for`.",
        )

    def _run(self, data: Map, path: str, fields: dict[str, Any]) -> Run:
        name = data["run"]
        hint = "Name its file under `use:`."
        span = value_span(data, "run")
        self.binder.known("process", name, self.processes, span=span, path=f"{path}.run", hint=hint)
        return Run(**fields, process=name)

    def _stage(self, data: Map, path: str, scope: Scope) -> str | None:
        stage = data.get("stage")
        if stage is None:
            return None
        if scope.node:
            self.binder.wrong(
                key_span(data, "stage"),
                "A step inside a branch has no stage: a deal cannot be in several at once.",
                path=f"{path}.stage",
                hint=f"Give `{scope.node.rpartition('.')[0]}`, the block, the stage.",
            )
            return None
        if stage not in self.stages:
            span = value_span(data, "stage")
            hint = f"Declare it: `stages: {{{stage}: {{win_chance: 40%}}}}`."
            where = f"{path}.stage"
            self.binder.unknown("stage", stage, self.stages, span=span, path=where, hint=hint)
        return str(stage)

    def _sla(self, data: Map, path: str) -> Sla | None:
        spec = data.get("sla")
        if not isinstance(spec, Map):
            return None
        within = duration(spec, "within")
        if within is None:
            return None
        self._business(data, spec, "within", f"{path}.sla")
        return Sla(within=within, target=share(spec, "target"))

    def _timeout(self, data: Map, path: str) -> Timeout | None:
        spec = data.get("timeout")
        if not isinstance(spec, Map) or "result" not in spec:
            return None
        after = duration(spec, "after")
        if after is None:
            return None
        self._business(data, spec, "after", f"{path}.timeout")
        results = data.get("next", Map())
        if spec["result"] not in results:
            self.binder.unknown(
                "result of this step",
                spec["result"],
                results,
                span=value_span(spec, "result"),
                path=f"{path}.timeout.result",
                hint=f"Add it: `next: {{{spec['result']}: …}}`.",
            )
        return Timeout(after=after, result=spec["result"])

    def _escalation(self, data: Map, path: str) -> Escalation | None:
        spec = data.get("escalate")
        if not isinstance(spec, Map) or "by" not in spec:
            return None
        after = duration(spec, "after")
        by = self._role(spec, "by", f"{path}.escalate")
        if after is None or by is None:
            return None
        self._business(data, spec, "after", f"{path}.escalate")
        return Escalation(after=after, by=by)

    def _business(self, data: Map, spec: Map, key: str, path: str) -> None:
        span = duration(spec, key)
        if span is not None and span.business:
            self.calendar_needed(data, value_span(spec, key), key, path)

    def calendar_needed(self, data: Map, span: Any, key: str, path: str) -> None:
        """Find business time on a step whose people have no calendar."""
        role = self.people.roles.get(data.get("by", ""))
        if role is not None and role.calendar is not None and not role.external:
            return
        why = f"`{role.id}` has no calendar" if role else "nobody of ours does this step"
        if role is not None and role.external:
            why = f"`{role.id}` is external and has no office hours of ours"
        self.binder.wrong(
            span,
            f"Business time needs a calendar, but {why}.",
            path=f"{path}.{key}",
            hint="Write elapsed time such as `2d`, or give the role a calendar.",
            rule="bad-unit",
        )

    def _role(self, data: Map, key: str, path: str) -> str | None:
        if key not in data:
            return None
        name: str = data[key]
        if name in self.people.roles:
            return name
        return name if self._is_role(name, value_span(data, key), f"{path}.{key}") else None

    def _with(self, data: Map, by: str | None, path: str) -> tuple[str, ...]:
        names = data.get("with")
        if not isinstance(names, Seq):
            return ()
        kept = set()
        for place, name in enumerate(names):
            if name not in self.people.roles:
                self._is_role(name, value_span(names, place), f"{path}.with")
                continue
            if name == by:
                message = f"`{name}` already does this step (`by`)."
                hint = "Leave it out of `with`."
                self.binder.wrong(value_span(names, place), message, path=f"{path}.with", hint=hint)
            kept.add(name)
        return tuple(sorted(kept))

    def _is_role(self, name: str, span: Any, path: str) -> bool:
        department = self.people.departments.get(name)
        if department is not None and name not in self.people.roles:
            message = f"`{name}` is a department: say which of its roles does the work."
            roles = sorted(department.roles)
            hint = f"Write `{roles[0]}`." if len(roles) == 1 else f"One of {listed(roles)}."
            self.binder.wrong(span, message, path=path, hint=hint, rule="unknown-name")
            return False
        return self.binder.known("role", name, self.people.roles, span=span, path=path)

    def _wait_for(self, scope: Scope, name: str, arriving: set[str]) -> tuple[str, ...]:
        data = scope.steps[name]
        listed_steps = data.get("wait_for")
        if not isinstance(listed_steps, Seq):
            return ()
        path = f"{scope.path}.{name}.wait_for"
        known = set()
        for place, other in enumerate(listed_steps):
            span = value_span(listed_steps, place)
            if not self.binder.known("step here", other, scope.steps, span=span, path=path):
                continue
            known.add(other)
            if other not in arriving:
                self.binder.wrong(
                    span,
                    f"`{name}` waits for `{other}`, but no result of `{other}` leads to `{name}`.",
                    path=path,
                    hint=f"Let a result of `{other}` go `to: {name}`, or wait for less.",
                )
        for other in sorted(arriving - known):
            self.binder.wrong(
                value_span(data, "wait_for"),
                f"`{other}` leads to `{name}`, but `{name}` does not wait for it.",
                path=path,
                hint=f"`wait_for` lists every step with a transition here: add `{other}`.",
            )
        return tuple(sorted(inside(scope.node, other) for other in known))


def _arrivals(scope: Scope) -> dict[str, set[str]]:
    """Step -> the steps of this scope with a transition to it."""
    arriving: dict[str, set[str]] = {}
    for name, step in scope.steps.items():
        for result in step.get("next", Map()).values():
            to = result.get("to", ())
            for target in [to] if isinstance(to, str) else to:
                arriving.setdefault(target, set()).add(name)
    return arriving


def _join(data: Map) -> tuple[str, int]:
    join = data.get("join", "all")
    if isinstance(join, Map):
        return "at_least", int(join.get("at_least", 1))
    return str(join), 0
