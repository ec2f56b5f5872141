"""What a change does to the figures: both versions simulated on the same random numbers."""

from typing import Any

from salesflow.nouns import Noun


class Impact(Noun):
    """To be filled."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of the interface page."""
        return {}
