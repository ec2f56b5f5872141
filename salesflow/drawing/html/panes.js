// One or two panes that show the same picture; each has a canvas above it for what moves.

function startPanes(page, size) {
  const stage = document.querySelector(".stage");
  const host = stage.querySelector(".pane");
  page.panes = { list: [furnished(host, null)], size };
  page.panes.add = () => {
    const [first] = page.panes.list;
    const svg = first.svg.cloneNode(true);
    const pane = furnished(make("div", { class: "pane" }, make("div", { class: "world" }, svg)), svg);
    page.panes.list.push(pane);
    first.host.after(pane.host);
    page.picture.enter(svg);
    stackPanes(page, stage);
    sizePanes(page);
    page.tell("picture", page.picture);
    page.view.fit();
    return pane;
  };
  page.panes.remove = () => {
    const pane = page.panes.list.pop();
    pane.host.remove();
    page.picture.leave(pane.svg);
    stage.classList.remove("stacked");
    sizePanes(page);
    page.view.fit();
  };
  page.on("state", (_, changed) => {
    if (changed.has("view")) while (page.panes.list.length > 1) page.panes.remove();
  });
}

// Beside each other or one above the other: as the picture is larger.
function stackPanes(page, stage) {
  const { width, height } = page.picture;
  const beside = Math.min(stage.clientWidth / 2 / width, stage.clientHeight / height);
  const above = Math.min(stage.clientWidth / width, stage.clientHeight / 2 / height);
  stage.classList.toggle("stacked", above > beside);
}

function furnished(host, svg) {
  const canvas = make("canvas", { class: "deals", "aria-hidden": "true" });
  host.append(canvas);
  return { host, svg, canvas, world: host.querySelector(".world"), pen: canvas.getContext("2d") };
}

// The size is read once a change: asking for it in between would cost a layout of everything.
function sizePanes(page) {
  for (const { host, canvas, pen } of page.panes.list) {
    const dense = window.devicePixelRatio || 1;
    const [wide, high] = [host.clientWidth, host.clientHeight];
    if (host === page.panes.list[0].host) page.panes.size = [wide, high];
    const changed = canvas.width !== Math.round(wide * dense) || canvas.height !== Math.round(high * dense);
    if (!changed) continue;
    canvas.width = Math.round(wide * dense);
    canvas.height = Math.round(high * dense);
    pen.setTransform(dense, 0, 0, dense, 0, 0);
  }
}
