"""Writes steps and their results into memory."""

from collections.abc import Sequence

from salesflow.simulation.engine_numba.compiled import signed
from salesflow.simulation.engine_numba.layout import (
    TO_ARRIVE,
    TO_END,
    TO_END_RUN,
    TO_FINISH,
    TO_LEAVE,
)
from salesflow.simulation.engine_numba.memory import at
from salesflow.simulation.engine_numba.rows import (
    APART,
    AT_MOST,
    BRIDGES,
    CAPTURES,
    CHOSEN,
    COUNTER,
    DEPTH,
    DONE_WAY,
    EFFORT_DRAW,
    EFFORT_TABLE,
    ENTRIES_AT,
    ESCALATE,
    ESCALATE_CREW,
    FACING,
    GIVES,
    GUARD,
    LANES,
    LEADS,
    NEED,
    NODE_CREW,
    NODE_KEY,
    NODE_KIND,
    NODE_MARK,
    NODE_NUMBER,
    NODE_STAGE,
    OTHERWISE,
    RANDOM,
    REQUIRES,
    RUN_KIND,
    RUN_OUTCOME_SIZE,
    RUN_WAY,
    SETTINGS,
    SHARE,
    SLA,
    START,
    TIMEOUT,
    TIMEOUT_WAY,
    VISITED,
    WAIT_DRAW,
    WAIT_TABLE,
    WAITS_FOR,
    WAY_CAPTURES,
    WAY_MARK,
    WAY_NODE,
    WAYS,
)
from salesflow.simulation.engine_numba.writer import Writer
from salesflow.simulation.program import (
    CONSTANT,
    DONE,
    LEAVE,
    WORK,
    Apart,
    Node,
    Program,
    Way,
)
from salesflow.simulation.program import NODE as TO_NODE


def pack_game(program: Program, writer: Writer, codes: Sequence[int]) -> None:
    """Write all nodes and ways; ``codes`` are handles."""
    game = _Game(program, writer, codes)
    for number, node in enumerate(program.nodes):
        game.write_node(number, node)
    for row, way in zip(writer.places.ways, program.ways, strict=True):
        game.write_way(row, way)


class _Game:
    """Nodes and ways on their way into memory."""

    def __init__(self, program: Program, writer: Writer, codes: Sequence[int]) -> None:
        self.program = program
        self.writer = writer
        self.codes = codes

    def write_node(self, number: int, node: Node) -> None:
        """A node's row."""
        row, places = self.writer.places.nodes[number], self.writer.places
        self.writer.memory.put(row, self._what(number, node))
        self.writer.memory.put(row, self._times(node))
        lanes = [self.program.lanes[lane] for lane in node.lanes]
        self.writer.memory.put(
            row,
            {
                NODE_STAGE: at(places.stages, node.stage),
                REQUIRES: self.writer.fields(node.requires),
                CAPTURES: self.writer.captures(node.captures),
                WAITS_FOR: self.writer.memory.numbers(node.waits_for),
                START: at(places.nodes, node.start),
                LANES: self.writer.memory.listed(
                    (at(self.codes, lane.guard), places.nodes[lane.start]) for lane in lanes
                ),
                NEED: node.need,
                DONE_WAY: at(places.ways, node.done),
                VISITED: self.writer.deal.visited + node.visited if node.visited >= 0 else 0,
                ENTRIES_AT: self.writer.deal.entries + number,
                NODE_MARK: self.writer.mark(node.mark),
                BRIDGES: self.writer.memory.listed(
                    (1 << bridge.giver, places.touchpoints[bridge.touchpoint])
                    for bridge in node.bridges
                ),
                APART: self.writer.memory.listed(map(self._apart, node.apart)),
            },
        )

    def _what(self, number: int, node: Node) -> dict[int, int | float]:
        ours = node.kind == WORK and node.department >= 0
        return {
            NODE_NUMBER: number,
            NODE_KEY: signed(node.key),
            NODE_KIND: node.kind,
            DEPTH: node.depth,
            WAYS: at(self.writer.places.ways, node.first_way)
            if node.first_way < node.last_way
            else 0,
            CHOSEN: node.chosen,
            OTHERWISE: at(self.writer.places.ways, node.otherwise),
            FACING: int(node.facing),
            GIVES: 1 << node.department if ours else 0,
        }

    def _times(self, node: Node) -> dict[int, int | float]:
        places = self.writer.places
        draws = [self.program.draws[draw] for draw in (node.effort, node.wait) if draw >= 0]
        return {
            NODE_CREW: at(places.crews, node.crew),
            EFFORT_DRAW: at(places.draws, node.effort),
            EFFORT_TABLE: at(places.tables, node.effort_table),
            WAIT_DRAW: at(places.draws, node.wait),
            WAIT_TABLE: at(places.tables, node.wait_table),
            RANDOM: int(node.chosen > 1 or any(draw.family != CONSTANT for draw in draws)),
            TIMEOUT: self.writer.span(node.timeout),
            TIMEOUT_WAY: at(places.ways, node.timeout_way),
            SLA: self.writer.span(node.sla),
            ESCALATE: self.writer.span(node.escalate),
            ESCALATE_CREW: at(places.crews, node.escalate_crew),
        }

    def _apart(self, apart: Apart) -> tuple[int, int, int]:
        sides = self.writer.deal.sides
        return sides + apart.own, sides + apart.first, sides + apart.last

    def write_way(self, row: int, way: Way) -> None:
        """A way's row."""
        self.writer.memory.put(
            row,
            {
                SHARE: float(way.share),
                GUARD: at(self.codes, way.guard),
                AT_MOST: way.at_most,
                COUNTER: self.writer.deal.counts + way.counter if way.counter >= 0 else 0,
                SETTINGS: self.writer.memory.listed(
                    (self.writer.deal.values + each.field, self.codes[each.code])
                    for each in way.settings
                ),
                WAY_CAPTURES: self.writer.captures(way.captures),
                LEADS: self.writer.memory.listed(self._lead(way, *lead) for lead in way.leads),
                WAY_MARK: self.writer.mark(way.mark),
                WAY_NODE: way.node,
            },
        )

    def _lead(self, way: Way, kind: int, number: int) -> tuple[int, int]:
        if kind == TO_NODE:
            return TO_ARRIVE, self.writer.places.nodes[number]
        if kind == DONE:
            return TO_FINISH, 0
        if kind == LEAVE:
            return TO_LEAVE, at(self.writer.places.ways, way.block_way)
        run = self.program.nodes[way.node].run
        if run < 0:
            return TO_END, self.writer.places.outcomes[number]
        of_kind, own_way = self.program.nodes[run].outcomes[number]
        row = self.writer.memory.room(RUN_OUTCOME_SIZE)
        self.writer.memory.put(
            row, {RUN_KIND: of_kind, RUN_WAY: at(self.writer.places.ways, own_way)}
        )
        return TO_END_RUN, row
