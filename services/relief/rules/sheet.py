"""A programme's rules as single values, and back: what a form asks one by one and the version keeps together."""

from decimal import Decimal

from services.relief.enums import AmountKind, Category, DocumentKind, SchoolStage

CATEGORIES = (Category.DEEP.value, Category.RELATIVE.value, Category.SUDDEN.value)
STAGES = tuple(SchoolStage.values)
BANDS = 4
ANY = "any"
_FLAGS = ("membership", "single_parent", "not_retired", "not_aided")
# Condition code: (field of the form, key inside the condition).
_SINGLE = {
    "child_under": ("child_under", "age"),
    "event_within": ("event_months", "months"),
    "cost_over": ("cost_over", "yuan"),
}
_LISTS = {
    "category_in": ("categories", "categories"),
    "cause_in": ("causes", "causes"),
    "group_in": ("groups", "groups"),
    "school_stage": ("stages", "stages"),
    "school_type": ("excluded_types", "excluded"),
    "event_in": ("events", "events"),
}
FILE_NEEDED, FILE_NONE = "on_file", "not_on_file"
# Papers that prove something of some women alone, with the fact that asks for them (§3.5 S89).
FITTING = {
    DocumentKind.DIVORCE.value: "single_parent",
    DocumentKind.ALLOWANCE.value: "living_allowance",
    DocumentKind.EVENT.value: "event",
    DocumentKind.CONTRACT.value: "migrant",
    DocumentKind.DIAGNOSIS.value: "cause_serious_illness",
}
ASKED, REQUIRED, WHERE_FITTING = "asked", "required", "fitting"


def conditions_from(values: dict) -> list[dict]:
    """The conditions in the order in which she reads them; fields left empty ask for nothing."""
    found = [{"code": code} for code in _FLAGS if values.get(code)]
    if values.get("resident"):
        only = {"only_migrants": True} if values.get("resident_only_migrants") else {}
        found.append({"code": "resident"} | only)
    if values.get("labour_months"):
        months = {"months": values["labour_months"], "only_migrants": bool(values.get("labour_only_migrants"))}
        found.append({"code": "labour_relation"} | months)
    if values.get("file") in (FILE_NEEDED, FILE_NONE):
        found.append({"code": values["file"]})
    for code, (name, key) in _LISTS.items():
        if values.get(name):
            found.append({"code": code, key: list(values[name])})
    if values.get("income_multiple") or values.get("income_yuan"):
        bounds = {"multiple": _text(values.get("income_multiple")), "yuan": _text(values.get("income_yuan"))}
        found.append({"code": "income_at_most"} | {key: text for key, text in bounds.items() if text})
    for code, (name, key) in _SINGLE.items():
        if values.get(name) not in (None, ""):
            value = values[name]
            found.append({"code": code, key: _text(value) if isinstance(value, Decimal) else value})
    if values.get("age_min") is not None or values.get("age_max") is not None:
        found.append({"code": "age", "min": values.get("age_min"), "max": values.get("age_max")})
    return found


def values_of_conditions(conditions: list[dict]) -> dict:
    """The other way round."""
    values = {}
    for one in conditions:
        code = one["code"]
        if code in _FLAGS:
            values[code] = True
        elif code == "resident":
            values |= {"resident": True, "resident_only_migrants": one.get("only_migrants", False)}
        elif code in (FILE_NEEDED, FILE_NONE):
            values["file"] = code
        elif code in _LISTS:
            name, key = _LISTS[code]
            values[name] = one[key]
        elif code in _SINGLE:
            name, key = _SINGLE[code]
            values[name] = one[key]
        elif code == "labour_relation":
            values |= {"labour_months": one["months"], "labour_only_migrants": one.get("only_migrants", False)}
        elif code == "income_at_most":
            values |= {"income_multiple": one.get("multiple"), "income_yuan": one.get("yuan")}
        elif code == "age":
            values |= {"age_min": one.get("min"), "age_max": one.get("max")}
    return values


