"""``salesflow rule``: what a rule means."""

import click

from salesflow.cli.output import write_out


@click.command("rule")
@click.argument("name", required=False)
def command(*, name: str | None) -> int:
    """Explain a rule: what it means, why it costs deals, wrong and right.

    Without NAME all rules are listed by family.
    """
    from salesflow.checking.manual import listing, manual

    write_out(manual(name) if name else listing())
    return 0
