"""The page of a process: how large, how soon it is there, how smoothly deals move on it.

Run with ``python benchmarks/bench_page.py [STEPS]``; it needs Chromium (``SALESFLOW_CHROMIUM`` says
where it is) and Playwright. Beside it stands the same picture as SVG alone, without any script.
Goals for 1,000 steps: at most 1 MB, there within 1 s, at least 50 frames a second with 200 deals
that move. Frames a second count only on a machine that has nothing else to do (its load is
printed); what a frame costs the page's process counts anywhere: beyond 20 ms there are no 50.
"""

import gzip
import os
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from believable import process
from playwright.sync_api import sync_playwright

import salesflow as sf
from salesflow.drawing.extract import flow
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.svg.picture import svg
from salesflow.reporting.paged.page import paged

ROUNDS = 5
MOVING = 200
SECONDS = 4
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FRAMES = """(seconds) => new Promise((done) => {
  const times = [];
  const tick = (now) => {
    times.push(now);
    if (now - times[0] < seconds * 1000) requestAnimationFrame(tick);
    else done(times);
  };
  requestAnimationFrame(tick);
})"""
PAINTED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
  () => done(performance.now()))))"""


def with_shares(steps: int) -> sf.process.model.Process:
    """A believable process in which deals flow: every choice is as likely as the others."""
    data = process(steps)

    def fill(home: dict[str, Any]) -> None:
        for step in home.values():
            results = step.get("next")
            if "parallel" not in step and isinstance(results, dict) and len(results) > 1:
                for name, result in results.items():
                    written = result if isinstance(result, dict) else {"to": result}
                    if not written.keys() & {"share", "when", "otherwise"}:
                        written["share"] = "rest"
                    results[name] = written
                free = [r for r in results.values() if r.get("share") == "rest"]
                for result in free[:-1]:
                    result["share"] = f"{40 / len(free):.2f}%"
            for branch in step.get("parallel", {}).values():
                fill(branch.get("steps", {}))

    fill(data["steps"])
    return sf.load(data)


def opened(browser: Any, file: Path, ready: str) -> str:
    """From the address to a painted page, and what that costs, the best of some."""
    found = []
    for _ in range(ROUNDS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        tab = context.new_page()
        tab.goto(file.as_uri(), wait_until="commit")
        tab.wait_for_selector(ready, state="attached")
        found.append((tab.evaluate(PAINTED), 1000 * spent(tab)))
        context.close()
    wall, cost = (min(each) for each in zip(*found, strict=True))
    return f"{wall:.0f} ms ({cost:.0f} ms of the processor)"


def spent(tab: Any) -> float:
    """Seconds of the processor that the process of a page has taken."""
    meter = tab.context.new_cdp_session(tab)
    meter.send("Performance.enable")
    metrics = meter.send("Performance.getMetrics")["metrics"]
    meter.detach()
    return next(each["value"] for each in metrics if each["name"] == "ProcessTime")


def frames(tab: Any) -> str:
    """Frames a second, how long most of them take, and what they cost whatever else runs."""
    before = spent(tab)
    times = tab.evaluate(FRAMES, SECONDS)
    cost = (spent(tab) - before) / len(times)
    gaps = sorted(after - before for before, after in pairwise(times))
    rate, slow = 1000 * len(gaps) / (times[-1] - times[0]), gaps[int(len(gaps) * 0.95)]
    return (
        f"{rate:.0f} frames a second (95% within {slow:.0f} ms; {1000 * cost:.1f} ms of the "
        "processor each)"
    )


def lively(tab: Any) -> int:
    """Deals that move, at the slowest speed at which there are enough of them."""
    moving = 0
    for option in tab.locator(".deals-speed option").all():
        tab.select_option(".deals-speed", option.get_attribute("value"))
        tab.wait_for_timeout(1500)
        moving = int(tab.locator(".legend-deals").get_attribute("data-moving"))
        if moving >= MOVING:
            break
    return moving


def told(name: str, text: str) -> None:
    print(f"{name:<44}{text}")


def main(steps: int) -> None:
    program = os.environ.get("SALESFLOW_CHROMIUM") or shutil.which("chromium")
    known = with_shares(steps)
    begun = time.perf_counter()
    page = paged(known)
    told(f"page of {steps:,} steps, made in", f"{time.perf_counter() - begun:.2f} s")
    alone = svg(layout(flow(known, depth=99)))
    for name, text in (("page", page), ("the same picture as SVG", alone)):
        raw = text.encode()
        small = len(gzip.compress(raw))
        told(f"{name}, size", f"{len(raw) / 1e6:.2f} MB ({small / 1e6:.2f} MB compressed)")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = [Path(folder, "page.html"), Path(folder, "alone.html")]
        files[0].write_text(page, encoding="utf-8")
        files[1].write_text(f"<!doctype html><title>x</title>{alone}", encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        told("page, loaded and painted", opened(browser, files[0], "html.ready"))
        told("the same picture, loaded and painted", opened(browser, files[1], "svg"))
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(files[0].as_uri())
        moving = lively(tab)
        rows = [(f"page, {moving} deals move, all in sight", frames(tab))]
        for _ in range(6):
            tab.keyboard.press("+")
        tab.wait_for_timeout(500)
        rows.append((f"page, {moving} deals move, near", frames(tab)))
        tab.goto(files[1].as_uri())
        rows.append(("the same picture, nothing moves", frames(tab)))
        for name, text in rows:
            told(name, text)
        browser.close()
    told("load of the machine", f"{median(os.getloadavg()):.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
