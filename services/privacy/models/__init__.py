from services.privacy.models.access import AccessRecord
from services.privacy.models.consent import Consent, Notice
from services.privacy.models.erasure import Erasure

__all__ = ["AccessRecord", "Consent", "Erasure", "Notice"]
