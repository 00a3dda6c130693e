"""Every template can be read by the engine: a tag whose library isn't loaded breaks the page that nobody opened."""

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
