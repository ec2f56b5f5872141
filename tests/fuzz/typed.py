"""What hands do to a text in an editor, decided by a fuzzer's bytes."""

from tests.fuzz.choices import Choices

PIECES = (
    "", " ", "  ", "\n", "\n\n", "\r\n", "\t", "{", "}", "[", "]", "{}", "[]", ":", ": ", ", ", "#", " # ", "'", '"',
    "# a remark\n", "  # behind\n", "\n# salesflow: ignore[no-owner] why\n", "- ", "? ", "|\n", ">-\n  ",
    "&a ", "*a", "!t ", "<<: ", "---\n", "steps:\n", "next: ", "by: ", "when: ", "to: ", "use: [", "of: ",
    "when: amount >", "{to: won, when: ", "steps.", "visited(", "# 'x", "'# x'", "\ufeff", "😀", "ä", "\0", "\x85",
    "\u2028", "\x1b[31m", "\u202e", "a b: 'it''s'\n", "\\", "%YAML 1.2\n", "1_000", "2026-02-30", "\r",
)  # fmt: skip
MOST = 60  # characters taken away, or moved, at once


def edit(text: str, choices: Choices) -> tuple[str, int]:
    """The text after one edit, and where that was."""
    at = choices.below(65_536) % (len(text) + 1)
    change = choices.below(6)
    if change == 0:  # rows are doubled, moved or shifted
        rows = text.splitlines(keepends=True) or [""]
        row = text.count("\n", 0, at) % len(rows)
        to = choices.below(len(rows) + 1)
        new = rows[row] if choices.below(2) else " " * choices.below(5) + rows[row].lstrip(" ")
        rows[to : to + choices.below(2)] = [new]
        return "".join(rows), min(at, len("".join(rows)))
    gone = choices.below(MOST) if change in (1, 2) else 0
    piece = choices.text() if change == 3 else choices.one_of(PIECES)
    new = "" if change == 1 else piece
    return f"{text[:at]}{new}{text[at + gone :]}", at + len(new)
