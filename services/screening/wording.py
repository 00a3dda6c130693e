"""Findings in words: the rule, the value it was judged by, and what she can do about it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.foundation.verdict import Finding, Outcome
from services.screening.enums import MaritalRule, ProgrammeKind
from services.screening.rules import Assessment, Standing
from services.workers.enums import EmploymentType, MaritalStatus

_VERDICTS = {
    Standing.ELIGIBLE: gettext_lazy("You can take part."),
    Standing.NOT_ELIGIBLE: gettext_lazy("You can't take part this time."),
    Standing.NEEDS_FACTS: gettext_lazy("We can't tell yet: something is missing."),
}
_OUTCOMES = {
    Outcome.PASSED: gettext_lazy("met"),
    Outcome.FAILED: gettext_lazy("not met"),
    Outcome.UNKNOWN: gettext_lazy("not known yet"),
    Outcome.NOTE: gettext_lazy("note"),
}
_ORIGINS = {
    "roster": gettext_lazy("from your union's roster"),
    "answer": gettext_lazy("from your answer"),
    "history": gettext_lazy("from this system's record"),
}
_KINDS = {
    ProgrammeKind.CHARITY: gettext_lazy("The union pays for a limited number of places."),
    ProgrammeKind.EMPLOYER_DUTY: gettext_lazy(
        "Your employer owes you this check-up by law, and the time counts as working time."
    ),
    ProgrammeKind.PUBLIC_HEALTH: gettext_lazy("A public-health programme of the government, free for residents."),
}


def verdict(assessment: Assessment) -> str:
    """One sentence for the whole."""
    return str(_VERDICTS[assessment.verdict])


def outcome(finding: Finding) -> str:
    return str(_OUTCOMES[finding.outcome])


def origin(finding: Finding) -> str:
    """Where the value comes from; empty when nobody said."""
    return str(_ORIGINS.get(finding.origin, ""))


def kind(programme) -> str:
    """What kind of programme it is and what follows from that."""
    return str(_KINDS[ProgrammeKind(programme.kind)])


def outlook(assessment: Assessment) -> str:
    """When time alone makes it possible; empty otherwise."""
    if assessment.possible_from is None:
        return ""
    return _("You can take part from %(day)s on.") % {"day": _day(assessment.possible_from)}


def explain(finding: Finding) -> tuple[str, str, str]:
    """The rule, the value used, and what would change it (empty when the rule is met)."""
    rule, value, remedy = _EXPLAIN[finding.code](finding.figures, finding.outcome)
    return rule, value, "" if finding.outcome is Outcome.PASSED else remedy


def _day(value: date | str) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return date_format(day, "DATE_FORMAT")


def _age(figures: dict, result: Outcome) -> tuple[str, str, str]:
    youngest, oldest, age = figures["youngest"], figures["oldest"], figures["age"]
    if youngest is not None and oldest is not None:
        rule = _("Aged %(youngest)s to %(oldest)s") % {"youngest": youngest, "oldest": oldest}
    elif youngest is not None:
        rule = _("Aged %(youngest)s or older") % {"youngest": youngest}
    else:
        rule = _("Aged %(oldest)s or younger") % {"oldest": oldest}
    if result is Outcome.UNKNOWN:
        return rule, _("Your age is not known."), _("Tell us your age, or ask your union to complete your record.")
    value = ngettext("You are %(age)s.", "You are %(age)s.", age) % {"age": age}
    if "possible_from" in figures:
        return rule, value, _("You reach the age on %(day)s.") % {"day": _day(figures["possible_from"])}
    if youngest is not None and age < youngest:
        return rule, value, _("You can take part when you reach the age of %(age)s.") % {"age": youngest}
    return rule, value, _("Please ask your union about other check-ups for your age.")


def _membership(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Union member")
    if result is Outcome.UNKNOWN:
        return (
            rule,
            _("Your membership is not on record."),
            _("Ask your union officer to enter the date on which you joined."),
        )
    if figures["since"]:
        value = _("Member since %(day)s.") % {"day": _day(figures["since"])}
    else:
        value = _("You are a member.") if figures["member"] else _("You are not a member.")
    return rule, value, _("Join the union at your workplace or where you live; then you can take part.")


def _active(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Employed in a unit of this federation")
    if result is Outcome.PASSED:
        return rule, _("Your union lists you as employed."), ""
    return (
        rule,
        _("Your union lists you as having left."),
        _("Ask the union of your present workplace to take your record over."),
    )


def _marital(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("Marital status: %(rule)s") % {"rule": MaritalRule(figures["rule"]).label}
    if result is Outcome.UNKNOWN:
        return rule, _("Your marital status is not on record."), _("Ask your union officer to complete your record.")
    value = _("On record: %(status)s.") % {"status": MaritalStatus(figures["status"]).label}
    return rule, value, _("If this is out of date, ask your union officer to correct it.")


def _employment(figures: dict, result: Outcome) -> tuple[str, str, str]:
    labels = dict(EmploymentType.choices)
    admitted = _(", ").join(str(labels.get(code, code)) for code in figures["admitted"])
    rule = _("Form of employment: %(admitted)s") % {"admitted": admitted}
    if result is Outcome.UNKNOWN:
        return (
            rule,
            _("Your form of employment is not on record."),
            _("Ask your union officer to complete your record."),
        )
    value = _("On record: %(status)s.") % {"status": labels.get(figures["type"], figures["type"])}
    return rule, value, _("If this is out of date, ask your union officer to correct it.")


def _interval(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = ngettext(
        "Last screening at least %(months)s month ago",
        "Last screening at least %(months)s months ago",
        figures["months"],
    ) % {"months": figures["months"]}
    if result is Outcome.UNKNOWN:
        return (
            rule,
            _("It is not known when you were last screened."),
            _("Tell us when it was, or that you have never been screened."),
        )
    if figures["never"]:
        return rule, _("You have not been screened before."), ""
    value = _("Last screened on %(day)s.") % {"day": _day(figures["last"])}
    if "possible_from" not in figures:
        return rule, value, ""
    return rule, value, _("Possible again from %(day)s on.") % {"day": _day(figures["possible_from"])}


def _other_booking(figures: dict, result: Outcome) -> tuple[str, str, str]:
    rule = _("No other screening booked for the same time")
    value = _("You have a booking in another programme on %(day)s.") % {"day": _day(figures["on"])}
    return rule, value, _("Cancel the other booking first if you would rather come here.")


_EXPLAIN = {
    "age": _age,
    "membership": _membership,
    "active": _active,
    "marital": _marital,
    "employment": _employment,
    "interval": _interval,
    "other_booking": _other_booking,
}
