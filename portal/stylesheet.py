"""One stylesheet out of many files: a static-files finder that joins static/css into css/site.css.

The parts stay separate for people and are one request for phones. ``collectstatic``, the development server and
WhiteNoise all ask finders, so nothing has to be built by hand. Parts hold no relative ``url()``.
"""

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")


def parts(folder: Path) -> list[Path]:
    """The files in the order in which they are joined: tokens first, for it declares the layers."""
    return [
        folder / "tokens.css",
        folder / "base.css",
        folder / "layout.css",
        *sorted((folder / "components").glob("*.css")),
        folder / "print.css",
    ]


def join(folder: Path) -> str:
    """The whole stylesheet without comments and indentation."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in parts(folder))
    return _INDENT.sub("\n", _COMMENT.sub("", text)).strip() + "\n"


def write_if_changed(text: str, target: Path) -> None:
    """Replace the file in one step, so that a process serving it never sees half of it."""
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".css")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, target)


class StylesheetFinder(BaseFinder):
    """Finds ``css/site.css``, made afresh from its parts whenever one of them differs."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.source = settings.BASE_DIR / "static" / "css"
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "made-static")
        super().__init__(*args, **kwargs)

    def _made(self) -> str:
        target = Path(self.storage.path(NAME))
        write_if_changed(join(self.source), target)
        return str(target)

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        return [self._made()] if find_all else self._made()

    def list(self, ignore_patterns):
        if not matches_patterns(NAME, ignore_patterns or []):
            self._made()
            yield NAME, self.storage

    def check(self, **kwargs):
        return []
