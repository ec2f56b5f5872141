// The names of lanes at the left edge, where those of the picture are out of sight or too small.

const HEAD = 120; // width of a lane's head in the picture
const RAIL = 160; // width of the longest name at the edge
const LEAST = 14; // pixels of a lane that is named
const READABLE = 7; // pixels of type

function startLanes(page) {
  const rail = make("div", { class: "rail", "aria-hidden": "true" });
  let chips = [];
  const build = () => {
    chips = page.picture.bands
      .filter((band) => band.lane)
      .map((band) => {
        const chip = make("button", {
          type: "button",
          class: "chip",
          tabindex: "-1",
          text: band.lane.label,
          title: band.lane.label,
          on: { click: () => page.focusOn(page.state.focus === band.lane.id ? "" : band.lane.id) },
        });
        return { band, chip };
      });
    rail.replaceChildren(...chips.map(({ chip }) => chip));
  };
  const follow = ({ x, y, k }) => {
    const off = x + HEAD * k < 70 || 13 * k < READABLE;
    rail.classList.toggle("shown", off);
    if (!off) return;
    const [, high] = page.panes.size;
    const beside = x > RAIL + 12;
    rail.classList.toggle("beside", beside);
    rail.style.transform = beside ? `translateX(${Math.round(x - RAIL - 12)}px)` : "";
    let free = 4;
    for (const { band, chip } of chips) {
      const [top, bottom] = [band.box.y * k + y, (band.box.y + band.box.h) * k + y];
      const at = Math.min(Math.max((top + bottom) / 2 - 11, top + 2, 4), bottom - 24, high - 26);
      const gone = bottom < 10 || top > high - 10 || at < free - 0.5 || bottom - top < LEAST;
      chip.classList.toggle("gone", gone);
      if (gone) continue;
      chip.style.transform = `translateY(${Math.round(at)}px)`;
      free = at + 23;
    }
  };
  // How far to the left the picture must not go, so that the names stand beside it.
  page.railRoom = (k, box) => {
    if (chips.length === 0 || window.innerWidth < 720) return 0;
    const letters = Math.max(...chips.map(({ band }) => band.lane.label.length));
    if (Math.max(...chips.map(({ band }) => band.box.h)) * k < LEAST) return 0;
    const names = 12 + Math.min(RAIL, 20 + letters * 6.2);
    if (box.x > 0) return names;
    return 13 * k < READABLE ? names - HEAD * k : 0;
  };
  document.querySelector(".stage").append(rail);
  page.on("picture", build);
  page.on("place", () => follow(page.camera));
  page.on("camera", follow);
  page.on("state", (state, changed) => {
    if (changed.has("focus"))
      for (const { band, chip } of chips) chip.classList.toggle("on", band.lane.id === state.focus);
  });
}
