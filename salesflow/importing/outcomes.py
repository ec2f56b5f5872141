"""How a deal ends, guessed from what an end event is called."""

import re

# In the order in which they are looked for: "not qualified" is no qualification, "not won" no win.
_WORDS = {
    "disqualified": """disqualif, unqualif, not? qualif, not? fit, not? target, bad fit, spam, junk,
        duplicate, nicht qualifi""",
    "lost": """\\blost\\b, \\blose\\b, \\bloss, reject, declin, refus, denied, deny, cancel, abort,
        abandon, withdraw, no deal, no sale, no order, no interest, no decision, no budget,
        no answer, no response, not won, not sold, not interested, not accepted, not approved,
        not signed, not ordered, dead, churn, verloren, abgelehnt, abgesagt, storn, absage, kein,
        unsuccessful,
        expired""",
    "won": """\\bwon\\b, \\bwin\\b, sold, \\bsale made, \\bsale closed, \\bsale complete, signed,
        contract closed, contract concluded, deal closed, deal done, deal complete, order placed,
        order received, order booked, order confirmed, order complete, ordered, purchased, gewonnen,
        unterschrieben, beauftragt, bestellt, customer live, customer onboarded""",
    "failed": "fail, error, fehl, incident",
}
_PATTERNS = {
    kind: "|".join(word.strip() for word in words.split(",")) for kind, words in _WORDS.items()
}


def guessed_kind(name: str, event: str, *, part: bool) -> str:
    """The kind of an outcome; ``part``: of a process that others run, which ends done or failed."""
    apart = re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower()
    lower = " ".join(re.sub("[^a-zäöüß]+", " ", apart).split())
    kind = next((kind for kind, words in _PATTERNS.items() if re.search(words, lower)), "done")
    if kind == "done" and event in ("error", "cancel"):
        return "failed"
    if part:
        return "done" if kind in ("done", "won") else "failed"
    return kind
