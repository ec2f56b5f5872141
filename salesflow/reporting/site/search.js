// Search over all pages: names and ids, the best first. The rows come with search.js of the site.

const MOST_HITS = 12;

function startSearch() {
  const field = document.getElementById("search");
  const rows = window.salesflowSearch ?? [];
  if (!field || rows.length === 0) return;
  const box = field.closest(".search");
  box.hidden = false;
  const list = document.createElement("ul");
  Object.assign(list, { className: "hits", id: "hits", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Found");
  box.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": "hits", "aria-expanded": "false", placeholder: "Search  /",
  })) field.setAttribute(name, value);
  const state = { field, list, at: -1 };
  field.addEventListener("input", () => showHits(state, found(rows, field.value), field.value));
  field.addEventListener("keydown", (event) => walkHits(state, event));
  document.addEventListener("click", (event) => box.contains(event.target) || closeHits(state));
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
  });
}

function plain(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("_", " ");
}

function found(rows, text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const scored = [];
  rows.forEach((row, place) => {
    const title = plain(row[0]);
    const whole = `${title} ${plain(row[1])} ${plain(row[2])} ${plain(row[3])}`;
    if (!words.every((word) => whole.includes(word))) return;
    const score = title === words.join(" ") ? 0 : title.startsWith(words[0]) ? 1 : words.every((word) => title.includes(word)) ? 2 : 3;
    scored.push([score, place, row]);
  });
  scored.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return scored.map((each) => each[2]);
}

function showHits(state, hits, text) {
  const root = document.body.dataset.root;
  state.at = -1;
  state.list.replaceChildren(...hits.slice(0, MOST_HITS).map((row, place) => hit(row, place, root)));
  if (hits.length === 0 && text.trim()) state.list.append(said("Nothing is called so."));
  if (hits.length > MOST_HITS) state.list.append(said(`and ${hits.length - MOST_HITS} more`));
  state.list.hidden = !text.trim();
  state.field.setAttribute("aria-expanded", String(!state.list.hidden));
  state.field.removeAttribute("aria-activedescendant");
}

function hit(row, place, root) {
  const item = document.createElement("li");
  item.id = `hit-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const link = document.createElement("a");
  link.href = root + row[4];
  link.tabIndex = -1;
  const more = document.createElement("small");
  more.textContent = row[2] ? `${row[1]} · ${row[2]}` : row[1];
  link.append(row[0], more);
  item.append(link);
  return item;
}

function said(text) {
  const item = document.createElement("li");
  item.className = "none";
  item.textContent = text;
  item.setAttribute("role", "option");
  item.setAttribute("aria-disabled", "true");
  return item;
}

function walkHits(state, event) {
  const hits = [...state.list.querySelectorAll("[id]")];
  if (event.key === "Escape") {
    state.field.value = "";
    closeHits(state);
  } else if (event.key === "Enter" && hits.length) {
    event.preventDefault();
    hits[Math.max(state.at, 0)].querySelector("a").click();
    closeHits(state);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hits.length) {
    event.preventDefault();
    const by = event.key === "ArrowDown" ? 1 : -1;
    state.at = (state.at + by + hits.length) % hits.length;
    if (state.at < 0) state.at = hits.length - 1;
    hits.forEach((each, place) => each.setAttribute("aria-selected", String(place === state.at)));
    state.field.setAttribute("aria-activedescendant", hits[state.at].id);
    hits[state.at].scrollIntoView({ block: "nearest" });
  }
}

function closeHits(state) {
  state.list.hidden = true;
  state.at = -1;
  state.field.setAttribute("aria-expanded", "false");
  state.field.removeAttribute("aria-activedescendant");
}

startSearch();
