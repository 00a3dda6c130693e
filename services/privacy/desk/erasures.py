"""What was erased when its term was over: the proofs, newest first. They name nobody."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column
from services.privacy import policies, queries
from services.privacy.models import Erasure


class ErasureList(DeskListView):
    model = Erasure
    page_title = _("Erased when its term was over")
    header_icon = "bin"
    index_url_name = "privacy_desk:erasures"
    index_results_url_name = "privacy_desk:erasures_results"
    default_ordering = ("-at", "-pk")
    columns = [
        DateColumn("at", label=_("At"), sort_key="at"),
        Column("kind", label=_("What was erased"), accessor=queries.label_of),
        Column("years", label=_("Years kept")),
        Column("until", label=_("Ended by")),
        Column("matters", label=_("Matters")),
        Column("rows", label=_("Records")),
        Column("files", label=_("Papers and photos")),
    ]

    def allowed(self):
        return policies.may_keep_notices(self.request.user)

    def rows(self, user):
        return Erasure.objects.all()
