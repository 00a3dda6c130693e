"""Schemes of real cities as samples, as far as their texts are known: what a text doesn't say stays empty.

Numbers like S7m are those of the texts in ``sources``. A number is never taken from another city's text; where one
comes from another text of the same office, the field's own source says so.
"""

from services.mutual_aid.samples.beijing import BEIJING_2018
from services.mutual_aid.samples.ningbo import NINGBO_1Y, NINGBO_4Y
from services.mutual_aid.samples.provinces import GUANGDONG_ANKANG, HAINAN_ANKANG, SHANGHAI_2016
from services.mutual_aid.samples.shape import Sample

SAMPLES: tuple[Sample, ...] = (
    BEIJING_2018,
    NINGBO_1Y,
    NINGBO_4Y,
    GUANGDONG_ANKANG,
    HAINAN_ANKANG,
    SHANGHAI_2016,
)

__all__ = ["SAMPLES", "Sample"]
