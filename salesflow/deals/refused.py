"""What is raised when a deal may not do what somebody wants it to."""

from salesflow.deals.nouns import Reason
from salesflow.errors import SalesflowError


class Refused(SalesflowError):
    """The process forbids it now; ``reasons`` say why, and the message says them all."""

    def __init__(self, *reasons: Reason) -> None:
        """Keep the reasons."""
        self.reasons = reasons
        super().__init__(*(reason.message for reason in reasons))

    def __str__(self) -> str:
        """The reasons, one below the other."""
        return "\n".join(reason.message for reason in self.reasons)
