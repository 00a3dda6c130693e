from django.apps import AppConfig, apps


class FoundationConfig(AppConfig):
    name = "services.foundation"
    label = "foundation"

    def ready(self):
        """Keep every service's rows out of Wagtail's reference index: its usage pages know nothing of scope."""
        for model in apps.get_models():
            if model.__module__.startswith("services."):
                model.wagtail_reference_index_ignore = True
