"""Claims in words: papers, what stands in the way of a decision, in her own terms what a grade is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.said import Said, yuan
from services.foundation.verdict import Finding
from services.mutual_aid.enums import DocumentKind, Grade

# As a pathology report puts it, so that she finds it there.
GRADES_HERS = (
    (Grade.INVASIVE_PRIMARY.value, gettext_lazy("Invasive cancer that began there (浸润癌, 原发)")),
    (Grade.IN_SITU.value, gettext_lazy("Carcinoma in situ (原位癌)")),
    (Grade.METASTATIC.value, gettext_lazy("Spread from another place (转移癌)")),
    (Grade.BORDERLINE.value, gettext_lazy("Borderline tumour (交界性肿瘤)")),
    (Grade.SURGERY_ONLY.value, gettext_lazy("An operation, no cancer was found")),
    (Grade.OTHER.value, gettext_lazy("Something else, or I'm not sure")),
)
_IN_THE_WAY = {
    "statement_missing": gettext_lazy("The unit's statement is missing."),
    "diagnosis_unknown": gettext_lazy("Day or grade of the diagnosis isn't known."),
    "cover_void": gettext_lazy("Her cover was declared void."),
    "ending_unknown": gettext_lazy("The terms don't say whether the cover ends: say so with the sum."),
    "sum_needs_second": gettext_lazy("The changed sum waits for a second person."),
    "sum_differs": gettext_lazy("The rules give another sum than when the sum was changed: look at it again."),
    "nothing_to_pay": gettext_lazy("The rules give no sum."),
    "fund_missing": gettext_lazy("The terms name no fund."),
    "fund_short": gettext_lazy("The fund lacks %(missing)s yuan."),
    "reason_code_missing": gettext_lazy("Choose the coded reason: refuse by the button on the page of the case."),
    "never_public": gettext_lazy("A claim is never put on a public notice: it would tell of an illness."),
    "sister_unjudged": gettext_lazy(
        "Another scheme paid her within a year: say under “What the papers show” whether it was for the same illness."
    ),
    "look_first": gettext_lazy("Open the diagnosis first: your look goes on record."),
}
OBSTACLES = frozenset(_IN_THE_WAY)


def document(kind: str) -> str:
    return str(dict(DocumentKind.choices).get(kind, kind))


def in_the_way(finding: Finding) -> Said:
    """A finding of the case's obstacles that is none of the rules'."""
    figures = dict(finding.figures)
    if "missing" in figures:
        figures["missing"] = yuan(figures["missing"])
    return Said(str(_IN_THE_WAY[finding.code]) % figures, "")


def ends(value: bool | None) -> str:
    if value is None:
        return _("not known yet")
    return _("It ends") if value else _("It goes on")
