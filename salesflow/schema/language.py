"""The kinds of documents, and the shape of each; a kind's tables are built when first asked for."""

from functools import cache

from salesflow.schema.shapes import Record

KINDS = ("process", "organization", "variant", "scenario", "tests")


@cache
def document(kind: str) -> Record:
    """The shape of a document of this kind."""
    # Each kind loads only the tables it needs: most files are processes.
    if kind == "process":
        from salesflow.schema.language_process import process

        return process()
    if kind == "organization":
        from salesflow.schema.language_organization import organization

        return organization()
    from salesflow.schema import language_overlays as overlays

    return {
        "variant": overlays.variant,
        "scenario": overlays.scenario,
        "tests": overlays.tests,
    }[kind]()
