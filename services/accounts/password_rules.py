"""Password rules beyond Django's own: usual practice of MLPS 2.0 (GB/T 22239-2019) for staff accounts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services.accounts import rules
from services.foundation import clock

LEAST_CLASSES = 3


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
