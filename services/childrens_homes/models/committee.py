"""Leading groups and committees (T16, A1.12-A1.14, A1.25), with who sits in them by virtue of which post."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, CommitteeKind, CommitteePosition, Post
from services.foundation.scope import ScopedManager, ScopedModel


class Committee(ScopedModel):
    """Of an organisation, or of a home (then ``organization`` is its host)."""

    kind = models.CharField(_("kind"), max_length=24, choices=CommitteeKind)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey(
        "childrens_homes.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="committees"
    )
    doc_no = models.CharField(_("number of the paper"), max_length=60, blank=True)
    formed_on = models.DateField(_("formed on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=READERS)

    class Meta:
        verbose_name = pgettext_lazy("children's homes", "committee")
        verbose_name_plural = pgettext_lazy("children's homes", "committees")
        ordering = ["-formed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CommitteeKind.HOME_COMMITTEE, home__isnull=False)
                | (~Q(kind=CommitteeKind.HOME_COMMITTEE) & Q(home__isnull=True)),
                name="homes_committee_of_home_or_place",
            ),
            models.UniqueConstraint(
                fields=["home"],
                condition=Q(dissolved_on__isnull=True),
                name="homes_one_committee_a_home",
                violation_error_message=_("The home has a committee already: dissolve it first."),
            ),
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=Q(dissolved_on__isnull=True, home__isnull=True),
                name="homes_one_leading_group_of_a_kind",
                violation_error_message=_("There is one of this kind already: dissolve it first."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CommitteeMember(ScopedModel):
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="members")
    person_name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    post = models.CharField(_("public post"), max_length=24, choices=Post)
    position = models.CharField(
        pgettext_lazy("committee of a home", "place in it"), max_length=6, choices=CommitteePosition
    )

    objects = ScopedManager.over("committee__organization__path", roles=READERS)

    class Meta:
        verbose_name = _("member of a committee")
        verbose_name_plural = _("members of committees")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee"], condition=Q(position=CommitteePosition.CHAIR), name="homes_one_head_a_committee"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
