"""How long files are kept, the proof of what was erased, whom data was shared with, and what went wrong."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.child_files import enums
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import Role

# Where no rule says otherwise.
BACKUP_DAYS = 35
_GUARDS = frozenset({Role.PRIVACY_OFFICER})


class RetentionRule(ScopedModel):
    """How many years after a child left its file is kept, and on what ground. There is no default."""

    city = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    years = models.PositiveSmallIntegerField(
        _("years after the child left"), validators=[MinValueValidator(0), MaxValueValidator(30)]
    )
    basis = models.CharField(_("on what ground"), max_length=300)
    backup_days = models.PositiveSmallIntegerField(
        _("days until it is gone from the backups"), default=BACKUP_DAYS, validators=[MaxValueValidator(400)]
    )
    valid_from = models.DateField(_("in force from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager.over("city__path", roles=_GUARDS)

    class Meta:
        verbose_name = _("retention rule")
        ordering = ["-valid_from", "-pk"]
        constraints = [models.UniqueConstraint(fields=["city", "valid_from"], name="child_files_one_rule_a_day")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class RetentionRun(ScopedModel):
    """Proof that something is gone: how many, under which rule, by when it leaves the backups, and a digest."""

    city = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what was done"), max_length=10, choices=enums.RunKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(RetentionRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    files = models.PositiveIntegerField(_("files"))
    papers = models.PositiveIntegerField(_("papers and photos"))
    rows = models.PositiveIntegerField(_("records"))
    gone_from_backups_on = models.DateField(_("gone from the backups on"))
    digest = models.CharField(max_length=64)

    objects = ScopedManager.over("city__path", roles=_GUARDS)

    class Meta:
        verbose_name = _("retention run")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Sharing(ScopedModel):
    """A line of the sharing ledger: what went to whom under which agreement. Kept at least three years."""

    city = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(_("recipient"), max_length=16)
    recipient_name = models.CharField(_("name of the recipient"), max_length=80)
    purpose = models.CharField(_("for what"), max_length=200)
    fields = models.JSONField(_("which fields"), default=list)
    agreement = models.CharField(_("under which agreement"), max_length=120)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    children = models.ManyToManyField("child_files.Child", related_name="shared")
    kept_until = models.DateField()

    objects = ScopedManager.over("city__path", roles=_GUARDS)

    class Meta:
        verbose_name = _("sharing of data")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(agreement=""), name="child_files_shared_under_agreement")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def delete(self, *args, **kwargs):
        raise TypeError("the sharing ledger is kept")


class Incident(ScopedModel):
    """Something got out or was lost (PIPL 57): what, why, what is done, who is affected, when letters were ready."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    city = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=30)
    found_at = models.DateTimeField(_("found at"))
    kinds = models.CharField(_("which kinds of data"), max_length=200)
    cause = models.CharField(_("how it came about"), max_length=300)
    harm = models.CharField(_("what harm may follow"), max_length=300)
    measures = models.CharField(_("what we do, and what the family can do"), max_length=500)
    contact = models.CharField(_("whom to call"), max_length=100)
    drill = models.BooleanField(_("a drill"), default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    letters_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    children = models.ManyToManyField("child_files.Child", related_name="incidents")

    objects = ScopedManager.over("city__path", roles=_GUARDS)

    class Meta:
        verbose_name = _("incident")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="child_files_incident_numbered_once"),
            models.CheckConstraint(
                condition=Q(letters_at__isnull=True) | Q(letters_at__gte=F("found_at")),
                name="child_files_letters_later",
            ),
        ]

    def __str__(self) -> str:
        return self.number
