"""Text from users' files made safe to show: nothing in it moves the cursor or hides."""

import re

# C0, DEL, C1, soft hyphen, Arabic letter mark, zero-width and bidi marks, line and paragraph
# separators, bidi embeddings and isolates, word joiner and invisible operators, BOM, interlinear
# marks, what is no character, tags and lone surrogates: what a terminal obeys or an eye cannot see.
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with control, bidi and zero-width characters shown as ``\\u202e``."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_HIDDEN, _escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
