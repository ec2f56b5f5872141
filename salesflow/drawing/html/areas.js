// What closing covers, and where the lines that lead there end.

// What each closed group covers: a frame its whole box, a stage a box in each lane.
function areasOf(picture) {
  const areas = [];
  const taken = new Set();
  const add = (group, members, rect) => {
    const words = Math.max(...group.label.split(/\s+/).map((word) => word.length), group.label.length / 2);
    const wide = Math.min(230, Math.max(120, words * 7.6 + 56));
    for (const node of members) taken.add(node);
    areas.push({ group, rect, members: new Set(members), least: { w: wide, h: 56 } });
  };
  for (const group of picture.groups.filter((each) => each.closed && !each.frame)) {
    for (const part of partsOf(picture, group))
      add(
        group,
        part,
        around(
          part.map((node) => node.home),
          5,
        ),
      );
  }
  const frames = new Map(picture.frames.map((frame) => [frame.id, frame]));
  for (const group of picture.groups.filter((each) => each.closed && each.frame)) {
    let outer = frames.get(group.frame.frame);
    while (outer && !picture.groups.some((each) => each.frame === outer && each.closed))
      outer = frames.get(outer.frame);
    const members = group.members.filter((node) => !taken.has(node));
    if (outer || members.length === 0) continue;
    add(group, members, frameArea(picture, group, members));
  }
  return areas;
}

// The frame with its fork and join, or without them where something else stands between.
function frameArea(picture, group, members) {
  const whole = around([group.frame.home, ...members.map((node) => node.home)], 1);
  const own = new Set(group.members);
  const foreign = picture.nodes.some((node) => !own.has(node) && touching(node.home, whole));
  return foreign ? group.frame.home : whole;
}

// In each lane the steps of a stage that stand together, and the losses that only they lead to.
function partsOf(picture, group) {
  const bandOf = ({ home }) =>
    picture.bands.findIndex((band) => holds(band.home, [home.x + home.w / 2, home.y + home.h / 2]));
  const own = new Set(group.members);
  const absorbed = picture.nodes.filter(
    (node) =>
      node.kind === "outcome" &&
      node.tone !== "won" &&
      node.in.length > 0 &&
      node.in.every((edge) => own.has(edge.start)),
  );
  for (const node of absorbed) own.add(node);
  const others = picture.nodes.filter((node) => !own.has(node));
  const byBand = new Map();
  for (const node of own) byBand.set(bandOf(node), [...(byBand.get(bandOf(node)) ?? []), node]);
  const parts = [];
  for (const members of byBand.values()) {
    let part = [];
    for (const node of members.sort((one, two) => one.home.x - two.home.x)) {
      const box = around(
        [...part, node].map((each) => each.home),
        5,
      );
      const free = part.length === 0 || !others.some((other) => touching(other.home, box));
      if (!free) parts.push(part);
      part = free ? [...part, node] : [node];
    }
    parts.push(part);
  }
  return parts;
}

function cutEdge(edge) {
  const [from, to] = [edge.start.area, edge.end.area];
  edge.hidden = Boolean(from) && from.group === to?.group;
  edge.tag = edge.place;
  edge.cut = edge.line;
  if (edge.hidden) return;
  if (from) edge.cut = cutStart(edge.cut, edge.start, from.rect);
  if (to) edge.cut = shortened(cutStart([...edge.cut].reverse(), edge.end, to.rect)).reverse();
  for (const area of [from, to]) {
    if (!area || !edge.tag || !touching(edge.tag, area.rect)) continue;
    const [[x, y], [nx]] = [edge.cut[0], edge.cut[1]];
    const { w, h } = edge.tag;
    edge.tag = area === from ? { x: nx < x - 1 ? x - w - 4 : x + 4, y: y - h - 2, w, h } : null;
  }
}

// Room for the tip of the arrow.
function shortened([first, second, ...rest]) {
  if (!second) return [first];
  const far = distance(first, second) || 1;
  const part = Math.min(3, far / 2) / far;
  return [
    [first[0] + (second[0] - first[0]) * part, first[1] + (second[1] - first[1]) * part],
    second,
    ...rest,
  ];
}

// A node of a closed group may stand beside its box: then the line begins at the box all the same.
function cutStart(points, node, rect) {
  const [[x, y]] = points;
  if (holds(rect, points[0]) || touching(node.home, rect)) return leaving(points, rect);
  const middle = node.home.y + node.home.h / 2;
  const side = node.home.x > rect.x ? rect.x + rect.w : rect.x;
  const level = Math.min(
    Math.max(Math.abs(x - node.home.x - node.home.w / 2) < node.home.w / 2 - 1 ? middle : y, rect.y + 6),
    rect.y + rect.h - 6,
  );
  return straightened([[side, level], [x, level], ...points]);
}
