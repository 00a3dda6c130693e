"""A mutual-aid scheme (互助保障计划) and its terms in versions. Whatever a city sets stands here as data (§1.2)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.mutual_aid import enums

NONE_OR_UNKNOWN = _("0: none. Empty: not known yet, and the terms can't be put in force.")
EMPTY_IS_UNKNOWN = _("Empty: not known yet, and the terms can't be put in force.")


def _yuan(label, **kwargs):
    return models.DecimalField(label, max_digits=9, decimal_places=2, null=True, blank=True, **kwargs)


def _whole(label, **kwargs):
    return models.PositiveSmallIntegerField(label, null=True, blank=True, **kwargs)


def _choice(label, choices, **kwargs):
    return models.CharField(label, max_length=20, choices=choices, blank=True, **kwargs)


class Scheme(models.Model):
    """One scheme. A sample shows how a city does it and names its source; ``organization`` is empty only there, while
    the installation has no union yet."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    operator = models.CharField(_("run by"), max_length=20, choices=enums.Operator)
    region = models.CharField(_("region"), max_length=60, blank=True)
    sample = models.BooleanField(_("sample"), default=False, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kept by"),
    )

    class Meta:
        verbose_name = _("mutual-aid scheme")
        verbose_name_plural = _("mutual-aid schemes")
        ordering = ["sample", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sample=True) | Q(organization__isnull=False), name="mutual_aid_scheme_is_kept"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SchemeTerms(models.Model):
    """One version. A version in force never changes; a decided claim keeps the one it was decided under.

    Empty means "not known": it blocks putting in force and is never filled by a guess (``rules.fitness``). Where
    there may be none of a thing, 0 says so. Ladder and diseases are rows of their own; ``documents`` is a list of
    ``{"kind": code, "required": bool}``; ``sources`` names the document of a single field where it isn't ``source``.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=enums.VersionState, default=enums.VersionState.DRAFT, editable=False
    )

    fee_per_share = _yuan(_("fee for a share, yuan"), help_text=EMPTY_IS_UNKNOWN)
    fee_split = _choice(_("who pays it"), enums.FeeSplit)
    fee_upper = _yuan(_("of it the upper union, yuan"))
    fee_unit = _yuan(_("of it the unit, yuan"))
    fee_herself = _yuan(_("of it she herself, yuan"))
    more_shares_by_herself = models.BooleanField(_("further shares are hers to pay"), default=False)
    max_shares = _whole(_("most shares a person"), help_text=EMPTY_IS_UNKNOWN)
    period_months = _whole(_("months of cover"), help_text=EMPTY_IS_UNKNOWN)

    age_min = _whole(_("youngest age"), help_text=NONE_OR_UNKNOWN)
    age_limit = _choice(_("oldest age"), enums.AgeLimit)
    age_max = _whole(_("that age"))
    employment_types = models.JSONField(
        _("forms of employment admitted"), default=list, blank=True, help_text=_("None chosen: all.")
    )
    temporary_months = models.PositiveSmallIntegerField(
        _("temporary staff only after so many months"), default=0, help_text=_("0: at once.")
    )

    threshold_base = _choice(_("the group's share is taken of"), enums.ThresholdBase)
    threshold_percent = models.DecimalField(
        _("share that must join, per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    min_persons = models.PositiveSmallIntegerField(_("least persons"), default=0, help_text=_("0: none."))
    full_join_below = models.PositiveSmallIntegerField(
        _("everyone must join in units below"), default=0, help_text=_("Persons; 0: nowhere.")
    )
    mid_term = _choice(_("who may be added in mid-term"), enums.MidTerm)
    leaving = _choice(
        _("a woman who leaves her unit"),
        enums.Leaving,
        help_text=_("Empty: the text doesn't say; her cover goes on to its last day."),
    )
    addition_ends = _choice(_("such a cover ends"), enums.AdditionEnds)
    duplicates = _choice(_("a woman in two rosters of one period"), enums.Duplicates)
    prior_disease = _choice(_("a listed disease before joining"), enums.PriorDisease)
    after_claim = _choice(_("joining again after a claim"), enums.AfterClaim)

    effective_rule = _choice(_("the cover begins"), enums.EffectiveRule)
    effective_day = models.PositiveSmallIntegerField(
        _("the first day is day"),
        null=True,
        blank=True,
        choices=[(0, "0"), (1, "1")],
        help_text=_("Whether a waiting period of 30 days ends with the 31st or the 30th day of the cover."),
    )
    last_day_counts = models.BooleanField(
        _("the last day named belongs to a period"),
        null=True,
        blank=True,
        help_text=_("“30日(含)内”: yes. Where the text doesn't say, ask."),
    )
    renewal_grace_days = _whole(_("days after its end within which a renewal is unbroken"), help_text=EMPTY_IS_UNKNOWN)
    renewal_keeps_day = models.BooleanField(
        _("an unbroken renewal begins the day after the old cover"), null=True, blank=True
    )

    notice_days = _whole(_("days for reporting an illness"), help_text=NONE_OR_UNKNOWN)
    notice_bars = models.BooleanField(_("a later report isn't accepted"), default=False)
    claim_days = _whole(_("days for claiming after the diagnosis"), help_text=NONE_OR_UNKNOWN)
    hospital_level = _choice(_("hospital of at least"), enums.HospitalLevel)
    sister_per_share = _yuan(
        _("sum for a share if a sister plan pays for the same illness, yuan"),
        help_text=_("Empty: it makes no difference."),
    )
    exclusions = models.JSONField(_("exclusions"), null=True, blank=True, help_text=EMPTY_IS_UNKNOWN)
    diseases_complete = models.BooleanField(_("the list of diseases is complete"), null=True, blank=True)
    documents = models.JSONField(pgettext_lazy("of a claim", "documents"), default=list, blank=True)
    nominates = models.BooleanField(_("who was paid is proposed for the yearly condolence visit"), default=False)
    fund = models.ForeignKey(
        "payments.FundSource", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("fund")
    )
    route_code = models.SlugField(_("review route of claims"), max_length=40, blank=True)

    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.CharField(_("address of the source"), max_length=300, blank=True)
    sources = models.JSONField(default=dict, blank=True, editable=False)
    remarks = models.TextField(_("remarks"), blank=True)
    change_note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    simulation = models.ForeignKey(
        "mutual_aid.Simulation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        ordering = ["scheme", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version"], name="mutual_aid_terms_version_once"),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(state="active"), name="mutual_aid_one_version_in_force"
            ),
            models.CheckConstraint(
                condition=Q(fee_per_share__isnull=True) | Q(fee_per_share__gt=0), name="mutual_aid_fee_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(fee_upper__isnull=True) | Q(fee_upper__gte=0), name="mutual_aid_fee_upper_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(fee_unit__isnull=True) | Q(fee_unit__gte=0), name="mutual_aid_fee_unit_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(fee_herself__isnull=True) | Q(fee_herself__gte=0),
                name="mutual_aid_fee_herself_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(max_shares__isnull=True) | Q(max_shares__gte=1), name="mutual_aid_at_least_one_share"
            ),
            models.CheckConstraint(
                condition=Q(period_months__isnull=True) | Q(period_months__range=(1, 240)),
                name="mutual_aid_period_of_months",
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="mutual_aid_ages_in_order",
                violation_error_message=_("The youngest age is above the oldest."),
            ),
            models.CheckConstraint(
                condition=Q(threshold_percent__isnull=True)
                | (Q(threshold_percent__gt=0) & Q(threshold_percent__lte=100)),
                name="mutual_aid_share_of_a_hundred",
            ),
            models.CheckConstraint(
                condition=Q(effective_day__isnull=True) | Q(effective_day__in=[0, 1]), name="mutual_aid_day_0_or_1"
            ),
            # The fields without which nothing can be worked out; ``rules.fitness`` asks for more.
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    Q(fee_per_share__isnull=False)
                    & Q(max_shares__isnull=False)
                    & Q(period_months__isnull=False)
                    & Q(effective_day__isnull=False)
                    & Q(last_day_counts__isnull=False)
                    & Q(exclusions__isnull=False)
                    & ~Q(source="")
                ),
                name="mutual_aid_terms_in_force_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} v{self.version}"
