"""The steps of a process as a table: who, how long, by when, what comes next."""

from collections.abc import Iterator

from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Result, Run, Step, Work
from salesflow.quantities import format_share
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.site import figures
from salesflow.reporting.site.addresses import department_page, process_page, steps_page
from salesflow.reporting.site.atlas import Chart
from salesflow.reporting.site.markup import NOTHING, Cells, Html, join, link, safe, table, tag
from salesflow.reporting.site.pictures import Link
from salesflow.reporting.words import spread

_AND = Html(" and ")


def flow_table(chart: Chart, to: Link) -> Html:
    """A row for each step; what is in a block comes behind it."""
    heads = (
        "Step", "Who", "Hands-on work", "Then waits", "Done within", "Goes on to",
        *figures.VISITED,
    )  # fmt: skip
    rows = (_row(chart, step, to) for step in chart.process.nodes.values())
    more = tag("p", link(to(steps_page(chart.id)), "All that is known of each step"))
    whole = table(f"Steps of {chart.title}", heads, rows)
    return join((whole, more)) if whole else NOTHING


def _row(chart: Chart, step: Step, to: Link) -> Cells:
    work = step if isinstance(step, Work) else None
    deep = min(step.node.count("."), 6)
    title = link(to(chart.places.of(step.path)), step.heading)
    return (
        tag(f"span.deep{deep}", title) if deep else title,
        who(chart, step, to),
        spread(work.effort) if work is not None and work.effort is not None else "",
        spread(work.wait) if work is not None and work.wait is not None else "",
        promised(step),
        join(_ways(chart, step, to), ", "),
        *figures.visited(chart, step),
    )


def who(chart: Chart, step: Step, to: Link) -> Html:
    """Who does a step; of a block what it is, of a run what it runs."""
    if isinstance(step, Block):
        return Html("several at once")
    if isinstance(step, Run):
        return _run(chart.process, step, to)
    if not isinstance(step, Work) or step.by is None:
        return NOTHING
    department = chart.process.department_of(step)
    first = chart.role(step.by)
    named = link(to(department_page(department)), first) if department else safe(first)
    others = [chart.role(name) for name in step.with_]
    return join((named, f" with {', '.join(others)}" if others else ""))


def _run(process: Process, step: Run, to: Link) -> Html:
    inner = process.runs.get(step.process)
    title = inner.name or inner.id.replace("_", " ") if inner is not None else step.process
    return join(("runs ", link(to(process_page(step.process)), title)))


def promised(step: Step) -> str:
    """By when a step is to be done."""
    if step.sla is None:
        return ""
    target = f" for {format_share(step.sla.target)}" if step.sla.target is not None else ""
    return f"{in_words(step.sla.within)}{target}"


def _ways(chart: Chart, step: Step, to: Link) -> Iterator[Html]:
    named = dict.fromkeys(name for result in step.next.values() for name in result.targets)
    yield from (target_of(chart, name, to) for name in named)


def target_of(chart: Chart, target: str, to: Link) -> Html:
    """Where a result leads."""
    if target == DONE:
        return Html("done")
    if target == LEAVE:
        return Html("out of the block")
    return link(to(chart.address(target)), chart.label(target))


def targets(chart: Chart, result: Result, to: Link) -> Html:
    """All that a result leads to."""
    return join((target_of(chart, name, to) for name in result.targets), _AND)
