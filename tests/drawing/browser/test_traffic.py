"""The dots take ways as often as the rates say: the model alone, with chance that is always the same."""

from importlib.resources import files
from typing import Any

import pytest

# nodes and (start, end, path, deals a week, hours before): a fork, a meeting, a loop, two ends
NODES = [
    "web:source",
    "call",
    "split:fork",
    "law",
    "price",
    "join:join",
    "sign",
    "won:outcome",
    "lost:outcome",
]
EDGES = [
    ("web", "call", "sources.web", 40, 0, 0),
    ("call", "split", "call.fit", 30, 100, 60),
    ("call", "lost", "call.no", 20, 100, 60),
    ("split", "law", "split.law", 30, 0, 0),
    ("split", "price", "split.price", 12, 0, 0),
    ("law", "join", "law.done", 30, 10, 0),
    ("price", "join", "price.done", 12, 5, 5),
    ("join", "sign", "join.done", 30, 0, 0),
    ("sign", "won", "sign.yes", 20, 0, 0),
    ("sign", "call", "sign.again", 10, 0, 0),
]
PROGRAM = """
([nodes, edges, weeks]) => {
  let seed = 7;
  Math.random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const made = new Map(nodes.map((text) => {
    const [id, kind] = text.split(":");
    return [id, { id, kind: kind ?? "step", label: id }];
  }));
  const picture = {
    nodes: [...made.values()],
    edges: edges.map(([start, end, path]) => ({
      start: made.get(start), end: made.get(end), path, marks: [], points: [[0, 0], [100, 0]],
    })),
  };
  const rates = new Map(edges.map(([, , path, week, hours, waiting]) => [path, { week, hours, waiting }]));
  const traffic = trafficOf(picture, rates);
  crowdTraffic(traffic, 24);
  const entered = new Map();
  const seen = new Set();
  let standing = 0;
  let queued = 0;
  const steps = weeks * 70;
  for (let n = 0; n < steps; n += 1) {
    advanceTraffic(traffic, 0.1, 24);
    for (const dot of traffic.moving) {
      if (seen.has(dot)) continue;
      seen.add(dot);
      entered.set(dot.way.edge.path, (entered.get(dot.way.edge.path) ?? 0) + 1);
    }
    const at = traffic.places.get(made.get("call")).standing;
    standing += at.length / steps;
    queued += at.filter((dot) => dot.begun > traffic.clock).length / steps;
  }
  return { taken: Object.fromEntries([...entered].map(([path, n]) => [path, n / weeks])), standing, queued,
           each: traffic.each, ended: Object.fromEntries(traffic.ended) };
}
"""


@pytest.fixture(scope="module")
def played(browser: Any) -> Any:
    code = "".join(
        (files("salesflow.drawing.html") / name).read_text("utf-8")
        for name in ("geometry.js", "traffic.js")
    )
    tab = browser.new_page()
    weeks = 300
    yield (
        tab.evaluate(f"(asked) => {{ {code}\nreturn ({PROGRAM})(asked); }}", [NODES, EDGES, weeks]),
        weeks,
    )
    tab.close()


def test_each_way_is_taken_as_often_as_its_rate_says(played: Any) -> None:
    found, _ = played
    assert found["each"] == 1
    for _, _, path, week, _, _ in EDGES:
        assert found["taken"][path] == pytest.approx(week, rel=0.06), path


def test_deals_stand_as_long_as_the_figures_say(played: Any) -> None:
    found, _ = played
    # Little: 50 come a week and stay 100 hours, 60 of them until somebody begins
    assert found["standing"] == pytest.approx(50 * 100 / 168, rel=0.06)
    assert found["queued"] == pytest.approx(50 * 60 / 168, rel=0.06)


def test_ends_are_counted(played: Any) -> None:
    found, weeks = played
    assert found["ended"]["won"] / weeks == pytest.approx(20, rel=0.06)
    assert found["ended"]["lost"] / weeks == pytest.approx(20, rel=0.06)
