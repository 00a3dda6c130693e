"""What can go wrong between the outbox and a person."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class WordsGone(Refused):
    """A code, or a message that the product no longer knows."""

    code = "words_gone"
    for_staff = _("The words of this message were wiped when it was given up. Whoever needs it asks for it once more.")


class Undeliverable(Exception):
    """The channel says this address will never work: don't try again. Carries a short code, never the address."""
