// Deals that move over the picture, drawn on the canvas above it: the picture itself stays as it is.

const SPEED_WORDS = {
  6: "6 hours a second", 24: "1 day a second", 72: "3 days a second", 168: "1 week a second",
  672: "4 weeks a second",
};
const DEAL_COLOURS = ["moving", "queue", "held", "won", "lost", "rim", "ink"];
const DOT = 4.2; // radius at full size
const MOST_STANDING = 12; // dots at one node; then a number

function startDeals(page) {
  if (!page.data.rates.size) return;
  const play = { on: false, paused: false, speed: 0, chosen: 0, traffic: null, last: 0, frame: 0, told: 0 };
  page.deals = play;
  const controls = dealControls(page, play);
  const running = () => play.on && play.traffic !== null && !document.hidden;
  const tick = (now) => {
    play.frame = 0;
    if (!running()) return;
    const seconds = Math.min(Math.max((now - play.last) / 1000, 0), 0.1);
    play.last = now;
    if (!play.paused) advanceTraffic(play.traffic, seconds, play.speed);
    drawDeals(page, play);
    if (now - play.told > 500) controls.tell(play.traffic);
    if (now - play.told > 500) play.told = now;
    if (!play.paused) wake();
  };
  const wake = () => {
    if (!play.frame && running()) play.frame = requestAnimationFrame(tick);
  };
  const apply = () => {
    const wanted = page.state.deals || (page.calm ? "off" : "on");
    play.on = wanted !== "off";
    play.paused = wanted === "paused";
    if (play.traffic?.picture !== page.picture) beginDeals(page, play);
    controls.show();
    play.colours = dealColours();
    play.last = performance.now();
    clearDeals(page);
    wake();
  };
  page.on("state", (_, changed) => changed.has("deals") && apply());
  page.on("picture", apply);
  page.on("place", () => {
    if (play.traffic) measureWays(play.traffic);
    wake();
  });
  page.on("camera", wake);
  page.on("theme", () => {
    play.colours = dealColours();
    wake();
  });
  document.addEventListener("visibilitychange", () => {
    play.last = performance.now();
    wake();
  });
  page.key("d", "Move deals, or stop them", () => {
    const moves = play.on && !play.paused;
    page.go({ deals: moves ? "paused" : "on" });
    page.say(moves ? "Deals stand still" : "Deals move");
  });
  apply();
}

function beginDeals(page, play) {
  play.traffic = trafficOf(page.picture, page.data.rates);
  if (!play.traffic) return;
  play.speed = play.chosen || livelySpeed(play.traffic);
  crowdTraffic(play.traffic, play.speed);
}

function dealControls(page, play) {
  const button = make("button", { type: "button", class: "tool", id: "deals", text: "Deals",
    on: { click: () => page.go({ deals: play.on ? "off" : "on" }) } });
  page.tool(button);
  const box = legendOf(page, "deals");
  const pause = make("button", { type: "button", class: "deals-pause",
    on: { click: () => page.go({ deals: play.paused ? "on" : "paused" }) } });
  const speed = make("select", { class: "deals-speed", "aria-label": "Speed of the deals" },
    ...SPEEDS.map((hours) => make("option", { value: hours, text: SPEED_WORDS[hours] })));
  speed.addEventListener("change", () => {
    play.chosen = play.speed = Number(speed.value);
    if (play.traffic) crowdTraffic(play.traffic, play.speed);
  });
  const sum = make("span", { class: "deals-sum" });
  box.append(pause, speed, dealKey(), make("p", {}, make("span", { class: "deals-from", text: `${page.data.rated} ` }), sum));
  return {
    show() {
      button.setAttribute("aria-pressed", String(play.on && play.traffic !== null));
      button.title = play.on ? "Hide the moving deals" : "Show deals that move (d)";
      button.disabled = play.traffic === null;
      box.hidden = !play.on || play.traffic === null;
      pause.textContent = play.paused ? "Go on" : "Pause";
      speed.value = String(play.speed);
    },
    tell(traffic) {
      const days = Math.floor(traffic.clock / 24);
      const time = days < 14 ? count(days, "day") : count(Math.floor(days / 7), "week");
      const ends = [...traffic.ended].map(([name, number]) => `${name} ${number}`);
      const many = traffic.each > 1 ? ` A dot is ${traffic.each} deals.` : "";
      box.dataset.moving = traffic.moving.length;
      sum.textContent = `${time}: ${ends.join(", ") || "none has ended"}.${many}`;
    },
  };
}

