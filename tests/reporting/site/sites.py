"""The sites that tests look at, each made once for a test process."""

from functools import cache
from pathlib import Path

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.result import SimulationResult
from tests.drawing.browser.pages import HOSTILE

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = (
    "enterprise/enterprise.salesflow.yaml",
    "enterprise/enterprise_dach.salesflow.yaml",
    "smb/smb.salesflow.yaml",
)


@cache
def processes() -> tuple[Process, ...]:
    return tuple(sf.load(EXAMPLES / name) for name in FILES)


@cache
def result() -> SimulationResult:
    return sf.simulate(
        processes()[0], duration="26w", warmup="26w", replications=2, engine="python"
    )


@cache
def whole() -> dict[str, str]:
    """A process, a variant, a process that is run and one of another company, with figures."""
    found = [finding for process in processes() for finding in sf.check(process)]
    return sf.site(processes(), findings=found, results=result(), title="How we sell")


@cache
def plain() -> dict[str, str]:
    """One process, no figures."""
    return sf.site(processes()[0])


@cache
def broken_process() -> Process:
    return sf.load(EXAMPLES / "enterprise-broken" / "new_business.salesflow.yaml")


@cache
def broken() -> dict[str, str]:
    """A process with findings, and with handoffs that have no touchpoint."""
    return sf.site(broken_process(), findings=sf.check(broken_process()))


def _hostile(text: str) -> Process:
    said = {"name": text, "description": f"{text}\n\n{text}", "owner": text}
    return sf.load(
        {
            "salesflow": 1,
            "process": "con",
            "goal": text,
            **said,
            "value": "amount",
            "departments": {
                "aux": {**said, "people": 1},
                "nul": {"roles": {"seller": {**said, "people": 2}}, **said},
            },
            "data": {"amount": {"type": "money", "master": text, **said}},
            "stages": {"lead": {"crm": {"hubspot": text}, **said}},
            "sources": {
                "web": {
                    "start": "call",
                    "department": "aux",
                    "gives": {"amount": "filled"},
                    **said,
                }
            },
            "steps": {
                "call": {
                    "by": "seller",
                    "stage": "lead",
                    "next": {"good": {"to": "sign", **said}},
                    "x-link": text,
                    **said,
                },
                "sign": {"by": "aux", "next": {"done": "won"}, **said},
            },
            "outcomes": {"won": {"kind": "won", **said}, "lost": {"kind": "lost"}},
            "touchpoints": {"prn": {"from": "aux", "to": "nul", "requires": ["amount"], **said}},
            "policies": {"order": {"precedence": ["call", "won"], **said}},
            "objectives": {"win": {"measure": "win_rate", "at_least": "10%", **said}},
        }
    )


@cache
def hostile(text: str) -> dict[str, str]:
    """A site in which every text that a user may write is this one, findings included."""
    process = _hostile(text)
    return sf.site(process, findings=sf.check(process), title=text)


ALL_HOSTILE = HOSTILE
