// All about what is chosen: what the picture says of it, and what the page knows beyond.

const KINDS = {
  source: "Source",
  step: "Step",
  decision: "Decision",
  run: "Sub-process",
  fork: "Parallel block",
  join: "Parallel block",
  outcome: "Outcome",
  stage: "Stage",
  department: "Department",
  gateway: "Gateway",
};

function startCard(page) {
  page.panel.tab("about", "About", (body) => fillAbout(page, body));
  page.choose = (path) => {
    const lane = path.startsWith("departments.") && page.picture.at(path).nodes.length === 0;
    if (lane) {
      page.focusOn(path.slice("departments.".length));
      return;
    }
    if (path && page.state.at === path) page.panel.open("about");
    page.go({ at: path });
  };
  // Opens what is closed around it, and goes there.
  page.reach = (path) => {
    const things = thingsOf(page, path);
    const shut = new Set(
      things
        .flatMap((item) => [item, item.start, item.end].filter((each) => each?.within))
        .map((each) => each.within.id),
    );
    const own = page.picture.groups.find((group) => `steps.${group.id}` === path || group.id === path);
    if (own) shut.delete(own.id);
    for (const id of shut) page.toggle(id, false);
    if (shut.size && thingsOf(page, path).some((item) => item.within)) page.reach(path);
    else if (things.length) page.view.show(things);
  };
  const apply = () => {
    for (const { svg } of page.picture.layers)
      for (const one of svg.querySelectorAll(".chosen")) one.classList.remove("chosen");
    const things = thingsOf(page, page.state.at);
    for (const item of things) {
      page.picture.each(item, (element) => element.classList.add("chosen"));
      if (item.within) page.picture.each(item.within, (element) => element.classList.add("chosen"));
    }
    return things;
  };
  page.on("place", apply);
  page.on("state", (state, changed) => {
    if (!changed.has("at") && !changed.has("focus") && !changed.has("view")) return;
    const things = apply();
    if (!changed.has("view") && things[0] && !things[0].points)
      page.view.reveal(things[0].within?.box ?? things[0].box);
    if (state.at || state.focus) page.panel.open("about");
    else page.panel.refresh("about");
  });
  page.key("z", "Zoom to what is chosen", () => {
    const things = thingsOf(page, page.state.at);
    if (things.length) page.view.show(things);
    else if (page.state.focus) page.focusOn(page.state.focus);
    else page.view.fit();
  });
  page.key("c", "Close or open the block around what is chosen", () => {
    const group = groupAround(page);
    if (group) page.toggle(group.id);
  });
}

function thingsOf(page, path) {
  if (!path) return [];
  const { nodes, edges } = page.picture.at(path);
  if (nodes.length + edges.length) return [...nodes, ...edges];
  const stage = page.picture.groups.find((group) => group.id === path);
  return stage ? stage.members : [];
}

function groupAround(page) {
  const [thing] = thingsOf(page, page.state.at);
  if (!thing) return null;
  const node = thing.start ?? thing;
  if (node.within) return node.within;
  const frame = page.picture.groups.find((group) => group.id === node.frame);
  return frame ?? page.picture.groups.find((group) => group.members.includes(node)) ?? null;
}

// What a shape is called where it has no name of its own.
function nameOf(page, node) {
  if (node.kind === "fork" || node.kind === "join") {
    const frame = page.picture.frames.find((each) => each.id === node.id.replace(/\.join$/, ""));
    return frame?.label || node.label;
  }
  return node.label || node.id;
}

function kindOf(node) {
  return (KINDS[node.kind] ?? node.kind).toLowerCase();
}

function fillAbout(page, body) {
  const { at, focus } = page.state;
  const { nodes, edges } = page.picture.at(at);
  if (nodes.length) nodeCard(page, body, nodes);
  else if (edges.length) edgeCard(page, body, edges);
  else if (at.startsWith("stages."))
    plainCard(
      page,
      body,
      at,
      "Stage",
      page.data.stages.find((stage) => `stages.${stage.id}` === at)?.label ?? at,
    );
  else if (focus) {
    const lane = page.departments().find((each) => each.id === focus);
    plainCard(
      page,
      body,
      `departments.${focus}`,
      lane?.external ? "Outside the company" : "Department",
      lane?.label ?? focus,
    );
  } else {
    body.append(make("h2", { text: page.data.title }));
    for (const section of page.data.about) body.append(sectionOf(page, section));
    const { notes } = page.data.views.find((view) => view.id === page.state.view);
    if (notes.length)
      body.append(sectionOf(page, { title: "Notes", lines: notes.map((text) => ({ text })) }));
    body.append(
      make("p", {
        class: "hint",
        text: "Choose a step, a way or a department in the picture. Press ? for the keys.",
      }),
    );
  }
}

