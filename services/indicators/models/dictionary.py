"""The dictionary: ways to split, elements that are stated, indicators made of them, rules, national numbers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.foundation.scope import ScopedManager, ScopedModel
from services.indicators import enums
from services.indicators.rules import checks, spans, values


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


class OfDictionary(ScopedModel):
    """``owner`` is the top of the tree whose places state values. ``sample``: loaded as an example, to be looked at."""

    owner = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("whose dictionary")
    )
    code = models.SlugField(pgettext_lazy("dictionary", "code"), max_length=40)
    title = models.CharField(_("name (Chinese)"), max_length=120)
    title_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    sample = models.BooleanField(pgettext_lazy("dictionary", "sample"), default=False)

    objects = ScopedManager.over("owner__path", roles=enums.READERS)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language, in Chinese where there is no other."""
        return self.title if in_chinese() or not self.title_en else self.title_en


class OfYears(models.Model):
    """An entry counts from a year to a year, both included; empty: always, and until further notice."""

    first_year = models.PositiveSmallIntegerField(_("from the year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("to the year"), null=True, blank=True)

    class Meta:
        abstract = True

    def counts_in(self, year: int) -> bool:
        return spans.counts_in(self.first_year, self.last_year, year)


def during(year: int) -> Q:
    """Entries that count in a year."""
    begun = Q(first_year__isnull=True) | Q(first_year__lte=year)
    return begun & (Q(last_year__isnull=True) | Q(last_year__gte=year))


class Split(OfDictionary):
    """A way to split: sex, age band, town and country. ``keys``: ``[[code, Chinese, English], …]`` in their order."""

    keys = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="indicators_split_once")]

    def labels(self) -> dict[str, str]:
        return {code: zh if in_chinese() or not en else en for code, zh, en in self.keys}


class Element(OfYears, OfDictionary):
    """One thing that is stated (数据元素). ``summed``: what is stated at ``level`` is added up above; else every place
    down to ``level`` states its own, and nothing is derived. ``protected``: it counts people who are few."""

    level = models.PositiveSmallIntegerField(_("stated by"), choices=enums.Level, default=enums.Level.COUNTY)
    domain = models.CharField(_("field"), max_length=12, choices=enums.Domain)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    lowest = models.DecimalField(_("lowest"), max_digits=18, decimal_places=4, null=True, blank=True, default=0)
    highest = models.DecimalField(_("highest"), max_digits=18, decimal_places=4, null=True, blank=True)
    summed = models.BooleanField(_("added up above"), default=True)
    protected = models.BooleanField(_("small numbers are hidden"), default=False)
    splits = models.ManyToManyField(Split, blank=True, verbose_name=_("split by"), related_name="+")
    fed_by = models.CharField(_("fed by"), max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("data element")
        verbose_name_plural = _("data elements")
        constraints = [
            models.UniqueConstraint(fields=["owner", "code"], name="indicators_element_once"),
            models.CheckConstraint(
                condition=Q(highest__isnull=True) | Q(lowest__isnull=True) | Q(lowest__lte=F("highest")),
                name="indicators_element_bounds",
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="indicators_element_decimals"),
        ]

    @property
    def bounds(self) -> values.Bounds:
        return values.Bounds(self.decimals, self.lowest, self.highest)

    def asked_at(self, level: int) -> bool:
        """What is added up is stated at one level; what is given, by every place down to it."""
        return level == self.level if self.summed else level <= self.level

    def asked_of(self, place) -> bool:
        """Whether the place states it itself, in its year."""
        return self.asked_at(place.level) and self.counts_in(place.round.year)

    @cached_property
    def cuts(self) -> dict[str, str]:
        """``sex:f`` → its name: each split by itself, never crossed. Give ``splits`` beforehand for many."""
        return {f"{split.code}:{key}": label for split in self.splits.all() for key, label in split.labels().items()}


class Definition(models.Model):
    """factor × numerator ÷ denominator (DOMAIN-children-privacy C4). ``source_priority``: where sources differ, the
    first named counts. ``direction`` NONE: it never gets a light."""

    kind = models.CharField(
        pgettext_lazy("indicator", "kind"), max_length=8, choices=enums.IndicatorKind, default=enums.IndicatorKind.RATIO
    )
    numerator = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+", verbose_name=_("numerator"))
    denominator = models.ForeignKey(
        Element, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("denominator")
    )
    factor = models.PositiveIntegerField(_("factor"), default=100)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    direction = models.CharField(
        pgettext_lazy("indicator", "direction"), max_length=8, choices=enums.Direction, default=enums.Direction.UP
    )
    definition = models.TextField(_("definition"), max_length=1000)
    definition_en = models.TextField(_("definition (English)"), max_length=1000, blank=True)
    source = models.CharField(_("data source"), max_length=200)
    source_priority = models.JSONField(_("sources by priority"), default=list, blank=True)
    notes = models.TextField(_("remarks"), max_length=1000, blank=True)

    class Meta:
        abstract = True

    @property
    def defined(self) -> str:
        return self.definition if in_chinese() or not self.definition_en else self.definition_en

    @property
    def elements(self) -> tuple[int, ...]:
        return tuple(key for key in (self.numerator_id, self.denominator_id) if key)

    @property
    def means(self) -> tuple:
        """Two definitions whose values can be compared are alike in this."""
        return self.kind, self.elements, self.factor

    @property
    def in_words(self) -> str:
        """numerator ÷ denominator × factor, as the dictionary prints it."""
        if self.denominator is None:
            return self.numerator.name
        return f"{self.numerator.name} ÷ {self.denominator.name} × {self.factor:,}"


def both_parts(name: str) -> models.CheckConstraint:
    both = Q(kind="ratio", denominator__isnull=False) | ~Q(kind="ratio") & Q(denominator__isnull=True)
    return models.CheckConstraint(condition=both, name=name)


class Indicator(OfYears, OfDictionary, Definition):
    """An entry with the definition that counts now, from ``defined_from`` on (empty: always); what it was defined by
    before stands beside it, each until its last year."""

    audience = models.CharField(_("plan"), max_length=8, choices=enums.Audience, default=enums.Audience.WOMEN)
    domain = models.CharField(_("field"), max_length=12, choices=enums.Domain)
    number = models.CharField(pgettext_lazy("indicator", "number"), max_length=8, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    defined_from = models.PositiveSmallIntegerField(_("defined so from the year"), null=True, blank=True)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["owner", "code"], name="indicators_indicator_once"),
            both_parts("indicators_ratio_has_both_parts"),
            models.CheckConstraint(condition=Q(factor__gt=0), name="indicators_factor"),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="indicators_indicator_decimals"),
        ]


