"""Cover, disease, grade, exclusions, treatment, hospital and time limits in words (§1.3-1.7)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.said import Said, day, label
from services.foundation.verdict import Outcome
from services.mutual_aid.enums import Grade, HospitalLevel, Treatment


def _remedy() -> str:
    return _("Ask the officer of your union.")


def _covered(figures: dict, outcome: Outcome) -> Said:
    rule = _("Covered on the day of the diagnosis")
    words = {"diagnosed": day(figures["diagnosed"]), "effective": day(figures["effective"])}
    if not figures["last"]:
        value = _("Cover from %(effective)s; when it ends isn't known. Diagnosed on %(diagnosed)s.") % words
        return Said(rule, value, _remedy())
    words["last"] = day(figures["last"])
    value = _("Cover from %(effective)s to %(last)s, both days included. Diagnosed on %(diagnosed)s.") % words
    return Said(rule, value, _("A claim is made on the cover that ran on the day of the pathology report."))


def _pre_existing(figures: dict, outcome: Outcome) -> Said:
    rule = _("No listed disease from before joining")
    words = {"effective": day(figures["effective"])}
    if outcome is Outcome.FAILED:
        value = _("The disease was there before the cover began on %(effective)s.") % words
        return Said(rule, value, _("A different listed disease would be covered."))
    return Said(rule, _("Nothing is on record from before %(effective)s.") % words)


def _pre_existing_allowed(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Disease from before joining"), _("The scheme covers it."))


def _listed(figures: dict, outcome: Outcome) -> Said:
    if "grade" in figures:
        rule = _("A grade that the scheme pays for")
        value = _("%(grade)s: the scheme has no sum for it.") % {"grade": label(figures["grade"], Grade)}
        return Said(rule, value, _("The grade on the pathology report decides."))
    rule = _("A disease on the scheme's list")
    if outcome is Outcome.PASSED:
        return Said(rule, figures["disease"])
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("It isn't among those we know; the whole list isn't known."), _remedy())
    return Said(rule, _("It isn't on the list."), _("See whether another scheme or hardship relief fits."))


def _taken_as_listed(figures: dict, outcome: Outcome) -> Said:
    return Said(_("A disease on the scheme's list"), _("Which disease it is wasn't said: taken as listed."))


def _metastasis(figures: dict, outcome: Outcome) -> Said:
    rule = _("Not spread from another disease")
    values = {
        Outcome.FAILED: _("It has spread from another place; the scheme covers primary cancers."),
        Outcome.UNKNOWN: _("The terms don't say how they handle it."),
    }
    return Said(rule, values.get(outcome, _("The scheme doesn't exclude it.")), _remedy())


def _cis_excluded(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Carcinoma in situ"),
        _("This scheme doesn't cover it."),
        _("The grade on the pathology report decides; a later finding can be claimed anew."),
    )


def _in_situ_as_invasive(figures: dict, outcome: Outcome) -> Said:
    words = {"disease": figures["disease"]}
    return Said(_("Carcinoma in situ"), _("%(disease)s: counts the same as invasive cancer.") % words)


def _duplicate(figures: dict, outcome: Outcome) -> Said:
    rule = _("One claim a cover")
    words = {"diagnosed": day(figures["diagnosed"])}
    value = _("This cover was claimed already, for a diagnosis of %(diagnosed)s.") % words
    return Said(rule, value, _("You can join again when the period is over, as far as the scheme allows it."))


def _prior_disease(figures: dict, outcome: Outcome) -> Said:
    rule = _("Not paid for the same disease before")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("There was an earlier claim; which disease it is now isn't known."), _remedy())
    if outcome is Outcome.PASSED:
        return Said(rule, _("The earlier claim was for another disease."))
    words = {"diagnosed": day(figures["diagnosed"])}
    value = _("This disease was paid for before (diagnosis of %(diagnosed)s).") % words
    return Said(rule, value, _("A different listed disease is still covered."))


def _fraud(figures: dict, outcome: Outcome) -> Said:
    rule = _("Papers and statements are true")
    if outcome is Outcome.PASSED:
        return Said(rule, _("Nothing speaks against them."))
    return Said(rule, _("Something was hidden, forged or altered."), _("You can appeal and hand in other papers."))


def _misdiagnosis(figures: dict, outcome: Outcome) -> Said:
    rule = _("The diagnosis stands")
    if outcome is Outcome.PASSED:
        return Said(rule, _("Nothing speaks against it."))
    return Said(rule, _("The hospital was mistaken."), _("You can appeal with a report of another hospital."))


def _waiting(figures: dict, outcome: Outcome) -> Said:
    rule = _("After the waiting period")
    words = {"day": figures["day"], "to": figures["to"]}
    if figures["to"] is None:
        return Said(rule, _("Day %(day)s of the cover lies in the waiting period.") % words)
    value = _("Day %(day)s of the cover lies in the waiting period, which ends with day %(to)s.") % words
    return Said(rule, value + _counted(figures), _("The cover goes on unless it says otherwise below."))


def _day_of_cover(figures: dict, outcome: Outcome) -> Said:
    rule = _("Day of the cover")
    words = {"day": figures["day"], "from": figures["from"], "to": figures["to"]}
    if figures["to"] is None:
        value = _("Day %(day)s: the line from day %(from)s on counts.") % words
    else:
        value = _("Day %(day)s: the line from day %(from)s to day %(to)s counts.") % words
    if figures["renewal"]:
        value += " " + _("Renewed without a break.")
    return Said(rule, value + _counted(figures))


def _counted(figures: dict) -> str:
    """Whether the terms say how days are counted, or we do as long as they don't."""
    first = _("The first day is day %(day)s.") % {"day": figures["effective_day"]}
    if figures.get("assumed"):
        return " " + first + " " + _("The terms don't say how days are counted; this is how we count until they do.")
    return " " + first


