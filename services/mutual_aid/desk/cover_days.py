"""A cover asked by two dates (was she covered on D, as known on K), and put right."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.foundation.said import label
from services.mutual_aid import errors, policies, queries
from services.mutual_aid.actions.correcting import correct_cover
from services.mutual_aid.desk.joining_pages import ActionForm, CoverPage
from services.mutual_aid.enums import Grade
from services.mutual_aid.forms.joining import CorrectForm
from services.mutual_aid.models import Cover
from services.mutual_aid.rules.standing import standing


def end_of(day: date) -> datetime:
    """The last moment of a day, here."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)


def answer(cover: Cover, *, on: date, known: date | None) -> dict:
    """Whether the woman was covered in this scheme on a day, by which version of which cover, and what each clause of
    its terms would have given then."""
    version = queries.cover_on(cover.worker_id, cover.scheme_id, on, at=known and end_of(known))
    if version is None:
        return {"on": on, "known": known, "version": None}
    terms = version.terms
    told = standing(queries.terms_of(terms), queries.plain_cover(version), on)
    clauses = [
        {
            "grade": label(one.grade, Grade),
            "amount": _("not known") if one.amount is None else _("%(sum)s yuan") % {"sum": f"{one.amount:,.2f}"},
            "source": one.source,
        }
        for one in told.given
    ]
    return {"on": on, "known": known, "version": version, "terms": terms, "day": told.day, "clauses": clauses}


class Correct(ActionForm, CoverPage):
    page_title = submit_label = gettext_lazy("Correct the cover")
    form_class = CorrectForm
    intro = gettext_lazy(
        "What was known before stays in the history. Claims decided on this cover keep their decision and are marked "
        "to be looked at again."
    )
    field_of = {
        errors.ReasonNeeded.code: "reason",
        errors.SharesOverLimit.code: "shares",
        errors.DaysCross.code: "last_day",
        errors.CoveredAlready.code: "first_day",
    }

    def allowed(self):
        return policies.may_change_cover(self.request.user, self.cover)

    def get_initial(self):
        present = queries.present_version(self.cover)
        return {name: getattr(present, name) for name in ("first_day", "last_day", "shares", "renewal")}

    def act(self, form):
        correct_cover(self.cover, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Corrected from now on.")
