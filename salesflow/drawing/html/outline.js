// The same process as a list: by department, every step with what follows it.

function startOutline(page) {
  page.panel.tab("outline", "Outline", (body) => fillOutline(page, body));
  page.on("picture", () => page.panel.refresh("outline"));
  page.on("place", () => page.panel.refresh("outline"));
  page.key("o", "Outline: the process as a list", () => page.panel.open("outline"));
}

function fillOutline(page, body) {
  const { picture } = page;
  if (picture.groups.length) body.append(groupList(page, picture));
  const lanes = [...picture.lanes, null];
  const fresh = new Set();
  for (const lane of lanes) {
    const nodes = picture.nodes.filter(
      (node) => node.path && node.lane === lane && node.kind !== "join" && !fresh.has(node.path),
    );
    if (nodes.length === 0) continue;
    const lines = [];
    for (const node of nodes) {
      if (fresh.has(node.path)) continue;
      fresh.add(node.path);
      const next = [...new Set(node.out.map((edge) => nameOf(page, edge.end)))].join(", ");
      lines.push({
        text: nameOf(page, node),
        sub: next ? `${kindOf(node)}, then ${next}` : kindOf(node),
        to: node.path,
        tone: node.tone,
      });
    }
    const title = lane ? lane.label : picture.lanes.length ? "Ends" : "";
    const section = sectionOf(page, { title: "", lines });
    if (title) section.prepend(make("h3", {}, lane ? linkTo(page, title, `departments.${lane.id}`) : title));
    body.append(section);
  }
}

function groupList(page, picture) {
  const rows = picture.groups.map((group) =>
    make(
      "li",
      {},
      make(
        "button",
        {
          type: "button",
          class: "row fold",
          "aria-expanded": String(!group.closed),
          on: { click: () => page.toggle(group.id) },
        },
        make(
          "span",
          { class: "row-text" },
          `${group.closed ? "▸" : "▾"} ${group.label}`,
          make("span", { class: "row-sub", text: SIGNS[group.kind] }),
        ),
        make("span", { class: "row-value", text: group.closed ? "closed" : "open" }),
      ),
    ),
  );
  return make(
    "details",
    { class: "rows folds" },
    make("summary", { text: `Close and open (${picture.groups.length})` }),
    make("ul", {}, ...rows),
  );
}
