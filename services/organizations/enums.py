"""Codes of the organisation tree and of the posts held in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Branch(models.TextChoices):
    """Two trees that never mix: the trade union's and the women's federation's."""

    TRADE_UNION = "trade_union", _("Trade union")
    WOMENS_FEDERATION = "womens_federation", _("Women's federation")


class Kind(models.TextChoices):
    CITY_UNION = "city_union", _("City federation of trade unions")
    COUNTY_UNION = "county_union", _("County or district federation")
    INDUSTRY_UNION = "industry_union", _("Industry union")
    TOWNSHIP_UNION = "township_union", _("Township or street union")
    GRASSROOTS_UNION = "grassroots_union", _("Grassroots union")
    CITY_WF = "city_wf", _("City women's federation")
    COUNTY_WF = "county_wf", _("County women's federation")
    TOWNSHIP_WF = "township_wf", _("Township women's federation")
    SCHOOL = "school", _("School")
    KINDERGARTEN = "kindergarten", _("Kindergarten")

    @property
    def branch(self) -> Branch:
        return Branch.TRADE_UNION if self.value.endswith("_union") else Branch.WOMENS_FEDERATION


# Which kinds may stand directly below which (None: the top of a branch).
ALLOWED_BELOW: dict[str | None, frozenset[str]] = {
    None: frozenset({Kind.CITY_UNION, Kind.CITY_WF}),
    Kind.CITY_UNION: frozenset({Kind.COUNTY_UNION, Kind.INDUSTRY_UNION, Kind.TOWNSHIP_UNION, Kind.GRASSROOTS_UNION}),
    Kind.COUNTY_UNION: frozenset({Kind.INDUSTRY_UNION, Kind.TOWNSHIP_UNION, Kind.GRASSROOTS_UNION}),
    Kind.INDUSTRY_UNION: frozenset({Kind.TOWNSHIP_UNION, Kind.GRASSROOTS_UNION}),
    Kind.TOWNSHIP_UNION: frozenset({Kind.GRASSROOTS_UNION}),
    Kind.GRASSROOTS_UNION: frozenset({Kind.GRASSROOTS_UNION}),
    Kind.CITY_WF: frozenset({Kind.COUNTY_WF}),
    Kind.COUNTY_WF: frozenset({Kind.TOWNSHIP_WF, Kind.SCHOOL, Kind.KINDERGARTEN}),
    Kind.TOWNSHIP_WF: frozenset({Kind.SCHOOL, Kind.KINDERGARTEN}),
    Kind.SCHOOL: frozenset(),
    Kind.KINDERGARTEN: frozenset(),
}


class Role(models.TextChoices):
    PLATFORM_ADMINISTRATOR = "platform_administrator", _("Platform administrator")
    FEDERATION_OFFICER = "federation_officer", _("Federation officer")
    CASE_OFFICER = "case_officer", _("Case officer")
    FINANCE_OFFICER = "finance_officer", _("Finance officer")
    GRASSROOTS_OFFICER = "grassroots_officer", _("Grassroots officer")
    COMMUNICATIONS_EDITOR = "communications_editor", _("Communications editor")
    CLINIC_OPERATOR = "clinic_operator", _("Clinic staff")
    AUDITOR = "auditor", _("Read-only auditor")
    # Posts of the women's federation's branch: none of them reaches a woman worker's record, nor the other way round.
    WF_OFFICER = "wf_officer", _("Women's federation officer")
    WF_FINANCE = "wf_finance", _("Keeper of state assets")
    HOME_TEACHER = "home_teacher", _("Teacher of a children's home")
    HOME_INSPECTOR = "home_inspector", _("Inspector of children's homes")
    PRIVACY_OFFICER = "privacy_officer", _("Personal data officer")


# Who may see women workers' records (always masked until revealed) inside the tree she is assigned to.
ROSTER_READERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR})
# Who may write them, reveal a masked field, or enrol.
ROSTER_WRITERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER})
# Who keeps the tree: adds, edits, moves and closes organisations below her post.
TREE_KEEPERS = frozenset({Role.FEDERATION_OFFICER, Role.WF_OFFICER, Role.PLATFORM_ADMINISTRATOR})
# Posts that exist in the women's federation's branch alone.
WF_ROLES = frozenset({Role.WF_OFFICER, Role.WF_FINANCE, Role.HOME_TEACHER, Role.HOME_INSPECTOR, Role.PRIVACY_OFFICER})
