"""Why a photo or a paper isn't taken in: one class a reason, each saying what to do instead."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import NotKept as NotKept
from services.foundation.errors import Refused


class DocumentRefused(Refused):
    """The file itself can't be taken in; nothing of it is kept."""


class EmptyFile(DocumentRefused):
    code = "empty_file"
    for_her = _("The file is empty. Please choose it again, or take the photo anew.")


class TooLarge(DocumentRefused):
    """Context: ``size`` and ``limit`` in MB."""

    code = "too_large"
    for_her = _(
        "The file has %(size)s MB; at most %(limit)s MB are taken. "
        "Take the photo with a lower resolution, or send a screenshot of it."
    )


class NotAccepted(DocumentRefused):
    code = "not_accepted"
    for_her = _(
        "This is neither a photo (JPG, PNG, WebP, HEIC) nor a PDF, whatever its name says. "
        "Please take a photo of the paper and choose that."
    )


class OfdFile(NotAccepted):
    code = "ofd_file"
    for_her = _(
        "This is an OFD file. Save it as a PDF where you got it or in your OFD reader, or send a screenshot of it."
    )


class PictureBroken(DocumentRefused):
    code = "picture_broken"
    for_her = _("The photo is damaged and can't be opened. Please take it anew.")


class PictureTooLarge(DocumentRefused):
    """Context: ``limit`` in millions of pixels."""

    code = "picture_too_large"
    for_her = _(
        "The photo has more than %(limit)s million pixels, which is too much. "
        "Take it with a lower resolution, or send a screenshot of it."
    )


class PaperLocked(DocumentRefused):
    code = "paper_locked"
    for_her = _("The PDF asks for a password. Remove the password, or take photos of the pages.")


class PaperTooLong(DocumentRefused):
    """Context: ``found`` and ``limit`` in pages."""

    code = "paper_too_long"
    for_her = _("The PDF has %(found)s pages; at most %(limit)s are taken. Send only the pages that are asked for.")


class PaperActive(DocumentRefused):
    code = "paper_active"
    for_her = _("The PDF holds a program or other files, and is not taken in. Print it as a new PDF, or take photos.")


class PaperBroken(DocumentRefused):
    code = "paper_broken"
    for_her = _("The PDF is damaged and can't be read. Save it anew, or take photos of the pages.")


class NotAPicture(DocumentRefused):
    code = "not_a_picture"
    for_her = for_staff = _("This isn't a photo. Choose a picture: JPEG, PNG, WebP or HEIC.")


class UnknownKind(Refused):
    code = "unknown_kind"
    for_her = _("This kind of paper is not asked for here. Please go back and choose from the list.")


class NotOpenForDocuments(Refused):
    code = "not_open_for_documents"
    for_her = _("Papers can't be added or taken back now. Please look at how far your application is.")
    for_staff = _("Papers can't be added or taken back at this stage.")


class AlreadySent(Refused):
    code = "already_sent"
    for_her = _("This paper has been sent with your application and stays with it. You can add a better one.")


class TooManyDocuments(Refused):
    """Context: ``limit`` of one case."""

    code = "too_many_documents"
    for_her = _("One application takes %(limit)s files. Take back those that are not needed, then add this one.")


class TooManyUploads(Refused):
    """Context: ``limit`` an hour, ``minutes`` to wait."""

    code = "too_many_documents_an_hour"
    for_her = _(
        "You have sent %(limit)s files within this hour; more are not taken in. "
        "What you sent is kept. Please go on in %(minutes)s minutes."
    )


class PartOutOfPlace(Refused):
    """A part came that doesn't follow what has arrived. Context: ``received`` bytes."""

    code = "part_out_of_place"
    for_her = _("A part of the file is missing. The upload goes on from where it was.")


class UploadIncomplete(Refused):
    """Context: ``received`` and ``size`` in bytes."""

    code = "upload_incomplete"
    for_her = _("The file has not arrived completely. The upload goes on from where it was.")


class WrongDigest(Refused):
    code = "wrong_digest"
    for_her = _("The file was changed on its way. Please choose it again.")
