"""How the list of self-assessments is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.coverage.models import SelfAssessment


class AssessmentFilters(WagtailFilterSet):
    year = django_filters.NumberFilter(label=gettext_lazy("year"), min_value=2000, max_value=2200)

    class Meta:
        model = SelfAssessment
        fields = ["year", "state"]
