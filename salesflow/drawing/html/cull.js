// Of a large picture only what is near the window is there to be laid out and painted.

function startCull(page) {
  const kept = { picture: null, box: null, k: 0 };
  const sight = ({ x, y, k }) => {
    const [wide, high] = page.panes.size;
    return { x: -x / k, y: -y / k, w: wide / k, h: high / k };
  };
  const follow = (camera) => {
    const { picture } = page;
    if (picture.nodes.length <= MANY) return;
    const seen = sight(camera);
    const near =
      kept.picture === picture &&
      camera.k < kept.k * 2.5 &&
      seen.x > kept.box.x &&
      seen.y > kept.box.y &&
      seen.x + seen.w < kept.box.x + kept.box.w &&
      seen.y + seen.h < kept.box.y + kept.box.h;
    if (near) return;
    const box = { x: seen.x - seen.w * 0.7, y: seen.y - seen.h * 0.7, w: seen.w * 2.4, h: seen.h * 2.4 };
    Object.assign(kept, { picture, box, k: camera.k });
    cull(picture, box);
  };
  page.on("camera", follow);
  page.on("place", () => {
    kept.picture = null;
    if (page.picture.nodes.length > MANY && page.placed) follow(page.camera);
  });
}

function cull(picture, box) {
  const away = (item, near) => {
    if (item.away === !near) return;
    item.away = !near;
    for (const layer of picture.layers) {
      layer[item.type][item.index].classList.toggle("away", !near);
      if (item.type === "edges") layer.labels[item.index]?.classList.toggle("away", !near);
    }
  };
  for (const node of picture.nodes) away(node, touching(node.box, box));
  for (const { svg } of picture.layers) svg.classList.remove("waiting");
  for (const edge of picture.edges)
    away(edge, touching(spanOf(edge.points), box) || touching(edge.tagBox ?? edge.start.box, box));
}

function spanOf(points) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}
