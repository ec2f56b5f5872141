"""The processes to start from: what each is for, and its files (salesflow/templates)."""

from typing import NamedTuple

from salesflow.errors import UsageError


class Template(NamedTuple):
    """A process to start from; ``level`` is the one that `check` says it has reached."""

    name: str
    level: int
    about: str
    others: tuple[str, ...] = ()  # files beside the process itself
    tested: bool = False

    @property
    def process(self) -> str:
        """The file of the process."""
        return f"{self.name}.salesflow.yaml"

    @property
    def files(self) -> tuple[str, ...]:
        """All its files, the process first."""
        return (self.process, *self.others)


TEMPLATES = (
    Template("hello", 1, "Two steps: the smallest process that checks clean."),
    Template("smb", 4, "A small company: enquiry, call, offer, order, delivery."),
    Template(
        "enterprise",
        4,
        "Large accounts: seven departments, a proof of value, a paper process, a variant, tests.",
        (
            "organization.salesflow.yaml",
            "security_review.salesflow.yaml",
            "enterprise_public.salesflow.yaml",
            "enterprise_tests.salesflow.yaml",
            "salesflow.toml",
        ),
        tested=True,
    ),
    Template("plg", 4, "A product that sells itself: sign-up, activation, help for teams."),
    Template("partner", 4, "Sales through partners: registration, conflicts, joint selling."),
    Template("renewal", 4, "Contracts that end: health check, growth, rescue, churn."),
)
SIMULATED = 3  # the level from which on a process says enough to be simulated
NAMES = tuple(template.name for template in TEMPLATES)


def template_named(name: str) -> Template:
    """The template of that name. UsageError that says which one was meant."""
    for template in TEMPLATES:
        if template.name == name:
            return template
    from salesflow.names import listed, nearest  # only when something is wrong

    near = nearest(name, NAMES)
    if near:
        raise UsageError(
            f"There is no template `{name}`. Did you mean `{near}`? "
            "`salesflow init --list` says what each is for."
        )
    raise UsageError(
        f"There is no template `{name}`, but {listed(NAMES)}. "
        f"To write one into a folder of that name: `salesflow init hello -o {name}`."
    )


def text_of(folder: str, file: str) -> str:
    """The text of a file that comes with salesflow, of ``templates/folder``."""
    from importlib.resources import files  # slow to import, and only here

    return files("salesflow").joinpath("templates", folder, file).read_text(encoding="utf-8")
