"""The program of the enterprise example, written out for people and held word for word.

`python -m tests.simulation.test_example_program` writes the page anew.
"""

from collections.abc import Iterator
from pathlib import Path

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.program import KINDS, NODE, OUTCOME, Draw, Node, Program, Span, Way

PAGE = Path(__file__).with_name("enterprise_program.txt")
EXAMPLE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"
HOUR, WEEK = 3_600_000, 168 * 3_600_000
FAMILIES = ("always", "exponential", "log-normal", "triangular", "uniform", "any of")


def draw(program: Program, number: int) -> str:
    row: Draw = program.draws[number]
    unit = {1.0: "", float(HOUR): " h"}.get(row.scale, f" x {row.scale:g} ms")
    numbers = (row.values and [*zip(row.values, row.reached, strict=True)]) or (row.a, row.b, row.c)
    shown = " ".join(
        f"{n:.6g}" if isinstance(n, float) else f"{n[0]:g} to {n[1]:.6g}" for n in numbers
    )
    return f"{FAMILIES[row.family]} {shown}{unit}"


def span(row: Span | None) -> str:
    assert row is not None
    return f"{row.length / HOUR:g}h{'' if row.table < 0 else f' of table {row.table}'}"


def people(program: Program, number: int) -> str:
    crew = program.crews[number]
    others = [program.roles[role].id for role in crew.roles if role != crew.leader]
    names = " and ".join([program.roles[crew.leader].id, *others])
    return f"{names} x {crew.stretch:.4g}"


def fields(program: Program, numbers: tuple[int, ...]) -> str:
    return " ".join(program.fields[number].path.partition(":")[2] for number in numbers)


def node(program: Program, row: Node) -> Iterator[str]:
    kind = ("work", "block", "run")[row.kind]
    yield f"{row.path}: {kind}, depth {row.depth}, key {row.key:016x}"
    if row.crew >= 0:
        yield f"  by {people(program, row.crew)}"
    if row.effort >= 0:
        yield f"  effort {draw(program, row.effort)}"
    if row.wait >= 0:
        yield f"  wait {draw(program, row.wait)}"
    if row.sla is not None:
        yield f"  sla {span(row.sla)}"
    if row.escalate is not None:
        yield f"  after {span(row.escalate)} {people(program, row.escalate_crew)}"
    if row.timeout is not None:
        yield f"  after {span(row.timeout)} {program.ways[row.timeout_way].path}"
    if row.requires:
        yield f"  requires {fields(program, row.requires)}"
    for capture in row.captures:
        drawn = draw(program, capture.draw) if capture.draw >= 0 else "filled"
        yield f"  captures {fields(program, (capture.field,))}: {drawn}"
    if row.waits_for:
        yield f"  waits for {' '.join(program.nodes[n].path for n in row.waits_for)}"
    for bridge in row.bridges:
        touchpoint = program.touchpoints[bridge.touchpoint].path
        yield f"  from {program.departments[bridge.giver]} over {touchpoint}"
    if row.facing:
        yield "  with the customer"
    if row.stage >= 0:
        yield f"  shows {program.stages[row.stage].path}"
    for number in range(row.first_way, row.last_way):
        yield f"  {way(program, number, row)}"


def way(program: Program, number: int, owner: Node) -> str:
    row: Way = program.ways[number]
    parts = [row.path.rpartition(".")[2], "->", *(lead(program, one, row) for one in row.leads)]
    if number >= owner.first_way + owner.chosen:
        parts.append("(otherwise)" if number == owner.otherwise else "(not chosen)")
    if row.share >= 0:
        parts.append(f"{row.share:.4g}")
    if row.guard >= 0:
        parts.append(f"when {program.codes[row.guard]}")
    if row.at_most >= 0:
        parts.append(f"at most {row.at_most}")
    parts.extend(
        f"set {fields(program, (setting.field,))} {program.codes[setting.code]}"
        for setting in row.settings
    )
    return " ".join(parts)


def lead(program: Program, lead: tuple[int, int], row: Way) -> str:
    kind, number = lead
    if kind == NODE:
        return program.nodes[number].path
    if kind == OUTCOME:
        run = program.nodes[row.node].run
        return program.outcomes[number].path if run < 0 else f"end {number} of the run"
    return "done" if row.block_way < 0 else f"leave by {program.ways[row.block_way].path}"


def page(program: Program) -> Iterator[str]:
    """The whole program."""
    for role in program.roles:
        yield (
            f"{role.id}: {role.people} from person {role.first}, table {role.table}, "
            f"{role.cost:g} an hour, order {role.order}, keeper {role.keeper}, "
            f"at most {role.max_open}"
        )
    for row in program.nodes:
        yield from node(program, row)
    for lane in program.lanes:
        when = program.codes[lane.guard] if lane.guard >= 0 else "always"
        yield f"{lane.path}: starts at {program.nodes[lane.start].path}, {when}"
    for outcome in program.outcomes:
        yield f"{outcome.path}: {KINDS[outcome.kind]} ({fields(program, outcome.requires)})"
    for source in program.sources:
        gap = draw(program, source.gap) if source.gap >= 0 else ""
        rhythm = gap or f"{source.batch} every {source.every / HOUR:g} h"
        yield f"{source.path}: {rhythm}, table {source.table}, {source.cost:g} each"
    for touchpoint in program.touchpoints:
        asked = fields(program, touchpoint.requires)
        yield f"{touchpoint.path}: {asked}; {span(touchpoint.accept)}"
    yield f"probes {[(p.start, p.end) for p in program.probes]}"


def written() -> str:
    process = sf.load(str(EXAMPLE))
    program = program_of([process], duration=52 * WEEK, warmup=8 * WEEK)
    return "\n".join(page(program)) + "\n"


def test_the_program_says_what_the_file_says() -> None:
    assert written() == PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
