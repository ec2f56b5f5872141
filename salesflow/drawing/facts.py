"""What a picture tells of an element beside its name: short sentences for a tooltip."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from salesflow.distributions import Distribution
from salesflow.process.model import Outcome, Process, Source, Touchpoint
from salesflow.process.people import Element
from salesflow.process.steps import Block, Run, Step, Work
from salesflow.quantities import format_share


def arriving(process: Process) -> Mapping[str, tuple[Touchpoint, ...]]:
    """Node -> the touchpoints that are the contract for handoffs that arrive there."""
    if not process.touchpoints:
        return {}
    from salesflow.analysis.handoffs import handoffs  # nothing to look for without contracts

    found: dict[str, dict[str, None]] = {}
    for handoff in handoffs(process):
        found.setdefault(handoff.place, {}).update(dict.fromkeys(handoff.covered_by))
    return {
        place: tuple(process.touchpoints[name] for name in sorted(names))
        for place, names in found.items()
    }


def of_step(
    process: Process, step: Step, contracts: Iterable[Touchpoint], stages: Iterable[str] = ()
) -> tuple[str, ...]:
    """What a step is about, in the order in which a visit goes."""
    return tuple(_of_step(process, step, contracts, stages))


def _of_step(
    process: Process, step: Step, contracts: Iterable[Touchpoint], stages: Iterable[str]
) -> Iterator[str]:
    yield from _described(step)
    yield from (_contract(process, each) for each in contracts)
    if step.wait_for:
        others = [_title(process.nodes, name) for name in sorted(step.wait_for)]
        yield f"Waits for {_listed(others)}."
    if step.requires:
        yield f"Needs {_fields(process, step.requires)}."
    if isinstance(step, Work):
        yield from _work(process, step)
    elif isinstance(step, Run):
        yield f"Runs {_title(process.runs, step.process)}."
    elif isinstance(step, Block):
        branches = [branch.title for branch in step.branches.values()]
        yield f"Side by side: {_listed(sorted(branches))}."
    yield from _times(step)
    names = [_title(process.stages, name) for name in sorted(stages) if name]
    if names:
        yield f"Stage in the CRM: {' or '.join(names)}."


def _work(process: Process, step: Work) -> Iterator[str]:
    if step.by:
        helpers = [_title(process.roles, name) for name in sorted(step.with_)]
        others = f" with {_listed(helpers)}" if helpers else ""
        yield f"Done by {_title(process.roles, step.by)}{others}."
    if step.effort is not None:
        yield f"Hands-on time: {spread(step.effort)}."
    if step.wait is not None:
        yield f"Then waits: {spread(step.wait)}."
    if step.captures:
        yield f"Fills {_fields(process, step.captures)}."
    if step.escalate is not None:
        role = _title(process.roles, step.escalate.by)
        yield f"After {step.escalate.after} {role} may take it too."


def _times(step: Step) -> Iterator[str]:
    if step.sla is not None:
        target = f" for {format_share(step.sla.target)}" if step.sla.target is not None else ""
        yield f"Promised within {step.sla.within}{target}."
    if step.timeout is not None:
        result = step.next.get(step.timeout.result)
        title = result.title if result is not None else step.timeout.result
        yield f"After {step.timeout.after} it is broken off: {title}."


def of_source(process: Process, source: Source) -> tuple[str, ...]:
    """How many deals come, what they bring and cost."""
    facts = [*_described(source)]
    arrivals = source.arrivals
    if arrivals is not None and arrivals.rate is not None:
        facts.append(f"{arrivals.rate}.")
    elif arrivals is not None and arrivals.every is not None:
        facts.append(f"{arrivals.batch} every {arrivals.every}.")
    if source.cost is not None:
        facts.append(f"Costs {source.cost:g} {process.people.currency}".rstrip() + " a deal.")
    if source.gives:
        facts.append(f"Brings {_fields(process, source.gives)}.")
    return tuple(facts)


def of_outcome(process: Process, outcome: Outcome) -> tuple[str, ...]:
    """What must be filled when a deal ends so."""
    needs = [f"Needs {_fields(process, outcome.requires)}."] if outcome.requires else []
    return (*_described(outcome), *needs)


def promise(touchpoint: Touchpoint) -> str:
    """How soon the receiver begins: "within 2bd for 90%"; "" where nothing is promised."""
    if touchpoint.accept_within is None:
        return ""
    share = f" for {format_share(touchpoint.target)}" if touchpoint.target is not None else ""
    return f"within {touchpoint.accept_within}{share}"


def spread(distribution: Distribution) -> str:
    """A distribution in words: "half within 3d, 90% within 10d"."""
    data: Any = distribution.to_data()
    if not isinstance(data, Mapping):
        return str(data)
    if "any_of" in data:
        return ", ".join(f"{value} ({share})" for value, share in data["any_of"].items())
    if "median" in data:
        return f"half within {data['median']}, 90% within {data['p90']}"
    if "usual" in data:
        return f"{data['min']} to {data['max']}, usually {data['usual']}"
    if "min" in data:
        return f"{data['min']} to {data['max']}"
    around = f", spread {data['sd']}" if "sd" in data else ""
    return f"{data.get('mean', '')} on average{around}"


def _described(element: Element) -> Iterator[str]:
    if element.description:
        words = element.description.strip()
        yield words if words.endswith((".", "!", "?")) else f"{words}."


def _contract(process: Process, touchpoint: Touchpoint) -> str:
    giver = _title(process.departments, touchpoint.giver)
    brings = f" with {_fields(process, touchpoint.requires)}" if touchpoint.requires else ""
    promised = promise(touchpoint)
    begins = f", begun {promised}" if promised else ""
    return f"From {giver}{brings}{begins}."


def _fields(process: Process, names: Iterable[str]) -> str:
    return _listed([_title(process.data, name) for name in sorted(names)])


def _title(known: Mapping[str, Any], name: str) -> str:
    element = known.get(name)
    if isinstance(element, Process):
        return element.name or name.replace("_", " ")
    return element.title if element is not None else name.replace("_", " ")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
