from services.indicators.models.dictionary import (
    EarlierDefinition,
    Element,
    Indicator,
    Reference,
    Split,
    ValidationRule,
)
from services.indicators.models.reports import Place, Report, Round, Total, Value

__all__ = [
    "EarlierDefinition",
    "Element",
    "Indicator",
    "Place",
    "Reference",
    "Report",
    "Round",
    "Split",
    "Total",
    "ValidationRule",
    "Value",
]
