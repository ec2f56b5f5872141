// Mouse, pen and fingers on the picture: drag, pinch, wheel, double click, and a click on something.

const STILL = 5; // pixels a click may move

function startGestures(page) {
  const stage = document.querySelector(".stage");
  const held = new Map();
  let drag = null;

  const placed = (event, pane = paneOf(page, event)) => {
    const box = pane.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button > 1 || !event.target.closest(".pane")) return;
    const pane = drag?.pane ?? paneOf(page, event);
    held.set(event.pointerId, placed(event, pane));
    drag =
      held.size > 1
        ? { ...drag, moved: true }
        : { at: placed(event, pane), moved: false, target: event.target, pane };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!held.has(event.pointerId) || !drag) return;
    const before = [...held.values()];
    const [x, y] = placed(event, drag.pane);
    const [ox, oy] = held.get(event.pointerId);
    if (!drag.moved && distance([x, y], drag.at) < STILL) return;
    if (!drag.moved) stage.setPointerCapture(event.pointerId);
    drag.moved = true;
    held.set(event.pointerId, [x, y]);
    stage.classList.add("dragging");
    if (held.size === 1) page.view.pan(x - ox, y - oy);
    else if (held.size === 2) pinch(page, before, [...held.values()]);
  });
  const release = (event) => {
    if (!held.delete(event.pointerId)) return;
    if (held.size === 0) {
      stage.classList.remove("dragging");
      if (drag && !drag.moved && event.type === "pointerup") press(page, drag.target);
      drag = null;
    }
  };
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.target.closest(".pane")) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
      const [dx, dy] = [event.deltaX * lines, event.deltaY * lines];
      const sideways = event.shiftKey || Math.abs(dx) > Math.abs(dy);
      if (sideways && !event.ctrlKey) page.view.pan(-(dx || dy), 0);
      else
        page.view.zoom(
          Math.exp(-Math.max(-240, Math.min(240, dy)) * (event.ctrlKey ? 0.008 : 0.002)),
          ...placed(event),
        );
    },
    { passive: false },
  );
  // The browser's own search and readers scroll to what they find: the camera goes there instead.
  stage.addEventListener(
    "scroll",
    ({ target }) => {
      const [dx, dy] = [target.scrollLeft, target.scrollTop];
      if (!target.classList?.contains("pane") || !(dx || dy)) return;
      target.scrollTo(0, 0);
      page.view.pan(-dx, -dy);
    },
    true,
  );
  stage.addEventListener("dblclick", (event) => {
    if (!event.target.closest(".pane") || event.target.closest("[data-group]")) return;
    page.view.zoom(1.8, ...placed(event), GLIDE);
  });
}

function paneOf(page, event) {
  return event.target.closest?.(".pane") ?? page.panes.list[0].host;
}

function pinch(page, [a, b], [c, d]) {
  const middle = ([ax, ay], [bx, by]) => [(ax + bx) / 2, (ay + by) / 2];
  const [from, to] = [middle(a, b), middle(c, d)];
  page.view.pan(to[0] - from[0], to[1] - from[1]);
  page.view.zoom(distance(c, d) / (distance(a, b) || 1), ...to, 0);
}

// A click: a closed group opens, a lane's name brings its department forward, a thing is told about.
function press(page, target) {
  const group = target.closest("[data-group]");
  if (group) {
    page.toggle(group.dataset.group);
    return;
  }
  const band = target.closest(".band");
  if (band && !target.matches("rect.lane")) {
    const lane =
      page.picture.bands[page.picture.layers.map((layer) => layer.bands.indexOf(band)).find((at) => at >= 0)]
        ?.lane;
    if (lane) page.focusOn(page.state.focus === lane.id ? "" : lane.id);
    return;
  }
  const thing = target.closest(".node, .edge, .edge-label");
  const path = thing?.dataset.path ?? thing?.closest("[data-path]")?.dataset.path;
  page.choose(path ?? "");
}
