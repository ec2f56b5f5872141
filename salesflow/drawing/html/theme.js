// Light, dark, or as the system has it.

const THEMES = { "": "As the system", light: "Light", dark: "Dark" };

function startTheme(page) {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  page.calm = calm.matches;
  calm.addEventListener("change", () => {
    page.calm = calm.matches;
  });
  const button = make(
    "button",
    { type: "button", class: "tool icon", id: "theme", on: { click: () => turn() } },
    shape(
      "svg",
      { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      shape("circle", {
        cx: 8,
        cy: 8,
        r: 6.2,
        fill: "none",
        stroke: "currentColor",
        "stroke-width": 1.5,
      }),
      shape("path", { d: "M8 1.8a6.2 6.2 0 0 1 0 12.4z", fill: "currentColor" }),
    ),
  );
  const turn = () => {
    const shown = root.dataset.theme ?? (dark.matches ? "dark" : "light");
    const next = shown === "dark" ? "light" : "dark";
    if ((next === "dark") === dark.matches) delete root.dataset.theme;
    else root.dataset.theme = next;
    name();
    page.say(THEMES[next]);
    page.tell("theme");
  };
  const name = () => {
    const title = "Light or dark (t)";
    button.title = title;
    button.setAttribute("aria-label", title);
  };
  name();
  dark.addEventListener("change", () => page.tell("theme"));
  page.themeTool = button;
  page.key("t", "Light or dark", turn);
}
