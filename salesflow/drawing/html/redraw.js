// Elements brought to where their things are now.

function drawPlaces(page, picture, layer) {
  const { svg } = layer;
  const [wide, high] = [tenth(picture.width), tenth(picture.height)];
  svg.setAttribute("width", wide);
  svg.setAttribute("height", high);
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  for (const node of picture.nodes) {
    shift(layer.nodes[node.index], node.home, node.box, node.hidden);
  }
  for (const edge of picture.edges) drawEdge(layer, edge);
  for (const frame of picture.frames) {
    const border = layer.frames[frame.index];
    border.classList.toggle("gone", frame.hidden);
    if (!frame.hidden) stretch(border, "rect.frame", frame.home, frame.box);
  }
  for (const band of picture.bands) {
    const drawn = layer.bands[band.index];
    stretch(drawn, "rect.lane", band.home, band.box);
    const down = band.box.y - band.home.y;
    for (const part of drawn.children) {
      if (part.matches("rect.head")) measure(part, { y: band.box.y, height: band.box.h });
      else if (!part.matches("rect")) move(part, 0, down + (band.box.h - band.home.h) / 2);
    }
  }
  drawGroups(page, picture, layer);
}

function shift(element, from, to, gone) {
  element.classList.toggle("gone", gone);
  if (!gone) move(element, to.x - from.x, to.y - from.y);
}

function move(element, dx, dy) {
  if (Math.abs(dx) < 0.05 && Math.abs(dy) < 0.05) element.removeAttribute("transform");
  else element.setAttribute("transform", `translate(${tenth(dx)} ${tenth(dy)})`);
}

function measure(rect, sizes) {
  for (const [name, value] of Object.entries(sizes)) rect.setAttribute(name, tenth(value));
}

// The box itself grows and shrinks; what is written in its corner moves along.
function stretch(element, selector, from, to) {
  for (const part of element.children) {
    if (part.matches(selector)) measure(part, { x: to.x, y: to.y, width: to.w, height: to.h });
    else if (!selector.includes("lane")) move(part, to.x - from.x, to.y - from.y);
  }
}

function drawEdge(layer, edge) {
  const drawn = layer.edges[edge.index];
  const label = layer.labels[edge.index];
  drawn.classList.toggle("gone", edge.hidden);
  label?.classList.toggle("gone", edge.hidden || !edge.tagBox);
  if (edge.hidden) return;
  const wanted = edge.points === edge.line ? edge.drawn : drawnLine(edge.points);
  if (drawn.getAttribute("d") !== wanted) drawn.setAttribute("d", wanted);
  if (label && edge.tagBox) move(label, edge.tagBox.x - edge.place.x, edge.tagBox.y - edge.place.y);
}

// One box for each closed group, and a button on each open frame.
function drawGroups(page, picture, layer) {
  const parts = [];
  for (const group of picture.groups) {
    group.boxes.slice(1).forEach((box, at) => parts.push(bond(group.boxes[at], box)));
    for (const box of group.boxes) parts.push(closedBox(group, box));
    if (group.frame && !group.frame.hidden && group.boxes.length === 0) parts.push(closer(group));
  }
  layer.boxes.replaceChildren(...parts);
  layer.groups = picture.groups.map((group) =>
    layer.boxes.querySelector(`[data-group="${CSS.escape(group.id)}"]`),
  );
}

function closedBox(group, { x, y, w, h, steps: number }) {
  const steps = count(number, "step");
  const [middle, lines] = [x + w / 2, wrapped(group.label, Math.max(12, (w - 40) / 7.2))];
  const top = y + h / 2 - (lines.length * 16 + 14) / 2 + 12;
  return shape(
    "g",
    { class: `closed-group ${group.kind}`, "data-group": group.id },
    shape("rect", { class: "under", x: x + 4, y: y + 4, width: w, height: h, rx: 9 }),
    shape("rect", { class: "shape", x, y, width: w, height: h, rx: 9 }),
    shape("path", { class: "sign", d: `M${x + 10} ${y + 16}h10m-5 -5v10` }),
    ...lines.map((text, at) => shape("text", { x: middle, y: top + at * 16, "text-anchor": "middle", text })),
    shape("text", {
      class: "count",
      x: middle,
      y: top + lines.length * 16,
      "text-anchor": "middle",
      text: `${SIGNS[group.kind].toLowerCase()}, ${steps}`,
    }),
  );
}

// The boxes of one stage belong together.
function bond(one, two) {
  const middle = (from, long, other, far) => (Math.max(from, other) + Math.min(from + long, other + far)) / 2;
  const [x, y] = [middle(one.x, one.w, two.x, two.w), middle(one.y, one.h, two.y, two.h)];
  const level = one.y + one.h <= two.y || two.y + two.h <= one.y;
  const within = level ? x >= Math.max(one.x, two.x) : y >= Math.max(one.y, two.y);
  if (!within) return shape("g");
  const [low, high] = one.y < two.y ? [one, two] : [two, one];
  const [left, right] = one.x < two.x ? [one, two] : [two, one];
  return shape("path", {
    class: "bond",
    d: level ? `M${x} ${low.y + low.h}V${high.y}` : `M${left.x + left.w} ${y}H${right.x}`,
  });
}

function closer(group) {
  const { x, y, w } = group.frame.box;
  return shape(
    "g",
    { class: "closer", "data-group": group.id },
    shape("rect", { x: x + w - 22, y: y + 4, width: 18, height: 18, rx: 5 }),
    shape("path", { class: "sign", d: `M${x + w - 18} ${y + 13}h10` }),
    shape("title", { text: `Close ${group.label}` }),
  );
}

function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (longer.length <= most || lines[lines.length - 1] === "") lines[lines.length - 1] = longer;
    else if (lines.length < 3) lines.push(word);
  }
  return lines.map((line) => (line.length > most + 6 ? `${line.slice(0, most)}…` : line));
}
