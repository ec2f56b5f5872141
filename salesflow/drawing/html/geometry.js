// Boxes {x, y, w, h}, points [x, y], and lines that turn at right angles.

const ROUND = 8; // radius of the corners of a line

// The corners of a drawn line: M and L are points, of a Q only the control point is a corner.
function pointsOf(drawn) {
  const points = [];
  for (const [, command, rest] of drawn.matchAll(/([MLQ])([^MLQ]*)/g)) {
    const numbers = (rest.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);
    const corners = command === "Q" ? 4 : 2;
    for (let at = 0; at + 1 < numbers.length; at += corners) points.push([numbers[at], numbers[at + 1]]);
  }
  return straightened(points);
}

function straightened(points) {
  const same = (a, b) => Math.abs(a - b) < 0.05;
  const kept = [];
  for (const point of points) {
    const [one, two] = [kept[kept.length - 2], kept[kept.length - 1]];
    if (two && same(two[0], point[0]) && same(two[1], point[1])) continue;
    const onward = one && [0, 1].some((axis) => same(one[axis], two[axis]) && same(two[axis], point[axis]));
    if (onward) kept.pop();
    kept.push(point);
  }
  return kept;
}

function drawnLine(points) {
  const near = (from, to, far) => {
    const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
    return [from[0] + ((to[0] - from[0]) * far) / long, from[1] + ((to[1] - from[1]) * far) / long];
  };
  const text = ([x, y]) => `${tenth(x)} ${tenth(y)}`;
  let drawn = `M${text(points[0])}`;
  for (let at = 1; at < points.length - 1; at += 1) {
    const [before, corner, after] = [points[at - 1], points[at], points[at + 1]];
    const room = Math.min(distance(before, corner), distance(corner, after)) / 2;
    const radius = Math.min(ROUND, room);
    drawn += `L${text(near(corner, before, radius))}Q${text(corner)} ${text(near(corner, after, radius))}`;
  }
  return `${drawn}L${text(points[points.length - 1])}`;
}

function tenth(value) {
  return Math.round(value * 10) / 10;
}

function distance([ax, ay], [bx, by]) {
  return Math.hypot(bx - ax, by - ay);
}

function around(boxes, margin = 0) {
  const left = Math.min(...boxes.map((box) => box.x)) - margin;
  const top = Math.min(...boxes.map((box) => box.y)) - margin;
  const right = Math.max(...boxes.map((box) => box.x + box.w)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.y + box.h)) + margin;
  return { x: left, y: top, w: right - left, h: bottom - top };
}

function touching(one, two) {
  return one.x < two.x + two.w && two.x < one.x + one.w && one.y < two.y + two.h && two.y < one.y + one.h;
}

function holds(box, [x, y]) {
  return x > box.x - 0.5 && x < box.x + box.w + 0.5 && y > box.y - 0.5 && y < box.y + box.h + 0.5;
}

// A line that begins within a box, from where it leaves the box for the last time.
function leaving(points, box) {
  for (let at = points.length - 2; at >= 0; at -= 1) {
    const out = lastWithin(points[at], points[at + 1], box);
    if (out) return straightened([out, ...points.slice(at + 1)]);
  }
  return points;
}

function lastWithin([ax, ay], [bx, by], box) {
  const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)];
  const [top, bottom] = [Math.min(ay, by), Math.max(ay, by)];
  const flat = { x: left, y: top, w: right - left, h: bottom - top };
  const apart = flat.x > box.x + box.w || box.x > right || flat.y > box.y + box.h || box.y > bottom;
  if (apart) return null;
  return [Math.min(Math.max(bx, box.x), box.x + box.w), Math.min(Math.max(by, box.y), box.y + box.h)];
}

function arriving(points, box) {
  return leaving([...points].reverse(), box).reverse();
}
