"""A believable process of any size: a main line of steps with choices, rework and waiting.

Every so often a block of three branches with two steps each. Ids and names are a verb and a thing,
as people write them.
"""

from random import Random
from typing import Any

Data = dict[str, Any]

VERBS = [
    "draft",
    "review",
    "check",
    "send",
    "collect",
    "plan",
    "confirm",
    "discuss",
    "price",
    "present",
    "prepare",
    "approve",
    "test",
    "compare",
    "measure",
    "explain",
    "record",
    "schedule",
    "verify",
    "negotiate",
]
THINGS = [
    "offer",
    "contract",
    "budget",
    "proof",
    "pilot",
    "needs",
    "risks",
    "terms",
    "discount",
    "order",
    "timeline",
    "success_plan",
    "security_form",
    "privacy_form",
    "reference",
    "demo",
    "workshop",
    "business_case",
    "signature",
    "stakeholders",
    "invoice",
    "delivery",
    "training",
    "support_plan",
    "renewal",
    "addendum",
    "licence",
    "volume",
    "payment",
    "tax_form",
    "shipment",
    "audit",
    "roadmap",
    "scope",
    "interface",
    "data_export",
    "migration",
    "backup",
    "access",
    "archive",
    "export_form",
    "bank_details",
    "credit_limit",
    "insurance",
    "warranty",
    "penalty",
    "schedule_of_work",
    "test_plan",
    "rollout",
    "handbook",
]
PEOPLE = {
    "sales": ("account_executive", "sales_manager"),
    "presales": ("solution_engineer", "architect"),
    "legal": ("counsel", "paralegal"),
    "finance": ("deal_desk", "controller"),
    "delivery": ("project_lead", "trainer"),
    "security": ("security_officer", "privacy_officer"),
}
ROLES = [role for roles in PEOPLE.values() for role in roles]
FIELDS = [f"{thing}_status" for thing in THINGS[:30]]
_WAYS = ("agreed", "ready", "accepted", "confirmed", "passed")
_EVERY, _IN_BLOCK = 25, 6  # steps between two blocks, steps in a block


def process(steps: int, *, seed: int = 5) -> Data:
    """A process of so many steps, those in blocks included."""
    return _Writing(Random(seed)).document(steps)


class _Writing:
    def __init__(self, random: Random) -> None:
        self.random = random
        pairs = [(verb, thing) for verb in VERBS for thing in THINGS]
        random.shuffle(pairs)
        self.names = pairs
        self.used = 0

    def document(self, count: int) -> Data:
        line: list[tuple[str, Data]] = []
        left = count
        while left > 0:
            if left > _IN_BLOCK and len(line) % _EVERY == _EVERY - 1:
                line.append(self.block())
                left -= _IN_BLOCK + 1
            else:
                line.append(self.step())
                left -= 1
        ids = [name for name, _ in line]
        for at, (_, step) in enumerate(line):
            self.lead(step, ids, at)
        return {
            "salesflow": 1,
            "process": "big_deal",
            "departments": {
                department: {"roles": {role: {"people": 3} for role in roles}}
                for department, roles in PEOPLE.items()
            },
            "data": {name: {"type": "document"} for name in FIELDS},
            "stages": {name: {} for name in ("early", "proposed", "in_talks", "closing")},
            "sources": {"inbound": {"start": ids[0], "arrivals": "20 per week"}},
            "steps": dict(line),
            "outcomes": {"won": {"kind": "won"}, "lost": {"kind": "lost"}},
            "touchpoints": {
                f"{giver}_to_{taker}": {"from": giver, "to": taker, "accept_within": "2d"}
                for giver in PEOPLE
                for taker in PEOPLE
                if giver != taker
            },
        }

    def step(self) -> tuple[str, Data]:
        verb, thing = self.names[self.used % len(self.names)]
        again = self.used // len(self.names)
        self.used += 1
        name = f"{verb}_{thing}" + (f"_{again + 1}" if again else "")
        step: Data = {
            "name": f"{verb} the {thing}".replace("_", " ").capitalize()
            + f" {again + 1}" * (again > 0),
            "by": self.random.choice(ROLES),
            "effort": f"{self.random.randint(1, 16)}h",
        }
        if self.random.random() < 0.5:
            step["requires"] = sorted(self.random.sample(FIELDS, 2))
        if self.random.random() < 0.5:
            step["captures"] = sorted(self.random.sample(FIELDS, 1))
        if self.random.random() < 0.3:
            step["wait"] = f"{self.random.randint(1, 20)}d"
        return name, step

    def lead(self, step: Data, ids: list[str], at: int) -> None:
        """Where a step of the main line leads: on, back, or out."""
        on = ids[at + 1] if at + 1 < len(ids) else "won"
        if "parallel" in step:
            step["next"] = {"done": on, "given_up": "lost"}
            return
        step["stage"] = ("early", "proposed", "in_talks", "closing")[4 * at // len(ids)]
        ways: Data = {self.random.choice(_WAYS): {"to": on, "share": "70%"}}
        if at > 3 and self.random.random() < 0.2:
            ways["rework"] = {"to": ids[at - 3], "share": "10%", "at_most": 2}
        ways["no_deal"] = {"to": "lost", "share": "rest"}
        step["next"] = ways

    def block(self) -> tuple[str, Data]:
        name, step = self.step()
        branches: Data = {}
        for branch in ("law_side", "price_side", "safety_side"):
            (first, one), (second, other) = self.step(), self.step()
            one["next"] = {"ready": second, "hopeless": {"to": "leave"}}
            other["next"] = {"ready": "done"}
            branches[branch] = {"start": first, "steps": {first: one, second: other}}
        one["next"]["hopeless"] = {"to": "done"}
        for branch in ("law_side", "price_side"):
            first = branches[branch]["start"]
            branches[branch]["steps"][first]["next"]["hopeless"] = {"to": "done"}
        return f"{name}_in_parallel", {"name": step["name"] + " in parallel", "parallel": branches}
