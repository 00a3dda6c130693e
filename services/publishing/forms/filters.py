"""What the lists of publishing can be narrowed by; each filter lives in the address and can be shared."""

from wagtail.admin.filters import WagtailFilterSet

from services.publishing.models import Hold, LinkFault


class HoldFilterSet(WagtailFilterSet):
    class Meta:
        model = Hold
        fields = ["subject_type", "through"]


class FaultFilterSet(WagtailFilterSet):
    class Meta:
        model = LinkFault
        fields = ["kind"]
