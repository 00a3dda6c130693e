from services.privacy.models.access import AccessRecord
from services.privacy.models.consent import Consent, Notice

__all__ = ["AccessRecord", "Consent", "Notice"]
