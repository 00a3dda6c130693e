"""The root of every app's typed errors: a code, words for her, words for staff."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action said no. Subclasses set ``code`` and the two wordings (lazy strings with %(name)s slots).

    ``for_her`` and ``for_staff`` are what faces show (one may stand for both); ``context`` fills the slots and
    carries no personal data.
    """

    code = "refused"
    for_her = ""
    for_staff = ""

    def __init__(self, **context):
        super().__init__(self.code)
        self.context = context

    def message(self, *, staff: bool = False) -> str:
        words = str((self.for_staff if staff else self.for_her) or self.for_her or self.for_staff)
        return words % self.context if self.context else words


class AlreadyDone(Refused):
    """What was asked for is done, by a second click, another tab or a colleague: faces say so and show where it stands,
    instead of an error. Nothing was done a second time."""

    code = "already_done"


class NotKept(Refused):
    """The storage failed: a full disk, a lost connection."""

    code = "not_kept"
    for_her = _("The file could not be kept just now; nothing else was lost. Please send it once more.")
