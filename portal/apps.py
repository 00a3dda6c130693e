from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self):
        from portal import checks  # noqa: F401 -- registers itself
        from portal.kept_work import QUEUES
        from services.foundation.kept_work import kept_work

        kept_work.register("queues", QUEUES)
