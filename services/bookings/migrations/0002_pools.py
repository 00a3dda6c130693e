"""Places in pools: every offering gets its general pool, and what was allocated lies in it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q


def everything_lies_in_the_general_pool(apps, schema_editor):
    Offering, Pool = apps.get_model("bookings", "Offering"), apps.get_model("bookings", "Pool")
    Allocation = apps.get_model("bookings", "Allocation")
    for key in Offering.objects.order_by("pk").values_list("pk", flat=True):
        pool = Pool.objects.create(offering_id=key, general=True)
        Allocation.objects.filter(offering_id=key).update(pool=pool)
    if schema_editor.connection.vendor == "postgresql":
        # A table with checks still waiting for the commit can't be altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("general", models.BooleanField(default=False, editable=False)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Everybody reads it: name no illness.", max_length=40, verbose_name="name"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=50, verbose_name="drawn on in this order")),
                (
                    "assigned_only",
                    models.BooleanField(
                        default=False, verbose_name="only for the unions the places were given to"
                    ),
                ),
                ("conditions", models.JSONField(blank=True, default=dict)),
                (
                    "returns_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="unused places go back on"),
                ),
                (
                    "offering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pools", to="bookings.offering"
                    ),
                ),
                (
                    "returns_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.pool",
                        verbose_name="they go to",
                    ),
                ),
            ],
            options={
                "verbose_name": "pool of places",
                "verbose_name_plural": "pools of places",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(general=True), fields=("offering",), name="bookings_pool_one_general"
                    ),
                    models.UniqueConstraint(
                        fields=("offering", "name"),
                        name="bookings_pool_once",
                        violation_error_message="There is a pool of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=Q(returns_at__isnull=True, returns_to__isnull=True)
                        | Q(returns_at__isnull=False, returns_to__isnull=False),
                        name="bookings_pool_return_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="allocation",
            name="pool",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="bookings.pool",
            ),
        ),
        migrations.RunPython(everything_lies_in_the_general_pool, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="allocation",
            name="pool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="bookings.pool"
            ),
        ),
        migrations.RemoveConstraint(model_name="allocation", name="bookings_allocation_once"),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.UniqueConstraint(
                fields=("offering", "pool", "organization"), name="bookings_allocation_once"
            ),
        ),
        migrations.AlterField(
            model_name="allocationentry",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name="allocationentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "Places opened"),
                    ("received", "Received from above"),
                    ("given", "Given below"),
                    ("returned", "Returned upward"),
                    ("reclaimed", "Taken back"),
                    ("moved_out", "Moved to another pool"),
                    ("moved_in", "Moved here from another pool"),
                    ("flowed_out", "Went back on the announced day"),
                    ("flowed_in", "Came back on the announced day"),
                ],
                max_length=10,
            ),
        ),
    ]
