"""Deliveries: ordered, sent, confirmed at the home on a phone, verified or put right by the county."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, NotKept, TooManyUploads
from services.foundation import clock
from services.foundation.desk import Confirm, StepForm
from services.home_equipment import errors, policies, wording, workflow
from services.home_equipment.actions import deliveries, photos
from services.home_equipment.desk.assets import TakingPhotos
from services.home_equipment.desk.homes import Gift
from services.home_equipment.desk.pages import DeliveryPage, EquipmentPage, desk_url
from services.home_equipment.enums import DeliveryState, PhotoKind, Source
from services.home_equipment.forms import deliveries as forms
from services.home_equipment.models import ProcurementBatch
from services.home_equipment.queries.deliveries import batches_for
from services.home_equipment.queries.keeping import photos_for
from services.home_equipment.queries.programmes import counties_kept, living_homes_of, programmes_for


class Delivery(DeliveryPage, TemplateView):
    template_name = "home_equipment/desk/delivery.html"

    def get_page_title(self):
        return self.order.batch.name

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        user, order = self.request.user, self.order
        return super().get_context_data(
            lines=self.lines,
            next_steps=next_steps(user, order),
            photos=[(one, one.scan == ScanState.CLEAN) for one in photos_for(user).filter(order=order)],
            may_photo=bool(policies.may_add_photo(user, order)),
            **kwargs,
        )


def next_steps(user, order) -> list[dict]:
    may = {
        workflow.SUPPLIER: policies.may_ship(user, order.batch),
        workflow.HOME: policies.may_receive(user, order.home),
        workflow.KEEPER: policies.may_keep_home(user, order.home),
    }
    found = [
        edge.verb
        for edge in workflow.verbs_from(workflow.DELIVERY, order.state)
        if may[edge.who] and edge.verb != "receive_short"
    ]
    return [
        {"url": desk_url(verb, order.token), "label": wording.STEPS[verb], "first": not place}
        for place, verb in enumerate(found)
    ]


class Ship(StepForm, DeliveryPage):
    page_title = submit_label = gettext_lazy("Note that it was sent")
    form_class = forms.OnForm
    intro = gettext_lazy("The home's teacher is told that it is on its way.")

    def allowed(self):
        return policies.may_ship(self.request.user, self.order.batch)

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        deliveries.ship([self.order], by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Noted as sent.")


class _Lines(StepForm, DeliveryPage):
    """A form with two fields for every line."""

    template_name = "home_equipment/desk/receive.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": self.lines}


class Receive(_Lines):
    """On a phone beside the lorry: count every line, say why where less came, take a picture."""

    page_title = gettext_lazy("Confirm what came")
    submit_label = gettext_lazy("Confirm the receipt")
    form_class = forms.ReceiveForm
    intro = gettext_lazy("Count every line. Where less came than was sent, say why: the county puts it right.")

    def allowed(self):
        return policies.may_receive(self.request.user, self.order.home)

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        user, now = self.request.user, clock.now()
        order = deliveries.receive(self.order, said=form.said(), on=form.cleaned_data["on"], by=user, now=now)
        self._keep_photo(form.cleaned_data.get("photo"))
        if order.state == DeliveryState.DISCREPANCY:
            return _("Confirmed with a discrepancy. The county is told and puts it right.")
        return _("Confirmed. The county verifies it and puts it on the register.")

    def _keep_photo(self, upload) -> None:
        """What came is on record by now: a photo that can't be used doesn't undo that."""
        if upload is None:
            return
        try:
            photos.add_photo(
                self.order,
                kind=PhotoKind.DELIVERY,
                upload=upload.file,
                name=upload.name,
                by=self.request.user,
                now=clock.now(),
            )
        except (DocumentRefused, NotKept, TooManyUploads, errors.NoPhoto) as refusal:
            words = _("The receipt is on record, the photo isn't: %(why)s") % {"why": refusal.message(staff=True)}
            messages.warning(self.request, words)


class _Settling(DeliveryPage):
    def allowed(self):
        return policies.may_keep_home(self.request.user, self.order.home)


class Verify(Confirm, _Settling):
    page_title = submit_label = gettext_lazy("Verify it and put it on the register")
    intro = gettext_lazy("Each item gets its number and lies in the county's store until you issue it.")

    def act(self, form):
        deliveries.verify(self.order, by=self.request.user, now=clock.now())
        return _("Verified. Everything is on the register; issue it to the home next.")

    def get_success_url(self):
        return desk_url("home", self.order.home.code)


class Objection(StepForm, _Settling):
    page_title = submit_label = gettext_lazy("It isn't right")
    form_class = forms.WhyForm
    danger = True

    def act(self, form):
        deliveries.object_to(self.order, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Noted. Put the discrepancy right next.")


class Resolve(_Lines, _Settling):
    page_title = submit_label = gettext_lazy("Put the discrepancy right")
    form_class = forms.ResolveForm
    intro = gettext_lazy(
        "Correct the numbers to what is there in the end. What never came counts as missing and can be ordered anew."
    )

    def act(self, form):
        how = form.cleaned_data["how"]
        deliveries.resolve(self.order, how=how, said=form.said(), by=self.request.user, now=clock.now())
        return _("Resolved. What is there is on the register; issue it to the home next.")

    def get_success_url(self):
        return desk_url("home", self.order.home.code)


class DeliveryPhoto(TakingPhotos, DeliveryPage):
    kind = PhotoKind.DELIVERY

    def thing(self):
        return self.order


class _Ordering(EquipmentPage):
    def allowed(self):
        return policies.may_order_somewhere(self.request.user)

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("deliveries"), "label": _("Deliveries")}]


class Order(StepForm, _Ordering):
    """For every home at once: what the standard asks of this supplier and nobody has ordered yet."""

    page_title = gettext_lazy("Order what is missing")
    submit_label = gettext_lazy("Make the deliveries")
    form_class = forms.OrderMissingForm
    intro = gettext_lazy("One delivery for each home at which something of this supplier's lines is missing.")

    @cached_property
    def programme(self):
        return programmes_for(self.request.user).first()

    @cached_property
    def sources(self) -> list[str]:
        city = self.programme.city if self.programme else None
        found = [Source.COUNTY_MATCH, Source.SITE]
        if city is not None and policies.may_order(self.request.user, city, Source.PROVINCIAL):
            found.insert(0, Source.PROVINCIAL)
        return found

    def get_form_kwargs(self):
        kept = counties_kept(self.request.user)
        return super().get_form_kwargs() | {"counties": kept, "sources": self.sources}

    def get_initial(self):
        return {"ordered_on": clock.today()}

    def act(self, form):
        data = dict(form.cleaned_data)
        county, source = data.pop("county"), data.pop("source")
        if self.programme is None:
            raise errors.NothingToOrder()
        kept = list(
            counties_kept(self.request.user).filter(pk=county.pk) if county else counties_kept(self.request.user)
        )
        homes = list(living_homes_of(self.request.user).filter(county__in=kept, programme=self.programme))
        made = 0
        for keeper, some in self._parts(source, kept, homes):
            try:
                batch = deliveries.order_missing(
                    self.programme,
                    homes=some,
                    source=source,
                    keeper=keeper,
                    by=self.request.user,
                    now=clock.now(),
                    **data,
                )
            except errors.NothingToOrder:
                continue
            made += batch.orders.count()
        if not made:
            raise errors.NothingToOrder()
        return _("%(count)s deliveries are ordered.") % {"count": made}

    def _parts(self, source: str, counties: list, homes: list):
        """What the province buys is one batch of the city; what counties match, one batch a county."""
        if source == Source.PROVINCIAL:
            return [(self.programme.city, homes)]
        return [(county, [home for home in homes if home.county_id == county.pk]) for county in counties]

    def get_success_url(self):
        return desk_url("deliveries")


class OrderOne(Gift):
    """A delivery of what is listed, for one home: sent, received and verified like the province's."""

    page_title = gettext_lazy("Order for this home")
    submit_label = gettext_lazy("Make the delivery")
    intro = gettext_lazy("For gifts and what the county adds: it is sent, received and verified as any other delivery.")

    def get_initial(self):
        return {"source": Source.COUNTY_MATCH, "ordered_on": clock.today()}

    def get_form(self, form_class=None):
        return StepForm.get_form(self, form_class)

    def act(self, form):
        data = dict(form.cleaned_data)
        wanted = [deliveries.Wanted(**one.cleaned_data) for one in self.items.kept()]
        deliveries.order_batch(
            self.home.programme,
            keeper=self.home.county,
            homes=[self.home],
            wanted={self.home.pk: wanted},
            by=self.request.user,
            now=clock.now(),
            **data,
        )
        return _("The delivery is ordered.")


