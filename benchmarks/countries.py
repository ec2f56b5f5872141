"""A base of any size and a variant of it for each of so many countries, as files in a folder."""

from pathlib import Path
from random import Random
from typing import Any

from believable import FIELDS, process

from salesflow.source.write import emit

Data = dict[str, Any]
ZONES = ("Europe/Berlin", "Europe/London", "Asia/Tokyo", "America/Sao_Paulo", "Australia/Sydney")
BASE = "big_deal.salesflow.yaml"


def base(steps: int) -> Data:
    """A believable process with a calendar of its own for those who sell, and a deal's worth."""
    data = process(steps)
    data["currency"] = "EUR"
    data["value"] = "amount"
    data["data"]["amount"] = {"type": "money"}
    data["calendars"] = {
        "country": {"timezone": "Europe/Paris", "hours": {"mon-fri": "09:00-17:30"}}
    }
    for department in data["departments"].values():
        department["calendar"] = "country"
        for role in department["roles"].values():
            role["cost_per_hour"] = 80
    gives = dict.fromkeys(FIELDS, "filled")
    data["sources"]["inbound"]["gives"] = {**gives, "amount": {"median": 50000, "p90": 150000}}
    for step in data["steps"].values():
        _plain(step)
    return data


def _plain(step: Data) -> None:
    """Nothing is captured, as all is there from the start: the check shall be clean."""
    step.pop("captures", None)
    for branch in step.get("parallel", {}).values():
        for inner in branch["steps"].values():
            _plain(inner)


def variant(number: int, steps: list[str]) -> Data:
    """What one country has otherwise: hours, money, people, one more step and other efforts."""
    random = Random(number)
    at, *others = random.sample(range(1, len(steps) - 1), 6)
    change: Data = {
        "calendars.country": {
            "timezone": random.choice(ZONES),
            "hours": {"mon-fri": f"0{random.randint(7, 9)}:00-17:00"},
            "holidays": [f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"],
        },
        "sources.inbound.arrivals": f"{random.randint(2, 30)} per week",
        "sources.inbound.gives.amount": {"median": random.randint(20, 90) * 1000, "p90": 200000},
        f"steps.local_duty_{number}": {
            "by": "counsel",
            "effort": "2h",
            "next": {
                "settled": {"to": steps[at + 1], "share": "90%"},
                "fails": {"to": "lost", "share": "rest"},
            },
        },
        f"steps.{steps[at]}.next.local_duty": {"to": f"local_duty_{number}", "share": "5%"},
    }
    change.update({f"steps.{steps[other]}.wait": f"{random.randint(2, 40)}d" for other in others})
    change["departments.sales.roles.account_executive.people"] = random.randint(1, 9)
    return {"salesflow": 1, "variant": f"country_{number}", "of": BASE, "change": change}


def write(folder: Path, *, steps: int, countries: int) -> None:
    """The files of a base and its variants, and the mark of the project's root."""
    data = base(steps)
    plain = [
        name
        for name, step in data["steps"].items()
        if "parallel" not in step and "no_deal" in step["next"]
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "salesflow.toml").write_text("", encoding="utf-8")
    (folder / BASE).write_text(emit(data), encoding="utf-8")
    for number in range(countries):
        name = f"country_{number:02}.salesflow.yaml"
        (folder / name).write_text(emit(variant(number, plain)), encoding="utf-8")
