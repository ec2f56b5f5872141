"""Generated processes with people, times, arrivals and shares: whatever can be said, at random.

They are those of ``salesflow.testing`` with what a simulation needs written in. People are few and
deals many, so that work waits; timers are short, so that they fire; every order of queues, keepers,
escalation and ``different_person`` come up.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from hypothesis import strategies as st

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.compile import written_program
from salesflow.simulation.program import Program
from salesflow.testing import families, processes, sound_families, sound_processes

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

HOUR = 3_600_000
DAY = 24 * HOUR
MAIN = "main.salesflow.yaml"
ORGANIZATION = "people.salesflow.yaml"

ROLES = ("junior", "senior", "clerk", "buyer")  # the last one is not ours
_TIMES = (
    "0h",
    "20min",
    "3h",
    {"min": "1h", "max": "9h"},
    {"mean": "2h"},
    {"any_of": {"1h": "50%", "2h": "rest"}},
)
_WAITS = (
    "1h",
    "2d",
    {"mean": "6h"},
    {"median": "3h", "p90": "20h"},
    {"min": "10min", "usual": "1h", "max": "8h"},
)
_SOON = ("2h", "9h", "1d")
_LATER = ("5h", "2d", "9d")
_ORDERS = ("oldest", "newest", "largest", "earliest_deadline")


@st.composite
def simulated(draw: Draw) -> dict[str, Data]:
    """Files by name; the first is ``main.salesflow.yaml``. Anything may be wrong with the flow."""
    wild = processes(steps=5, depth=2, arithmetic=draw(st.booleans()))
    files = draw(st.one_of(wild.map(lambda data: {MAIN: data}), families()))
    return _Furnisher(draw).furnish(files)


@st.composite
def simulated_soundly(draw: Draw) -> dict[str, Data]:
    """As ``simulated``, of processes with whose flow nothing is wrong."""
    sound = sound_processes(depth=2).map(lambda data: {MAIN: data})
    return _Furnisher(draw).furnish(draw(st.one_of(sound, sound_families())))


def process_of(files: Mapping[str, Data]) -> Process:
    """The process that the first of some files has."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "salesflow.toml").touch()
        for name, data in files.items():
            (Path(folder) / name).write_text(json.dumps(data))
        return sf.load(Path(folder) / MAIN)


def program_of_files(files: Mapping[str, Data], *, days: int = 10, warmup: int = 2) -> Program:
    """What is played of some files."""
    return written_program([process_of(files)], duration=days * DAY, warmup=warmup * DAY)


class _Furnisher:
    """Writes into processes what the game leaves out."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def furnish(self, files: dict[str, Data]) -> dict[str, Data]:
        furnished = {name: self._process(data) for name, data in files.items()}
        furnished[ORGANIZATION] = self._organization()
        return furnished

    def _process(self, data: Data) -> Data:
        data = json.loads(json.dumps(data))  # what was drawn may be the same thing in many places
        data["use"] = [*data.get("use", []), ORGANIZATION]
        for source in data["sources"].values():
            source["arrivals"] = self._one(
                (
                    {"every": "5h", "batch": 2},
                    "5 per day",
                    {"every": "1d", "batch": 9},
                    {"rate": "30 per week", "calendar": "hours"},
                )
            )
        data["stages"] = {"early": {"max_age": "1d"}, "late": {}}
        for step in data["steps"].values():
            if self._rarely():
                step["stage"] = self._one(("early", "late"))
        if "amount" in data["data"] and self._often():
            data["value"] = "amount"
        for step in _works(data["steps"]):
            self._work(step)
        self._keep_apart(data)
        if self._often():
            self._build_bridges(data)
        return data

    def _build_bridges(self, data: Data) -> None:
        """Contracts between the two departments, and one that deals come from."""
        for source in data["sources"].values():
            source["department"] = self._one(("sales", "office"))
        data["touchpoints"] = {
            "over": {"from": "sales", "to": "office", "accept_within": self._one(_SOON)},
            "back": {"from": "office", "to": "sales", "requires": ["contract", "amount"]},
        }

    def _keep_apart(self, data: Data) -> None:
        """Two steps that one role does, and not one person."""
        worked = [name for name, step in data["steps"].items() if "effort" in step]
        if len(worked) > 1 and self._often():
            one, other = (data["steps"][name] for name in worked[:2])
            for step in (one, other):
                step.update(by=one["by"])
                step.pop("with", None)
                step.pop("escalate", None)
            data["policies"] = {"apart": {"different_person": worked[:2]}}

    def _work(self, step: Data) -> None:
        """Who does a step, how long it takes, and how often each result comes."""
        role = self._one(ROLES)
        if self._often():
            step["by"] = role
            step["effort"] = self._one(_TIMES)
            others = [other for other in ROLES[:3] if other != role]
            if role != "buyer" and self._rarely():
                step["with"] = [self._one(others)]
            if role != "buyer" and self._rarely():
                step["escalate"] = {"after": self._one(_SOON), "by": self._one(others)}
        if "by" not in step or self._rarely():
            step["wait"] = self._one(_WAITS)
        if self._rarely():
            step["sla"] = {"within": self._one(_SOON), "target": "80%"}
        if "timeout" in step:
            step["timeout"]["after"] = self._one(_LATER)
        ways = [*step["next"].values()]
        if len(ways) > 1 and all(way.keys() <= {"to", "set", "captures"} for way in ways):
            for way in ways[:-1]:
                way["share"] = f"{90 // len(ways)}%"
            ways[-1]["share"] = "rest"
            if "timeout" in step:
                del step["next"][step["timeout"]["result"]]["share"]
                if len(ways) > 2:
                    del ways[0]["share"]

    def _organization(self) -> Data:
        hours = {
            "timezone": "Europe/Berlin",
            "hours": {"mon-thu": "08:00-12:00, 13:00-17:30", "sat": "22:00-24:00"},
        }
        return {
            "salesflow": 1,
            "organization": "people",
            "calendars": {"hours": hours},
            "departments": {
                "sales": {
                    **self._calendar(),
                    "roles": {
                        "junior": {**self._role(), "available": self._one(("100%", "50%", "34%"))},
                        "senior": {
                            **self._role(),
                            "keeps_deal": True,
                            "max_open_deals": self._one((2, 40)),
                        },
                    },
                },
                "office": {"roles": {"clerk": {**self._calendar(), **self._role()}}},
                "outside": {"external": True, "roles": {"buyer": {}}},
            },
        }

    def _role(self) -> Data:
        return {"people": self._one((1, 2, 3)), "takes_first": self._one(_ORDERS)}

    def _calendar(self) -> Data:
        return {"calendar": "hours"} if self._often() else {}

    def _one(self, options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def _often(self) -> bool:
        return bool(self.draw(st.integers(0, 2)))

    def _rarely(self) -> bool:
        return self.draw(st.integers(0, 3)) == 3


def _works(steps: Data) -> Iterator[Data]:
    """Every step that is neither a block nor a run, in blocks too."""
    for step in steps.values():
        for branch in step.get("parallel", {}).values():
            yield from _works(branch["steps"])
        if "parallel" not in step and "run" not in step:
            yield step
