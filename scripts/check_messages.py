"""Checks the Chinese catalogue: every text of ours is in it, translated, with its placeholders, and nothing else.

Works without GNU gettext: Python files are read with ``ast``, templates with Django's own ``templatize``.
``--prune`` removes the entries that no text uses any more.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SOURCES = ("portal", "services", "cms_pages")
# Position of the context, the text and the plural among a function's arguments.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({_STRING})(?:\s*,\s*({_STRING}))?(?:\s*,\s*({_STRING}))?", re.DOTALL)
# Half-width marks that touch a Chinese character: Chinese has its own.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")
# Proper names and codes that read the same in Chinese.
SAME_IN_CHINESE = {"English", "Mumian", "TCT", "HPV"}

Text = tuple[str | None, str]


def _kind(name: str) -> str:
    return name.removesuffix("_lazy").replace("gettext_noop", "gettext")


def _local_names(tree: ast.AST) -> dict[str, str]:
    """Which of Django's functions each name of this module stands for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {a.asname or a.name: _kind(a.name) for a in node.names if _kind(a.name) in FUNCTIONS}
    return names


def _pick(kind: str, strings: list[str | None]) -> Text | None:
    context, text, _ = FUNCTIONS[kind]
    if text >= len(strings) or strings[text] is None:
        return None
    return (strings[context] if context is not None else None, strings[text])


def texts_of_python(source: str) -> Iterator[Text]:
    """Every literal text that ``source`` hands to one of Django's translation functions."""
    tree = ast.parse(source)
    names = _local_names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        kind = names.get(name) or (_kind(name) if isinstance(node.func, ast.Attribute) else None)
        if kind in FUNCTIONS:
            strings = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
            if found := _pick(kind, strings):
                yield found


def texts_of_template(source: str) -> Iterator[Text]:
    """Every text that a template's ``translate``, ``blocktranslate`` and ``_()`` name."""
    for match in IN_TEMPLATE.finditer(templatize(source)):
        kind = "gettext" if match[1] == "_" else match[1]
        strings = [ast.literal_eval(s) if s else None for s in match.groups()[1:]]
        if found := _pick(kind, strings):
            yield found


def texts() -> dict[Text, str]:
    """Every text of the product, with the first file that uses it."""
    found: dict[Text, str] = {}
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for text in texts_of_python(path.read_text()):
                found.setdefault(text, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            for text in texts_of_template(path.read_text()):
                found.setdefault(text, str(path.relative_to(ROOT)))
    return found


def fault_of(entry: polib.POEntry) -> str | None:
    """What is wrong with one translation, or None."""
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        return "is fuzzy"
    if not all(translations):
        return "is not translated"
    allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    for translation in translations:
        used = set(PLACEHOLDER.findall(translation))
        if used - allowed or (not entry.msgid_plural and used != allowed):
            return f"has other placeholders: {sorted(used ^ allowed)}"
        words = PLACEHOLDER.sub("", translation)
        if re.search(r"[a-z]{3}", words) and not re.search(r"[一-鿿]", words) and words not in SAME_IN_CHINESE:
            return "is still English"
        if HALF_WIDTH.search(words):
            return "has half-width punctuation in Chinese"
    return None


def faults() -> list[str]:
    """One line for each thing that is wrong with the catalogue; empty when all is well."""
    wanted = texts()
    entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(CATALOGUE)) if not e.obsolete}
    lines = [f"{wanted[key]}: not in the catalogue: {key[1]!r}" for key in wanted if key[1] and key not in entries]
    lines += [f"no text uses this entry any more: {key[1]!r}" for key in entries if key not in wanted]
    lines += [f"{key[1]!r} {fault}" for key, entry in entries.items() if (fault := fault_of(entry))]
    return lines


def prune() -> int:
    """Remove the entries that no text uses; returns how many."""
    catalogue, wanted = polib.pofile(str(CATALOGUE), wrapwidth=120), texts()
    dead = [e for e in catalogue if (e.msgctxt, e.msgid) not in wanted]
    for entry in dead:
        catalogue.remove(entry)
    catalogue.save()
    return len(dead)


def main() -> int:
    if "--prune" in sys.argv:
        print(f"{prune()} entries removed")
    lines = faults()
    print("\n".join(lines) or "The catalogue is complete.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
