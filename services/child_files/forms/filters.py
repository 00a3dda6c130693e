"""What the lists of files can be narrowed by. Nothing typed here can be a name: names aren't searched."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.child_files.enums import LISTED, AgeBand, FileState, Sex
from services.child_files.models import Child
from services.child_files.queries import board
from services.child_files.queries.guarding import teachers_wishes

LATE = (
    (board.CALL, _("Call with the parents")),
    (board.WEEKLY, _("Weekly contact")),
    (board.MEETING, _("Meeting with the carer")),
    (board.VISIT, _("Visit to the family")),
    (board.REVIEW, _("Review of the file")),
    (board.NOTICES, _("Written notice of the care")),
    (board.OPINION, _("Child's own opinion")),
)


class _Code(django_filters.CharFilter):
    def __init__(self, **kwargs):
        super().__init__(max_length=40, strip=True, **kwargs)


class FileFilters(WagtailFilterSet):
    code = _Code(label=_("Number of the file begins with"), field_name="code", lookup_expr="istartswith")
    home = _Code(label=_("Number of the home"), field_name="home__code", lookup_expr="iexact")
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("child's file", "State"),
        choices=[(one.value, one.label) for one in FileState if one in LISTED],
    )
    age = django_filters.ChoiceFilter(label=_("Age"), field_name="age_band", choices=AgeBand.choices)
    sex = django_filters.ChoiceFilter(label=_("Sex"), choices=Sex.choices)
    complete = django_filters.ChoiceFilter(
        label=_("File complete"), choices=[("1", _("yes")), ("0", _("no"))], method="by_complete"
    )

    asked = django_filters.ChoiceFilter(
        label=_("The guardian asks for something"), choices=[("1", _("yes"))], method="by_asked"
    )

    class Meta:
        model = Child
        fields = []

    def by_complete(self, queryset, name, value):
        return queryset.filter(complete=value == "1")

    def by_asked(self, queryset, name, value):
        return queryset.filter(Exists(teachers_wishes().filter(child=OuterRef("pk"))))


class BoardFilters(WagtailFilterSet):
    home = _Code(label=_("Number of the home"), field_name="home__code", lookup_expr="iexact")
    late = django_filters.ChoiceFilter(label=_("What is overdue"), choices=LATE, method="by_late")

    class Meta:
        model = Child
        fields = []

    def by_late(self, queryset, name, value):
        return queryset.filter(board.condition(value, self.request.days))
