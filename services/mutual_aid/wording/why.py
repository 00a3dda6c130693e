"""Why each question about an illness is asked, in her words."""

from django.utils.translation import gettext_lazy as _

DIAGNOSIS = {
    "diagnosed": _("Why we ask: the day decides whether you were covered, and whether the waiting period was over."),
    "disease": _("Why we ask: the scheme pays for the diseases on its list."),
    "grade": _("Why we ask: the sum depends on it."),
}
TREATMENT = {
    "hospital": _("Why we ask: whoever decides has to know whose papers these are."),
    "hospital_level": _("Why we ask: some schemes ask for a hospital of a certain level."),
    "hospitalised": _("Why we ask: some sums are paid after a stay in hospital only."),
    "hospital_days": _("Why we ask: some schemes pay for each day."),
    "surgery": _("Why we ask: for some illnesses the scheme pays after an operation only."),
    "told": _("Why we ask: it lets you explain what no box asks for. You may leave it empty."),
}
