"""The Chinese interface is wholly Chinese: our own texts, and those Wagtail's own catalogues leave out."""

import polib
from django.utils import translation
from django.utils.translation import trans_real

from scripts import borrowed_messages, check_messages


def test_every_text_of_ours_is_in_the_catalogue_and_translated():
    assert check_messages.faults() == []


# Words that mean the same in Wagtail's admin and with us: there, too, ours is the better Chinese.
SAME_THING = {
    *("(optional)", ", ", "Account", "Accounts", "Action", "Actions", "Add", "All", "Change", "Delete", "Edit"),
    *("Add a phone link", "Add an anchor link", "Add an email link", "Add an external link", "Insert anchor"),
    *("Documents", "Download XLSX", "Email address", "History", "Image", "Messages", "Next", "No", "Note", "Number"),
    *("Password", "Password reset", "Previous", "Privacy", "Recovery codes", "Remove", "System", "Text", "URL"),
    *("Unknown", "Yes", "created", "date", "day", "name", "provider", "sent", "user", "year"),
    # Of pages that nobody reaches: redirects, sessions and the codes of allauth's own sign-in.
    *("Code", "From", "To", "Sessions", "session", "sessions"),
}


def test_no_word_of_ours_stands_in_the_admin_for_something_else():
    """A text without a context replaces the same text of Wagtail: ours gets a context when it means something else."""
    assert borrowed_messages.displaced() - SAME_THING == set()


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
    assert check_messages.fault_of(entry) == "has other placeholders: ['%(count)s']"


def test_half_width_marks_beside_chinese_are_a_fault():
    entry = polib.POEntry(msgid="Saved, thank you", msgstr="已保存,谢谢")
    assert check_messages.fault_of(entry) == "has half-width punctuation in Chinese"


def test_nothing_of_the_installed_packages_is_left_in_english():
    """What Wagtail or another package can show has a Chinese text, its own or ours; ours go when they aren't needed."""
    assert borrowed_messages.faults() == []


def test_a_borrowed_text_that_is_dropped_or_translated_elsewhere_or_loses_a_placeholder_is_a_fault(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(borrowed_messages, "FOLDER", tmp_path)
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Nobody says this", msgstr="没有人这样说"))
    catalogue.append(polib.POEntry(msgid="Publish", msgstr="发布"))
    catalogue.append(polib.POEntry(msgid="Status %(status)s", msgstr="状态"))
    catalogue.save(str(folder / "django.po"))
    found = borrowed_messages.faults()
    assert "django: no installed package says this: 'Nobody says this'" in found
    assert "django: its own package translates this: 'Publish'" in found
    assert "django: 'Status %(status)s' has other placeholders: ['%(status)s']" in found
    assert "django: stays in English: 'Search all pages…'" in found
    assert "djangojs: stays in English: 'A network error occurred.'" in found


def test_the_two_catalogues_are_both_in_use():
    catalogue = trans_real.DjangoTranslation("zh-hans")
    assert catalogue.gettext("Search all pages…") == "搜索全部页面…"
    with translation.override("zh-hans"):
        assert translation.gettext("Grassroots union") == "基层工会"
