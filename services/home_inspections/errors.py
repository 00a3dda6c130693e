"""Why something about an inspection, a draw or an evaluation is refused, in words."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class NoSuchStep(Refused):
    code = "no_such_step"
    for_staff = _("“%(state)s”: this step isn't open now.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_staff = _("Say why: the reason goes into the history.")


class StepTaken(AlreadyDone):
    code = "step_taken"
    for_staff = _("This has been done already.")


class RubricUnfit(Refused):
    code = "rubric_unfit"
    for_staff = _("The rubric can't be put in force: %(why)s")


class RubricCounts(Refused):
    code = "rubric_counts"
    for_staff = _("This version was in force. Write the next one.")


class NoBlindLimit(Refused):
    code = "no_blind_limit"
    for_staff = _("The rubric doesn't say how far two who score blind may differ. The city sets it first.")


class HandedIn(Refused):
    code = "handed_in"
    for_staff = _("You have handed in your sheet. It can't be changed any more.")


class ThirdIsOneOfThem(Refused):
    code = "third_is_one_of_them"
    for_staff = _("Whoever settles the differences isn't one of the inspectors.")


class NotAllSettled(Refused):
    code = "not_all_settled"
    for_staff = _("Give points and a reason for each of: %(open)s")


class NoRubric(Refused):
    code = "no_rubric"
    for_staff = _("No rubric is in force. The city sets weights and pass mark first.")


class TwoInspectors(Refused):
    code = "two_inspectors"
    for_staff = _("An inspection needs at least two inspectors without a conflict.")


class NotAnInspector(Refused):
    code = "not_an_inspector"
    for_staff = _(
        "Only inspectors and officers of the women's federation within whose reach the home lies can be sent."
    )


class InConflict(Refused):
    code = "in_conflict"
    for_staff = _("One of them has declared a conflict of interest with this home: %(why)s")


class NotDrawn(Refused):
    code = "not_drawn"
    for_staff = _("The city's draw decides which homes it visits. This one wasn't drawn, or was visited already.")


class AlreadyUnderWay(Refused):
    code = "already_under_way"
    for_staff = _("An inspection of this round is under way or done for this home.")


class DayPast(Refused):
    code = "day_past"
    for_staff = _("This day is over. Choose today or a later day.")


class BeyondPoints(Refused):
    code = "beyond_points"
    for_staff = _("At most %(most)s points, in half points.")


class OutOfPoints(Refused):
    """Several fields at once: ``faults`` maps a criterion's code to the points it can have."""

    code = "out_of_points"
    for_staff = _("At most %(most)s points, in half points.")

    def __init__(self, faults):
        super().__init__(most=next(iter(faults.values())))
        self.faults = dict(faults)


class NotAsked(Refused):
    code = "not_asked"
    for_staff = _("This criterion isn't asked here.")


class NaNotAllowed(Refused):
    code = "na_not_allowed"
    for_staff = _("The city hasn't admitted “not applicable” for this criterion.")


class NaNeedsReason(Refused):
    code = "na_needs_reason"
    for_staff = _("Say why it doesn't apply.")


class NothingLeft(Refused):
    code = "nothing_left"
    for_staff = _("Something of every part has to be judged: %(item)s would have nothing left.")


class AnswerChanged(Refused):
    code = "answer_changed"
    for_staff = _("Somebody else has changed this answer meanwhile. Compare both and choose.")


class SheetOpen(Refused):
    code = "sheet_open"
    for_staff = _("Not everything is answered yet: %(open)s")


class EvidenceMissing(Refused):
    code = "evidence_missing"
    for_staff = _("Required evidence is missing: %(open)s")


class CountyFactsOpen(Refused):
    code = "county_facts_open"
    for_staff = _("The county's own facts aren't settled yet. They count for every home of the county.")


class SignedNotYet(Refused):
    code = "signed_not_yet"
    for_staff = _("Every inspector and the home's side have to sign first.")


class FourEyes(Refused):
    code = "four_eyes"
    for_staff = _("You took part in this yourself. Somebody else has to do it.")


class PhotoUnread(Refused):
    code = "photo_unread"
    for_staff = _("The photo arrived damaged. It is sent again.")


class TooManyPhotos(Refused):
    code = "too_many_photos"
    for_staff = _("There are %(limit)s photos already. Take one back first.")


class DueMissing(Refused):
    code = "due_missing"
    for_staff = _("The day has to lie ahead.")


class EvidenceNeeded(Refused):
    code = "evidence_needed"
    for_staff = _("Say what was done, and add a photo or a document.")


class StillOpen(Refused):
    code = "still_open"
    for_staff = _("Findings are still open: %(count)s. Their evidence has to be accepted first.")


class CountiesBehind(Refused):
    code = "counties_behind"
    for_staff = _("The city draws only when every county has inspected all of its homes. Behind: %(counties)s")


class FrameEmpty(Refused):
    code = "frame_empty"
    for_staff = _("There is no home to draw from.")


class RatioTooLow(Refused):
    code = "ratio_too_low"
    for_staff = _("The plan asks for at least half of the homes: a share from 0.5 to 1.")


class DrawThere(Refused):
    code = "draw_there"
    for_staff = _("There is a draw for this purpose already. It can't be drawn again.")


class FrameChanged(Refused):
    code = "frame_changed"
    for_staff = _("The frozen list isn't the one whose fingerprint was published. Nothing is drawn from it.")


class SeedTooEarly(Refused):
    code = "seed_too_early"
    for_staff = _("The seed has to come about after the list was frozen (%(frozen)s).")


class SeedPoor(Refused):
    code = "seed_poor"
    for_staff = _("Enter the seed exactly as it came out: at least %(least)s characters, no line break.")


class SeedFixed(Refused):
    code = "seed_fixed"
    for_staff = _("The seed is committed and can't be changed.")


class OtherPerson(Refused):
    code = "other_person"
    for_staff = _("Once a seed is known, a draw is declared void by somebody who neither froze, seeded nor drew it.")


class TooFewInspectors(Refused):
    code = "too_few_inspectors"
    for_staff = _("For %(homes)s fewer than two inspectors are left without a conflict. Add some to the directory.")


class NotVisitedYet(Refused):
    code = "not_visited_yet"
    for_staff = _("Drawn means visited: %(homes)s have neither a confirmed inspection nor an approved reason.")


class NotScoredYet(Refused):
    code = "not_scored_yet"
    for_staff = _("Drawn means visited: %(homes)s have neither the city's score nor an approved reason.")


class NotInDirectory(Refused):
    code = "not_in_directory"
    for_staff = _("This home isn't in the frame.")


class GradesOutOfOrder(Refused):
    code = "grades_out_of_order"
    for_staff = _("The marks of the grades have to fall: excellent above good above meets the standard.")


class EvaluationThere(Refused):
    code = "evaluation_there"
    for_staff = _("This year has an evaluation already.")


class NoEvaluation(Refused):
    code = "no_evaluation"
    for_staff = _("No yearly evaluation is under way. Open it first: the drawn homes become its sample.")


class ScoresMissing(Refused):
    code = "scores_missing"
    for_staff = _("Scores are missing for %(count)s homes.")


class NoticeRuns(Refused):
    code = "notice_runs"
    for_staff = _("The public notice runs until %(day)s.")


class ObjectionsOpen(Refused):
    code = "objections_open"
    for_staff = _("Notices about homes are still to be decided: %(count)s.")
