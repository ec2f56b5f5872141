// Everything begins here, in the order in which things need each other.

async function startPage() {
  document.documentElement.classList.add("scripted");
  const pane = document.querySelector(".pane");
  const size = [pane.clientWidth, pane.clientHeight]; // while the picture is not there yet: a layout of it all takes long
  const page = { data: readData(await unpacked()) };
  startKeys(page);
  startTheme(page);
  startState(page);
  startPanes(page, size);
  startPictures(page);
  startView(page);
  startCull(page);
  startCollapse(page);
  startPanel(page);
  page.show(page.state.view);
  startViews(page);
  startFocus(page);
  startCard(page);
  startOutline(page);
  startFind(page);
  startMinimap(page);
  startLanes(page);
  startHeat(page);
  startDeals(page);
  startCompare(page);
  startFindings(page);
  startGestures(page);
  startTip(page);
  startWalk(page);
  page.helpKey();
  page.tool(page.themeTool);
  page.tool(
    make("button", {
      type: "button",
      class: "tool icon",
      id: "help",
      text: "?",
      title: "Keys (?)",
      "aria-label": "Keys",
      on: { click: page.showKeys },
    }),
  );
  page.tool(page.panel.toggle);
  page.tell("picture", page.picture);
  document.documentElement.classList.add("ready");
  if (thingsOf(page, page.state.at).length) page.reach(page.state.at);
  else if (page.state.focus) page.focusOn(page.state.focus);
  else page.view.begin();
}

function startViews(page) {
  const bar = document.querySelector(".views");
  const several = page.data.views.length > 1;
  const buttons = page.data.views.map((view, at) => {
    if (several) page.key(String(at + 1), `View: ${view.label}`, () => page.go({ view: view.id, at: "" }));
    return make("button", {
      type: "button",
      text: view.label,
      value: view.id,
      title: `${view.label} (${at + 1})`,
      on: { click: () => page.go({ view: view.id, at: "" }) },
    });
  });
  if (several) bar.append(...buttons);
  const mark = () =>
    buttons.forEach((button) =>
      button.setAttribute("aria-pressed", String(button.value === page.state.view)),
    );
  page.on("state", (state, changed) => {
    if (!changed.has("view")) return;
    mark();
    page.show(state.view);
    page.view.fit(0);
    page.say(`View: ${viewNamed(page, state.view).label}`);
  });
  mark();
}

startPage();
