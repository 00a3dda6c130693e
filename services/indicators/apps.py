from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "services.indicators"
    label = "indicators"
    verbose_name = _("Monitoring of the plans")

    def ready(self):
        from services.indicators import exporters, importers, notifications  # noqa: F401

        importers.register()
        for one in exporters.LISTS:
            one.register()