def _ladder_unknown(figures: dict, outcome: Outcome) -> Said:
    rule = _("Day of the cover")
    words = {"day": figures["day"]}
    return Said(rule, _("Day %(day)s: what counts then isn't known for this scheme.") % words, _remedy())


def _treatment(figures: dict, outcome: Outcome) -> Said:
    if not figures["treatment"]:
        return Said(_("Treatment asked for"), _("The terms don't say whether treatment is asked for."), _remedy())
    rule = _("Only after: %(treatment)s") % {"treatment": label(figures["treatment"], Treatment)}
    values = {
        Outcome.PASSED: _("It was done."),
        Outcome.FAILED: _("It wasn't done."),
        Outcome.UNKNOWN: _("Nobody has said yet whether it was done."),
    }
    return Said(rule, values[outcome], _("Once it has been done, claim again with the record of it."))


def _hospital(figures: dict, outcome: Outcome) -> Said:
    rule = _("A hospital of at least %(level)s") % {"level": label(figures["least"], HospitalLevel)}
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("The level of the hospital isn't known yet."), _("Name the hospital and its level."))
    value = label(figures["level"], HospitalLevel)
    return Said(rule, value, _("Have the diagnosis confirmed by a hospital of that level, then claim again."))


def _late_notice(figures: dict, outcome: Outcome) -> Said:
    return _in_time(figures, outcome, _("Reported in time"))


def _time_barred(figures: dict, outcome: Outcome) -> Said:
    return _in_time(figures, outcome, _("Claimed in time"))


def _in_time(figures: dict, outcome: Outcome, rule: str) -> Said:
    words = {"done": day(figures["done"])}
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("Done on %(done)s; the last day isn't known for this scheme.") % words, _remedy())
    words |= {"by": day(figures["by"]), "days": figures["days"]}
    text = ngettext(
        "Done on %(done)s; the last day was %(by)s (%(days)s day).",
        "Done on %(done)s; the last day was %(by)s (%(days)s days).",
        figures["days"],
    )
    return Said(rule, text % words, _("If something kept you from it, say so in an appeal."))


EXPLAIN = {
    "not_insured_at_date": _covered,
    "pre_existing": _pre_existing,
    "pre_existing_allowed": _pre_existing_allowed,
    "not_listed": _listed,
    "taken_as_listed": _taken_as_listed,
    "metastasis": _metastasis,
    "cis_excluded": _cis_excluded,
    "in_situ_as_invasive": _in_situ_as_invasive,
    "duplicate": _duplicate,
    "prior_disease": _prior_disease,
    "fraud": _fraud,
    "misdiagnosis": _misdiagnosis,
    "in_exemption_period": _waiting,
    "day_of_cover": _day_of_cover,
    "ladder_unknown": _ladder_unknown,
    "no_hospitalisation": _treatment,
    "hospital_level": _hospital,
    "late_notice": _late_notice,
    "time_barred": _time_barred,
}
