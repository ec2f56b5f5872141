// The camera: where in the picture the reader looks, and how near. A point is shown at point * k + (x, y).

const NEAREST = 3;
const GLIDE = 240; // milliseconds of a way to somewhere else
const NARROW = 520; // pixels of a pane on which a whole picture says nothing
const TINY = 0.13; // below it not even shapes can be told apart
const UNREADABLE = 0.25; // below it the words of a large picture are left out
const MANY = 300; // shapes of a large picture
const EDGE = 28; // pixels left free around what is shown

function startView(page) {
  const camera = (page.camera = { x: 0, y: 0, k: 1 });
  const motion = { from: null, to: null, begun: 0, long: 0, frame: 0, rest: 0 };
  const size = () => page.panes.size;

  const paint = () => {
    const { x, y, k } = camera;
    const large = page.picture.nodes.length > MANY;
    const [far, tiny] = [large && k < UNREADABLE, large && k < TINY];
    for (const { svg, world } of page.panes.list) {
      world.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
      if (svg.classList.contains("far") !== far) svg.classList.toggle("far", far);
      if (svg.classList.contains("tiny") !== tiny) svg.classList.toggle("tiny", tiny);
    }
    page.placed = true;
    page.tell("camera", camera);
  };
  const settle = () => {
    motion.rest = 0;
    for (const { world } of page.panes.list) world.style.willChange = "";
  };
  const lively = () => {
    for (const { world } of page.panes.list) world.style.willChange = "transform";
    clearTimeout(motion.rest);
    motion.rest = setTimeout(settle, 180);
  };
  const tick = (now) => {
    motion.frame = 0;
    const done = Math.min(1, (now - motion.begun) / motion.long);
    Object.assign(camera, between(motion.from, motion.to, 1 - (1 - done) ** 3));
    lively();
    paint();
    if (done < 1) motion.frame = requestAnimationFrame(tick);
    else motion.to = null;
  };
  const go = (to, long = GLIDE) => {
    const goal = bounded(page, to, size());
    if (page.calm || long === 0 || !Number.isFinite(camera.k)) {
      cancelAnimationFrame(motion.frame);
      Object.assign(motion, { frame: 0, to: null });
      Object.assign(camera, goal);
      lively();
      paint();
      return;
    }
    Object.assign(motion, { from: { ...camera }, to: goal, begun: performance.now(), long });
    if (!motion.frame) motion.frame = requestAnimationFrame(tick);
  };
  const goal = () => motion.to ?? camera;

  const view = (page.view = {
    touched: false,
    fit: (long) => {
      view.touched = false;
      go(fitting({ x: 0, y: 0, w: page.picture.width, h: page.picture.height }, size(), page, 1.25), long);
    },
    // The whole picture, or where it cannot be read at all its beginning.
    begin: () => {
      const all = { x: 0, y: 0, w: page.picture.width, h: page.picture.height };
      const room = size()[0] >= NARROW && page.picture.nodes.length <= MANY;
      if (room || fitting(all, size(), page, 1.25).k >= TINY) {
        view.fit(0);
        return;
      }
      const first = page.picture.nodes.find((node) => !node.hidden);
      const [, high] = size();
      view.touched = true;
      go({ k: 0.6, x: 6, y: high * 0.3 - (first ? first.box.y : 0) * 0.6 }, 0);
    },
    show: (items) => {
      const boxes = items.flatMap(boxesOf);
      if (boxes.length === 0) return;
      view.touched = true;
      go(fitting(around(boxes, 40), size(), page, Math.min(1.15, Math.max(goal().k, 0.9))));
    },
    center: (px, py, long) => {
      const [wide, high] = size();
      view.touched = true;
      go({ x: wide / 2 - px * goal().k, y: high / 2 - py * goal().k, k: goal().k }, long);
    },
    pan: (dx, dy, long = 0) => {
      view.touched = true;
      go({ x: goal().x + dx, y: goal().y + dy, k: goal().k }, long);
    },
    // Nearer or farther, with the picture's point under (px, py) staying where it is.
    zoom: (factor, px = size()[0] / 2, py = size()[1] / 2, long = 140) => {
      view.touched = true;
      const now = goal();
      const k = clampedScale(page, now.k * factor, size());
      go({ x: px - ((px - now.x) * k) / now.k, y: py - ((py - now.y) * k) / now.k, k }, long);
    },
    // What was at one place is at another now: it stays where it is on the screen.
    keep: ([ax, ay], [bx, by]) =>
      go({ x: camera.x + (ax - bx) * camera.k, y: camera.y + (ay - by) * camera.k, k: camera.k }, 0),
    // Into sight, without changing how near it is unless it must be farther.
    reveal: (box) => {
      const [wide, high] = size();
      const { x, y, k } = goal();
      if (box.w * k > wide - 2 * EDGE || box.h * k > high - 2 * EDGE) {
        go(fitting(box, size(), page, k));
        return;
      }
      const slip = (from, long, room) => Math.max(0, EDGE - from) || Math.min(0, room - EDGE - from - long);
      const dx = slip(box.x * k + x, box.w * k, wide);
      const dy = slip(box.y * k + y, box.h * k, high);
      if (dx || dy) view.pan(dx, dy, GLIDE);
    },
  });
  new ResizeObserver(() => {
    sizePanes(page);
    if (page.picture && !view.touched) view.fit(0);
    else paint();
  }).observe(page.panes.list[0].host);
}

function boxesOf(item) {
  if (item.within) return item.within.boxes;
  if (item.hidden) return [];
  if (item.points) return item.points.map(([x, y]) => ({ x, y, w: 0, h: 0 }));
  return item.boxes ?? [item.box];
}

// Lane names take room at the left where those of the picture are too small to read.
function fitting(box, [wide, high], page, nearest) {
  const [w, h] = [Math.max(1, box.w), Math.max(1, box.h)];
  const room = Math.min(EDGE, wide / 20);
  const scale = (left) => Math.min((wide - left - room) / w, (high - 2 * room) / h, nearest);
  const names = page.railRoom?.(scale(room), box) ?? 0;
  const left = Math.max(room, names);
  const k = scale(left);
  return {
    k,
    x: left + (wide - left - room - w * k) / 2 - box.x * k,
    y: Math.max(room, (high - h * k) * 0.42) - box.y * k,
  };
}

function clampedScale(page, k, size) {
  const { width, height } = page.picture;
  const all = fitting({ x: 0, y: 0, w: width, h: height }, size, page, 1).k;
  return Math.min(NEAREST, Math.max(Math.min(all * 0.7, 0.5), k));
}

// Some of the picture stays in sight.
function bounded(page, { x, y, k }, [wide, high]) {
  const { width, height } = page.picture;
  const some = 80;
  return {
    k,
    x: Math.min(wide - some, Math.max(some - width * k, x)),
    y: Math.min(high - some, Math.max(some - height * k, y)),
  };
}

// On the way between two cameras one point of the screen stays still while the scale grows evenly.
function between(from, to, part) {
  if (part >= 1) return { ...to };
  if (Math.abs(to.k - from.k) < 1e-6) {
    return { k: to.k, x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  }
  const k = from.k * (to.k / from.k) ** part;
  const still = (a, b) => (b * from.k - a * to.k) / (from.k - to.k);
  const [px, py] = [still(from.x, to.x), still(from.y, to.y)];
  return { k, x: px - ((px - from.x) * k) / from.k, y: py - ((py - from.y) * k) / from.k };
}