function headOf(page, body, over, title, lead) {
  const back = make("button", {
    type: "button",
    class: "back",
    title: "Back (Escape)",
    "aria-label": "Back to the whole process",
    text: "‹",
    on: { click: () => page.go({ at: "", focus: page.state.at ? page.state.focus : "" }) },
  });
  body.append(make("div", { class: "over" }, back, ...over), make("h2", { text: title }));
  if (lead) body.append(make("p", { class: "lead" }, ...worded(lead)));
}

function finishCard(page, body, path, sections) {
  const card = page.data.cards.get(path);
  const all = [...(card?.sections ?? []), ...sections, ...page.panel.extra(path)];
  for (const section of all) if (section.lines.length) body.append(sectionOf(page, section));
  body.append(make("p", { class: "path" }, make("code", { text: path })));
}

function plainCard(page, body, path, kind, title) {
  headOf(page, body, [make("span", { text: kind })], title, page.data.cards.get(path)?.lead);
  const members = page.picture.groups.find((group) => group.id === path)?.members ?? [];
  const lines = members
    .filter((node) => node.kind !== "join")
    .map((node) => ({ text: nameOf(page, node), sub: node.lane?.label, to: node.path }));
  finishCard(page, body, path, lines.length ? [{ title: "Steps", lines }] : []);
}

function nodeCard(page, body, nodes) {
  const [node] = nodes;
  const stage = page.data.stages.find((each) => each.id === node.stage);
  const over = [make("span", { text: KINDS[node.kind] ?? node.kind })];
  if (node.lane) over.push(linkTo(page, node.lane.label, `departments.${node.lane.id}`));
  if (stage) over.push(linkTo(page, stage.label, `stages.${stage.id}`));
  headOf(page, body, over, nameOf(page, node), page.data.cards.get(node.path)?.lead);
  const group = page.picture.groups.find((each) => each.id === node.id && each.frame);
  if (group)
    body.append(
      make("button", {
        type: "button",
        class: "wide",
        text: group.closed ? "Open it" : "Close to one box",
        on: { click: () => page.toggle(group.id) },
      }),
    );
  const facts = [...new Set(nodes.flatMap((each) => [each.detail, ...each.facts]))].filter(Boolean);
  if (facts.length && !page.data.cards.get(node.path)?.sections.length) {
    body.append(sectionOf(page, { title: "", lines: facts.map((text) => ({ text })) }));
  }
  const own = new Set(nodes);
  const ins = nodes.flatMap((each) => each.in).filter((edge) => !own.has(edge.start) && !each(node, edge));
  const outs = nodes.flatMap((each) => each.out);
  const inner = group ? outs.filter((edge) => edge.start.kind === "fork") : [];
  finishCard(page, body, node.path, [
    { title: "Branches", lines: inner.map((edge) => resultLine(page, edge)) },
    {
      title: node.kind === "source" ? "Begins with" : "Results",
      lines: outs.filter((edge) => !inner.includes(edge)).map((edge) => resultLine(page, edge)),
    },
    { title: "Comes from", lines: ins.map((edge) => originLine(page, edge)) },
  ]);
  function each(self, edge) {
    return self.kind === "fork" && edge.end.kind === "join";
  }
}

function linkTo(page, text, path) {
  return make("a", {
    href: addressOf(page, path),
    text,
    on: {
      click: (event) => {
        event.preventDefault();
        page.choose(path);
      },
    },
  });
}

function resultLine(page, edge) {
  return {
    text: wordsOf(edge) || "goes on",
    value: edge.share === null ? "" : percent(edge.share),
    sub: `→ ${nameOf(page, edge.end)}`,
    to: edge.end.path,
    tone: edge.end.tone,
  };
}

function originLine(page, edge) {
  return {
    text: nameOf(page, edge.start),
    value: edge.share === null ? "" : percent(edge.share),
    sub: wordsOf(edge),
    to: edge.start.path,
  };
}

// What an edge says, without its share.
function wordsOf(edge) {
  return edge.share === null ? edge.label : edge.label.replace(/(^|, )[<\d.]+%/, "");
}

function edgeCard(page, body, edges) {
  const [edge] = edges;
  const how =
    { timeout: "Taken when time is up", leave: "Leaves the block" }[edge.kind] ??
    (edge.back ? "Leads back" : "Result");
  headOf(
    page,
    body,
    [make("span", { text: how })],
    wordsOf(edge) || "goes on",
    page.data.cards.get(edge.path)?.lead,
  );
  const lines = [{ text: nameOf(page, edge.start), sub: "from", to: edge.start.path }];
  for (const one of edges)
    lines.push({
      text: nameOf(page, one.end),
      sub: "to",
      to: one.end.path,
      value: one.share === null ? "" : percent(one.share),
    });
  finishCard(page, body, edge.path, [{ title: "", lines }]);
}
