"""The pictures that the pages show, drawn from the examples: ``python -m tests.drawing.gallery``."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.result import SimulationResult

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
LARGEST = 120_000  # bytes: what is larger does not belong on a page


@cache
def _loaded(example: str) -> Process:
    return sf.load(ROOT / "examples" / f"{example}.salesflow.yaml")


def _template(name: str) -> str:
    file = ROOT / "salesflow" / "templates" / name / f"{name}.salesflow.yaml"
    return sf.draw(sf.load(file), "svg")


def _enterprise() -> Process:
    return _loaded("enterprise/enterprise")


def _waiting() -> str:
    # Few replications: the picture shows where deals wait, its page says how figures are told.
    result = sf.simulate(_enterprise(), replications=3, seed=1, engine="python")
    return sf.draw(_enterprise(), "svg", result=result)


@cache
def _smb_result() -> SimulationResult:
    return sf.simulate(_loaded("smb/smb"), replications=3, seed=1, engine="python")


def _heat(heat: str) -> str:
    return sf.draw(_loaded("smb/smb"), "svg", result=_smb_result(), heat=heat)


def _brazil() -> str:
    brazil = _loaded("countries/brazil/brazil")
    return sf.draw(brazil, "svg", against=_loaded("countries/new_hospital"))


def _findings() -> str:
    process = _loaded("enterprise-broken/new_business")
    return sf.draw(process, "svg", findings=sf.check(process))


PICTURES: dict[str, Callable[[], str]] = {
    "enterprise": lambda: sf.draw(_enterprise(), "svg"),
    "enterprise-departments": lambda: sf.draw(_enterprise(), "svg", view="departments"),
    "enterprise-stages": lambda: sf.draw(_enterprise(), "svg", view="stages"),
    "enterprise-legal": lambda: sf.draw(_enterprise(), "svg", only="legal"),
    "enterprise-waiting": _waiting,
    "enterprise-change": lambda: sf.draw(
        _loaded("enterprise-next/enterprise"), "svg", against=_enterprise()
    ),
    "enterprise-overview": lambda: sf.draw(_enterprise(), "svg", depth=0),
    "brazil-change": _brazil,
    "hello": lambda: sf.draw(_loaded("hello/hello"), "svg"),
    "plg": lambda: _template("plg"),
    "partner": lambda: _template("partner"),
    "renewal": lambda: _template("renewal"),
    "smb-load": lambda: _heat("load"),
    "smb-value": lambda: _heat("value"),
    "smb": lambda: sf.draw(_loaded("smb/smb"), "svg"),
    "broken-findings": _findings,
    "template-smb": lambda: _template("smb"),
    "template-enterprise": lambda: _template("enterprise"),
}


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.svg"


def main() -> None:
    """Draw all of them anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        file_of(name).write_bytes(draw().encode())


if __name__ == "__main__":
    main()
