// Space that closing has emptied is taken out of one axis; what is still shown keeps its size.

// A function from old places to new ones, never out of order. `spans` may shrink, `solids` may not;
// between the ends of a demand {from, to, least} at least so much is left.
function squeezedAxis(spans, solids, demands) {
  const pieces = piecesOf(spans, solids);
  for (const { from, to, least } of demands) {
    const inside = pieces.filter((piece) => piece.from >= from && piece.to <= to);
    const shown = inside.reduce((sum, piece) => sum + piece.long * piece.keep, 0);
    const free = inside.reduce((sum, piece) => sum + piece.long * (1 - piece.keep), 0);
    const more = Math.min(1, Math.max(0, least - shown) / (free || 1));
    for (const piece of inside) piece.keep += (1 - piece.keep) * more;
  }
  let gone = 0;
  for (const piece of pieces) {
    piece.before = gone;
    gone += piece.long * (1 - piece.keep);
  }
  return (place) => place - goneBefore(pieces, place, gone);
}

function goneBefore(pieces, place, all) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].to <= place) low = middle + 1;
    else high = middle;
  }
  if (low === pieces.length) return all;
  const piece = pieces[low];
  return piece.before + Math.max(0, place - piece.from) * (1 - piece.keep);
}

// The stretches between neighbouring ends: those that may shrink begin with nothing kept of them.
function piecesOf(spans, solids) {
  const turns = [];
  for (const [from, to] of spans) turns.push([from, 1, 0], [to, -1, 0]);
  for (const [from, to] of solids) turns.push([from, 0, 1], [to, 0, -1]);
  turns.sort((one, two) => one[0] - two[0]);
  const pieces = [];
  let [span, solid] = [0, 0];
  turns.forEach(([from, more, fixed], at) => {
    [span, solid] = [span + more, solid + fixed];
    const to = turns[at + 1]?.[0] ?? from;
    if (to > from)
      pieces.push({ from, to, long: to - from, keep: span > 0 && solid === 0 ? 0 : 1, before: 0 });
  });
  return pieces;
}

// Rows of a wrapped picture shrink each by itself, all in one height.
function squeezedPlaces(picture, areas, shown) {
  const rows = rowsOf(picture);
  const rowAt = (y) => rows.findIndex((row, at) => y < row.bottom || at === rows.length - 1);
  const across = rows.map(() => ({ spans: [], solids: [], demands: [] }));
  const down = { spans: [], solids: [], demands: [] };
  for (const { rect, least } of areas) {
    const row = across[rowAt(rect.y + rect.h / 2)];
    claim(row, rect.x, rect.x + rect.w, least.w);
    claim(down, rect.y, rect.y + rect.h, least.h);
  }
  for (const { x, y, w, h } of shown.boxes) {
    across[rowAt(y + h / 2)].solids.push([x - 13, x + w + 13]);
    down.solids.push([y - 13, y + h + 13]);
  }
  for (const { x, y, w, h } of shown.labels) {
    across[rowAt(y + h / 2)].solids.push([x - 3, x + w + 3]);
    down.solids.push([y - 3, y + h + 3]);
  }
  for (const { points, rows: own } of shown.lines) {
    for (let at = 1; at < points.length; at += 1) {
      const [[ax, ay], [bx, by]] = [points[at - 1], points[at]];
      if (Math.abs(ax - bx) < Math.abs(ay - by)) across[own[at - 1]].solids.push([ax - 6, ax + 6]);
      else down.solids.push([ay - 6, ay + 6]);
    }
  }
  for (const { home } of picture.bands) {
    down.solids.push([home.y, home.y + Math.min(44, home.h)], [home.y + home.h - 4, home.y + home.h + 4]);
  }
  const squeeze = ({ spans, solids, demands }) => squeezedAxis(spans, solids, demands);
  return { x: across.map(squeeze), y: squeeze(down), rowAt };
}

function claim(axis, from, to, least) {
  axis.spans.push([from, to]);
  axis.solids.push([from - 13, from + 1], [to - 1, to + 13]);
  axis.demands.push({ from, to, least });
}

function rowsOf(picture) {
  const rows = [];
  for (const { row, home } of picture.bands) {
    rows[row] ??= { top: Infinity, bottom: -Infinity };
    rows[row].top = Math.min(rows[row].top, home.y);
    rows[row].bottom = Math.max(rows[row].bottom, home.y + home.h);
  }
  const found = rows.filter(Boolean);
  return found.length ? found : [{ top: 0, bottom: picture.home.h }];
}

// To which row each stretch of a line belongs: the ends to their nodes', others to where they are.
function rowsOfLine(points, first, last, rowAt) {
  const rows = [];
  for (let at = 1; at < points.length; at += 1) rows.push(rowAt((points[at - 1][1] + points[at][1]) / 2));
  if (rows.length) [rows[rows.length - 1], rows[0]] = [last, first];
  return rows;
}

// The line in its new place; where one stretch comes from another row, it turns half-way.
function movedLine({ points, rows }, places, last) {
  const moved = [];
  points.forEach(([x, y], at) => {
    const upright = (n) => n >= 0 && n < rows.length && Math.abs(points[n][0] - points[n + 1][0]) < 0.05;
    const row =
      at === 0
        ? rows[0]
        : at === points.length - 1
          ? last
          : upright(at)
            ? rows[at]
            : upright(at - 1)
              ? rows[at - 1]
              : rows[at];
    moved.push([places.x[row](x), places.y(y)]);
  });
  for (let at = moved.length - 1; at > 0; at -= 1) {
    const [[ax, ay], [bx, by]] = [moved[at - 1], moved[at]];
    if (Math.abs(ax - bx) > 0.05 && Math.abs(ay - by) > 0.05) {
      const middle = (ay + by) / 2;
      moved.splice(at, 0, [ax, middle], [bx, middle]);
    }
  }
  return straightened(moved);
}
