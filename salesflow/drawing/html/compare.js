// Two versions: together, each alone, or side by side under one camera; and what changed, as a list.

const COMPARE_WAYS = [["", "Both"], ["old", "Old"], ["new", "New"], ["side", "Side by side"]];
const CHANGE_SIGNS = { added: "+", removed: "−", changed: "~" };

function startCompare(page) {
  const { versions } = page.data;
  if (!versions) return;
  const list = { audience: "", at: -1 };
  const tool = compareTool(page, versions);
  page.tool(tool);
  let busy = false;
  const apply = () => {
    if (busy) return; // another pane is another picture, which is told
    busy = true;
    showVersions(page);
    busy = false;
    for (const button of tool.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === page.state.compare));
    }
  };
  page.panel.tab("changes", `Changes (${versions.edits.length})`, (body) => listChanges(page, body, list));
  page.panel.add((path) => changeSections(versions, path));
  page.panel.refresh("about");
  page.key("v", "Old version, new version, side by side", () => {
    const ways = COMPARE_WAYS.map(([id]) => id);
    const next = ways[(ways.indexOf(page.state.compare) + 1) % ways.length];
    page.go({ compare: next });
    page.say(`Shown: ${COMPARE_WAYS.find(([id]) => id === next)[1]}`);
  });
  page.on("state", (_, changed) => changed.has("compare") && apply());
  page.on("picture", apply);
  apply();
}

function compareTool(page, versions) {
  const titles = { old: versions.old, new: versions.new };
  return make("div", { class: "tool compare", role: "group", "aria-label": "Versions" },
    ...COMPARE_WAYS.map(([id, words]) => make("button", { type: "button", value: id, text: words,
      title: titles[id] ? `Only ${titles[id]}` : `${words} (v)`,
      on: { click: () => page.go({ compare: id }) } })));
}

// Each thing knows its version: what only one has is hidden where the other is shown.
function markVersions({ picture }) {
  for (const item of [...picture.nodes, ...picture.edges]) {
    const kinds = new Set(item.marks.map((mark) => mark.kind));
    picture.each(item, (element) => {
      element.classList.toggle("of-new", kinds.has("added"));
      element.classList.toggle("of-old", kinds.has("removed"));
    });
    if (item.type === "edges") labelOf(picture, item, kinds);
  }
}

function labelOf(picture, edge, kinds) {
  for (const layer of picture.layers) {
    const label = layer.labels[edge.index];
    label?.classList.toggle("of-new", kinds.has("added"));
    label?.classList.toggle("of-old", kinds.has("removed"));
  }
}

function showVersions(page) {
  const { versions } = page.data;
  const wanted = page.state.compare;
  const two = wanted === "side";
  if (two && page.panes.list.length < 2) page.panes.add();
  if (!two && page.panes.list.length > 1) page.panes.remove();
  const classes = two ? ["only-old", "only-new"] : [wanted ? `only-${wanted}` : ""];
  page.panes.list.forEach((pane, n) => {
    for (const name of ["only-old", "only-new"]) pane.host.classList.toggle(name, classes[n] === name);
  });
  markVersions(page);
  nameVersions(page, versions);
}

function nameVersions(page, versions) {
  for (const { host } of page.panes.list) {
    host.querySelector(":scope > .pane-name")?.remove();
    const name = host.classList.contains("only-old") ? `Old: ${versions.old}`
      : host.classList.contains("only-new") ? `New: ${versions.new}` : "";
    if (name) host.append(make("p", { class: "pane-name", text: name }));
  }
}

function listChanges(page, body, list) {
  const { versions } = page.data;
  const audiences = [...new Set(versions.edits.flatMap((edit) => edit.audience))].sort();
  const chooser = make("select", { id: "changes-for", on: { change: () => {
    list.audience = chooser.value;
    list.at = -1;
    page.panel.refresh("changes");
  } } }, make("option", { value: "", text: "everybody" }),
  ...audiences.map((name) => make("option", { value: name, text: name.replaceAll("_", " ") })));
  chooser.value = list.audience;
  const edits = versions.edits.filter((edit) => !list.audience || edit.audience.includes(list.audience));
  const items = edits.map((edit, n) => make("li", { class: `change-item${n === list.at ? " current" : ""}` },
    make("button", { type: "button", class: "finding-head", on: { click: () => {
      list.at = n;
      showChange(page, edit);
      page.panel.open("changes");
    } } },
    make("span", { class: `change-sign ${edit.kind}`, title: edit.kind, text: CHANGE_SIGNS[edit.kind] ?? "~" }),
    make("span", { class: "finding-text" }, ...worded(edit.text),
      edit.level && edit.level !== "none" ? make("span", { class: `change-level ${edit.level}`, text: edit.level }) : null))));
  body.append(make("p", { class: "changes-verdict" }, ...worded(versions.verdict)),
    make("p", { class: "changes-for" }, make("label", { for: "changes-for", text: "What changes for " }), chooser),
    make("ol", { class: "findings" }, ...items));
}

function showChange(page, edit) {
  const away = edit.path && page.state.view !== "flow" && !isDrawn(page.picture, edit.path);
  page.go({ ...(away ? { view: "flow" } : {}), focus: "", at: edit.path });
  if (edit.path) page.reach(edit.path);
}

function changeSections(versions, path) {
  const lines = versions.edits.filter((edit) => edit.path === path)
    .map((edit) => ({ text: bare(edit.text), value: "", to: "", tone: edit.kind }));
  return lines.length ? [{ title: "Changes", lines }] : [];
}
