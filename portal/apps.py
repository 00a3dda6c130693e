from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self):
        from portal import checks, side_bar  # noqa: F401 -- register themselves
