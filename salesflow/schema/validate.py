"""Whether a document says only what the language allows, value by value.

All mistakes are found, not the first one; the smallest wrong parts are left out of the copy that
is handed on, so that what follows finds no mistakes that are only consequences.
"""

from collections.abc import Mapping
from typing import Any

from salesflow.findings import Finding
from salesflow.schema.accept import accepts
from salesflow.schema.language import KINDS, document
from salesflow.source.located import Map


def validate(data: Map, *, kind: str | None = None) -> tuple[Map, tuple[Finding, ...]]:
    """Judge the shape of a document: what its keys may be and what may stand at each.

    ``kind`` is one of ``KINDS``; by default the document's own kind key says it. Returns the
    document without what is wrong and without free metadata (``x-``), the very same object where
    there is nothing to leave out, and every mistake as a finding of the family ``syntax``.
    Work grows with the size of the document; its depth is the reader's to limit.
    """
    kind = kind or kind_of_document(data)
    if kind is not None and accepts(document(kind))(data):
        return data, ()
    from salesflow.schema.judge import judged  # only when something is wrong

    return judged(data, document(kind) if kind else None)


def kind_of_document(data: Mapping[str, Any]) -> str | None:
    """The kind key of a document, the first of ``KINDS`` if it has several."""
    return next((kind for kind in KINDS if kind in data), None)
