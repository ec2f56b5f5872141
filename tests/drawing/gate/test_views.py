"""The hard laws hold for every view, depth and selection, and for two versions in one picture."""

from itertools import islice

import pytest
import yaml

import salesflow as sf
from salesflow.drawing.layout.arrange import layout
from salesflow.reporting.drawn import Wanted, diagram_of
from tests.drawing.gate.drawn import drawn
from tests.drawing.gate.edits import inserted, removed, renamed
from tests.drawing.gate.processes import GATE, SHIPPED

FILES = {**GATE, "enterprise": SHIPPED["enterprise/enterprise"], "smb": SHIPPED["smb/smb"]}
WANTED = {
    "departments": Wanted(view="departments"),
    "closed": Wanted(depth=0),
    "opened": Wanted(depth=9),
    "one department": Wanted(only=("sales",)),
}
EVERY = 7  # of many edits one in seven is looked at


def hold(process: sf.Process, wanted: Wanted) -> None:
    found = drawn(diagram_of(process, wanted))
    wrong = [*found.broken, *found.measures.struck_words]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("wanted", WANTED)
@pytest.mark.parametrize("name", [name for name in FILES if name != "partner_sale"])
def test_every_view_and_depth(name: str, wanted: str) -> None:
    hold(sf.load(FILES[name]), WANTED[wanted])


@pytest.mark.parametrize("name", ["enterprise_sale", "enterprise"])
def test_stages(name: str) -> None:
    hold(sf.load(FILES[name]), Wanted(view="stages"))


@pytest.mark.parametrize("name", GATE)
def test_two_versions_in_one(name: str) -> None:
    data = yaml.safe_load(GATE[name].read_text("utf-8"))
    old = sf.load(data)
    edits = [*inserted(data), *removed(data), *renamed(data)]
    for _, new in islice(edits, 0, None, EVERY):
        hold(sf.load(new), Wanted(against=old))


@pytest.mark.parametrize("department", ["presales", "legal", "finance", "success", "customer"])
def test_in_a_part_nothing_leads_back_that_does_not_in_the_whole(department: str) -> None:
    """What goes on where the part breaks off does not lead back for that."""
    process = sf.load(FILES["enterprise"])
    whole, part = (
        {route.edge.path for route in layout(diagram_of(process, wanted)).routes if route.back}
        for wanted in (Wanted(), Wanted(only=(department,)))
    )
    assert part <= whole


def test_in_two_versions_time_runs_as_in_the_new_one() -> None:
    """Only what is gone may lead back where it did not."""
    old = sf.load(FILES["enterprise"])
    new = sf.load(SHIPPED["enterprise-next/enterprise"])
    both, alone = (
        [route for route in layout(diagram_of(new, wanted)).routes if route.back]
        for wanted in (Wanted(against=old), Wanted())
    )
    kept = {r.edge.path for r in both if not any(m.kind == "removed" for m in r.edge.marks)}
    assert kept <= {route.edge.path for route in alone}
