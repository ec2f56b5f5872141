"""The browser that opens pages opens bpmn-js too."""

from tests.drawing.browser.conftest import browser

__all__ = ["browser"]
