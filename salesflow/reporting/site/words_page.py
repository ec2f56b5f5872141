"""The page of words: what a newcomer may not know, in a sentence or two."""

from salesflow.reporting.site.addresses import INDEX, WORDS
from salesflow.reporting.site.frame import Page, Part
from salesflow.reporting.site.markup import join, prose, tag

GLOSSARY = (
    ("arrivals", "How many deals a source brings, and when."),
    ("block", "Branches of work that run side by side, such as contract, security and purchasing."),
    ("crossing", "One deal that goes from one department to another."),
    ("cycle time", "How long a deal takes, from its arrival to its end."),
    ("decision", "A step that takes no time: from there the deal goes one way or the other."),
    (
        "department",
        (
            "People who work together. What lies outside of our company is drawn, and nobody "
            "there works for us."
        ),
    ),
    ("disqualified", "Left before there was a real chance. It does not count in the win rate."),
    ("effort", "Hands-on time: how long somebody really works on it. Also called touch time."),
    ("escalation", "After some time somebody else may take the work too, usually a superior."),
    ("field", "Something that is known of a deal, such as its amount."),
    (
        "finding",
        "Something that a check finds wrong, with the way a deal gets there and what to do.",
    ),
    ("guard", "A condition, written `when`: only deals for which it is true may go this way."),
    ("handoff", "The moment when a deal goes from the work of one department to that of another."),
    ("interval", "The range in which a figure lies with 95% confidence. The narrower, the surer."),
    (
        "level",
        (
            "How far a process is described: 1 the flow, 2 departments and data, 3 times and "
            "shares, 4 rules and objectives."
        ),
    ),
    (
        "load",
        ("How much of the time of people is asked for. From 85% on work waits noticeably longer."),
    ),
    ("master", "The system in which a field is kept, where it is right."),
    ("objective", "A bound on a figure that the company wants to keep, judged by a simulation."),
    ("outcome", "How a deal ends: won, lost, disqualified, or done and failed in a sub-process."),
    ("process", "All ways that deals can take, from their sources to their outcomes."),
    (
        "promise",
        (
            "How soon a step is to be done, or how soon work is to begin after a handoff, and for "
            "how many deals that must hold."
        ),
    ),
    ("result", "One way a step can end; it says where the deal goes next."),
    ("rework", "Visits to a step beyond the first one of a deal."),
    ("role", "People who do the same work."),
    (
        "rule that always holds",
        (
            "A policy: something that must be true on every way a deal takes, such as four eyes "
            "on discounts."
        ),
    ),
    ("share", "How often a result is chosen, of all visits of its step."),
    ("simulation", "The process played many times with chance, to see what it will do."),
    ("source", "Where deals come from, such as the website or partners."),
    ("stage", "How a part of the flow shows in the CRM."),
    ("step", "Something that is done with a deal, or that happens to it."),
    ("sub-process", "A process that a step of another one runs."),
    ("time limit", "After it a step is interrupted and the deal goes on another way."),
    (
        "touchpoint",
        (
            "What two departments have agreed for a handoff: what must be filled, what comes "
            "back, how soon work begins."
        ),
    ),
    ("variant", "A process that is another one, but for what it changes: of a country, a product."),
    ("wait", "Time that passes while nobody of ours works on the deal."),
    ("way", "The steps and results that a deal passes to get somewhere."),
    ("win rate", "Deals won, of those won or lost."),
)


def words_shown() -> Page:
    """The glossary."""
    rows = (
        tag("div", tag("dt", word, has={"id": word.replace(" ", "-")}), tag("dd", prose(told)))
        for word, told in GLOSSARY
    )
    inside = join((tag("dl.words", *rows),))
    return Page(
        at=WORDS,
        title="Words",
        kind="Glossary",
        lead=tag("p.lead", "What the words on these pages mean."),
        parts=(Part(title="From A to Z", anchor="all", inside=inside),),
        trail=(("All processes", INDEX),),
    )
