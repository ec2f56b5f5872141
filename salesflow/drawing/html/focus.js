// One department: what it does and what goes in and out stays; everything else steps back.

function startFocus(page) {
  const chooser = make("select", { id: "focus", title: "Show one department" });
  page.tool(make("label", { class: "tool", for: "focus" }, make("span", { text: "Department" }), chooser));
  page.focusOn = (id) => {
    page.go({ focus: id, at: "" });
    if (!id) {
      page.say("All departments");
      return;
    }
    page.panel.open("about");
    const lane = page.departments().find((each) => each.id === id);
    const own = page.picture.nodes.filter((node) => isOf(node, id) && !node.hidden);
    page.say(`${lane?.label ?? id}: ${count(own.length, "shape")}`);
    if (own.length)
      page.view.show([
        ...own,
        ...own.flatMap((node) => [...node.in, ...node.out].flatMap((edge) => [edge.start, edge.end])),
      ]);
  };
  page.departments = () => {
    const flow = page.data.views.find((view) => view.lanes.length > 0);
    return flow?.lanes ?? [];
  };
  const all = page.departments();
  chooser.append(
    make("option", { value: "", text: "All" }),
    ...all.map((lane) => make("option", { value: lane.id, text: lane.label })),
  );
  chooser.addEventListener("change", () => page.focusOn(chooser.value));
  const apply = () => {
    const known = all.some((lane) => lane.id === page.state.focus);
    chooser.value = known ? page.state.focus : "";
    light(page, known ? page.state.focus : "");
  };
  const turn = (by) => {
    const ids = ["", ...all.map((lane) => lane.id)];
    page.focusOn(ids[(ids.indexOf(page.state.focus) + by + ids.length) % ids.length]);
  };
  page.key("]", "Next department", () => turn(1));
  page.key("[", "Department before", () => turn(-1));
  page.on("place", apply);
  page.on("state", (_, changed) => changed.has("focus") && apply());
}

function isOf(node, id) {
  return node.lane?.id === id || node.path === `departments.${id}`;
}

function light(page, id) {
  const { picture } = page;
  for (const layer of picture.layers) {
    layer.svg.classList.toggle("dim", id !== "");
    for (const element of layer.svg.querySelectorAll(".lit, .near")) element.classList.remove("lit", "near");
    if (!id) continue;
    const mark = (element, name) => element?.classList.add(name);
    for (const edge of picture.edges) {
      const own = [isOf(edge.start, id), isOf(edge.end, id)];
      if (!own[0] && !own[1]) continue;
      const passes = own[0] !== own[1] && edge.end.kind !== "outcome";
      for (const drawn of [layer.edges[edge.index], layer.labels[edge.index]]) {
        mark(drawn, "lit");
        drawn?.classList.toggle("handover", passes);
      }
      for (const node of [edge.start, edge.end]) mark(layer.nodes[node.index], "near");
    }
    for (const node of picture.nodes) if (isOf(node, id)) mark(layer.nodes[node.index], "lit");
    for (const band of picture.bands) if (band.lane?.id === id) mark(layer.bands[band.index], "lit");
    for (const group of picture.groups) {
      const own = group.members.some((node) => isOf(node, id));
      if (own)
        for (const box of layer.boxes.querySelectorAll(`[data-group="${CSS.escape(group.id)}"]`))
          mark(box, "lit");
      if (own && group.frame) mark(layer.frames[group.frame.index], "lit");
    }
  }
}
