"""What somebody sees on a page: where things are on the screen, and whether they are there at all."""

from typing import Any

PICTURE = "svg.picture:not([hidden])"


def node(path: str, pane: int = 0) -> str:
    """Selector of a node of the picture."""
    return f'.pane >> nth={pane} >> {PICTURE} .node[data-path="{path}"]'


def box(tab: Any, selector: str) -> dict[str, float]:
    """Where something is on the screen."""
    found: dict[str, float] = tab.locator(selector).first.evaluate(
        "e => { const b = e.getBoundingClientRect(); return {x: b.x, y: b.y, w: b.width, h: b.height}; }"
    )
    return found


def middle(tab: Any, selector: str) -> tuple[float, float]:
    """The point to click on."""
    at = box(tab, selector)
    return at["x"] + at["w"] / 2, at["y"] + at["h"] / 2


def scale(tab: Any) -> float:
    """How large the picture is shown: 1 is as it was laid out."""
    found: float = tab.locator(PICTURE).first.evaluate(
        "e => e.getBoundingClientRect().width / e.viewBox.baseVal.width"
    )
    return found


def seen(tab: Any, path: str, pane: int = 0) -> bool:
    """Whether a node is drawn, opaque enough, and within what the window shows."""
    shown: bool = tab.locator(node(path, pane)).first.evaluate(
        """e => {
          const b = e.querySelector('.shape').getBoundingClientRect();
          const inside = b.width > 0 && b.x < innerWidth && b.y < innerHeight && b.right > 0 && b.bottom > 0;
          return inside && getComputedStyle(e).display !== 'none' && Number(getComputedStyle(e).opacity) > 0.5;
        }"""
    )
    return shown


def colour(tab: Any, selector: str, of: str = "fill") -> str:
    """A computed colour."""
    found: str = tab.locator(selector).first.evaluate(f"e => getComputedStyle(e)['{of}']")
    return found


def dots(tab: Any, pane: int = 0) -> int:
    """How many pixels of the canvas of deals are painted."""
    found: int = (
        tab.locator("canvas.deals")
        .nth(pane)
        .evaluate(
            """c => {
          const copy = new OffscreenCanvas(c.width, c.height);
          const pen = copy.getContext('2d', {willReadFrequently: true});
          pen.drawImage(c, 0, 0);
          const bytes = pen.getImageData(0, 0, c.width, c.height).data;
          let n = 0;
          for (let i = 3; i < bytes.length; i += 4) if (bytes[i]) n += 1;
          return n;
        }"""
        )
    )
    return found


def paint(tab: Any, pane: int = 0) -> str:
    """The canvas of deals as it is, to compare."""
    found: str = tab.locator("canvas.deals").nth(pane).evaluate("c => c.toDataURL()")
    return found


def until(tab: Any, function: str, seconds: float = 8) -> None:
    """Waits until a function says so; Playwright's own waiting is text that the policy refuses."""
    for _ in range(int(seconds * 20)):
        if tab.evaluate(function):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never came true: {function}")


def panel(tab: Any) -> str:
    """The text of the panel."""
    found: str = tab.locator("#panel-body").inner_text()
    return found
