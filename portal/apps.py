from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self):
        from portal import checks, filter_forms, side_bar  # noqa: F401 -- register themselves
        from portal.kept_work import QUEUES
        from services.foundation.kept_work import kept_work

        kept_work.register("queues", QUEUES)
