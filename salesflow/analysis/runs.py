"""A process and the processes that its steps run."""

from salesflow.analysis.graphs import components
from salesflow.process.model import Process


def inner_first(process: Process) -> list[Process]:
    """The process and all that it runs, each once (by id), after those that it runs itself."""
    runs = {process.id: process}
    found = [process]
    for outer in found:  # grows while it is walked
        for inner in outer.runs.values():
            if inner.id not in runs:
                runs[inner.id] = inner
                found.append(inner)
    order = components(runs, {name: [*outer.runs] for name, outer in runs.items()})
    return [runs[name] for component in order for name in component]
