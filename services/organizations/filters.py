"""A filter by union for the lists of every service: a code (with everything below it) or part of a name."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class

from services.organizations.models import Organization


class UnionFilter(django_filters.CharFilter):
    """The address holds a code, which lasts; the reader is told the name of the union."""

    def __init__(self, **kwargs):
        usual = {"label": _("Union"), "help_text": _("Code (with everything below it) or part of the name.")}
        super().__init__(**(usual | kwargs))

    @staticmethod
    def in_words(value: str) -> str:
        """The union's name where ``value`` is its code; else what was typed."""
        name = Organization.objects.filter(code=value.strip()).values_list("name", flat=True).first()
        return name or value


class UnionByName(BaseFilterAdapter):
    """What a list says it is narrowed to."""

    def get_active_filters(self):
        return [one._replace(value=self.filter.in_words(one.value)) for one in super().get_active_filters()]


register_filter_adapter_class(UnionFilter, UnionByName, exact_class=True)
