"""The figures of the home page: each counted from what is published, none typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from services.coverage.figures.overview import COVERAGES
from services.coverage.figures.published import published
from services.figures import wording


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """``coverage`` is the share of unions with a women's committee or commissioner on ``coverage_day``, a month end.

    Trainings, their credited hours, activities and women reached are those of the pages public this ``year``.
    """

    year: int
    coverage: Fraction | None
    coverage_day: date | None
    trainings: int
    hours: Decimal
    activities: int
    people: int

    def told(self, most: int) -> list["Told"]:
        """The first so many in words, each with the day or the year it is counted for."""
        words = {"year": self.year, "hours": number_format(self.hours.normalize(), force_grouping=True)}
        lines = []
        if self.coverage is not None:
            day = date_format(self.coverage_day, "DATE_FORMAT")
            covered = _("of the unions that must have a women workers' committee have one, on %(day)s")
            lines.append(Told(wording.per_cent(self.coverage), covered % {"day": day}, reverse("coverage:figures")))
        lines += [
            Told(wording.number(self.trainings), _("trainings held in %(year)s, %(hours)s hours in all") % words),
            Told(wording.number(self.activities), _("activities on record in %(year)s") % words),
            Told(wording.number(self.people), _("women reached by them in %(year)s") % words),
        ]
        return lines[:most]


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, what it counts, and where more of it is told."""

    value: str
    words: str
    url: str = ""


def home_figures(today: date, *, trainings, sessions, activities) -> HomeFigures:
    """Three querysets of what is public; six queries, asked once a day and after every change."""
    told = published()
    first = told[0] if told else None
    held = trainings.filter(starts_on__year=today.year, starts_on__lte=today)
    done = activities.filter(date__year=today.year)
    hours = sessions.filter(page__in=held).aggregate(sum=Sum("hours"))["sum"]
    return HomeFigures(
        year=today.year,
        coverage=first.total.rate(COVERAGES[0]) if first else None,
        coverage_day=first.day if first else None,
        trainings=held.count(),
        hours=hours or Decimal(0),
        activities=done.count(),
        people=done.aggregate(sum=Sum("people"))["sum"] or 0,
    )
