from services.indicators.samples.elements import ELEMENTS, SPLITS
from services.indicators.samples.indicators import INDICATORS
from services.indicators.samples.rules import CITY_LEVEL, RULES

__all__ = ["CITY_LEVEL", "ELEMENTS", "INDICATORS", "RULES", "SPLITS"]
