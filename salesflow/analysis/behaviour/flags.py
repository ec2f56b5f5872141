"""What a flag of the token game means for a verdict."""

from salesflow.analysis.verdict import PILE, TWICE, UNFILLED, UNFINISHED, UNHANDLED
from salesflow.process import choices

FLAGS = {  # flag of a move -> kind of fault
    choices.TWICE: TWICE,
    choices.PILE: PILE,
    choices.UNFINISHED: UNFINISHED,
    choices.UNHANDLED: UNHANDLED,
    choices.UNFILLED: UNFILLED,
}
