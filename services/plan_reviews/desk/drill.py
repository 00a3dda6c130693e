"""One indicator: its years, its regions, its splits; sums of each place, and what may be shown of them."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from services.figures.desk.chart import bars, columns
from services.indicators.models import Indicator, Place
from services.indicators.queries.dictionary import defined_in, earlier_of
from services.plan_reviews import wording
from services.plan_reviews.desk.pages import AtPlace, desk_url
from services.plan_reviews.enums import Course, Status
from services.plan_reviews.queries import evaluation as queries
from services.plan_reviews.queries.hiding import around, hidden_rows_of, threshold
from services.plan_reviews.queries.plans import indicators_of_plan


class Drill(AtPlace, TemplateView):
    template_name = "plan_reviews/desk/drill.html"

    @cached_property
    def indicator(self) -> Indicator:
        """As it was defined for the year that is looked at."""
        every = indicators_of_plan(self.plan, year=self.year)
        found = next((one for one in every if one.code == self.kwargs["indicator"]), None)
        if found is None:
            raise Http404
        return defined_in(found, self.year, earlier_of([found])) if self.year else found

    @cached_property
    def place(self) -> Place | None:
        rows = Place.objects.unscoped().filter(organization=self.organization, round__year=self.year or 0)
        return rows.select_related("round", "organization").first()

    def get_page_title(self):
        return self.indicator.name

    def get_context_data(self, **kwargs):
        one = self.indicator
        kwargs.pop("indicator", None)  # its code, from the address
        years = [year for year in queries.series(one, self.organization) if not self.year or year.year <= self.year]
        regions = queries.regions(self.plan, one, self.place) if self.place else []
        now = next((year for year in years if year.year == self.year), None)
        return super().get_context_data(
            plan=self.plan,
            indicator=one,
            organization=self.organization,
            year=self.year,
            way_up=[(up, f"?{self.query(at=up.code)}") for up in self.way_up],
            back=f"{desk_url('evaluation', self.plan.pk)}?{self.query()}",
            finding=self.finding(now),
            years=[(year.year, _said(year), _parts(year.result, year.hidden)) for year in years],
            years_chart=columns([(str(year.year), _said(year), _float(year.value)) for year in years]),
            regions=[self.region(found) for found in regions],
            regions_chart=bars(
                [
                    (r.place.organization.name, wording.value_said(r.line.value, one), _float(r.line.value))
                    for r in regions
                ]
            ),
            splits=self.splits(whole_hidden=bool(now and now.hidden)),
            redefined=any(year.defined.means != one.means for year in years),
            threshold=threshold(),
            any_hidden=any(r.line.hidden for r in regions) or any(y.hidden for y in years),
            **kwargs,
        )

    def finding(self, now) -> str:
        said = {"place": self.organization.name, "year": self.year, "indicator": self.indicator.name}
        if now is None or now.value is None:
            hidden = now is not None and now.hidden
            words = _("%(place)s, %(year)s: the number of people is too small to be shown.") if hidden else None
            return (words or _("%(place)s, %(year)s: no data about “%(indicator)s”.")) % said
        value = wording.value_said(now.value, self.indicator)
        return _("%(place)s, %(year)s: %(indicator)s %(value)s.") % (said | {"value": value})

    def region(self, found) -> dict:
        line = found.line
        return {
            "name": found.place.organization.name,
            "url": f"?{self.query(at=found.place.organization.code)}",
            "value": wording.value_said(line.value, self.indicator, hidden=line.hidden),
            "numerator": wording.HIDDEN if line.hidden else wording.plain(found.numerator),
            "denominator": wording.HIDDEN if line.hidden else wording.plain(found.denominator),
            # Side by side, lights would say where of few people there were none.
            "status": None if line.hidden else Status(line.status),
            "course": str(Course(line.judged.course).label) if line.judged.course and not line.hidden else "",
            "target": wording.target_said(line.target, self.indicator.unit),
            "why": wording.why_nothing(line),
        }

    def splits(self, *, whole_hidden: bool) -> list[tuple[str, list[tuple[str, str]], bool]]:
        """Of the numerator, where the denominator is split alike; a row is told whole or not at all."""
        one, place = self.indicator, self.place
        if place is None:
            return []
        known = one.denominator.cuts if one.denominator else one.numerator.cuts
        found = []
        for split in one.numerator.splits.all():
            labels = {f"{split.code}:{key}": label for key, label in split.labels().items()}
            if not all(cut in known for cut in labels):
                continue
            shut = whole_hidden
            for element in (one.numerator, one.denominator):
                if element is not None and element.protected:
                    near = around([place])
                    shut = shut or place.pk in hidden_rows_of(near, element, list(labels))
            told = queries.split_of(one, place, list(labels), hidden=shut)
            rows = [(labels[cut], wording.value_said(value, one, hidden=shut)) for cut, value in told]
            if shut or any(value is not None for _cut, value in told):
                found.append((split.name, rows, shut))
        return found


def _said(year: queries.Year) -> str:
    """By the definition of its own year."""
    return wording.value_said(year.value, year.defined, hidden=year.hidden)


def _parts(result, hidden: bool) -> str:
    if hidden:
        return wording.HIDDEN
    if result.value is None:
        return ""
    above = wording.plain(result.numerator.known)
    return above if result.denominator is None else f"{above} / {wording.plain(result.denominator.known)}"


def _float(value) -> float | None:
    return None if value is None else float(value)
