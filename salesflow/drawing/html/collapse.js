// Blocks, sub-processes and stages close to one box and open again.

const SIGNS = { block: "Block", run: "Sub-process", stage: "Stage" };

function startCollapse(page) {
  const place = () => {
    const { picture } = page;
    const wanted = page.state.closed.split(",").filter(Boolean);
    for (const group of picture.groups) group.closed = wanted.includes(group.id);
    placePicture(page, picture);
    page.tell("place", picture);
  };
  page.toggle = (id, closed) => {
    const now = new Set(page.state.closed.split(",").filter(Boolean));
    const group = page.picture.groups.find((each) => each.id === id);
    if (!group) return;
    const close = closed ?? !now.has(id);
    if (close) now.add(id);
    else now.delete(id);
    const before = middleOf(group);
    glide(page);
    page.go({ closed: [...now].join(",") });
    page.view.keep(before, middleOf(group));
    page.view.reveal(around(group.boxes.length ? group.boxes : group.members.map((node) => node.box)));
    page.say(`${group.label}: ${close ? "closed" : "open"}`);
  };
  page.toggleAll = (kind) => {
    const several = page.picture.groups.filter((group) => (kind === "stage") === (group.kind === "stage"));
    const others = page.picture.groups.filter((group) => group.closed && !several.includes(group));
    const closing = several.some((group) => !group.closed);
    const closed = closing ? [...others, ...several] : others;
    glide(page);
    page.go({ closed: closed.map((group) => group.id).join(",") });
    page.view.fit();
    page.say(closing ? "All closed" : "All open");
  };
  page.on("picture", place);
  page.on("state", (_, changed) => changed.has("closed") && place());
  page.key("b", "Close or open all blocks and sub-processes", () => page.toggleAll("block"));
  page.key("s", "Close or open all stages", () => page.toggleAll("stage"));
}

// For a moment things go to their new places instead of jumping.
function glide(page) {
  if (page.calm || page.picture.nodes.length > MANY) return;
  for (const { svg } of page.picture.layers) {
    svg.classList.add("gliding");
    clearTimeout(svg.sfGlide);
    svg.sfGlide = setTimeout(() => svg.classList.remove("gliding"), GLIDE + 40);
  }
}

function middleOf(group) {
  const box = group.boxes[0] ?? around(group.members.map((node) => node.box));
  return [box.x + box.w / 2, box.y + box.h / 2];
}

function placePicture(page, picture) {
  const areas = areasOf(picture);
  for (const node of picture.nodes) {
    const area = areas.find(({ members }) => members.has(node));
    node.within = area ? area.group : null;
    node.area = area ?? null;
    node.hidden = Boolean(area);
  }
  if (areas.length === 0 && !picture.moved) {
    for (const edge of picture.edges) edge.tagBox = edge.place;
    for (const layer of picture.layers) drawGroups(page, picture, layer);
    return;
  }
  picture.moved = true;
  for (const edge of picture.edges) cutEdge(edge);
  const places = placesOf(picture, areas);
  for (const node of picture.nodes) node.box = movedBox(node.home, places);
  for (const frame of picture.frames) {
    const members = picture.groups.find((group) => group.frame === frame).members;
    frame.hidden = members.every((node) => node.hidden);
    frame.box = movedBox(frame.home, places);
  }
  for (const group of picture.groups) group.boxes = [];
  for (const area of areas) {
    area.group.boxes.push({
      ...movedBox(area.rect, places),
      steps: [...area.members].filter(isStep).length,
    });
  }
  for (const group of picture.groups) group.box = group.boxes[0] ?? null;
  const right = areas.length ? rightOf(picture) : picture.home.w;
  for (const band of picture.bands) {
    const top = places.y(band.home.y);
    const edge = right - (picture.home.w - band.home.x - band.home.w);
    band.box = {
      x: band.home.x,
      y: top,
      w: edge - band.home.x,
      h: places.y(band.home.y + band.home.h) - top,
    };
  }
  picture.width = right;
  picture.height = places.y(picture.home.h);
  for (const layer of picture.layers) drawPlaces(page, picture, layer);
}

function isStep(node) {
  return ["step", "decision", "run"].includes(node.kind);
}

// As far as anything reaches, with the margin the picture had.
function rightOf(picture) {
  const edge = (one) => one.x + one.w;
  const margin = picture.home.w - Math.max(...picture.nodes.map((node) => edge(node.home)));
  const shown = [
    ...picture.nodes.filter((node) => !node.hidden).map((node) => edge(node.box)),
    ...picture.groups.flatMap((group) => group.boxes.map(edge)),
    ...picture.edges.filter((line) => !line.hidden).flatMap((line) => line.points.map(([x]) => x)),
    ...picture.edges.filter((line) => !line.hidden && line.tagBox).map((line) => edge(line.tagBox)),
  ];
  return Math.min(picture.home.w, Math.max(480, ...shown) + Math.max(12, margin));
}

function placesOf(picture, areas) {
  const rows = rowsOf(picture);
  const rowAt = (y) => rows.findIndex((row, at) => y < row.bottom || at === rows.length - 1);
  const rowOf = (node) =>
    rowAt(node.area ? node.area.rect.y + node.area.rect.h / 2 : node.home.y + node.home.h / 2);
  const edges = picture.edges.filter((edge) => !edge.hidden);
  const lines = edges.map((edge) => {
    const ends = [rowOf(edge.start), rowOf(edge.end)];
    return { edge, points: edge.cut, rows: rowsOfLine(edge.cut, ...ends, rowAt), last: ends[1] };
  });
  const frames = picture.frames.filter(
    (frame) => !picture.groups.find((group) => group.frame === frame).members.every((node) => node.hidden),
  );
  const shown = {
    boxes: picture.nodes.filter((node) => !node.hidden).map((node) => node.home),
    labels: [
      ...edges.filter((edge) => edge.tag).map((edge) => edge.tag),
      ...frames.map(({ home }) => ({ x: home.x, y: home.y, w: Math.min(home.w, 120), h: 26 })),
      ...frames.map(({ home }) => ({ x: home.x + home.w - 10, y: home.y + home.h - 10, w: 10, h: 10 })),
    ],
    lines,
  };
  const places = squeezedPlaces(picture, areas, shown);
  for (const line of lines)
    line.edge.points = areas.length ? movedLine(line, places, line.last) : line.points;
  for (const edge of edges) edge.tagBox = edge.tag ? movedBox(edge.tag, places) : null;
  return places;
}

function movedBox({ x, y, w, h }, places) {
  const across = places.x[places.rowAt(y + h / 2)];
  const [left, top] = [across(x), places.y(y)];
  return { x: left, y: top, w: across(x + w) - left, h: places.y(y + h) - top };
}
