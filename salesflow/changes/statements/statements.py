"""What changed about the way of a deal, in plain sentences."""

from salesflow.changes.matching.nouns import Matching
from salesflow.changes.statements.again import again
from salesflow.changes.statements.lost import lost
from salesflow.changes.statements.parallel import parallel
from salesflow.changes.statements.turned import turned
from salesflow.changes.statements.versions import pair_of
from salesflow.changes.statements.won import skipped, won
from salesflow.process.model import Process


def statements(old: Process, new: Process, matching: Matching) -> tuple[str, ...]:
    """Sentences about steps, branches and blocks, what matters most first; none if none is certain.

    Each is true of the token game: what deals can do in one version is shown by a run, that they
    cannot do it in the other is proved from the drawing. What is beyond the budget is left unsaid.
    """
    pair = pair_of(old, new, matching)
    if pair.alike:
        return ()
    return (
        *won(pair),
        *skipped(pair),
        *parallel(pair),
        *turned(pair),
        *again(pair),
        *lost(pair),
    )
