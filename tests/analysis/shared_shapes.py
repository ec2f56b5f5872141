"""Small processes with shares at every choice, values drawn from a few, limits and conditions."""

from random import Random
from typing import Any

Data = dict[str, Any]

FIELDS: Data = {
    "amount": {"type": "money"},
    "discount": {"type": "percent"},
    "region": {"type": "choice", "values": ["dach", "amer", "apac"]},
    "vip": {"type": "yes_no"},
}
DRAWS: tuple[Data, ...] = (
    {"amount": {"any_of": {"60": "50%", "120": "30%", "300": "rest"}}},
    {"amount": 120, "vip": "40%"},
    {"discount": {"any_of": {"0%": "60%", "12.5%": "rest"}}},
    {"region": {"dach": "50%", "amer": "25%", "apac": "rest"}},
    {"vip": "30%", "amount": {"any_of": {"80": "25%", "100": "rest"}}},
)
SETS: tuple[Data, ...] = (
    {"amount": "amount * 1.5"},
    {"amount": "amount + 40"},
    {"amount": 90},
    {"region": "amer"},
    {"vip": True},
    {"discount": "discount + 5%"},
)
CONDITIONS = (
    "amount >= 100",
    "amount < 100",
    "amount == 120",
    "discount > 10%",
    "region == dach",
    "region != amer",
    "vip",
    "not vip or amount > 200",
    "filled(discount) and discount <= 5%",
)


class Shapes:
    """Writes one process by a seed; ``threads`` adds blocks and splits."""

    def __init__(self, seed: int, *, threads: bool) -> None:
        self.dice = Random(seed)
        self.threads = threads
        self.results: list[str] = []

    def process(self) -> Data:
        steps = self.scope("", self.dice.randint(2, 5), ["won", "lost", "dropped"], depth=2)
        sources: Data = {"web": {"start": next(iter(steps))}}
        if self.dice.random() < 0.8:
            sources["web"]["gives"] = self.draws()
        if self.dice.random() < 0.3:
            others = [name for name in steps if "wait_for" not in steps[name]]
            sources["fair"] = {"start": self.dice.choice(others), "arrivals": "3 per week"}
            sources["web"]["arrivals"] = "5 per week"
        return {
            "salesflow": 1,
            "process": "shaped",
            "value": "amount",
            "data": FIELDS,
            "sources": sources,
            "steps": steps,
            "outcomes": {
                "won": {"kind": "won"},
                "lost": {"kind": "lost"},
                "dropped": {"kind": "disqualified"},
            },
        }

    def draws(self) -> Data:
        return dict(self.dice.choice(DRAWS))

    def scope(self, prefix: str, size: int, exits: list[str], *, depth: int) -> Data:
        names = [f"s{n}" for n in range(size)]
        steps: Data = {}
        splits = self.threads and not prefix and size >= 4 and self.dice.random() < 0.5
        threads = (names[0], *names[-3:-1]) if splits else ()
        for at, name in enumerate(names):
            if name in threads:
                steps[name] = {}
                continue
            ahead = [*names[at + 1 :], *exits] if self.dice.random() < 0.7 else [*names, *exits]
            if depth and self.threads and self.dice.random() < 0.3:
                steps[name] = self.block(f"{prefix}{name}.", ahead, depth)
            else:
                steps[name] = self.work(f"{prefix}{name}", ahead, exits)
        if splits:
            self.split(steps, names)
        return steps

    def split(self, steps: Data, names: list[str]) -> None:
        """Two threads that always meet again."""
        one, other, meeting = names[-3:]
        steps[names[0]] = {"next": {"both": {"to": [one, other]}}}
        for name in (one, other):
            again = {"to": name, "share": "20%", "at_most": 2}
            steps[name] = {"next": {"over": {"to": meeting, "share": "rest"}, "again": again}}
            if self.dice.random() < 0.4:
                steps[name]["captures"] = self.draws()
        for name in names[1:-3]:
            for way in steps[name]["next"].values():
                if way["to"] in (one, other, meeting):
                    way["to"] = "lost"
        steps[meeting]["wait_for"] = [one, other]
        for way in steps[meeting]["next"].values():
            if way["to"] in (one, other, meeting):
                way["to"] = "won"

    def work(self, path: str, ahead: list[str], exits: list[str]) -> Data:
        count = self.dice.randint(1, 3)
        shares = {1: [100], 2: [35, 65], 3: [20, 50, 30]}[count]
        ways: Data = {}
        for number, share in enumerate(shares):
            way: Data = {"to": self.dice.choice(ahead), "share": f"{share}%"}
            if self.dice.random() < 0.25:
                way["set"] = self.dice.choice(SETS)
            if self.dice.random() < 0.15:
                way["captures"] = self.draws()
            ways[f"r{number}"] = way
            self.results.append(f"{path}.r{number}")
        self.limits(ways, exits)
        step: Data = {"next": ways}
        if self.dice.random() < 0.35:
            step["captures"] = self.draws()
        return step

    def limits(self, ways: Data, exits: list[str]) -> None:
        """Conditions and limits; where they may leave nothing, `otherwise` mostly catches that."""
        limited = False
        for way in ways.values():
            if self.dice.random() < 0.25:
                way["when"] = self.condition()
                limited = True
            if self.dice.random() < 0.25:
                way["at_most"] = self.dice.randint(1, 2)
                limited = True
        if limited and self.dice.random() < 0.85:
            ways["other"] = {"to": self.dice.choice(exits), "otherwise": True}

    def condition(self) -> str:
        if self.results and self.dice.random() < 0.25:
            result = self.dice.choice(self.results)
            if self.dice.random() < 0.5:
                return f"times({result}) >= {self.dice.randint(1, 2)}"
            return f"visited({result.rpartition('.')[0]})"
        return self.dice.choice(CONDITIONS)

    def block(self, prefix: str, ahead: list[str], depth: int) -> Data:
        branches: Data = {}
        leaving: set[str] = set()
        for number in range(self.dice.randint(1, 3)):
            exits = ["done", "done", "leave"] if self.dice.random() < 0.4 else ["done"]
            path = f"{prefix}b{number}."
            steps = self.scope(path, self.dice.randint(1, 3), exits, depth=depth - 1)
            branch: Data = {"start": "s0", "steps": steps}
            if self.dice.random() < 0.3:
                branch["when"] = self.dice.choice(CONDITIONS)
            branches[f"b{number}"] = branch
            leaving |= {
                result
                for step in steps.values()
                for result, way in step["next"].items()
                if way["to"] == "leave"
            }
        join = self.dice.choice(["all", "all", "all", "any", {"at_least": 1}])
        names = ["done", *sorted(leaving)]
        ways = {
            name: {"to": self.dice.choice([a for a in ahead if a != "leave"])} for name in names
        }
        return {"parallel": branches, "join": join, "next": ways}
