"""What the annual return asks, as a table (DOMAIN §4.3, §4.4 ``StatReport``). Plain data: labels stand in ``enums``."""

from dataclasses import dataclass

NUMBER, YUAN, CHOICE, DAY = "number", "yuan", "choice", "day"
GRASSROOTS, UPPER = "grassroots", "upper"
BOTH = (GRASSROOTS, UPPER)
WOMEN_FORMS = ("committee", "commissioner", "none")
_STATISTICS = "§4.3 [S138m, S139]"


@dataclass(frozen=True, slots=True)
class Field:
    """``at_most`` names the field that this one is a part of; ``asks_for`` one that can't be nought when this isn't.

    ``usually_within``: more than that field is possible, and asks for a word. ``protected``: a small number tells on
    somebody's hardship or illness.
    """

    code: str
    group: str
    kind: str = NUMBER
    forms: tuple[str, ...] = BOTH
    at_most: str = ""
    usually_within: str = ""
    asks_for: str = ""
    protected: bool = False
    source: str = _STATISTICS

    @property
    def adds_up(self) -> bool:
        return self.kind in (NUMBER, YUAN)


_CONTRACTS = "§4.3 [S142]"
_SYSTEMS = "§4.2 [S135]"
_PORTAL = "§4.4"
# What unions answer for in the women's plan: DOMAIN-children-privacy C2 #23-24.
_PLANS = "C2 #23-24 [W7']"

FIELDS = (
    Field("women_form", "organisation", CHOICE, source="§4.3 [S139, S145]"),
    Field("term_ends_on", "organisation", DAY, source="§4.3 [S145, S146]"),
    Field("staff", "people"),
    Field("staff_women", "people", at_most="staff"),
    Field("members", "people", usually_within="staff"),
    Field("members_women", "people", at_most="members", usually_within="staff_women"),
    Field("cadres_full", "cadres", source="§4.3 [S140m]"),
    Field("cadres_part", "cadres", source="§4.3 [S140m]"),
    Field("contracts", "contracts", source=_CONTRACTS),
    Field("contract_units", "contracts", asks_for="contracts", source=_CONTRACTS),
    Field("contract_women", "contracts", asks_for="contracts", usually_within="staff_women", source=_CONTRACTS),
    Field("nursing_rooms", "work", source="§4.3 [S143, S144m]"),
    Field("meetings", "work", source=_SYSTEMS),
    Field("inspections", "work", source=_SYSTEMS),
    Field("trainings", "work", source=_SYSTEMS),
    Field("trained_women", "work", asks_for="trainings", source=_SYSTEMS),
    Field("employers", "work", source=_PLANS),
    Field("rule_employers", "work", at_most="employers", source=_PLANS),
    Field("directors", "work", source=_PLANS),
    Field("directors_women", "work", at_most="directors", source=_PLANS),
    Field("supervisors", "work", source=_PLANS),
    Field("supervisors_women", "work", at_most="supervisors", source=_PLANS),
    Field("screened_women", "care", usually_within="staff_women", source=_PORTAL),
    Field("hardship_women", "care", usually_within="staff_women", protected=True, source="§4.3 [S145]"),
    Field("single_parents", "care", usually_within="staff_women", protected=True, source=_PORTAL),
    Field("aid_joined", "care", usually_within="staff_women", source="§4.3 [S145]"),
    Field("aid_claims", "care", usually_within="aid_joined", protected=True, source=_PORTAL),
    Field("aid_paid", "care", YUAN, asks_for="aid_claims", protected=True, source=_PORTAL),
)
BY_CODE = {field.code: field for field in FIELDS}
ADDED_UP = tuple(field.code for field in FIELDS if field.adds_up)
PROTECTED = frozenset(field.code for field in FIELDS if field.protected)


def of_form(form: str) -> tuple[Field, ...]:
    return tuple(field for field in FIELDS if form in field.forms)
