"""Parents away, guardians who consent, carers who don't: three things that one field "guardian" would mix up (PF1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.scope import ScopedModel

_OF_CHILD = "child__home__host__path"


class ParentAbsence(ScopedModel):
    """Where a parent works and how to reach her or him (父母务工地点和联系方式)."""

    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="absences")
    parent = models.CharField(pgettext_lazy("which", "parent"), max_length=6, choices=enums.Parent)
    works_at = SealedField(_("place of work"), blank=True, default="")
    phone = SealedField(_("parent's phone"), blank=True, default="")
    left_on = models.DateField(_("away since"), null=True, blank=True)
    returns_on = models.DateField(_("expected back on"), null=True, blank=True)
    contact = models.CharField(
        _("in touch with the child"), max_length=10, choices=enums.Often, default=enums.Often.UNKNOWN
    )

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("parent away")
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="child_files_parent_away_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(returns_on__isnull=True) | Q(returns_on__gte=F("left_on")),
                name="child_files_back_after_leaving",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Guardian(ScopedModel):
    """A person who can consent. Brothers and sisters in one home share theirs."""

    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    name = SealedField(_("guardian's name"), blank=True, default="")
    phone = SealedField(_("guardian's phone"), blank=True, default="")
    address = SealedField(_("guardian's address"), blank=True, default="")
    person_index = BlindIndexField(default="")

    objects = FileManager.over("home__host__path")

    class Meta:
        verbose_name = _("guardian")
        constraints = [
            models.UniqueConstraint(
                fields=["home", "person_index"], condition=~Q(person_index=""), name="child_files_guardian_once_a_home"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.person_index = self.index_of(self.name, self.phone) if self.name else ""
        super().save(*args, **kwargs)

    @staticmethod
    def index_of(name: str, phone: str) -> str:
        return blind_index(f"guardian:{name}:{phone}")


class GuardianshipLink(ScopedModel):
    """Why this person is this child's guardian, proved by what, from when to when. The history stays."""

    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="links")
    relation = models.CharField(_("relation"), max_length=12, choices=enums.Relation)
    basis = models.CharField(_("why the guardian"), max_length=16, choices=enums.LegalBasis)
    evidence = SealedField(_("proved by"), blank=True, default="")
    lives_with_child = models.BooleanField(_("lives with the child"), default=False)
    valid_from = models.DateField(_("since"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("guardianship")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis="parent") | Q(relation__in=["mother", "father"]),
                name="child_files_parents_are_mother_or_father",
                violation_error_message=_("Only a mother or father is a guardian as a parent."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="child_files_guardianship_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CareDelegation(ScopedModel):
    """Who looks after the child day by day (委托照护; the plan's 临时监护人). She consents to nothing.

    The four grounds that exclude somebody are asked one by one; True where it applies, None where nobody looked.
    """

    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="delegations")
    carer_name = SealedField(_("carer's name"))
    carer_phone = SealedField(_("carer's phone"), blank=True, default="")
    carer_address = SealedField(_("carer's address"), blank=True, default="")
    has_phone = models.BooleanField(default=False, editable=False)
    has_address = models.BooleanField(default=False, editable=False)
    relation = models.CharField(_("relation"), max_length=12, choices=enums.Relation)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    violence = models.BooleanField(_("has hurt, abused or abandoned a child"))
    addiction = models.BooleanField(_("drugs, drink or gambling"))
    neglected_duty = models.BooleanField(_("has neglected such a duty before"))
    otherwise_unfit = models.BooleanField(_("unfit for another reason"))
    told_school_on = models.DateField(_("written notice to the school on"), null=True, blank=True)
    told_village_on = models.DateField(_("written notice to the village committee on"), null=True, blank=True)
    opinion_heard_on = models.DateField(_("child's own opinion heard on"), null=True, blank=True)

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("entrusted care")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(violence=False, addiction=False, neglected_duty=False, otherwise_unfit=False),
                name="child_files_carer_not_excluded",
                violation_error_message=_("Somebody to whom one of the four grounds applies may not be entrusted."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="child_files_care_in_order"
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(ends_on__isnull=True), name="child_files_one_carer_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.has_phone, self.has_address = bool(self.carer_phone), bool(self.carer_address)
        super().save(*args, **kwargs)


class Opinion(ScopedModel):
    """What the child itself says, from eight years on: to its file, to its care, to a photo."""

    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="opinions")
    about = models.CharField(_("about"), max_length=20, choices=[*enums.Purpose.choices, ("care", _("Entrusted care"))])
    agrees = models.BooleanField(_("the child agrees"), null=True, blank=True)
    said = SealedField(_("in the child's words"), blank=True, default="")
    heard_on = models.DateField(_("heard on"))
    heard_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("child's own opinion")
        ordering = ["-heard_on", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
