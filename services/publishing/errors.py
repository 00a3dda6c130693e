"""Refusals of publishing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class PublicationHeld(ValidationError):
    """What was about to become public holds what may not, or couldn't be read, and nobody has signed for it.

    A ``ValidationError``, so that Wagtail's own ways in (its API too) answer it as one. ``page`` is what was about to
    be saved, ``revision`` the version it came from; neither is stored with the error.
    """

    def __init__(self, page, *, revision_id: int | None = None):
        self.page, self.revision_id = page, revision_id
        super().__init__({"__all__": [HELD]})


HELD = _("Held back: there is something here that may not become public. A second person can look and sign.")


class NothingToSign(Refused):
    code = "nothing_to_sign"
    for_staff = _("What was held back has been changed since. Look at the newer version.")


class CannotBeSigned(Refused):
    code = "cannot_be_signed"
    for_staff = _(
        "A file is encrypted, damaged or packed in a way that nobody can check. Replace it by one that can be read."
    )


class ReasonTooShort(Refused):
    code = "reason_too_short"
    for_staff = _("Say in %(least)s characters or more why this may be public.")


class SignedAlready(AlreadyDone):
    code = "signed_already"
    for_staff = _("Somebody else has signed in the meantime.")


class SectionTaken(Refused):
    code = "section_taken"
    for_staff = _("This page, or this organisation, has a section already.")


class NoSection(Refused):
    code = "no_section"
    for_staff = _("A section begins below the home page, not at the root or at the home page itself.")
