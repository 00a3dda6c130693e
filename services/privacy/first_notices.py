"""The first words of each privacy notice, kept as text beside this file. A federation edits them before it opens.

Each file's first line is the title, the rest the text.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent / "notices"


def first_words(purpose: str, language: str) -> tuple[str, str]:
    """Title and text of the first notice for a purpose. Raises ``FileNotFoundError`` when nobody wrote one."""
    title, _, body = (_FOLDER / f"{purpose}.{language}.txt").read_text(encoding="utf-8").partition("\n")
    return title.strip(), body.strip()