function dealKey() {
  const words = { moving: "on the way", queue: "waits for somebody", held: "in progress" };
  return make("span", { class: "deals-key" }, ...Object.entries(words).map(([name, text]) =>
    make("span", {}, make("i", { class: `dot ${name}`, "aria-hidden": "true" }), text)));
}

function dealColours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(DEAL_COLOURS.map((name) => [name, style.getPropertyValue(`--deal-${name}`)]));
}

function clearDeals(page) {
  for (const { pen } of page.panes.list) wipe(pen);
}

function wipe(pen) {
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.restore();
}

function drawDeals(page, { traffic, colours }) {
  const dots = { moving: [], queue: [], held: [], won: [], lost: [] };
  const numbers = [];
  const crowds = new Map();
  for (const { way, done } of traffic.moving) {
    const { edge } = way;
    if (edge.hidden) standIn(crowds, edge.end, false);
    else dots[dealTone(edge)].push(pointOn(way, done));
  }
  for (const place of traffic.places.values()) {
    for (const dot of place.standing) standIn(crowds, place.node, dot.begun > traffic.clock);
  }
  for (const crowd of crowds.values()) standingDots(crowd, dots, numbers);
  for (const pane of page.panes.list) {
    wipe(pane.pen);
    if (!pane.host.classList.contains("only-old")) paintDots(pane.pen, page.camera, colours, dots, numbers);
  }
}

function dealTone({ end }) {
  if (end.kind !== "outcome") return "moving";
  return end.tone === "won" || end.tone === "done" ? "won" : "lost";
}

// Where a deal stands: at its node, or at whatever is closed around it.
function standIn(crowds, node, waits) {
  const at = node.within ?? node;
  if (node.hidden && !node.within) return;
  if (!crowds.has(at)) crowds.set(at, { box: at.boxes ? at.boxes[0] : at.box, queue: 0, held: 0 });
  crowds.get(at)[waits ? "queue" : "held"] += 1;
}

function standingDots({ box, queue, held }, dots, numbers) {
  if (!box) return;
  const room = Math.max(3, Math.min(MOST_STANDING, Math.floor((box.w - 20) / 9)));
  const all = queue + held;
  const shown = Math.min(all, room);
  const waiting = all > room ? Math.round((queue / all) * shown) : queue;
  const left = box.x + box.w / 2 - (shown - 1) * 4.5;
  for (let n = 0; n < shown; n += 1) {
    dots[n < waiting ? "queue" : "held"].push([left + n * 9, box.y + box.h + 1]);
  }
  if (all > room) numbers.push([left + shown * 9 - 2, box.y + box.h + 1, `+${all - room}`]);
}

function pointOn({ edge, steps, length }, done) {
  const at = done * length;
  let n = 1;
  while (n < steps.length - 1 && steps[n] < at) n += 1;
  const [ax, ay] = edge.points[n - 1];
  const [bx, by] = edge.points[n];
  const part = (at - steps[n - 1]) / (steps[n] - steps[n - 1] || 1);
  return [ax + (bx - ax) * part, ay + (by - ay) * part];
}

function paintDots(pen, { x, y, k }, colours, dots, numbers) {
  const size = Math.min(Math.max(DOT * k, 1.8), 7);
  pen.lineWidth = Math.min(1.2, size / 3);
  pen.strokeStyle = colours.rim;
  for (const [name, points] of Object.entries(dots)) {
    pen.fillStyle = colours[name];
    pen.beginPath();
    for (const [px, py] of points) {
      const [sx, sy] = [px * k + x, py * k + y];
      pen.moveTo(sx + size, sy);
      pen.arc(sx, sy, size, 0, 2 * Math.PI);
    }
    pen.fill();
    pen.stroke();
  }
  if (k < 0.45) return;
  pen.font = `600 ${Math.min(10 * k, 13)}px sans-serif`;
  pen.textBaseline = "middle";
  pen.fillStyle = colours.ink;
  for (const [px, py, text] of numbers) pen.fillText(text, px * k + x, py * k + y);
}
