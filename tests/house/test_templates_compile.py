"""Every template can be read by the engine: a tag whose library isn't loaded breaks the page that nobody opened."""

import re

from django.template import TemplateSyntaxError
from django.template.loader import get_template

from tests.house.sources import ROOT

TEMPLATES = ROOT / "templates"


def test_every_template_compiles():
    wrong = []
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            try:
                get_template(str(path.relative_to(TEMPLATES)))
            except TemplateSyntaxError as error:
                wrong.append(f"{path.relative_to(TEMPLATES)}: {error}")
    assert wrong == []


IN_WORDS = re.compile(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.DOTALL)


def test_no_template_joins_two_values_with_the_comma_of_one_language():
    """``{{ a }}, {{ b }}`` outside a translated sentence puts an English comma between Chinese words."""
    joined = [
        str(path.relative_to(TEMPLATES))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "}}, {{" in IN_WORDS.sub("", path.read_text())
    ]
    assert joined == []
