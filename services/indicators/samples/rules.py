"""Sample validation rules: code, name, English name, left, operator, right, limit, strategy, severity, kind."""

from services.indicators.samples.elements import BY_CODE

CITY_LEVEL = frozenset({"teams_province", "teams_province_women", "teams_city", "teams_city_women"})
RULES = (
    *(
        (
            f"{part}-within",
            f"{BY_CODE[part].title}不超过{BY_CODE[whole].title}",
            f"{BY_CODE[part].title_en} within {BY_CODE[whole].title_en.lower()}",
            *(part, "<=", whole, 0, "skip_any", "refuse", "compare"),
        )
        for part, whole in (
            ("maternal_managed", "live_births"),
            ("cervical_screened", "cervical_due"),
            ("hiv_infected", "hiv_exposed"),
            ("women_employed", "employed"),
            ("women_students", "students_higher"),
            ("children_with_file", "children_in_homes"),
        )
    ),
    (
        *("deaths-nested", "新生儿死亡数不超过婴儿死亡数", "Deaths of newborns within those of infants"),
        *("neonatal_deaths", "<=", "infant_deaths", 0, "skip_any", "refuse", "compare"),
    ),
    (
        *("births-moved", "活产数较上年变动超过30%", "Live births moved by more than 30 %"),
        *("live_births", "<=", "", 30, "skip_any", "explain", "change"),
    ),
)
