"""A node of the tree (工会组织 / 妇联组织). Trees are kept by treebeard's materialised path."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Branch, Kind


class OrganizationQuerySet(MP_NodeQuerySet):
    """The tree itself is no secret (who exists is public), so it isn't deny-by-default; lists still narrow it."""

    def visible_to(self, user, *, roles: frozenset[str] | None = None):
        return self.filter(path_filter("path", scope_of(user).paths(roles=roles)))

    def below(self, path: str):
        return self.filter(path__startswith=path)

    def open(self):
        return self.filter(closed_on__isnull=True)


class OrganizationManager(MP_NodeManager.from_queryset(OrganizationQuerySet)):
    def get_queryset(self):
        return OrganizationQuerySet(self.model, using=self._db).order_by("path")


class Organization(MP_Node):
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, db_index=True)
    branch = models.CharField(_("branch"), max_length=20, choices=Branch)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    division_code = models.CharField(
        _("administrative division code"), max_length=6, blank=True, help_text=_("Six digits (GB/T 2260).")
    )
    staff_count = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    women_count = models.PositiveIntegerField(_("women on the staff"), null=True, blank=True)
    member_count = models.PositiveIntegerField(_("members"), null=True, blank=True)
    women_member_count = models.PositiveIntegerField(_("women members"), null=True, blank=True)
    established_on = models.DateField(_("established on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    officer_contact = models.CharField(
        _("whom women can call"), max_length=60, blank=True, help_text=_("Shown to women of this union.")
    )

    node_order_by = None
    steplen = 4
    objects = OrganizationManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["branch", "kind"]),
            # The few directly below a place high up are found without walking through all that lies below it.
            models.Index(fields=["depth", "path"], name="organizations_by_depth"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(women_count__isnull=True)
                | Q(staff_count__isnull=True)
                | Q(women_count__lte=F("staff_count")),
                name="organizations_women_within_staff",
                violation_error_message=_("There can't be more women than staff."),
            ),
            models.CheckConstraint(
                condition=Q(women_member_count__isnull=True)
                | Q(member_count__isnull=True)
                | Q(women_member_count__lte=F("member_count")),
                name="organizations_women_within_members",
                violation_error_message=_("There can't be more women members than members."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
