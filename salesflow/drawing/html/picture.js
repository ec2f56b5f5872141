// One view as things with places: what the drawing shows, and which elements draw it in each pane.

function startPictures(page) {
  const pictures = new Map();
  const first = page.panes.list[0];
  page.show = (id) => {
    const view = viewNamed(page, id);
    for (const svg of first.host.querySelectorAll("svg.picture")) {
      svg.toggleAttribute("hidden", svg.dataset.view !== view.id);
      if (svg.dataset.view === view.id) first.svg = svg;
    }
    if (!pictures.has(view.id)) pictures.set(view.id, makePicture(page, view, first.svg));
    page.picture = pictures.get(view.id);
    page.picture.panes = page.panes.list;
    page.tell("picture", page.picture);
  };
}

function makePicture(page, view, svg) {
  const { nodes, edges, frames, bands } = view;
  const picture = { ...view, view: view.id, home: { w: view.width, h: view.height }, layers: [] };
  const paths = new Map();
  const file = (kind, item) => {
    if (!item.path) return; // only the flow goes on beyond it
    if (!paths.has(item.path)) paths.set(item.path, { nodes: [], edges: [] });
    paths.get(item.path)[kind].push(item);
  };
  picture.enter = (drawn) => picture.layers.push(layerOf(drawn, edges));
  picture.leave = (drawn) => {
    picture.layers = picture.layers.filter((layer) => layer.svg !== drawn);
  };
  picture.enter(svg);
  svg.classList.toggle("waiting", nodes.length > MANY); // until it is known what of it is in sight
  const [layer] = picture.layers;
  for (const node of nodes) {
    Object.assign(node, { path: layer.nodes[node.index].dataset.path ?? "", out: [], in: [] });
    Object.assign(node, { box: { ...node.home }, hidden: false, within: null });
    file("nodes", node);
  }
  for (const edge of edges) {
    const drawn = layer.edges[edge.index];
    const [start, end] = [nodes[edge.start], nodes[edge.end]];
    const line = pointsOf(drawn.getAttribute("d"));
    Object.assign(edge, { path: drawn.dataset.path ?? "", drawn: drawn.getAttribute("d") });
    Object.assign(edge, { start, end, line, points: line, hidden: false });
    start.out.push(edge);
    end.in.push(edge);
    file("edges", edge);
  }
  for (const frame of frames) frame.box = { ...frame.home };
  for (const band of bands) band.box = { ...band.home };
  picture.at = (path) => paths.get(path) ?? { nodes: [], edges: [] };
  picture.groups = groupsOf(page, picture);
  picture.each = (item, act) => {
    for (const each of picture.layers) if (each[item.type][item.index]) act(each[item.type][item.index]);
  };
  return picture;
}

// The elements of one drawing in the order of the data.
function layerOf(svg, edges) {
  const all = (selector) => [...svg.querySelectorAll(selector)];
  const labels = all(".labels > *");
  const tags = [];
  for (const edge of edges) tags.push(edge.place ? labels.shift() : null);
  let boxes = svg.querySelector(".closed-groups");
  if (!boxes) {
    boxes = shape("g", { class: "closed-groups" });
    svg.querySelector(".nodes").after(boxes);
  }
  return {
    svg,
    nodes: all(".nodes > .node"),
    edges: all(".edges > .edge"),
    frames: all(".frames > .border"),
    bands: all(".lanes > .band"),
    labels: tags,
    boxes,
    groups: [...boxes.children],
  };
}

// What can be closed: blocks, sub-processes, stages.
function groupsOf(page, picture) {
  const frames = new Map(picture.frames.map((frame) => [frame.id, frame]));
  const groups = [];
  const group = (id, kind, label, members, frame) => {
    const index = groups.length;
    groups.push({ type: "groups", index, id, kind, label, members, frame, closed: false, boxes: [] });
  };
  const chain = (node) => {
    const found = [];
    for (let at = frames.get(node.frame); at; at = frames.get(at.frame)) found.push(at.id);
    return found;
  };
  const chains = new Map(picture.nodes.map((node) => [node, chain(node)]));
  for (const frame of picture.frames) {
    const members = picture.nodes.filter((node) => chains.get(node).includes(frame.id));
    group(frame.id, frame.kind, frame.label, members, frame);
  }
  const stages = stagesOf(picture, frames);
  for (const stage of page.data.stages) {
    const members = picture.nodes.filter((node) => stages.get(node) === stage.id);
    if (picture.view === "flow" && members.length > 1) {
      group(`stages.${stage.id}`, "stage", stage.label, members, null);
    }
  }
  return groups;
}

// A node's stage; what has none within a frame is in the stage of the frame.
function stagesOf(picture, frames) {
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  return new Map(
    picture.nodes.map((node) => {
      let stage = node.stage;
      for (let at = frames.get(node.frame); at && !stage; at = frames.get(at.frame)) {
        stage = byId.get(at.id)?.stage ?? "";
      }
      return [node, stage];
    }),
  );
}
