"""What is closed to one box says what it is: a block of this process, or another that it runs."""

from pathlib import Path

from salesflow import api
from salesflow.drawing.extract import flow
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.svg.legend import keys_of
from salesflow.drawing.svg.words import title_of

EXAMPLES = Path(__file__).parents[3] / "examples"
TEXT = """
salesflow: 1
process: p
departments: {sales: {}, legal: {}}
sources: {web: {start: both}}
steps:
  both:
    parallel: {one: {steps: {draft: {by: legal, next: done}}}, two: {steps: {price: {by: sales, next: done}}}}
    next: {done: won}
outcomes: {won: {kind: won}}
"""


def test_a_closed_block_is_no_run() -> None:
    scene = layout(flow(api.loads(TEXT), depth=0))
    assert dict(keys_of(scene))["run"] == "several steps in one"
    (node,) = (shape.node for shape in scene.shapes if shape.node.path == "steps.both")
    assert title_of(node, "Sales", "").splitlines()[0] == "Both (closed block in Sales)"


def test_a_run_says_what_it_is() -> None:
    process = api.load(EXAMPLES / "enterprise/enterprise.salesflow.yaml")
    assert dict(keys_of(layout(flow(process))))["run"] == "runs a sub-process"


def test_a_branch_that_is_called_runs_does_not_make_a_run() -> None:
    text = TEXT.replace("{one: {steps", "{runs_late: {steps")
    (node,) = (one for one in flow(api.loads(text), depth=0).nodes if one.path == "steps.both")
    assert node.detail.startswith("runs ")
    assert title_of(node, "Sales", "").splitlines()[0] == "Both (closed block in Sales)"
