// What the checks found: a list, one after the other, each at its place with the way that leads there.

const SEVERITY_SIGNS = { error: "✕", warning: "!", info: "i" };

function startFindings(page) {
  const { remarks } = page.data;
  if (!remarks.length) return;
  const found = { at: -1, list: null };
  const pick = (n) => {
    found.at = (n + remarks.length) % remarks.length;
    const remark = remarks[found.at];
    pinFinding(page, remark);
    page.panel.open("findings");
    page.say(`Finding ${found.at + 1} of ${remarks.length}: ${remark.severity}, ${bare(remark.text)}`);
  };
  page.findings = { pick };
  page.panel.tab("findings", `Findings (${remarks.length})`, (body) => listFindings(body, remarks, found, pick));
  page.panel.add((path) => remarkSections(remarks, path));
  page.panel.refresh("about");
  page.key("n", "Next finding", () => pick(found.at + 1));
  page.key("N", "Finding before", () => pick(found.at < 0 ? -1 : found.at - 1));
  page.on("picture", () => (found.at < 0 ? unpin(page) : pinWay(page, remarks[found.at])));
  page.on("state", (state, changed) => {
    const other = found.at >= 0 && changed.has("at") && state.at !== remarks[found.at].path;
    if (!other) return;
    found.at = -1;
    unpin(page);
    page.panel.refresh("findings");
  });
}

function listFindings(body, remarks, found, pick) {
  const worst = ["error", "warning", "info"]
    .map((severity) => [severity, remarks.filter((remark) => remark.severity === severity).length])
    .filter(([, number]) => number)
    .map(([severity, number]) => (severity === "info" ? `${number} to know` : count(number, severity)));
  body.append(
    make("p", { class: "findings-sum" }, worst.join(", "),
      make("button", { type: "button", class: "findings-step", text: "‹ Before", title: "Finding before (N)",
        on: { click: () => pick(found.at < 0 ? -1 : found.at - 1) } }),
      make("button", { type: "button", class: "findings-step", text: "Next ›", title: "Next finding (n)",
        on: { click: () => pick(found.at + 1) } })),
    make("ol", { class: "findings" }, ...remarks.map((remark, n) => findingItem(remark, n === found.at, () => pick(n)))));
  body.querySelector(".finding-item.current")?.scrollIntoView({ block: "nearest" });
}

function findingItem(remark, current, choose) {
  const head = make("button", { type: "button", class: "finding-head", "aria-expanded": String(current),
    on: { click: choose } },
    make("span", { class: `sign ${remark.severity}`, "aria-hidden": "true", text: SEVERITY_SIGNS[remark.severity] ?? "" }),
    make("span", { class: "finding-text" }, make("span", { class: "unseen", text: `${remark.severity}: ` }),
      ...worded(remark.text)));
  return make("li", { class: `finding-item ${remark.severity}${current ? " current" : ""}` }, head,
    current ? findingMore(remark) : null);
}

function findingMore(remark) {
  const lines = [
    remark.help && make("p", { class: "finding-help" }, ...worded(remark.help)),
    ...remark.related.map((line) => make("p", { class: "finding-related" }, ...worded(line.text))),
    remark.way.length > 1 && make("p", { class: "finding-way", text: "The way of a deal that gets there is marked." }),
    make("p", { class: "finding-rule" }, make("code", { text: remark.rule }), remark.place ? ` ${remark.place}` : ""),
  ];
  return make("div", { class: "finding-more" }, ...lines.filter(Boolean));
}

// To where it is, with everything on the way marked.
function pinFinding(page, remark) {
  const away = remark.path && page.state.view !== "flow" && !isDrawn(page.picture, remark.path);
  page.go({ ...(away ? { view: "flow" } : {}), focus: "", at: remark.path });
  if (remark.path) page.reach(remark.path);
  const marked = pinWay(page, remark);
  if (marked.length > 1) page.view.show(marked);
}

function isDrawn(picture, path) {
  const { nodes, edges } = picture.at(path);
  return nodes.length + edges.length > 0 || picture.lanes.some((lane) => path === `departments.${lane.id}`);
}

function pinWay(page, remark) {
  unpin(page);
  const { picture } = page;
  const marked = new Set();
  for (const path of [remark.path, ...remark.way]) {
    const { nodes, edges } = picture.at(path);
    for (const node of nodes) if (node.copy === 0) marked.add(node);
    for (const edge of edges) marked.add(edge).add(edge.start).add(edge.end);
  }
  for (const item of marked) {
    picture.each(item, (element) => element.classList.add("way"));
    if (item.points) for (const layer of picture.layers) layer.labels[item.index]?.classList.add("way");
  }
  const here = picture.at(remark.path);
  for (const item of [...here.nodes, ...here.edges]) picture.each(item, (element) => element.classList.add("pinned"));
  for (const layer of picture.layers) layer.svg.classList.toggle("pinning", remark.way.length > 1 && marked.size > 1);
  return [...marked];
}

function unpin(page) {
  for (const { svg } of page.picture.layers) {
    svg.classList.remove("pinning");
    for (const element of svg.querySelectorAll(".way, .pinned")) element.classList.remove("way", "pinned");
  }
}

function remarkSections(remarks, path) {
  const lines = remarks.filter((remark) => remark.path === path)
    .map((remark) => ({ text: bare(remark.text), value: "", to: "", tone: remark.severity }));
  return lines.length ? [{ title: "Findings", lines }] : [];
}

// Text in which backticks stand around code.
function worded(text) {
  return text.split("`").map((part, n) => (n % 2 ? make("code", { text: part }) : part));
}

function bare(text) {
  return text.replaceAll("`", "");
}
