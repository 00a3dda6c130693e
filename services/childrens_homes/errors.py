"""Why something about a home is refused, in words. ``field`` in a context names the field it is about."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.errors import Refused


class NoSuchStep(Refused):
    code = "no_such_step"
    for_staff = _("A home that is “%(state)s” can't take this step.")


class NotFromHere(Refused):
    code = "not_from_here"
    for_staff = _("What is “%(state)s” can't take this step.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_staff = _("Say why: the reason goes into the history.")


class StandsAgainst(Refused):
    code = "stands_against"
    for_staff = _("This isn't possible yet: %(why)s")


class Invalid(Refused):
    """What the database would refuse, in the words that the constraint carries."""

    code = "invalid"
    for_staff = _("It can't be saved so: %(words)s")


class PassMarkMissing(Refused):
    code = "pass_mark_missing"
    for_staff = _("Set the pass mark first: there is no default, the city decides on it (T15).")


class TargetsDiffer(Refused):
    code = "targets_differ"
    for_staff = _("%(school)s at schools and %(preschool)s below school age make %(sum)s, not %(target)s.")


class ProgrammeNotRunning(Refused):
    code = "programme_not_running"
    for_staff = _("The programme isn't running.")


class ProgrammeRunning(Refused):
    code = "programme_running"
    for_staff = _("The programme is running: its numbers stand. What its words mean can still be set anew.")


class AreaAbsurd(Refused):
    code = "area_absurd"
    for_staff = _("%(area)s m² can't be meant: more than %(bound)s m² is taken for a typing error.")


class AreaMissing(Refused):
    code = "area_missing"
    for_staff = _("Enter an area above 0 m².")


class NotAHost(Refused):
    code = "not_a_host"
    for_staff = _("A home stands in a school or kindergarten that is open, below a county.")


class SiteDoesNotFit(Refused):
    code = "site_does_not_fit"
    for_staff = _("This kind of site doesn't fit the school or kindergarten, or the standard.")


class NotEditable(Refused):
    code = "not_editable"
    for_staff = _("It can be changed only before it is handed in, or after it was returned.")


class PlanBeingMade(Refused):
    code = "plan_being_made"
    for_staff = _("A version of the plan is being made already.")


class PlanClosed(Refused):
    code = "plan_closed"
    for_staff = _("Only a draft of the plan can be changed. Make a new version.")


class PlanDoesNotAddUp(Refused):
    code = "plan_does_not_add_up"
    for_staff = _("The plan doesn't match the targets: %(why)s")


class OpinionMissing(Refused):
    code = "opinion_missing"
    for_staff = _("The opinion of %(who)s is missing.")


class OpinionAgainst(Refused):
    code = "opinion_against"
    for_staff = _("%(who)s doesn't agree. Take the plan back and change it, or record a new opinion.")


class SecondPerson(Refused):
    code = "second_person"
    for_staff = _("You drafted this plan or asked for the opinions. Somebody else of the city approves it.")


class HomeTooFar(Refused):
    code = "home_too_far"
    for_staff = _("%(home)s is “%(state)s” already: it can't simply leave the plan. Close or reassign it first.")


class CensusFaulty(Refused):
    code = "census_faulty"
    for_staff = _("%(place)s: by %(by)s there are other numbers than by sex.")


class CensusEmpty(Refused):
    code = "census_empty"
    for_staff = _("Enter the numbers of at least one township.")


class DayAhead(Refused):
    code = "day_ahead"
    for_staff = _("This day is still to come.")


class ChainHasGap(Refused):
    code = "chain_has_gap"
    for_staff = _("The letter above it isn't signed by both sides: a chain of responsibility has no gap.")


class NotBelow(Refused):
    code = "not_below"
    for_staff = _("A letter binds an organisation and the one directly above it.")


class CommitteeIncomplete(Refused):
    code = "committee_incomplete"
    for_staff = _("By the plan these posts belong to the committee: %(missing)s.")


class TooManyTeachers(Refused):
    code = "too_many_teachers"
    for_staff = _("The plan asks for %(most)s teachers at most. Tick the box below if this one is meant all the same.")


class EducationTooLow(Refused):
    code = "education_too_low"
    for_staff = _("Whoever manages this home has at least: %(least)s.")


class PaidWrongly(Refused):
    code = "paid_wrongly"
    for_staff = _("Teachers of school homes get nothing on top; only kindergartens pay from their fees.")


class VettingTooLong(Refused):
    code = "vetting_too_long"
    for_staff = _("A check counts for %(months)s months at most: until %(last)s.")


class NotVetted(Refused):
    code = "not_vetted"
    for_staff = _("On %(day)s this volunteer may not work with children: %(standing)s.")


class Gone(Refused):
    code = "gone"
    for_staff = pgettext_lazy("volunteer", "She has left.")


class HomeNotRunning(Refused):
    code = "home_not_running"
    for_staff = _("This home isn't open to children: it is “%(state)s”.")


class NotOfThisHome(Refused):
    code = "not_of_this_home"
    for_staff = _("Somebody on the list doesn't belong to this home or its county.")


class PhotoConsent(Refused):
    code = "photo_consent"
    for_staff = _("Check the consent to photos before photos are added.")


class PaperRefused(Refused):
    code = "paper_refused"
    for_staff = _("There are %(limit)s papers here already.")


class SummaryClosed(Refused):
    code = "summary_closed"
    for_staff = _("This version was sent. Begin a new one.")


class SectionsOpen(Refused):
    code = "sections_open"
    for_staff = _("Nothing is written yet in: %(open)s")


class SummaryOpen(Refused):
    code = "summary_open"
    for_staff = _("A version is being written already: finish that one.")


class NotSent(Refused):
    code = "not_sent"
    for_staff = _("It hasn't been sent to the city.")
