"""``salesflow schema``: the JSON Schema of the language."""

import json

import click

from salesflow.cli.output import write_file, write_out


@click.command("schema")
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
def command(*, output: str | None) -> int:
    """Print the JSON Schema of the language, for editors.

    Put `# yaml-language-server: $schema=salesflow.schema.json` at the top of a process file.
    """
    from salesflow.schema.json_schema import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output:
        write_file(output, text)
    else:
        write_out(text)
    return 0
