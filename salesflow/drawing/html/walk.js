// From step to step with the arrow keys, along the ways of the deals; Shift moves the picture.

const STRIDE = 90; // pixels

function startWalk(page) {
  const stage = document.querySelector(".stage");
  const here = () =>
    thingsOf(page, page.state.at)
      .map((item) => item.end ?? item)
      .find((node) => !node.within) ?? thingsOf(page, page.state.at)[0]?.within?.members[0];
  const go = (node) => {
    if (!node) return;
    page.choose(node.path);
    if (node.within) {
      page.say(`${node.within.label}, closed; Enter opens it`);
      stage.focus({ preventScroll: true });
      return;
    }
    const about = [kindOf(node), node.lane?.label, count(node.out.length, "result")].filter(Boolean);
    page.say(`${nameOf(page, node)}, ${about.join(", ")}`);
    stage.focus({ preventScroll: true });
  };
  const arrow = (dx, dy, next) => (event) => {
    const node = here();
    if (event.shiftKey || !node) page.view.pan(-dx * STRIDE, -dy * STRIDE, 120);
    else go(next(node));
  };
  const along = (edges, end) =>
    edges.filter((edge) => !edge.hidden).sort((one, two) => two.main - one.main || one.back - two.back)[0]?.[
      end
    ];
  page.key(
    "ArrowRight",
    "To where most go next; with Shift: move the picture",
    arrow(1, 0, (node) => along(waysOf(node, "out"), "end")),
  );
  page.key(
    "ArrowLeft",
    "Back to where deals come from",
    arrow(-1, 0, (node) => along(waysOf(node, "in"), "start")),
  );
  page.key(
    "ArrowDown",
    "To the nearest below",
    arrow(0, 1, (node) => nearest(page, node, 1)),
  );
  page.key(
    "ArrowUp",
    "To the nearest above",
    arrow(0, -1, (node) => nearest(page, node, -1)),
  );
  page.key("Enter", "Choose the first step, or open what is closed", (event) => {
    if (event.target.closest("button, a, summary")) event.target.closest("button, a, summary").click();
    else if (!here()) go(page.picture.nodes.find((node) => !node.hidden));
    else if (here().within) page.toggle(here().within.id, false);
    else page.panel.open("about");
  });
  page.key("Escape", "Let go of what is chosen, then of the department", () => {
    if (page.state.at) page.go({ at: "" });
    else if (page.state.focus) page.focusOn("");
    else if (page.state.find) page.go({ find: "" });
  });
  page.key("+", "Nearer", () => page.view.zoom(1.4, undefined, undefined, GLIDE));
  page.key("-", "Farther", () => page.view.zoom(1 / 1.4, undefined, undefined, GLIDE));
  page.key("0", "Show all", () => page.view.fit());
}

// A closed group has all the ways that lead out of it, or into it.
function waysOf(node, side) {
  return node.within ? node.within.members.flatMap((member) => member[side]) : node[side];
}

function nearest(page, node, way) {
  const middle = ({ box }) => [box.x + box.w / 2, box.y + box.h / 2];
  const [x, y] = middle(node);
  let best = null;
  let least = Infinity;
  for (const other of page.picture.nodes) {
    if (other.hidden || other.path === node.path) continue; // closed ones are reached along their ways
    const [ox, oy] = middle(other);
    const down = (oy - y) * way;
    const far = down + 2 * Math.abs(ox - x);
    if (down > 8 && far < least) [best, least] = [other, far];
  }
  return best;
}
