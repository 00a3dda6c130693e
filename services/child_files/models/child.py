"""A child's file. Name, day of birth and number are sealed; what counts may count stands beside them in codes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedModel


class Child(ScopedModel):
    """``code`` is what people say aloud; addresses carry ``token``. Ethnicity, religion and anything biometric have no
    column. Before the guardian has agreed only the guardian's contact is stored, which the database insists on.

    ``has_…`` say which of the asked-for fields are filled: a report of them never opens a value.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    code = models.CharField(_("number of the file"), max_length=40, unique=True)
    home = models.ForeignKey(
        "childrens_homes.Home", on_delete=models.PROTECT, related_name="children", verbose_name=_("home")
    )
    state = models.CharField(
        pgettext_lazy("child's file", "state"), max_length=16, choices=enums.FileState, default=enums.FileState.DRAFT
    )
    state_since = models.DateTimeField()
    name = SealedField(pgettext_lazy("child", "name"), blank=True, default="")
    birth_date = SealedField(_("day of birth"), blank=True, default="")
    id_number = SealedField(_("identity number"), blank=True, default="")
    health_note = SealedField(_("health, as far as the home must know"), blank=True, default="")
    person_index = BlindIndexField(default="")
    id_index = BlindIndexField(default="")
    sex = models.CharField(_("sex"), max_length=1, choices=enums.Sex, blank=True)
    age_band = models.CharField(_("age"), max_length=10, choices=enums.AgeBand, blank=True)
    school_class = models.CharField(_("class"), max_length=30, blank=True)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)
    own_notice_on = models.DateField(
        _("rules looked at again on"), null=True, blank=True, help_text=_("On or after the fourteenth birthday.")
    )
    ended_on = models.DateField(pgettext_lazy("home", "left on"), null=True, blank=True)
    purge_on = models.DateField(_("made anonymous from"), null=True, blank=True)
    has_basics = models.BooleanField(default=False, editable=False)
    has_traits = models.BooleanField(default=False, editable=False)
    has_parent_place = models.BooleanField(default=False, editable=False)
    has_parent_phone = models.BooleanField(default=False, editable=False)
    has_carer = models.BooleanField(default=False, editable=False)
    has_carer_address = models.BooleanField(default=False, editable=False)
    has_carer_phone = models.BooleanField(default=False, editable=False)
    complete = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = FileManager.over("home__host__path")

    class Meta:
        verbose_name = _("child's file")
        verbose_name_plural = _("children's files")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=enums.UNCONSENTED)
                | Q(person_index="", id_index="", sex="", age_band="", school_class="", has_basics=False),
                name="child_files_nothing_before_consent",
                violation_error_message=_("Nothing about the child is stored before its guardian has agreed."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=enums.EMPTIED) | Q(person_index="", id_index="", school_class=""),
                name="child_files_emptied_names_nobody",
            ),
            models.UniqueConstraint(
                fields=["home", "person_index"], condition=~Q(person_index=""), name="child_files_once_a_home"
            ),
            models.UniqueConstraint(fields=["id_index"], condition=~Q(id_index=""), name="child_files_number_once"),
        ]
        indexes = [
            models.Index(fields=["home", "state"], name="child_files_by_home"),
            models.Index(fields=["state", "purge_on"], name="child_files_to_purge"),
            models.Index(fields=["state", "review_due_on"], name="child_files_to_review"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.index_person()
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "person_index", "id_index", "has_basics"}
        super().save(*args, **kwargs)

    def index_person(self) -> None:
        """What depends on the sealed values; bulk writers call it themselves."""
        self.person_index = blind_index(f"child:{self.name}:{self.birth_date}") if self.name else ""
        self.id_index = blind_index(f"child-id:{self.id_number}") if self.id_number else ""
        self.has_basics = bool(self.name and self.birth_date and self.sex)

    @staticmethod
    def index_of(name: str, birth_date: str) -> str:
        return blind_index(f"child:{name}:{birth_date}")


FILLED = (
    "has_basics",
    "has_traits",
    "has_parent_place",
    "has_parent_phone",
    "has_carer",
    "has_carer_address",
    "has_carer_phone",
)


class Traits(ScopedModel):
    """Character (性格特点): codes of a closed list and a short note, which leaves in no export."""

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="traits")
    codes = models.JSONField(_("character"), default=list)
    note = SealedField(_("note on character"), blank=True, default="")
    noted_at = models.DateTimeField()

    objects = FileManager.over("child__home__host__path")

    class Meta:
        verbose_name = _("character")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Enrolment(ScopedModel):
    """From when to when a child belonged to a home: the denominators. It stays when the file is made anonymous."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="enrolments")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("since"))
    to_on = models.DateField(_("until"), null=True, blank=True)
    exit_reason = models.CharField(_("why it ended"), max_length=20, choices=enums.ExitReason, blank=True)

    objects = FileManager.over("home__host__path")

    class Meta:
        verbose_name = _("enrolment in a home")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(to_on__isnull=True), name="child_files_one_home_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="child_files_enrolment_in_order",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True, exit_reason="") | (Q(to_on__isnull=False) & ~Q(exit_reason="")),
                name="child_files_exit_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["home", "to_on"], name="child_files_enrolled")]

    def __str__(self) -> str:
        return f"#{self.pk}"
