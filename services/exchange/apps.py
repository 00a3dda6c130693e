from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "services.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self):
        from services.exchange import tasks  # noqa: F401 - actions queue them by name, so they must be known
