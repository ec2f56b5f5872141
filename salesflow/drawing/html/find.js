// Search: names, ids, roles, data and everything else that is written about an element.

const MOST_HITS = 60; // in the list; all are marked and counted

function startFind(page) {
  const list = make("ul", { id: "hits", role: "listbox", "aria-label": "Found" });
  list.hidden = true;
  const input = make("input", {
    type: "search",
    id: "find",
    placeholder: "Find a step, role or field",
    autocomplete: "off",
    spellcheck: "false",
    role: "combobox",
    "aria-label": "Find",
    "aria-controls": "hits",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
  });
  const tally = make("span", { class: "tally", "aria-hidden": "true" });
  const find = { hits: [], at: -1, index: null, for: null };
  document.querySelector(".finding").append(input, tally, list);

  const search = () => {
    const asked = Boolean(page.state.find);
    if (!asked && find.hits.length === 0) return; // the index is made when it is first needed
    if (asked && find.for !== page.picture)
      Object.assign(find, { index: searchIndex(page), for: page.picture });
    find.hits = asked ? hitsOf(find.index, page.state.find) : [];
    find.at = -1;
    markHits(page, find.hits);
    tally.textContent = page.state.find ? `${find.hits.length}` : "";
    list.replaceChildren(...find.hits.slice(0, MOST_HITS).map((hit, at) => hitRow(hit, at, () => pick(at))));
  };
  const open = (shown) => {
    list.hidden = !shown || find.hits.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const point = (at) => {
    find.at = at;
    const rows = [...list.children];
    rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    rows[at]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", rows[at]?.id ?? "");
    if (find.hits[at]) page.reach(find.hits[at].path);
  };
  const pick = (at) => {
    point(at);
    open(false);
    page.choose(find.hits[at].path);
    page.reach(find.hits[at].path);
  };
  const step = (by) => {
    if (find.hits.length === 0) return;
    const shown = Math.min(find.hits.length, MOST_HITS);
    open(true);
    point((find.at + by + shown + (find.at < 0 && by < 0 ? 1 : 0)) % shown);
    page.say(`${find.hits[find.at].label}, ${find.at + 1} of ${find.hits.length}`);
  };
  input.addEventListener("input", () => {
    page.go({ find: input.value.trim() });
    open(true);
    page.say(find.hits.length ? count(find.hits.length, "hit") : "Nothing found");
  });
  input.addEventListener("focus", () => open(Boolean(page.state.find)));
  input.addEventListener("blur", () => setTimeout(() => open(false), 150));
  input.addEventListener("keydown", (event) => {
    const acts = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => find.hits.length && pick(Math.max(0, find.at)),
      Escape: () => {
        if (list.hidden) input.blur();
        if (list.hidden || !input.value) page.go({ find: (input.value = "") });
        open(false);
      },
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  });
  page.on("picture", search);
  page.on("place", () => markHits(page, find.hits));
  page.on("state", (state, changed) => {
    if (!changed.has("find")) return;
    if (input.value.trim() !== state.find) input.value = state.find;
    search();
  });
  input.value = page.state.find;
  page.key("/", "Find", () => {
    input.focus();
    input.select();
  });
}

function searchIndex(page) {
  const { picture, data } = page;
  const rows = new Map();
  const row = (path, label, kind, id) => {
    if (!rows.has(path)) rows.set(path, { path, label, kind, id, texts: [] });
    return rows.get(path);
  };
  for (const node of picture.nodes) {
    if (!node.path || (!node.label && node.kind !== "fork")) continue;
    const one = row(node.path, nameOf(page, node), kindOf(node), node.id);
    one.texts.push(node.detail, ...node.facts);
  }
  for (const lane of picture.lanes) row(`departments.${lane.id}`, lane.label, "department", lane.id);
  for (const stage of data.stages) row(`stages.${stage.id}`, stage.label, "stage", stage.id);
  for (const edge of picture.edges) {
    if (edge.label && edge.path)
      row(edge.path, `${nameOf(page, edge.start)}: ${edge.label}`, "result", edge.path.split(".").at(-1));
  }
  for (const [path, card] of data.cards) {
    const one = rows.get(path);
    if (one)
      one.texts.push(
        card.lead,
        ...card.sections.flatMap((section) =>
          section.lines.map((line) => `${line.text} ${line.value}`.trim()),
        ),
      );
  }
  return [...rows.values()].map((one) => ({
    ...one,
    low: plain(one.label),
    lowId: plain(one.id),
    lowTexts: one.texts.filter(Boolean).map((text) => [text, plain(text)]),
  }));
}

function plain(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("_", " ");
}

function hitsOf(index, asked) {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const all = words.join(" ");
  const found = [];
  for (const one of index) {
    const where = one.lowTexts.find(([, low]) => low.includes(all));
    const everything = `${one.low} ${one.lowId}`;
    const rank = one.low.startsWith(all)
      ? 0
      : one.low.includes(all)
        ? 1
        : one.lowId.includes(all)
          ? 2
          : words.every((word) => everything.includes(word))
            ? 3
            : where
              ? 4
              : -1;
    if (rank >= 0)
      found.push({
        ...one,
        rank: rank + (one.kind === "result" ? 0.5 : 0),
        why: rank === 4 ? where[0] : "",
      });
  }
  return found.sort((one, two) => one.rank - two.rank);
}

function hitRow(hit, at, act) {
  return make(
    "li",
    {
      id: `hit-${at}`,
      role: "option",
      "aria-selected": "false",
      on: {
        pointerdown: (event) => {
          event.preventDefault();
          act();
        },
      },
    },
    make("span", { class: "hit-name", text: hit.label }),
    make("span", { class: "hit-kind", text: hit.why || hit.kind }),
  );
}

function markHits(page, hits) {
  for (const { svg } of page.picture.layers)
    for (const element of svg.querySelectorAll(".hit")) element.classList.remove("hit");
  for (const { path } of hits) {
    const { nodes, edges } = page.picture.at(path);
    for (const item of [...nodes, ...edges]) {
      page.picture.each(item, (element) => element.classList.add("hit"));
      if (item.within) page.picture.each(item.within, (element) => element.classList.add("hit"));
    }
  }
}
