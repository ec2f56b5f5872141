// The panel beside the picture: tabs, and rows that lead to what they speak of.

function startPanel(page) {
  const host = document.getElementById("panel");
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Details" });
  const close = make("button", {
    type: "button",
    class: "close",
    "aria-label": "Hide details",
    title: "Hide details (p)",
    text: "×",
    on: { click: () => page.panel.hide() },
  });
  const body = make("div", { class: "body", id: "panel-body", role: "tabpanel", tabindex: "0" });
  host.append(make("div", { class: "panel-head" }, tabs, close), body);
  const known = new Map();
  const extra = [];
  const toggle = make("button", {
    type: "button",
    class: "tool",
    id: "details",
    text: "Details",
    title: "Details (p)",
    "aria-controls": "panel",
    on: { click: () => (page.panel.shown ? page.panel.hide() : page.panel.open()) },
  });

  let begun = false; // reading where it is scrolled to costs a whole layout
  const fill = () => {
    const inside = body.contains(document.activeElement);
    body.replaceChildren();
    body.setAttribute("aria-labelledby", `tab-${page.panel.current}`);
    known.get(page.panel.current)?.fill(body);
    if (begun) body.scrollTop = 0;
    if (inside) body.focus({ preventScroll: true });
  };
  const show = (shown) => {
    page.panel.shown = shown;
    host.toggleAttribute("hidden", !shown);
    toggle.setAttribute("aria-expanded", String(shown));
  };
  page.panel = {
    current: "about",
    shown: true,
    tab: (id, label, filler) => {
      const tab = make("button", {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": "panel-body",
        text: label,
        on: { click: () => page.panel.open(id) },
      });
      known.set(id, { tab, fill: filler });
      tabs.append(tab);
      select(id === page.panel.current);
    },
    add: (more) => extra.push(more),
    extra: (path) => extra.flatMap((more) => more(path) ?? []),
    lines: (section) => sectionOf(page, section),
    refresh: (id) => id === page.panel.current && fill(),
    hide: () => show(false),
    open: (id = page.panel.current) => {
      page.panel.current = known.has(id) ? id : "about";
      show(true);
      select(true);
    },
  };
  const select = (refill) => {
    for (const [id, { tab }] of known) {
      tab.setAttribute("aria-selected", String(id === page.panel.current));
      tab.tabIndex = id === page.panel.current ? 0 : -1;
    }
    if (refill) fill();
  };
  tabs.addEventListener("keydown", (event) => {
    const ids = [...known.keys()];
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const next = ids[(ids.indexOf(page.panel.current) + by + ids.length) % ids.length];
    page.panel.open(next);
    known.get(next).tab.focus();
  });
  page.panel.toggle = toggle;
  page.key("p", "Details: show or hide", () => toggle.click());
  show(window.innerWidth >= 900);
  requestAnimationFrame(() => {
    begun = true;
  });
}

function sectionOf(page, { title, lines }) {
  return make(
    "section",
    { class: "rows" },
    title ? make("h3", { text: title }) : null,
    make("ul", {}, ...lines.map((line) => make("li", { class: line.tone || null }, rowOf(page, line)))),
  );
}

function rowOf(page, { text, value, to, sub }) {
  const inside = [
    make(
      "span",
      { class: "row-text" },
      ...worded(text),
      sub ? make("span", { class: "row-sub" }, ...worded(sub)) : null,
    ),
    value ? make("span", { class: "row-value" }, ...worded(value)) : null,
  ];
  if (!to) return make("span", { class: "row" }, ...inside);
  return make(
    "a",
    {
      class: "row",
      href: addressOf(page, to),
      on: {
        click: (event) => {
          event.preventDefault();
          page.choose(to);
          page.reach(to);
        },
      },
    },
    ...inside,
  );
}

// A link that can be sent to somebody.
function addressOf(page, path) {
  const view = page.state.view === page.data.views[0].id ? "" : `view=${page.state.view}&`;
  const key = path.startsWith("departments.") && page.state.view !== "departments" ? "focus" : "at";
  return `#${view}${key}=${encodeURIComponent(key === "focus" ? path.slice("departments.".length) : path)}`;
}
