"""Terms and figures in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.screening.enums import Item
from services.screening.models import ProgrammeTerms
from services.screening.queries import Figures
from services.screening.rules import KINDS
from services.workers.enums import EmploymentType


def describe_terms(terms: ProgrammeTerms) -> list[tuple[str, str]]:
    """Each rule of a version that belongs to the programme's kind as (name, wording), in the order of the form."""
    lines = {
        "age_min": (_("Age"), _age(terms)),
        "membership_required": (
            _("Union membership"),
            _("members only") if terms.membership_required else _("not asked"),
        ),
        "residence_required": (
            _("Residence"),
            _("residents, by their own statement") if terms.residence_required else _("not asked"),
        ),
        "marital_rule": (_("Marital status"), terms.get_marital_rule_display()),
        "employment_types": (_("Forms of employment admitted"), _employment(terms.employment_types) or _("all")),
        "priority_employment_types": (
            _("Served first"),
            _employment(terms.priority_employment_types) or _("nobody in particular"),
        ),
        "region": (_("Region"), terms.get_region_display() or _("not asked")),
        "interval_months": (_("Time since the last screening"), _interval(terms.interval_months)),
        "interval_months_hpv": (_("Time since the last HPV test"), _interval(terms.interval_months_hpv)),
        "interval_counts": (_("Which screenings count"), terms.get_interval_counts_display()),
        "elsewhere": (_("A booking in another programme"), terms.get_elsewhere_display()),
        "paper_consent": (_("Consent on paper"), _("admitted") if terms.paper_consent else _("not admitted")),
        "added_items": (_("Added from an age on"), _added(terms)),
    }
    own = KINDS[terms.programme.kind].terms
    return [lines[name] for name in own if name in lines] + [(_("Document and clause"), terms.source)]


def _added(terms: ProgrammeTerms) -> str:
    if terms.added_from_age is None or not terms.added_items:
        return _("nothing")
    labels = dict(Item.choices)
    items = _(", ").join(str(labels.get(code, code)) for code in terms.added_items)
    return _("from %(age)s on: %(items)s") % {"age": terms.added_from_age, "items": items}


def _age(terms: ProgrammeTerms) -> str:
    youngest, oldest = terms.age_min, terms.age_max
    if youngest is not None and oldest is not None:
        return _("%(youngest)s to %(oldest)s, both included") % {"youngest": youngest, "oldest": oldest}
    if youngest is not None:
        return _("%(youngest)s and older") % {"youngest": youngest}
    if oldest is not None:
        return _("up to %(oldest)s") % {"oldest": oldest}
    return _("not asked")


def _interval(months: int | None) -> str:
    return _("at least %(months)s months") % {"months": months} if months else _("not asked")


def _employment(codes: list[str]) -> str:
    labels = dict(EmploymentType.choices)
    return _(", ").join(str(labels.get(code, code)) for code in codes)


def finding(organization, total: Figures, *, from_above: int = 0) -> str:
    """Uptake of an organisation as a sentence; ``from_above``: how many of its women have places of a level above.

    Without these, more women booked than places received, and places left all the same, read as a fault.
    """
    said = _finding(organization, total)
    if not from_above:
        return said
    above = ngettext(
        "%(count)s of the women booked has a place of a level above.",
        "%(count)s of the women booked have places of a level above.",
        from_above,
    )
    return f"{said} {above % {'count': f'{from_above:,}'}}"


def _finding(organization, total: Figures) -> str:
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
