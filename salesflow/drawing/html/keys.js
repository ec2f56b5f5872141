// Everything can be done with the keyboard; `?` shows how.

function startKeys(page) {
  const keys = new Map();
  keys.everywhere = true;
  page.key = (key, text, act) => keys.set(key, { text, act });
  page.tool = (element) => document.querySelector(".tools").append(element);
  const live = document.querySelector(".live");
  page.say = (text) => {
    live.textContent = live.textContent === text ? `${text} ` : text;
  };
  const dialog = make("dialog", { class: "keys", "aria-label": "Keys" });
  document.body.append(dialog);
  const show = () => {
    const row = (key, text) =>
      make("tr", {}, make("th", { scope: "row" }, make("kbd", { text: key })), make("td", { text }));
    dialog.replaceChildren(
      make(
        "form",
        { method: "dialog" },
        make("h2", { text: "Keys" }),
        make("button", { "aria-label": "Close", text: "×" }),
      ),
      make(
        "table",
        {},
        make("tbody", {}, ...inOrder(keys).map(([key, { text }]) => row(KEY_NAMES[key] ?? key, text))),
      ),
      everywhereChoice(keys),
      make("p", {
        text: "Drag or swipe to move, turn the wheel or pinch to zoom, click a department's name to see only its part.",
      }),
    );
    if (!dialog.open) dialog.showModal();
  };
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing) return;
    const elsewhere = event.key.length === 1 && event.key !== "?" && !event.target.closest(".stage");
    if (elsewhere && !keys.everywhere) return;
    const known = keys.get(event.key) ?? keys.get({ "=": "+", _: "-", "−": "-" }[event.key]);
    if (!known) return;
    if (event.key.startsWith("Arrow") && event.target.closest(".panel, .bar, .legend")) return;
    event.preventDefault();
    known.act(event);
  });
  page.helpKey = () => page.key("?", "Show these keys", show);
  page.showKeys = show;
}

// Who dictates or reads with another program may want single letters to mean nothing elsewhere.
function everywhereChoice(keys) {
  const box = make("input", {
    type: "checkbox",
    on: {
      change: () => {
        keys.everywhere = box.checked;
      },
    },
  });
  box.checked = keys.everywhere;
  return make("label", { class: "everywhere" }, box, " Single keys act everywhere, not only in the picture");
}

// As they are shown: looking, walking, choosing, closing, laying over, the rest.
const KEY_ORDER = [
  "?",
  "/",
  "1",
  "2",
  "3",
  "0",
  "+",
  "-",
  "z",
  "ArrowRight",
  "ArrowLeft",
  "ArrowUp",
  "ArrowDown",
  "Enter",
  "Escape",
  "[",
  "]",
  "c",
  "b",
  "s",
  "h",
  "d",
  "v",
  "n",
];

function inOrder(keys) {
  const place = ([key]) => (KEY_ORDER.includes(key) ? KEY_ORDER.indexOf(key) : KEY_ORDER.length);
  return [...keys].sort((one, two) => place(one) - place(two));
}

const KEY_NAMES = {
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  "-": "−",
  Enter: "Enter",
};
