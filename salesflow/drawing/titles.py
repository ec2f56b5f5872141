"""What stands above a picture: what a process is called and what it is for."""

from salesflow.process.model import Process


def title_of(process: Process) -> str:
    """The name, or the id as a heading."""
    return process.name or process.id.replace("_", " ").capitalize()


def about_of(process: Process) -> str:
    """Its goal and version, "" where it has neither."""
    version = f"version {process.version}" if process.version else ""
    return " · ".join(filter(None, (process.goal.strip(), version)))
