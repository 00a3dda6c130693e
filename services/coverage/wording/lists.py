"""What a line of the list of unions says."""

from django.utils.translation import gettext as _

from services.coverage.enums import TermStanding
from services.coverage.models import Standing


def women_of(standing: Standing) -> str:
    """Women members of all members, as far as they are stated."""
    women, everybody = standing.organization.women_member_count, standing.organization.member_count
    if women is None:
        return "—"
    return str(women) if everybody is None else f"{women} / {everybody}"


def form_of(standing: Standing) -> str:
    return str(standing.get_form_display()) if standing.form else _("No record yet")


def end_of_term(standing: Standing) -> str:
    """Where the term stands, and its last day."""
    words = str(standing.get_term_display())
    if standing.term == TermStanding.NONE or standing.term_ends_on is None:
        return words
    return f"{words} · {standing.term_ends_on:%Y-%m-%d}"
