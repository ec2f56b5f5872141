"""Whatever changes can be told: no report fails, and what is told of it is in the comparison."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes import comparing
from salesflow.drawing.mermaid import fits, mermaid
from salesflow.reporting.changed.document import document
from salesflow.reporting.changed.github import github
from salesflow.reporting.changed.markdown import MOST, markdown
from salesflow.reporting.changed.once import told
from salesflow.reporting.changed.page import page
from salesflow.reporting.changed.picture import picture
from salesflow.reporting.changed.text import text
from salesflow.testing import processes
from tests.changes.edited import versions
from tests.drawing.reader import picture as read_back
from tests.reporting.changed.test_markdown import rendered
from tests.reporting.test_simulated_page import read

# A change of a process, or one that has nothing to do with it.
PAIRS = versions() | st.tuples(*[processes(steps=4, depth=1).map(sf.load)] * 2)


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_every_change_is_told_in_every_report(pair: tuple[sf.Process, sf.Process]) -> None:
    diff = comparing.changed(*pair)
    said = " ".join(text([diff]).split())
    edits = told(diff.edits)
    for edit in edits[:20]:
        assert f"[{edit.rule}]" in said
    annotations = [row for row in github([diff]).splitlines() if "::GitHub shows" not in row]
    assert len(annotations) == len([e for e in edits if e.level != "none"])
    assert len(markdown([diff])) <= MOST
    rendered(markdown([diff]))
    html = page([diff])
    read(html)
    assert html.count('<p class="edit') >= len({edit.rule for edit in edits})
    assert json.loads(json.dumps(document([diff])))["level"] == diff.level


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_every_change_can_be_drawn(pair: tuple[sf.Process, sf.Process]) -> None:
    diff = comparing.changed(*pair)
    drawn = picture(diff)
    assert fits(drawn)
    shown = read_back(mermaid(drawn))
    ends = {node.id for node in drawn.nodes}
    assert len(shown.nodes) == len(drawn.nodes)
    assert len(shown.edges) == sum(edge.end in ends for edge in drawn.edges)
    assert len({node.id for node in drawn.nodes}) == len(drawn.nodes)
    if not diff.edits:
        assert not drawn.marked
    steps = [e for e in diff.edits if e.what == "step" and e.kind in ("added", "removed")]
    top = [e for e in steps if re.fullmatch(r"steps\.\w+", e.path)]
    marked = {(node.path, m.kind) for node in drawn.nodes for m in node.marks}
    for edit in top:
        assert (edit.path, edit.kind) in marked
