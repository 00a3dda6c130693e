"""A guide of a service other than screening names it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms_pages", "0004_first_words")]
    operations = [
        migrations.AddField(
            model_name="serviceguidepage",
            name="service",
            field=models.CharField(
                blank=True,
                choices=[("relief", "Help when money is short"), ("mutual_aid", "Mutual aid")],
                help_text="What it offers at present is shown live, with the button that leads into it.",
                max_length=12,
                null=True,
                verbose_name="other service",
            ),
        )
    ]
