"""Why a claim isn't paid, in the words that she reads: what it means, and what she can do now. Never the last line."""

from django.utils.translation import gettext_lazy as _

from services.mutual_aid.enums import Reason

_WORDS = {
    Reason.NOT_INSURED_AT_DATE: _(
        "Your cover didn't run on the day of the pathology report. If another unit had you covered then, claim there."
    ),
    Reason.NOT_LISTED: _(
        "This illness isn't among those that the scheme pays for. Hardship relief may help: look at what you can get."
    ),
    Reason.CIS_EXCLUDED: _(
        "The pathology report says carcinoma in situ, which this scheme doesn't cover. Your cover goes on."
    ),
    Reason.METASTASIS: _("The scheme covers cancers that began there, not those that came from another place."),
    Reason.IN_EXEMPTION_PERIOD: _(
        "The diagnosis was made in the waiting period after joining, in which the scheme pays nothing yet."
    ),
    Reason.PRE_EXISTING: _("The illness was there before you joined. A different listed illness stays covered."),
    Reason.PRIOR_DISEASE: _("You were paid for this illness before. A different listed illness stays covered."),
    Reason.DUPLICATE: _(
        "This cover has been claimed already and ended then. You can join again at the next enrolment."
    ),
    Reason.FRAUD: _("What was handed in doesn't agree with the hospital's records. You can appeal with other papers."),
    Reason.MISDIAGNOSIS: _("The hospital has taken the diagnosis back. Your cover goes on."),
    Reason.HOSPITAL_LEVEL: _(
        "The hospital is below the level that the scheme asks for. Have the diagnosis confirmed by one of that level "
        "and claim again."
    ),
    Reason.NO_HOSPITALISATION: _(
        "The scheme pays after treatment in hospital. Claim again with the record once you have been treated."
    ),
    Reason.LATE_NOTICE: _(
        "The illness was reported after the last day. If something kept you from it, appeal and say so."
    ),
    Reason.TIME_BARRED: _("The claim came after the last day. If something kept you from it, appeal and say so."),
    Reason.DOCS_MISSING: _("Papers that the scheme asks for weren't handed in. Claim again once you have them."),
}


def to_her(reason: str) -> str:
    """The sentence for a code of ``Reason``."""
    return str(_WORDS[Reason(reason)])
