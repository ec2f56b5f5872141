"""Files of a project laid out in a folder, and named places in them, for tests without a protocol."""

from pathlib import Path

from salesflow.language_server.meanings import Meanings
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.shelf import Shelf

EXAMPLES = Path(__file__).parents[2] / "examples"


def laid(folder: Path, texts: dict[str, str]) -> Path:
    """Write texts into a folder, which becomes a project of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "salesflow.toml").write_text("")
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def shelf_of(folder: Path) -> Shelf:
    shelf = Shelf()
    shelf.folders = (str(folder),)
    return shelf


def meanings_of(folder: Path) -> Meanings:
    return Meanings(shelf_of(folder).sheets())


def sheet_in(meanings: Meanings, name: str) -> Sheet:
    return next(one for one in meanings.sheets.values() if Path(one.file).name == name)


def marked(text: str) -> tuple[str, int]:
    """A text without its mark ``|``, and where that stood."""
    at = text.index("|")
    return text[:at] + text[at + 1 :], at
