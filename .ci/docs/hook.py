"""What MkDocs lacks: links that leave docs/, sources beside pages, colours of code."""  # noqa: INP001

import posixpath
import re
import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from pygments.formatters import HtmlFormatter

_COMMENT = re.compile(r"^<!-- (?:a piece|file: \S+) -->\n+", re.MULTILINE)  # for the tests
_LINK = re.compile(r"(\]\()(\.\./[^)\s]*)(\))")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LANGUAGES = {"console": "text"}  # what commands print is no shell
_STYLE = "page.css"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the style, with the colours of code for light and for dark."""
    light, dark = (HtmlFormatter(style=name, nobackground=True) for name in ("xcode", "monokai"))
    colours = [
        (Path(__file__).parent / _STYLE).read_text(encoding="utf-8"),
        light.get_style_defs("[data-bs-theme=light] .code"),
        dark.get_style_defs("[data-bs-theme=dark] .code"),
    ]
    files.append(File.generated(config, _STYLE, content="\n".join(colours)))
    config.extra_css.append(_STYLE)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Point links that leave docs/ to the repository; drop what only the tests read."""
    parts = _FENCE.split(_COMMENT.sub("", markdown))
    folder = posixpath.join("docs", posixpath.dirname(page.file.src_uri))

    def elsewhere(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        if target.startswith("docs/") or target == "docs":
            return match[0]
        return f"{match[1]}{config.repo_url}/blob/main/{target}{match[3]}"

    parts[::2] = [_LINK.sub(elsewhere, prose) for prose in parts[::2]]
    parts[1::2] = [_plain(fence) for fence in parts[1::2]]
    return "".join(parts)


def _plain(fence: str) -> str:
    first, _, rest = fence.partition("\n")
    return f"```{_LANGUAGES.get(first[3:], first[3:])}\n{rest}"


def on_post_build(config: MkDocsConfig) -> None:
    """Put the text of each page beside it, for assistants, and llms.txt on top."""
    source, site = Path(config.docs_dir), Path(config.site_dir)
    for file in [*source.rglob("*.md"), source / "llms.txt"]:
        target = site / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
