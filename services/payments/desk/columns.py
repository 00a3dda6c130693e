"""Columns that Wagtail's tables lack."""

from django.contrib.humanize.templatetags.humanize import intcomma

from services.foundation.desk_columns import Column


def yuan(amount) -> str:
    """``12,345.60``."""
    return intcomma(f"{amount:.2f}", use_l10n=False)


class YuanColumn(Column):
    """A sum, with two places and thousands apart, ended at the same edge."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, classname="payments-number", **kwargs)

    def get_value(self, instance):
        return yuan(super().get_value(instance))
