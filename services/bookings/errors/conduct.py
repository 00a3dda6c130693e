"""What missed places and changes of order refuse."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class WrittenOnce(Refused):
    """A change of priority is history: it is taken back by another one."""

    code = "written_once"
    for_her = for_staff = _("This is kept as it was written. Record another change instead.")


class CorrectionOver(Refused):
    """Context: ``days`` within which “did not come” could be corrected."""

    code = "correction_over"
    for_her = for_staff = _("This could be corrected until %(days)s days after the session. Ask for an excuse instead.")


class PlaceUsedMeanwhile(Refused):
    """She came after all, but the place set free when she was marked as absent has another woman now."""

    code = "place_used_meanwhile"
    for_her = for_staff = _(
        "The place has been given to another woman meanwhile. Open one more place, then correct the record."
    )


class NothingMissed(Refused):
    code = "nothing_missed"
    for_her = for_staff = _("No missed place is recorded for this booking.")


class BookingPaused(Refused):
    """Context: ``until``, ``count``, ``months``, as texts. Her union's officer may book for her all the same."""

    code = "booking_paused"
    for_her = _(
        "You can book by yourself again from %(until)s on, because %(count)s booked places were missed within "
        "%(months)s months. Until then your union's officer can book for you."
    )
    for_staff = _(
        "She can book by herself again from %(until)s on (%(count)s missed places within %(months)s months). You can "
        "book for her."
    )


class NotWaiting(Refused):
    code = "not_waiting"
    for_her = for_staff = _("She doesn't wait any more, so there is nothing to change.")


class DrawnOrder(Refused):
    code = "drawn_order"
    for_her = for_staff = _("She waits in the order drawn, and nobody may change that.")


class SamePriority(Refused):
    code = "same_priority"
    for_her = for_staff = _("She stands there already.")


class NamesSomebody(Refused):
    """The text she will read holds another person's name or a long number."""

    code = "names_somebody"
    for_her = for_staff = _(
        "She reads this text: say what the reason is without anybody's name and without a telephone or identity number."
    )


class TextMissing(Refused):
    code = "text_missing"
    for_her = for_staff = _("Say why in your own words: she reads it.")
