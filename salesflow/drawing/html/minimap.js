// The whole picture in a corner, with a frame around what is in sight, and buttons to zoom.

const MAP_WIDE = 190;
const MAP_HIGH = 120;

function startMinimap(page) {
  const canvas = make("canvas", { "aria-hidden": "true" });
  const frame = make("div", { class: "sight" });
  const map = make("div", { class: "minimap", title: "The whole picture: drag to go there" }, canvas, frame);
  const level = make("span", { class: "level", "aria-hidden": "true" });
  const button = (text, title, act) =>
    make("button", { type: "button", title, "aria-label": title, text, on: { click: act } });
  const zoom = make(
    "div",
    { class: "zoom", role: "group", "aria-label": "Zoom" },
    button("−", "Farther (−)", () => page.view.zoom(1 / 1.4, undefined, undefined, GLIDE)),
    level,
    button("+", "Nearer (+)", () => page.view.zoom(1.4, undefined, undefined, GLIDE)),
    button("⤢", "Show all (0)", () => page.view.fit()),
  );
  document.querySelector(".stage").append(make("div", { class: "corner" }, map, zoom));
  const scale = () => Math.min(MAP_WIDE / page.picture.width, MAP_HIGH / page.picture.height);
  const sight = () => {
    const { x, y, k } = page.camera;
    const [wide, high] = page.panes.size;
    const s = scale();
    const left = Math.max(0, (-x / k) * s);
    const top = Math.max(0, (-y / k) * s);
    const right = Math.min(page.picture.width * s, ((wide - x) / k) * s);
    const bottom = Math.min(page.picture.height * s, ((high - y) / k) * s);
    frame.style.transform = `translate(${left}px, ${top}px)`;
    frame.style.width = `${Math.max(4, right - left)}px`;
    frame.style.height = `${Math.max(4, bottom - top)}px`;
    const all = right - left > page.picture.width * s - 1 && bottom - top > page.picture.height * s - 1;
    map.classList.toggle("all", all);
    const shown = `${Math.round(k * 100)}%`;
    if (level.textContent !== shown) level.textContent = shown;
  };
  const draw = () => {
    drawMap(page, canvas, scale());
    sight();
  };
  const jump = (event) => {
    const box = canvas.getBoundingClientRect();
    page.view.center((event.clientX - box.left) / scale(), (event.clientY - box.top) / scale(), 0);
  };
  map.addEventListener("pointerdown", (event) => {
    map.setPointerCapture(event.pointerId);
    jump(event);
  });
  map.addEventListener("pointermove", (event) => event.buttons && jump(event));
  page.on("place", draw);
  page.on("theme", draw);
  page.on("state", (_, changed) => changed.has("focus") && draw());
  page.on("camera", sight);
}

function drawMap(page, canvas, scale) {
  const { picture } = page;
  const dense = window.devicePixelRatio || 1;
  const [wide, high] = [picture.width * scale, picture.height * scale];
  canvas.width = Math.ceil(wide * dense);
  canvas.height = Math.ceil(high * dense);
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${high}px`;
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--sf-${name}`);
  pen.scale(dense * scale, dense * scale);
  const fill = (name, boxes, least = 0) => {
    pen.fillStyle = colour(name);
    for (const { x, y, w, h } of boxes) pen.fillRect(x, y, Math.max(w, least), Math.max(h, least));
  };
  fill("paper", [{ x: 0, y: 0, w: picture.width, h: picture.height }]);
  fill(
    "lane",
    picture.bands.map((band) => band.box),
  );
  fill(
    "head",
    picture.bands.map(({ box }) => ({ ...box, w: Math.min(HEAD, box.w) })),
  );
  pen.strokeStyle = colour("faint");
  pen.lineWidth = 0.7 / scale;
  pen.beginPath();
  for (const { points, hidden } of picture.edges) {
    if (hidden) continue;
    points.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  }
  pen.stroke();
  const least = 2 / scale;
  const shown = picture.nodes.filter((node) => !node.hidden);
  const ended = (node, won) => node.kind === "outcome" && (node.tone === "won") === won;
  fill(
    "line",
    shown.filter((node) => node.kind !== "outcome").map((node) => node.box),
    least,
  );
  fill(
    "won-line",
    shown.filter((node) => ended(node, true)).map((node) => node.box),
    least,
  );
  fill(
    "lost-line",
    shown.filter((node) => ended(node, false)).map((node) => node.box),
    least,
  );
  fill(
    "main",
    picture.groups.flatMap((group) => group.boxes),
    least,
  );
  if (!page.state.focus) return;
  fill(
    "main",
    shown.filter((node) => node.lane?.id === page.state.focus).map((node) => node.box),
    least,
  );
}
