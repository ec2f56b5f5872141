"""What libyaml says of a text it cannot read, in words that help."""

import re

# libyaml's words -> ours; the first pattern that fits is taken.
_EXPLAINED = (
    (
        "found character '\\t' that cannot start any token|found a tab character",
        "A tab cannot indent YAML.",
        "Use spaces.",
    ),
    (
        "mapping values are not allowed",
        "A second `:` on this line, or the line above is not finished.",
        "Quote the text if the colon belongs to it; else check the indentation.",
    ),
    (
        "could not find expected ':'",
        "A `:` is missing after the key.",
        "Write `key: value`, with a space after the colon.",
    ),
    (
        "did not find expected key|did not find expected '-' indicator",
        "The indentation does not fit the lines above.",
        "Put keys of one map, or items of one list, in the same column.",
    ),
    (
        "found unexpected end of stream",
        "The file ends inside a quoted text.",
        "Close the quote.",
    ),
    (
        "did not find expected ',' or ']'",
        "The list that starts with `[` is not closed, or a comma is missing.",
        "Close it with `]`, and put commas between its items.",
    ),
    (
        "did not find expected ',' or '}'",
        "The map that starts with `{` is not closed, or a comma is missing.",
        "Close it with `}`, and put commas between its keys.",
    ),
    (
        "did not find expected node content|block sequence entries are not allowed",
        "Something else was expected here.",
        "Check the brackets and the indentation.",
    ),
    (
        "found character that cannot start any token",
        "No value can start with this character.",
        "Quote the text.",
    ),
    ("found unknown escape character", "This `\\` sequence is unknown.", "Use single quotes."),
    (
        "found undefined tag handle|did not find expected (tag URI|whitespace)|tag",
        "Tags (`!…`) are not part of the language.",
        "Quote the text if it starts with `!`.",
    ),
    (
        "did not find expected alphabetic|anchor|alias",
        "Anchors and aliases (`&`, `*`) are not part of the language.",
        "Quote the text if it starts with `&` or `*`.",
    ),
    (
        "did not find expected <document start>",
        "More text follows after the end of the document.",
        "Check the brackets and the indentation of this line.",
    ),
)


def explain(problem: str, content: str, start: int) -> tuple[str, str]:
    """A message and a hint for libyaml's ``problem`` at the offset ``start`` of a text."""
    before = content[content.rfind("\n", 0, start) + 1 : start + 1]
    if "\t" in before and not before.strip():
        return _EXPLAINED[0][1], _EXPLAINED[0][2]
    if "did not find expected key" in problem and before[:-1].strip():
        return (
            "More text follows where the value has ended.",
            "Quote the text as a whole; inside '…' a quote is written twice ('it''s').",
        )
    if content[start : start + 1] == ":":
        behind = content[start + 1 : start + 2]
        if behind in ("}", "]", ","):
            return "Nothing follows the colon.", "Write a value, or remove the key."
        if behind in ("{", "[", "?"):
            return "A space is missing after the colon.", "Write `key: value`."
        if re.fullmatch(r"\s*[\w-]+:", before):
            return (
                "This line is read as more of the line above, and no second colon can stand there.",
                "Put the missing colon at the end of that line, or begin both in the same column.",
            )
        return (
            "A second colon in one value: it would start another key.",
            "Quote the text as a whole, or put a comma between the keys.",
        )
    if "did not find expected node content" in problem and not content[start:].strip():
        return (
            "The file ends inside an open bracket.",
            "Close each `[` with `]` and each `{` with `}`.",
        )
    for pattern, message, hint in _EXPLAINED:
        if re.search(pattern, problem):
            return message, hint
    return f"This is no YAML: {problem}.", "Check the brackets, quotes and indentation."
