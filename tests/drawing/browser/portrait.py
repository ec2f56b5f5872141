"""The picture of the page that the docs show: ``python -m tests.drawing.browser.portrait``.

Letters and their edges differ from one Chromium to the next, so that it is made by hand, and a
test asks only whether it is there and small.
"""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import salesflow as sf
from tests.drawing.browser.conftest import _FLAGS, _NAMES

ROOT = Path(__file__).parents[3]
FILE = ROOT / "docs" / "pictures" / "page.png"


def main() -> None:
    """Open the page of the enterprise example with legal in focus, and take its picture."""
    from playwright.sync_api import sync_playwright

    process = sf.load(ROOT / "examples" / "enterprise" / "enterprise.salesflow.yaml")
    result = sf.simulate(process, replications=3, seed=1, engine="python")
    program = os.environ.get("SALESFLOW_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)))
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "page.html"
        page.write_text(sf.draw(process, "html", result=result), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        tab.goto(f"{page.as_uri()}#view=flow&focus=legal")
        tab.wait_for_timeout(1500)
        tab.screenshot(path=FILE)
        browser.close()


if __name__ == "__main__":
    main()
