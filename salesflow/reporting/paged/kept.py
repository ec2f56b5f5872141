"""What a simulation says of promises, people and steps: the figures beside what was written."""

from collections.abc import Iterator

from salesflow.drawing.html.nouns import Line
from salesflow.nouns import Noun
from salesflow.process.model import Process, Touchpoint
from salesflow.reporting.simulated.figures import HOURS, SHARE, figure, number, rough, share
from salesflow.reporting.simulated.words import asked, weeks
from salesflow.simulation.result import Estimate, PartResult, SimulationResult


class Kept(Noun):
    """Figures of one process; without a result there is nothing to say."""

    part: PartResult | None = None
    result: SimulationResult | None = None

    def number(self, value: float) -> str:
        """A few digits."""
        return number(value).removesuffix(".0")

    def a_week(self, visits: Estimate) -> str:
        """How many of what is counted come in a week."""
        over = weeks(self.result.duration) if self.result is not None else 0.0
        return f"{self.number(visits.mean / over)} a week" if over else ""

    def promise(self, contract: Touchpoint) -> tuple[str, str]:
        """How often work began in time, and the tone of that; "" where nobody measured it."""
        seen = self.part.touchpoints.get(contract.id) if self.part is not None else None
        if seen is None or seen.attainment is None:
            return "", ""
        late = seen.attainment.mean < asked(contract.target)
        return f"kept {share(seen.attainment.mean)}", "error" if late else "won"

    def step(self, node: str) -> Iterator[Line]:
        """What was measured at a step."""
        seen = self.part.steps.get(node) if self.part is not None else None
        if seen is None:
            return
        yield Line(text="deals", value=self.a_week(seen.visits))
        for text, hours in (
            ("wait until somebody begins", seen.waiting),
            ("hands-on work", seen.effort),
            ("from coming to going", seen.elapsed),
        ):
            if hours is not None:
                yield Line(text=text, value=rough(hours, HOURS))
        if seen.attainment is not None:
            late = seen.attainment.mean < asked(seen.target)
            value = figure(seen.attainment, SHARE).alone
            yield Line(text="done in time", value=value, tone="error" if late else "won")
        if seen.stuck.mean >= 0.05:
            yield Line(text="deals stuck here", value=self.number(seen.stuck.mean), tone="error")

    def people(self, process: Process, department: str) -> Iterator[Line]:
        """Who works in a department, and how busy they are."""
        for role in process.roles.values():
            if role.department != department or role.external:
                continue
            seen = self.result.roles.get(role.id) if self.result is not None else None
            told = [] if role.people is None else [_people(role.people)]
            if seen is not None and seen.utilization is not None:
                told.append(f"{share(seen.utilization.mean)} busy")
            if told:
                yield Line(text=role.title, value=", ".join(told))


def _people(number: int) -> str:
    return f"{number:,} {'person' if number == 1 else 'people'}"
