"""Who may open the monitoring of plans and its evaluation: see ``table.py``. The report and the problem are the town's;
dictionary, year and plan are the city's, and no secret to those who hold such a post below it."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, OVER, Row, at_the_desk, one, staff

_READ = (Role.WF_OFFICER, Role.FEDERATION_OFFICER, Role.AUDITOR)
_WRITE = (Role.WF_OFFICER, Role.FEDERATION_OFFICER)
_all, _writing = staff(_READ), staff(_WRITE)
_seen, _written, _reviewed = staff(_READ, ABOVE), staff(_WRITE, ABOVE), staff(_WRITE, OVER)
_top = staff(_WRITE, ["top"])


def _report(yes, **arguments) -> Row:
    year, code = "monitoring_report.place.round.year", "monitoring_report.place.organization.code"
    return one(yes, no=_seen - yes, year=year, code=code, **arguments)


def _plan(yes, **arguments) -> Row:
    return one(yes, no=_all - yes, pk="women_plan.pk", **arguments)


def _issue(yes) -> Row:
    return one(yes, no=_seen - yes, token="plan_issue.token")


def _entry(yes, entry: str) -> Row:
    return one(yes, no=_all - yes, code="monitoring_report.place.round.owner.code", entry=entry)


_ENTRIES = {"indicator": "monitored.code", "element": "monitored.numerator.code", "rule": "monitoring_rule.code"}
ROWS = {
    **{
        f"indicators_desk:{page}": at_the_desk(_all)
        for page in (
            *("list", "list_results", "rounds", "dictionary", "dictionary_results"),
            *("elements", "elements_results", "rules", "rules_results"),
        )
    },
    **{
        f"indicators_desk:{page}": at_the_desk(_top)
        for page in ("round_open", "samples", "element_add", "indicator_add", "rule_add")
    },
    "indicators_desk:round_lock": one(
        _top,
        no=_all - _top,
        year="monitoring_report.place.round.year",
        code="monitoring_report.place.round.owner.code",
    ),
    **{f"indicators_desk:{entry}": _entry(_all, code) for entry, code in _ENTRIES.items()},
    **{
        f"indicators_desk:{entry}_{step}": _entry(_top, _ENTRIES[entry])
        for entry, steps in {
            "indicator": ("correct", "redefine", "end"),
            "element": ("change", "end"),
            "rule": ("change", "end"),
        }.items()
        for step in steps
    },
    "indicators_desk:one": _report(_seen),
    "indicators_desk:edit": _report(_written, domain="health"),
    **{f"indicators_desk:{step}": _report(_written) for step in ("sign", "take_back", "amend")},
    **{f"indicators_desk:{step}": _report(_reviewed) for step in ("accept", "send_back")},
    **{
        f"plan_reviews_desk:{page}": at_the_desk(_all)
        for page in (
            *("plans", "issues", "issues_results", "work", "trainings", "trainings_results"),
            *("publicity", "publicity_results", "inclusions", "inclusions_results"),
        )
    },
    **{f"plan_reviews_desk:{page}": at_the_desk(_top) for page in ("plan_make", "samples")},
    **{f"plan_reviews_desk:{page}_add": at_the_desk(_writing) for page in ("trainings", "publicity", "inclusions")},
    **{
        f"plan_reviews_desk:{page}_strike": one(_written, no=_seen - _written, pk=f"plan_{page}.pk")
        for page in ("trainings", "publicity", "inclusions")
    },
    **{
        f"plan_reviews_desk:{page}": _plan(_all)
        for page in ("evaluation", "evaluation_print", "evaluation_workbook", "goals")
    },
    "plan_reviews_desk:drill": _plan(_all, indicator="monitored.code"),
    "plan_reviews_desk:goal_add": _plan(_top),
    "plan_reviews_desk:target_set": _plan(_writing, goal="plan_goal.pk"),
    "plan_reviews_desk:goal_judge": _plan(_top, goal="plan_goal.pk"),
    "plan_reviews_desk:issue": _issue(_seen),
    **{
        f"plan_reviews_desk:{step}": _issue(_written)
        for step in ("issue_assign", "issue_hand_in", "issue_close", "issue_give_back", "issue_visit")
    },
}
