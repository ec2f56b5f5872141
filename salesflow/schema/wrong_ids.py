"""What is wrong with an id, and what it was probably meant to be."""

import re

from salesflow.schema.said import Said, clipped
from salesflow.schema.shapes import LONGEST_ID, RESERVED, Id

_ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "on"), "accepted"),
    **dict.fromkeys(("no", "n", "false", "off"), "declined"),
}


def wrong_id(shape: Id, text: str, label: str) -> Said:
    """What to say about a text that is no id."""
    if text in RESERVED:
        what = shape.expected.split(":")[0]
        message = f"`{text}` is a word of the language and cannot stand for {what} here."
        if what == "an id":
            message = f"`{text}` is a word of the language and cannot be an id."
        if text in ("done", "leave"):
            return Said("schema", message, "They end a branch: only a single target may be one.")
        if text in _ANSWERS:
            told = f"Say what happens, for example `{_ANSWERS[text]}`."
            return Said("schema", message, told)
        return Said("schema", message, f"Choose another, for example `my_{text}`.")
    strange = next((char for char in text if not char.isascii()), "")
    if strange:
        return _strange(text, strange)
    if any(len(part) > LONGEST_ID for part in (text.split(".") if shape.dotted else [text])):
        message = f"The id `{clipped(text)}` is longer than {LONGEST_ID} characters."
        return Said(
            "limit-exceeded",
            message,
            "Choose a shorter id and write the rest as `name`.",
        )
    where = f"`{label}`: " if label and label != text else ""
    message = f"{where}`{clipped(text)}` is no id: small letters, digits and `_`, a letter first."
    if shape.dotted:
        message = f"{where}`{clipped(text)}` is no path: ids joined by dots."
    better = suggested_id(text, dotted=shape.dotted)
    if not better and "leave" in shape.also and text.endswith("%"):
        told = f"Say where it goes: `{label}: {{to: …, share: {clipped(text)}}}`."
        return Said("schema", message, told)
    last = text.rpartition(".")[2]
    if label and label != text and re.fullmatch(Id(expected="", dotted=True).pattern, text):
        return Said("schema", message, f"Write `{last}` alone, without what it belongs to.")
    if not label and " " in text and better:
        told = f"Write `{better}:`, and below it `name: {clipped(text)}`."
        return Said("schema", message, told)
    return Said("schema", message, f"Write `{better}`." if better else "")


def suggested_id(text: str, *, dotted: bool = False) -> str:
    """The id that a text was probably meant to be; "" if none comes near."""
    parts = [
        re.sub("[^a-z0-9]+", "_", re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", part).lower()).strip("_")
        for part in (text.split(".") if dotted else [text])
    ]
    better = ".".join(parts)
    fits = Id(expected="", dotted=dotted).pattern
    return better if re.fullmatch(fits, better) else ""


def meant_id(text: str) -> str:
    """The id that a text of whatever script was probably meant to be; "" if none comes near."""
    latin = text if text.isascii() else _latin(text)
    return suggested_id(latin) if latin.isascii() else ""


# Letters of other scripts that look like Latin ones, in the same order.
_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁӏոαοερτυνικ",
    "aeopcyxijshdlnaoeptuvik",
)


# Letters of Latin alphabets that are no letter with an accent.
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def _latin(text: str) -> str:
    """The text in Latin letters without accents, as far as that is clear."""
    import unicodedata  # only when something is wrong

    spelled = text[: 2 * LONGEST_ID].translate(_SPELLED)
    decomposed = unicodedata.normalize("NFKD", spelled).translate(_LOOK_ALIKE)
    return "".join(
        " " if unicodedata.category(each) == "So" else each  # an emoji
        for each in decomposed
        if not unicodedata.combining(each)
    )


def _strange(text: str, char: str) -> Said:
    import unicodedata  # only when something is wrong

    name = unicodedata.name(char, "a character without a name").lower()
    told = f"U+{ord(char):04X}, {name}"
    visible = f"`{char}` ({told})" if char.isprintable() and not char.isspace() else told
    message = f"The id `{clipped(text)}` contains {visible}; ids are of a to z, 0 to 9 and `_`."
    better = meant_id(text)
    return Said("schema", message, f"Type it as `{better}`." if better else "Type it in a to z.")
