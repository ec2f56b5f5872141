// A magnifying glass: what lies under the pointer says its name and its facts, however small it is.

const LINGER = 120; // milliseconds before it appears
const MOST_FACTS = 5;

function startTip(page) {
  const stage = document.querySelector(".stage");
  const tip = make("div", { class: "tip", "aria-hidden": "true" });
  tip.hidden = true;
  stage.append(tip);
  let [timer, at, over] = [0, [0, 0], null];
  const hide = () => {
    clearTimeout(timer);
    tip.hidden = true;
    over = null;
  };
  const place = () => {
    const [x, y] = at;
    const left = Math.min(x + 14, stage.clientWidth - tip.offsetWidth - 8);
    const below = y + 18 + tip.offsetHeight < stage.clientHeight;
    tip.style.transform = `translate(${Math.max(4, left)}px, ${below ? y + 18 : Math.max(4, y - 12 - tip.offsetHeight)}px)`;
  };
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return hide();
    const box = stage.getBoundingClientRect();
    at = [event.clientX - box.left, event.clientY - box.top];
    const thing = event.target.closest?.(".node, .edge, .edge-label, .closed-group");
    if (thing === over) return tip.hidden ? undefined : place();
    hide();
    over = thing;
    if (!thing) return undefined;
    timer = setTimeout(() => {
      const told = tipOf(page, thing);
      if (!told) return;
      tip.replaceChildren(...told);
      tip.hidden = false;
      place();
    }, LINGER);
    return undefined;
  });
  stage.addEventListener("pointerleave", hide);
  stage.addEventListener("pointerdown", hide);
  stage.addEventListener("wheel", hide, { passive: true });
}

function tipOf(page, element) {
  const rows = (title, texts) => [
    make("b", { text: title }),
    ...texts
      .filter(Boolean)
      .slice(0, MOST_FACTS + 1)
      .map((text) => make("span", { text })),
  ];
  if (element.dataset.group) {
    const group = page.picture.groups.find((each) => each.id === element.dataset.group);
    const names = [
      ...new Set(
        group.members
          .filter((node) => node.kind !== "join" && node.kind !== "fork")
          .map((node) => node.label),
      ),
    ];
    const some = names.slice(0, 6).join(", ");
    return rows(group.label, [
      names.length > 6 ? `${some} and ${names.length - 6} more` : some,
      "Click to open",
    ]);
  }
  const {
    nodes: [node],
    edges: [edge],
  } = page.picture.at(element.dataset.path);
  if (element.matches(".node") && node) {
    const facts = node.facts.length ? node.facts : [node.detail];
    return rows(nameOf(page, node), [
      [KINDS[node.kind], node.lane?.label].filter(Boolean).join(" · "),
      ...facts,
    ]);
  }
  if (!edge) return null;
  const marks = edge.marks.map((mark) => mark.text);
  return rows(edge.label || "goes on", [`${nameOf(page, edge.start)} → ${nameOf(page, edge.end)}`, ...marks]);
}
