from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "services.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self):
        from services.exchange import kept_work as kept
        from services.exchange import tasks  # noqa: F401 - actions queue them by name, so they must be known
        from services.foundation.kept_work import kept_work

        kept_work.register("imports", kept.IMPORTS)
        kept_work.register("exports", kept.EXPORTS)
