"""Words for codes that the rules give."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.home_inspections.enums import PRESCHOOL

UNFIT = {
    "not_a_hundred": gettext_lazy("The items add up to %(where)s, not to 100."),
    "weight_missing": gettext_lazy("%(where)s: every criterion needs a weight."),
    "weights_differ": gettext_lazy("%(where)s: the weights don't add up to the points of the item."),
    "nothing_applies": gettext_lazy("%(where)s: for one kind of home nothing of it applies."),
    "no_pass_mark": gettext_lazy("The pass mark isn't set. The plan gives none, and none is assumed."),
    "no_fails_below": gettext_lazy("It isn't said below which share of its points a criterion fails."),
    "no_difference_limit": gettext_lazy("It isn't said from which difference county and city are compared."),
    "no_rectify_days": gettext_lazy("It isn't said within how many days findings are put right."),
    "no_source": gettext_lazy("Name the document that sets the rubric."),
}


def unfit(why: list[tuple[str, str]]) -> str:
    return " ".join(str(UNFIT[code]) % {"where": where} if where else str(UNFIT[code]) for code, where in why)


EXCLUDED = {
    "own_county": gettext_lazy("her own county"),
    "conflict": gettext_lazy("declared conflict of interest"),
}


def label_of(code: str, stratum: dict) -> str:
    """A stratum of a draw as people call it."""
    return _("Homes below school age") if code == PRESCHOOL else stratum["name"]


def list_of(codes) -> str:
    return _(", ").join(codes)
