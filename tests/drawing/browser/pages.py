"""The pages that tests open, each made once for a test process."""

from functools import cache
from pathlib import Path
from typing import Any

import salesflow as sf
from salesflow.process.model import Process
from salesflow.reporting.paged.page import paged
from salesflow.simulation.result import SimulationResult

EXAMPLES = Path(__file__).parents[3] / "examples"
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "</title></style><img src=x onerror=alert(3)>",
    '" onmouseover="alert(4)" x="',
    "' onfocus='alert(5)",
    "<!-- a comment",
    "<![CDATA[ x ]]>",
    "&lt;b&gt; &amp; &#60;",
    "\u202eright to left\u202c",
    "zero\u200bwidth",
    "x" * 500,
    "🚀 launch 👩‍👩‍👧",
    "日本語のステップ",
    "${alert(6)} `ticks` \\u003cb\\u003e",
    "__proto__",
    "javascript:alert(7)",
    "line\u2028separator",
)


@cache
def enterprise() -> Process:
    return sf.load(EXAMPLES / "enterprise" / "enterprise.salesflow.yaml")


@cache
def result() -> SimulationResult:
    return sf.simulate(enterprise(), duration="26w", warmup="26w", replications=2, engine="python")


@cache
def whole() -> str:
    """The enterprise example with a result."""
    return paged(enterprise(), findings=sf.check(enterprise()), result=result())


@cache
def plain() -> str:
    """The same without a result."""
    return paged(enterprise())


@cache
def broken() -> str:
    """A process with findings."""
    process = sf.load(EXAMPLES / "enterprise-broken" / "new_business.salesflow.yaml")
    return paged(process, findings=sf.check(process))


@cache
def compared() -> str:
    """Two versions."""
    new = sf.load(EXAMPLES / "enterprise-next" / "enterprise.salesflow.yaml")
    return paged(new, against=enterprise())


@cache
def hostile() -> str:
    """A process in which every text that may hold anything holds something bad."""
    process = sf.load(_hostile())
    old = sf.load(_hostile(turned=1))
    return paged(process, findings=sf.check(process), against=old)


def _hostile(turned: int = 0) -> dict[str, Any]:
    names = [*HOSTILE[turned:], *HOSTILE[:turned]]
    steps = {}
    for place, name in enumerate(names):
        after = f"s{place + 1}" if place + 1 < len(names) else "won"
        steps[f"s{place}"] = {
            "name": name,
            "description": name,
            "by": "rep",
            "stage": "lead",
            "next": {
                "fine": {"to": after, "share": "60%", "name": name},
                "bad": {"to": "lost", "share": "rest"},
            },
        }
    return {
        "salesflow": 1,
        "process": "hostile",
        "name": names[0],
        "description": names[1],
        "version": "2.0.0" if turned else "1.0.0",
        "departments": {
            "sales": {
                "name": names[3],
                "description": names[4],
                "roles": {"rep": {"name": names[5]}},
            },
        },
        "stages": {"lead": {"name": names[6]}},
        "data": {"need": {"type": "text", "name": names[7]}},
        "sources": {"web": {"name": names[8], "start": "s0", "arrivals": {"rate": "3 per week"}}},
        "steps": steps,
        "outcomes": {"won": {"kind": "won", "name": names[9]}, "lost": {"kind": "lost"}},
    }