def amount_from(kind: str, values: dict) -> dict:
    """The figures of the chosen kind alone; those typed for another kind are dropped."""
    if kind == AmountKind.FIXED:
        return {"by_category": _by_category("fixed", values)}
    if kind == AmountKind.MONTHS_OF_LINE:
        return {"months": _by_category("months", values), "per": values.get("months_per") or "household"}
    if kind == AmountKind.COST_SHARE:
        shares = {code: _text(Decimal(text) / 100) for code, text in _by_category("share", values).items()}
        return {"share": shares, "cap": _by_category("share_cap", values)}
    if kind == AmountKind.COST_BANDS:
        rows = [(values.get(f"band_over_{n}"), values.get(f"band_sum_{n}")) for n in range(BANDS)]
        bands = [{"over": _text(over or Decimal(0)), "sum": _text(total)} for over, total in rows if total is not None]
        return {"bands": sorted(bands, key=lambda band: Decimal(band["over"]))}
    if kind == AmountKind.BY_STAGE:
        sums = {}
        for stage in STAGES:
            row = {where: _text(values.get(f"stage_{stage}_{where}")) for where in ("on_file", "other")}
            if kept := {where: text for where, text in row.items() if text}:
                sums[stage] = kept
        return {"sums": sums}
    return {}


def values_of_amount(kind: str, amount: dict) -> dict:
    """The other way round."""
    values = {"amount_kind": kind}
    for prefix, table in (("fixed", "by_category"), ("months", "months"), ("share_cap", "cap")):
        values |= {f"{prefix}_{code}": text for code, text in amount.get(table, {}).items()}
    for code, text in amount.get("share", {}).items():
        values[f"share_{code}"] = _text(Decimal(text) * 100)
    values["months_per"] = amount.get("per", "household")
    for n, band in enumerate(amount.get("bands", [])[:BANDS]):
        values |= {f"band_over_{n}": band["over"], f"band_sum_{n}": band["sum"]}
    for stage, row in amount.get("sums", {}).items():
        values |= {f"stage_{stage}_{where}": text for where, text in row.items()}
    return values


def caps_from(values: dict) -> dict:
    """Caps in yuan as text, counts as numbers; empty ones are left out."""
    caps = {name: _text(values.get(name)) for name in ("per_award", "per_year", "refer_over") if values.get(name)}
    if values.get("awards_per_year"):
        caps["awards_per_year"] = values["awards_per_year"]
    if values.get("grants_count"):
        caps["grants_count"] = True
    items = {code: values[f"items_{code}"] for code in CATEGORIES if values.get(f"items_{code}")}
    return caps | ({"items_per_year": items} if items else {})


def values_of_caps(caps: dict) -> dict:
    values = {name: value for name, value in caps.items() if name != "items_per_year"}
    return values | {f"items_{code}": most for code, most in caps.get("items_per_year", {}).items()}


def papers_from(chosen: dict[str, str], before: list[dict]) -> list[dict]:
    """``chosen``: by kind of paper one of ``ASKED``, ``REQUIRED``, ``WHERE_FITTING``. A fact that only an earlier
    version names for a paper is kept."""
    whens = {one["kind"]: one.get("when", "") for one in before}
    found = []
    for kind, asked in chosen.items():
        fitting, named = FITTING.get(kind, ""), whens.get(kind, "")
        when = fitting if asked == WHERE_FITTING else "" if asked == REQUIRED and named == fitting else named
        found.append({"kind": kind, "required": asked != ASKED, "when": when})
    return found


def values_of_papers(documents: list[dict]) -> dict[str, str]:
    """The other way round."""
    values = {}
    for one in documents:
        fits = bool(one.get("when")) and one["when"] == FITTING.get(one["kind"])
        values[one["kind"]] = (WHERE_FITTING if fits else REQUIRED) if one.get("required") else ASKED
    return values


def _by_category(prefix: str, values: dict) -> dict:
    given = {code: values.get(f"{prefix}_{code}") for code in (*CATEGORIES, ANY)}
    return {code: _text(value) for code, value in given.items() if value not in (None, "")}


def _text(value: Decimal | int | None) -> str:
    if value is None:
        return ""
    text = format(Decimal(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
