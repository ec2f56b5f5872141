// What the reader has chosen, kept in the address so that it can be sent to somebody.

const NOTHING = { view: "", focus: "", at: "", find: "", closed: "", heat: "", compare: "", deals: "" };

function startState(page) {
  const listeners = new Map();
  page.on = (event, listener) => {
    listeners.set(event, [...(listeners.get(event) ?? []), listener]);
  };
  page.tell = (event, ...what) => {
    for (const listener of listeners.get(event) ?? []) listener(...what);
  };
  page.state = readAddress(page);
  page.go = (changes) => {
    const changed = new Set(
      Object.keys(changes).filter((key) => key in NOTHING && changes[key] !== page.state[key]),
    );
    if (changed.size === 0) return;
    if (changed.has("view") && !("closed" in changes)) {
      changes.closed = viewNamed(page, changes.view).closed.join(",");
      if (changes.closed !== page.state.closed) changed.add("closed");
    }
    page.state = { ...page.state, ...changes };
    writeAddress(page);
    page.tell("state", page.state, changed);
  };
  window.addEventListener("hashchange", () => {
    const before = page.state.at;
    page.go(readAddress(page));
    if (page.state.at && page.state.at !== before) page.reach(page.state.at);
  });
}

function viewNamed(page, id) {
  return page.data.views.find((view) => view.id === id) ?? page.data.views[0];
}

function readAddress(page) {
  const asked = new URLSearchParams(window.location.hash.slice(1));
  const view = viewNamed(page, asked.get("view") ?? "");
  const state = { ...NOTHING, closed: view.closed.join(",") };
  for (const key of Object.keys(NOTHING)) state[key] = asked.get(key) ?? state[key];
  state.view = view.id;
  return state;
}

function writeAddress(page) {
  const told = new URLSearchParams();
  const usual = viewNamed(page, page.state.view).closed.join(",");
  for (const [key, value] of Object.entries(page.state)) {
    const plain = key === "closed" ? usual : key === "view" ? page.data.views[0].id : "";
    if (value !== plain) told.set(key, value);
  }
  const text = told.toString().replaceAll("%2C", ",");
  window.history.replaceState(null, "", text ? `#${text}` : "#");
}
