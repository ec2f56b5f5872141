"""Variants beside their base, for programs."""

from collections.abc import Sequence
from typing import Any

from salesflow.changes.variants import Variants


def document(found: Sequence[Variants]) -> dict[str, Any]:
    """The JSON shape: ``bases``, each with ``variants`` and the ``rows`` where they differ."""
    return {"version": 1, "bases": [each.to_dict() for each in found]}
