"""The Chinese interface is wholly Chinese: our own texts, and those Wagtail's own catalogues leave out."""

from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import trans_real

from scripts import check_messages


def test_every_text_of_ours_is_in_the_catalogue_and_translated():
    assert check_messages.faults() == []


def test_texts_are_found_in_python_whatever_the_function_is_called():
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext\n"
        "from django.utils import translation\n"
        "a = _('one ' 'text')\n"
        "b = ngettext('%(n)s row', '%(n)s rows', n)\n"
        "c = translation.pgettext('verb', 'book')\n"
        "d = other('not ours')\n"
    )
    found = set(check_messages.texts_of_python(source))
    assert found == {(None, "one text"), (None, "%(n)s row"), ("verb", "book")}


def test_texts_are_found_in_templates():
    source = (
        '{% translate "Save" %}{% translate "Book" context "verb" %}{{ _("Name") }}'
        "{% blocktranslate trimmed with name=x %}\n  Dear {{ name }},\n  come in\n{% endblocktranslate %}"
        "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    found = set(check_messages.texts_of_template(source))
    assert found == {
        (None, "Save"),
        ("verb", "Book"),
        (None, "Name"),
        (None, "Dear %(name)s, come in"),
        (None, "%(n)s row"),
    }


def test_a_translation_that_drops_a_placeholder_is_a_fault():
    entry = polib.POEntry(msgid="%(count)s rows", msgstr="若干行")
    assert check_messages._fault(entry) == "has other placeholders: ['%(count)s']"


def test_half_width_marks_beside_chinese_are_a_fault():
    entry = polib.POEntry(msgid="Saved, thank you", msgstr="已保存,谢谢")
    assert check_messages._fault(entry) == "has half-width punctuation in Chinese"


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_of_wagtail_s_is_left_in_english(domain):
    """What an installed Wagtail app can show has a Chinese text, either Wagtail's or ours."""
    chinese = _own_catalogue(domain)
    missing = set()
    for config in apps.get_app_configs():
        english = Path(config.path, "locale", "en", "LC_MESSAGES", f"{domain}.po")
        if config.name.startswith("wagtail") and english.exists():
            known = chinese | _keys(english.parents[2] / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po")
            missing |= {key for key in _keys(english, translated=False) if key not in known}
    assert missing == set()


def test_the_two_catalogues_are_both_in_use():
    catalogue = trans_real.DjangoTranslation("zh-hans")
    assert catalogue.gettext("Search all pages…") == "搜索全部页面…"
    with translation.override("zh-hans"):
        assert translation.gettext("Grassroots union") == "基层工会"


def _own_catalogue(domain: str) -> set:
    return _keys(check_messages.ROOT / "locale" / "wagtail" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po")


def _keys(path: Path, *, translated: bool = True) -> set:
    if not path.exists():
        return set()
    entries = [e for e in polib.pofile(str(path)) if not e.obsolete]
    return {(e.msgctxt, e.msgid) for e in entries if e.translated() or not translated}