class Batch(StepForm, EquipmentPage):
    """One batch with its deliveries; those that haven't left can be sent at once."""

    template_name = "home_equipment/desk/batch.html"
    form_class = forms.OnForm
    submit_label = gettext_lazy("Note that all of them were sent")

    @cached_property
    def batch(self) -> ProcurementBatch:
        return get_object_or_404(batches_for(self.request.user), number=self.kwargs["number"])

    def found(self):
        return self.batch

    def get_page_title(self):
        return self.batch.name

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("deliveries"), "label": _("Deliveries")}]

    def get_initial(self):
        return {"on": clock.today()}

    def get_success_url(self):
        return desk_url("batch", self.batch.number)

    @cached_property
    def orders(self):
        return list(self.batch.orders.select_related("home__host", "batch").order_by("home__code"))

    def act(self, form):
        policies.may_ship(self.request.user, self.batch).insist()
        count = deliveries.ship(self.orders, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("%(count)s deliveries are noted as sent.") % {"count": count}

    def get_context_data(self, **kwargs):
        unsent = sum(order.state == DeliveryState.ORDERED for order in self.orders)
        may_ship = bool(policies.may_ship(self.request.user, self.batch))
        return super().get_context_data(
            batch=self.batch, orders=self.orders, unsent=unsent, may_ship=may_ship, **kwargs
        )
