"""What is said of a diagnosis, as labels: one word for one thing on her pages and at the desk."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DIAGNOSED = _("Day of the pathology report")
ILLNESS = _("Illness")
OTHER_ILLNESS = _("None of the list")
GRADE = _("What the report says")
HOSPITAL = _("Hospital")
LEVEL = _("Level of the hospital")
STAY = _("Stay in hospital")
DAYS = _("Days in hospital")
SURGERY = pgettext_lazy("treatment", "Operation")
YES, NO = _("Yes"), _("No")
FINDINGS = {
    "pre_existing": _("The disease was there before she joined"),
    "fraud": _("Something was hidden, forged or altered"),
    "misdiagnosis": _("The hospital was mistaken"),
    "paid_elsewhere": _("A sister plan pays for the same illness"),
}
