"""Requests that people make often, with blanks for what they are about."""

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.mcp_server.tool import near


class Blank(NamedTuple):
    """What has to be, or may be, filled in."""

    name: str
    meaning: str
    default: str = ""
    needed: bool = False


class Prompt(NamedTuple):
    """A request; ``text`` has ``{name}`` for each blank."""

    name: str
    title: str
    meaning: str
    blanks: tuple[Blank, ...]
    text: str


_PATH = Blank("path", "File or folder of the process.", ".")

REVIEW = Prompt(
    "review_process",
    "Review my process",
    "Checks a process and says what costs deals, in order of what it costs.",
    (_PATH,),
    "Review the sales process at `{path}`.\n\n"
    "1. Call `show` and `check` on it. For each rule that you do not know, call `rule`.\n"
    "2. If it has reached level 3, call `simulate`: who is the bottleneck, which objectives are "
    "missed?\n"
    "3. Tell me in plain words what goes wrong, for whom, and how a deal gets there, worst first. "
    "Keep apart what `check` has proved, what a simulation estimates (give the interval) and what "
    "you suppose.\n"
    "4. Propose changes as YAML. Try each with `check` (give the whole file as `text`) before you "
    "show it, and say what it does to the figures where `simulate` can tell.",
)

DRAFT = Prompt(
    "draft_process",
    "Draft a process from a description",
    "Writes a process file from a description in plain words.",
    (
        Blank(
            "description",
            "How deals go from first contact to the end, and who is involved.",
            needed=True,
        ),
        Blank("file", "The file to write.", "process.salesflow.yaml"),
    ),
    "Write a salesflow process to `{file}` from this description:\n\n<description>\n{description}\n"
    "</description>\n\n"
    "1. Read `language` (topic `guide`).\n"
    "2. Write the flow first (steps, results, outcomes), then departments and roles, then data. "
    "Put in numbers (shares, effort, arrivals) only where the description has them.\n"
    "3. Call `check` with the text until nothing is left that you can mend. Do not invent facts to "
    "silence a finding: leave it and ask me.\n"
    "4. Show me the picture (`draw`), what you assumed, and what you need to know from me.",
)

CHANGE = Prompt(
    "explain_change",
    "Explain a change to those concerned",
    "Says what a change means for each department, for a pull request.",
    (
        Blank("path", "The file or folder as it is now.", "."),
        Blank("base", "The revision to compare with.", "origin/main"),
    ),
    "Compare `{path}` with `{base}` by calling `diff` (`new`, `base`). Write a note for the people "
    "concerned: what changes for each department, what deals can do now that they could not, what "
    "must be agreed on before it is merged. No more than the tool says; breaking changes first.",
)

PROMPTS = (REVIEW, DRAFT, CHANGE)


def filled(name: str, blanks: Mapping[str, str]) -> tuple[str, str]:
    """The meaning and the text of a request. UsageError for what is unknown or missing."""
    prompt = next((each for each in PROMPTS if each.name == name), None)
    if prompt is None:
        names = tuple(each.name for each in PROMPTS)
        raise UsageError(f"There is no prompt `{name[:100]}`. {near(name[:100], names)}")
    known = {blank.name: blank for blank in prompt.blanks}
    for given in blanks:
        if given not in known:
            raise UsageError(f"`{name}` has no `{given[:100]}`. {near(given[:100], (*known,))}")
    values = {key: blanks.get(key) or blank.default for key, blank in known.items()}
    missing = [key for key, blank in known.items() if blank.needed and not values[key].strip()]
    if missing:
        raise UsageError(f"`{name}` needs `{missing[0]}`: {known[missing[0]].meaning}")
    text = prompt.text
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return prompt.meaning, text
