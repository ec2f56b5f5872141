// A press on the head of a column sorts its table; a second one turns the order around.

function startSorting() {
  for (const table of document.querySelectorAll("main table")) {
    if (table.tBodies[0].rows.length < 3) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => sortBy(table, heads, column));
    });
  }
}

function sortBy(table, heads, column) {
  const down = heads[column].getAttribute("aria-sort") === "ascending";
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[column].setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows].map((row, place) => ({ row, place, key: keyOf(row.cells[column]) }));
  rows.sort((one, other) => {
    const empty = (one.key === "") - (other.key === "");  // what says nothing comes last
    const order = compare(one.key, other.key);
    return empty || (down ? -order : order) || one.place - other.place;
  });
  table.tBodies[0].append(...rows.map((each) => each.row));
}

function keyOf(cell) {
  const number = cell.dataset.order;
  return number === undefined ? cell.textContent.trim() : Number(number);
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true, sensitivity: "base" });
}

startSorting();
