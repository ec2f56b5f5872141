// Heat: one measure as colour and number on the steps, and as thickness on the ways between them.

const BADGE = 15; // height of a number on a step, in the picture's pixels
const GRADES = 6;
const NO_HEAT = "none";

function startHeat(page) {
  const { heats } = page.data;
  if (!heats.length) return;
  const chooser = make("select", { id: "heat", title: "Colour the steps by a measure (h)" },
    make("option", { value: NO_HEAT, text: "None" }),
    ...heats.map((heat) => make("option", { value: heat.id, text: HEAT_WORDS[heat.id] || heat.id })));
  page.tool(make("label", { class: "tool", for: "heat" }, make("span", { text: "Heat" }), chooser));
  const scale = legendOf(page, "heat");
  const chosen = () => heats.find((heat) => heat.id === (page.state.heat || heats[0].id));

  const show = () => {
    const heat = chosen();
    chooser.value = heat ? heat.id : NO_HEAT;
    paintHeat(page.picture, heat);
    scale.replaceChildren(...(heat ? heatScale(heat) : []));
    scale.hidden = !heat;
  };
  chooser.addEventListener("change", () => page.go({ heat: chooser.value }));
  page.key("h", "Next heat measure", () => {
    const ids = [...heats.map((heat) => heat.id), NO_HEAT];
    const next = ids[(ids.indexOf(chooser.value) + 1) % ids.length];
    page.go({ heat: next });
    page.say(next === NO_HEAT ? "No heat" : `Heat: ${HEAT_WORDS[next] || next}`);
  });
  page.on("state", (_, changed) => changed.has("heat") && show());
  page.on("picture", show);
  page.on("place", (picture) => heatGroups(picture, chosen()));
  page.panel.add((path) => heatSection(heats, path));
  page.panel.refresh("about");
  show();
}

const HEAT_WORDS = { waiting: "Waiting", load: "Load", value: "Value" };

function paintHeat(picture, heat) {
  for (const node of picture.nodes) {
    const gate = node.kind === "fork" || node.kind === "join" || node.kind === "source";
    const figure = heat && !gate ? heat.figures.get(node.path) : undefined;
    picture.each(node, (element) => heatBox(element, node.home, figure));
  }
  for (const edge of picture.edges) {
    const figure = heat ? heat.figures.get(edge.path) : undefined;
    picture.each(edge, (element) => grade(element, "w", figure));
  }
  heatGroups(picture, heat);
}

// What is closed shows the worst that is in it.
function heatGroups(picture, heat) {
  for (const group of picture.groups) {
    const path = group.frame ? picture.nodes.find((node) => node.id === group.id)?.path : group.id;
    const figure = heat?.figures.get(path);
    for (const { boxes } of picture.layers) {
      boxes.querySelectorAll(`.closed-group[data-group="${CSS.escape(group.id)}"]`)
        .forEach((element, n) => heatBox(element, group.boxes[n], figure));
    }
  }
}

function heatBox(element, box, figure) {
  element.querySelector(":scope > .heat-number")?.remove();
  grade(element, "h", figure);
  if (!figure || !box) return;
  const wide = 12 + 5.8 * figure.text.length;
  const right = box.x + box.w - 4;
  element.append(shape("g", { class: "heat-number" },
    shape("rect", { x: right - wide, y: box.y - BADGE / 2, width: wide, height: BADGE, rx: BADGE / 2 }),
    shape("text", { x: right - wide / 2, y: box.y + 4, "text-anchor": "middle", text: figure.text })));
}

// One of the classes w0 to w5 or h0 to h5: the more, the hotter.
function grade(element, letter, figure) {
  for (let n = 0; n < GRADES; n += 1) element.classList.remove(`${letter}${n}`);
  if (figure) element.classList.add(letter + Math.min(GRADES - 1, Math.floor(figure.level * GRADES)));
}

function heatScale(heat) {
  return [
    make("span", { class: "legend-title", text: heat.label }),
    make("span", { class: "legend-scale", "aria-hidden": "true" },
      make("span", { text: "less" }),
      shape("svg", { class: "grades", viewBox: `0 0 ${20 * GRADES} 14` }, ...Array.from({ length: GRADES }, (_, n) =>
        shape("g", { class: `node h${n}` }, shape("rect", { class: "shape", x: 20 * n + 1, y: 1, width: 18, height: 12, rx: 2 })))),
      make("span", { text: "more" })),
  ];
}

function heatSection(heats, path) {
  const lines = heats
    .map((heat) => [heat, heat.figures.get(path)])
    .filter(([, figure]) => figure)
    .map(([heat, figure]) => ({ text: HEAT_WORDS[heat.id] || heat.id, value: figure.text, to: "", tone: "" }));
  const way = path.includes(".next.") || path.startsWith("sources.");
  if (way) return lines.length ? [{ title: "Deals", lines: [{ ...lines[0], text: "pass here" }] }] : [];
  return lines.length ? [{ title: "Heat", lines }] : [];
}

// A part of the bar below the picture, where colours and dots are explained.
function legendOf(page, name) {
  let bar = document.querySelector(".legend");
  if (!bar) {
    bar = make("footer", { class: "legend", "aria-label": "Legend" });
    document.querySelector("main").after(bar);
  }
  const part = make("div", { class: `legend-part legend-${name}` });
  part.hidden = true;
  bar.append(part);
  return part;
}
