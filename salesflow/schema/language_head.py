"""What every document and every element starts with: version, id, name, description, owner."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_values import new_id, text
from salesflow.schema.shapes import Either, Id, Key, MapOf, Record, Shape, Text, Whole


def key(shape: Shape, title: str, *, says: str, like: object = None, required: bool = False) -> Key:
    """A key of a record: what it is called, what it says, what it may look like."""
    examples = () if like is None else (like,)
    return Key(shape=shape, title=title, description=says, examples=examples, required=required)


@cache
def common() -> Mapping[str, Key]:
    """The keys that every element takes."""
    return {
        "name": key(
            text(),
            "Name",
            says="What people call it, in drawings and reports. Without it the id is shown.",
            like="Technical validation",
        ),
        "description": key(
            text(),
            "Description",
            says="What a colleague should know about it, in a sentence or two.",
            like="We show the product on the customer's own data.",
        ),
        "owner": key(
            text(),
            "Owner",
            says="Who answers for this part of the process and agrees to changes of it.",
            like="sales_ops",
        ),
        "was": key(
            Id(expected="the former id", also=("done",), examples=("demo",)),
            "Former id",
            says="The id it had before it was renamed, so that a diff shows a renaming "
            "and not a removal.",
            like="demo",
        ),
    }


def head(kind: str, title: str, says: str, like: str) -> Mapping[str, Key]:
    """The keys that a document of this kind starts with."""
    version = Whole(
        expected="1, the version of the language",
        least=1,
        most=1,
        rule="not-a-language-version",
        examples=(1,),
    )
    number = "(?:0|[1-9][0-9]{0,8})"
    release = Text(
        expected="three numbers such as `1.2.3`",
        pattern=rf"{number}\.{number}\.{number}",
        examples=("2.3.0",),
    )
    return {
        "salesflow": key(
            version,
            "Language version",
            says="The version of the salesflow language; every file starts with it.",
            like=1,
            required=True,
        ),
        kind: key(new_id(), title, says=says, like=like, required=True),
        **common(),
        "version": key(
            release,
            "Version",
            says="The version of this file's content, as three numbers.",
            like="2.3.0",
        ),
    }


def map_of(what: str, value: Record | Either) -> MapOf:
    """Elements by id."""
    return MapOf(
        expected=f"a map of {what} by their ids",
        key=new_id(),
        value=value,
        keep=True,
        examples=({"my_id": value.examples[0]},),
    )


def other_kinds() -> Mapping[str, str]:
    """What to say where a second kind key stands in a file."""
    told = "A file is one thing only; put this into a file of its own that starts `salesflow: 1`."
    return dict.fromkeys(("process", "organization", "variant", "scenario", "tests"), told)
