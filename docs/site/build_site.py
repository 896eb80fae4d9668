"""Builds the pages of ``docs/`` as a site, Danish and English, that needs nothing from elsewhere.

``make site`` runs it. Every warning is an error, and so is a link that leads nowhere, or anything
that a page would fetch from another machine.
"""

import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from io import StringIO
from multiprocessing import get_context
from pathlib import Path

from site_faults import faults
from site_pages import ROOT, Site, sections
from sphinx.application import Sphinx

from dinero_sync import __version__

HERE = Path(__file__).parent
BUILT = ROOT / "build" / "site"
WORK = ROOT / "build" / "site-work"
"""What Sphinx reads and remembers; not part of the site."""

BOOKS = {
    "en": ("en", "da", "Dansk"),
    "da": ("da", "en", "English"),
    "dev": ("en", "en", "For users"),
}
"""Of each book its language, the book that its menu leads over to, and what the menu calls that."""
SIDEBAR = ["brand", "search", "scroll-start", "navigation", "scroll-end"]


def build(into: Path = BUILT, work: Path = WORK) -> list[str]:
    """Build the site anew into a folder, and return what is wrong with it."""
    for folder in (into, work):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    site = Site(sections())
    texts = {book: site.texts(book) for book in BOOKS}
    for book, pages in texts.items():
        shutil.copytree(HERE / "locale", work / book / "locale")
        for name, text in pages.items():
            (work / book / f"{name}.md").write_text(text, encoding="utf-8")
    shutil.copy(HERE / "index.html", into)
    # a process each, since Sphinx leaves its settings behind in the one that it ran in
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        books = [
            pool.submit(_book, work / each, into / each, _settings(site, each)) for each in texts
        ]
    warnings = [warning for made in books for warning in made.result()]
    return warnings or list(faults(into))


def _book(source: Path, into: Path, settings: dict[str, object]) -> list[str]:
    """Have Sphinx make the pages of one book, and return its warnings."""
    warnings = StringIO()
    app = Sphinx(
        srcdir=source,
        confdir=None,
        outdir=into,
        doctreedir=source / ".doctrees",
        buildername="html",
        confoverrides=settings,
        status=None,
        warning=warnings,
    )
    app.build()
    return warnings.getvalue().splitlines()


def _settings(site: Site, book: str) -> dict[str, object]:
    language, other, name = BOOKS[book]
    return {
        "project": "dinero-sync",
        "release": __version__,
        "language": language,
        "locale_dirs": ["locale"],
        "extensions": ["myst_parser"],
        "myst_heading_anchors": 4,
        "myst_url_schemes": {
            **dict.fromkeys(("http", "https")),
            **{each: {"url": f"../{each}/{{{{path}}}}#{{{{fragment}}}}"} for each in BOOKS},
        },
        "exclude_patterns": ["locale"],
        "templates_path": [str(HERE / "templates")],
        "html_theme": "furo",
        "html_title": "dinero-sync",
        "html_static_path": [str(HERE / "style")],
        "html_css_files": ["site.css"],
        "html_js_files": [("site.js", {"defer": "defer"})],
        "html_sidebars": {"**": [*(f"sidebar/{each}.html" for each in SIDEBAR), "other_book.html"]},
        "html_context": {
            "other_book": other,
            "other_book_name": name,
            "counterparts": site.counterparts(book, other),
        },
        "html_copy_source": False,
        "html_show_copyright": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_use_index": False,
        "html_domain_indices": False,
    }


def main() -> None:
    """Build the site, and say where it is or what is wrong with it."""
    found = build()
    sys.stdout.writelines(f"{each}\n" for each in found)
    if found:
        raise SystemExit(1)
    sys.stdout.write(f"The pages: {(BUILT / 'index.html').as_uri()}\n")


if __name__ == "__main__":
    main()