class EarlierDefinition(ScopedModel, Definition):
    """What an indicator was defined by until a year, and why it was replaced. Nobody ever changes it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="earlier")
    version = models.PositiveSmallIntegerField(_("version"))
    last_year = models.PositiveSmallIntegerField(_("to the year"))
    title = models.CharField(_("name (Chinese)"), max_length=120)
    title_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    because = models.CharField(_("why there is a new version"), max_length=300)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    objects = ScopedManager.over("indicator__owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["indicator_id", "last_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="indicators_earlier_version_once"),
            models.UniqueConstraint(fields=["indicator", "last_year"], name="indicators_earlier_year_once"),
            models.CheckConstraint(condition=~Q(because=""), name="indicators_earlier_with_reason"),
            both_parts("indicators_earlier_has_both_parts"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ValidationRule(OfYears, OfDictionary):
    """``left`` and ``right`` are sums of element codes; ``strategy`` says what a missing value does, as data."""

    kind = models.CharField(
        pgettext_lazy("validation rule", "kind"), max_length=8, choices=enums.CheckKind, default=enums.CheckKind.COMPARE
    )
    left = models.CharField(_("left side"), max_length=300)
    operator = models.CharField(
        _("operator"), max_length=2, choices=[(code, code) for code in checks.OPERATORS], default="<="
    )
    right = models.CharField(_("right side"), max_length=300, blank=True)
    limit = models.DecimalField(_("limit of change (%)"), max_digits=7, decimal_places=2, default=0)
    strategy = models.CharField(
        _("missing values"), max_length=8, choices=enums.Strategy, default=enums.Strategy.SKIP_ANY
    )
    severity = models.CharField(_("if broken"), max_length=8, choices=enums.Severity, default=enums.Severity.EXPLAIN)

    class Meta:
        ordering = ["code"]
        verbose_name = _("validation rule")
        verbose_name_plural = _("validation rules")
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="indicators_rule_once")]

    @property
    def as_check(self) -> checks.Check:
        right = checks.side(self.right) if self.right.strip() else ()
        return checks.Check(
            self.code, checks.side(self.left), self.operator, right, self.strategy, self.kind, self.limit
        )

    @property
    def asks_for(self) -> frozenset[str]:
        """Codes of the elements of both sides; none where a side, written past the desk, makes no sense."""
        try:
            return frozenset(checks.codes(self.as_check))
        except checks.Unreadable:
            return frozenset()


class Reference(ScopedModel):
    """A national or provincial number, to stand beside a local one. No local number ever lies here."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="references")
    extent = models.CharField(_("extent"), max_length=10, choices=enums.Extent, default=enums.Extent.NATIONAL)
    year = models.PositiveSmallIntegerField(_("year"))
    cut = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    source = models.CharField(_("source"), max_length=200)
    sample = models.BooleanField(default=False)

    objects = ScopedManager.over("indicator__owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["indicator_id", "year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "extent", "year", "cut"], name="indicators_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"
