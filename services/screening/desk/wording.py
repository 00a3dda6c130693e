"""Terms and figures in words."""

from django.utils.translation import gettext as _

from services.screening.models import ProgrammeTerms
from services.screening.queries import Figures
from services.workers.enums import EmploymentType


def describe_terms(terms: ProgrammeTerms) -> list[tuple[str, str]]:
    """Each rule of a version as (name, wording), in the order in which women read them."""
    return [
        (_("Age"), _age(terms)),
        (_("Time since the last screening"), _interval(terms)),
        (_("Union membership"), _("members only") if terms.membership_required else _("not asked")),
        (_("Marital status"), terms.get_marital_rule_display()),
        (_("Forms of employment admitted"), _employment(terms.employment_types) or _("all")),
        (_("Served first"), _employment(terms.priority_employment_types) or _("nobody in particular")),
        (_("Document and clause"), terms.source),
    ]


def _age(terms: ProgrammeTerms) -> str:
    youngest, oldest = terms.age_min, terms.age_max
    if youngest is not None and oldest is not None:
        return _("%(youngest)s to %(oldest)s, both included") % {"youngest": youngest, "oldest": oldest}
    if youngest is not None:
        return _("%(youngest)s and older") % {"youngest": youngest}
    if oldest is not None:
        return _("up to %(oldest)s") % {"oldest": oldest}
    return _("not asked")


def _interval(terms: ProgrammeTerms) -> str:
    if not terms.interval_months:
        return _("not asked")
    return _("at least %(months)s months") % {"months": terms.interval_months}


def _employment(codes: list[str]) -> str:
    labels = dict(EmploymentType.choices)
    return _(", ").join(str(labels.get(code, code)) for code in codes)


def finding(organization, total: Figures) -> str:
    """Uptake of an organisation as a sentence."""
    values = {
        "organization": organization.name,
        "allocated": f"{total.allocated:,}",
        "booked": f"{total.booked:,}",
        "attended": f"{total.attended:,}",
        "left": f"{total.left:,}",
        "waiting": f"{total.waiting:,}",
    }
    if total.share is None:
        return _("%(organization)s has received no places yet; %(waiting)s women wait.") % values
    values["share"] = f"{total.share:.1f}"
    return (
        _(
            "%(organization)s: %(booked)s of %(allocated)s places are booked (%(share)s%%), %(attended)s women have "
            "attended; %(left)s places are left and %(waiting)s women wait."
        )
        % values
    )
