"""The ledger of a programme's places: every line within her reach, newest first, on the screen and as a workbook."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings.models import Pool
from services.bookings.queries.ledger import Book, book_of, holders_of, pools_in
from services.exchange.workbooks import About
from services.foundation import clock
from services.foundation.desk import one_export_too_many
from services.screening import exporters, queries
from services.screening.desk.export import workbook
from services.screening.desk.pages import OrganizationPage, desk_url
from services.screening.forms.pools import LedgerFilter
from services.screening.queries.book import LedgerRow, rows_of

PAGE = 50


class Ledger(OrganizationPage, TemplateView):
    """Lines that touch an organisation she reaches; what others have left is not told."""

    page_title = gettext_lazy("Ledger of places")
    template_name = "screening/desk/ledger.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Only those that stand in the book: the tree may have a hundred thousand others.
        reach = queries.organizations_in(self.programme, request.user)
        self.reach = reach.filter(pk__in=holders_of(self.offering))
        self.filters = LedgerFilter(
            request.GET, pools=Pool.objects.filter(offering=self.offering), organizations=self.reach
        )
        self.filters.is_valid()

    def trail(self):
        return [*super().trail(), {"url": desk_url("places", self.programme.code), "label": _("Places")}]

    def lines(self, book: Book) -> list[LedgerRow]:
        """Newest first."""
        reach = set(self.reach.values_list("pk", flat=True))
        return rows_of(book, reach=reach, **self.filters.cleaned_data)[::-1]

    def get(self, request, *args, **kwargs):
        book = book_of(self.offering)
        rows = self.lines(book)
        if request.GET.get("export") == "xlsx" and rows:
            return one_export_too_many(request, request.path) or self.export(book, rows)
        return self.render_to_response(self.get_context_data(book=book, rows=rows))

    def export(self, book: Book, rows: list[LedgerRow]):
        pools = pools_in(book)
        about = About(
            title=_("Ledger of places of %(title)s") % {"title": self.programme.title},
            scope=self.organization.name,
            data_time=timezone.localtime(clock.now()),
            columns=exporters.ledger_columns(pools),
            filters={
                str(self.filters.fields[name].label): str(value)
                for name, value in self.filters.cleaned_data.items()
                if value
            },
        )
        return workbook(_("Ledger of places"), exporters.ledger_rows(rows, pools), about)

    @property
    def header_buttons(self):
        query = self.request.GET.copy()
        query.update({"export": "xlsx"})
        query.pop("page", None)
        return [HeaderButton(_("Export to Excel"), url=f"?{query.urlencode()}", icon_name="download")]

    def get_context_data(self, *, book: Book, rows: list[LedgerRow], **kwargs):
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            filters=self.filters,
            pools=pools_in(book),
            page=Paginator([(row, [row.pools[pool.pk] for pool in pools_in(book)]) for row in rows], PAGE).get_page(
                self.request.GET.get("page")
            ),
            query=query.urlencode(),
            **kwargs,
        )
