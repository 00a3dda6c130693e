"""Password rules beyond Django's own: usual practice of MLPS 2.0 (GB/T 22239-2019) for staff accounts."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services.accounts import rules
from services.foundation import clock

LEAST_CLASSES = 3
# What is left of most leaked Chinese passwords without the digits and signs around it: words, keys in a row, and the
# commonest surnames, before which or after which a year, a birthday or 1314 stands.
LEAKED_STEMS = frozenset(Path(__file__).with_name("leaked_stems.txt").read_text().split())


class KnownFromLeaksValidator(CommonPasswordValidator):
    """Neither on Django's list of common passwords nor one of the patterns of which Chinese leaks are full."""

    def validate(self, password, user=None):
        super().validate(password, user)
        if rules.stems(password) & LEAKED_STEMS:
            raise ValidationError(
                _("Passwords of this kind are known from leaks: a common word, a name or keys in a row, with digits."),
                code="password_leaked",
            )

    def get_help_text(self):
        return _("Don't use a common word, a name or keys in a row with digits around it.")


class CharacterClassesValidator:
    """Three of the four classes of characters, and no piece of the user name."""

    def validate(self, password, user=None):
        problems = []
        if rules.character_classes(password) < LEAST_CLASSES:
            problems.append(
                ValidationError(
                    _("Mix at least three of these: small letters, capital letters, digits, other characters."),
                    code="password_classes",
                )
            )
        username = user.get_username() if user is not None else ""
        if username and rules.shares_piece(password, username):
            problems.append(
                ValidationError(
                    _("The password contains three or more characters in a row of your user name."),
                    code="password_username",
                )
            )
        if problems:
            raise ValidationError(problems)

    def get_help_text(self):
        return _(
            "Mix at least three of small letters, capital letters, digits and other characters, and don't use three "
            "characters in a row of your user name."
        )


class PasswordReuseValidator:
    """None of the last few passwords; remembers each new one when Django reports it."""

    def validate(self, password, user=None):
        if user is not None and user.pk and user.used_before(password):
            raise ValidationError(
                _("You have used this password before. Choose one you haven't had lately."), code="password_reused"
            )

    def password_changed(self, password, user=None):
        if user is not None and user.pk:
            user.remember_password(now=clock.now(), keep=settings.STAFF_PASSWORDS_REMEMBERED)

    def get_help_text(self):
        return _("Don't use any of your last %(number)s passwords.") % {"number": settings.STAFF_PASSWORDS_REMEMBERED}
