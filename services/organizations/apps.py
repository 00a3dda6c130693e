from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "services.organizations"
    label = "organizations"
    verbose_name = _("Organisations")

    def ready(self):
        from services.accounts.registry import posts
        from services.foundation.scope import register_scope_provider
        from services.organizations import importers, queries
        from services.organizations.exporters import ORGANIZATIONS
        from services.privacy.registry import viewer_wording

        importers.register()
        ORGANIZATIONS.register()
        register_scope_provider(queries.scope_for)
        posts.use(
            within=queries.staff_within,
            never_held=queries.staff_without_posts,
            reach_everything=queries.reach_everything,
        )
        viewer_wording.use(role=queries.role_label, organizations=queries.names_of)
        post_migrate.connect(ensure_role_groups, sender=self)


def ensure_role_groups(sender, **kwargs) -> None:
    """Every role has a group of its code that opens the desk; what it may do there, policies decide."""
    from services.organizations.actions.groups import ensure_groups

    ensure_groups()
