"""A draw for a yearly evaluation that is carried out leaves room for that of the next year.

Draws are few (one or two a year and city), so the index is made anew at once. Said as statements, as the mark that tells
the linter so isn't installed where migrations run.
"""

from django.db import migrations, models

from services.foundation.tables import Statements

_NAME = "inspections_one_draw_in_force"
_MAKE = f"CREATE UNIQUE INDEX {_NAME} ON home_inspections_homedraw (programme_id, purpose) WHERE"
_BEFORE = f"{_MAKE} NOT (state = 'void')"
_AFTER = f"{_MAKE} (NOT (state = 'void') AND NOT (purpose = 'evaluation' AND state = 'executed'))"


def widen(schema_editor):
    schema_editor.execute(f"DROP INDEX {_NAME}")
    schema_editor.execute(_AFTER)


def narrow(schema_editor):
    schema_editor.execute(f"DROP INDEX {_NAME}")
    schema_editor.execute(_BEFORE)


class Migration(migrations.Migration):

    dependencies = [
        ('home_inspections', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[Statements(widen, narrow)],
            state_operations=[
                migrations.RemoveConstraint(model_name='homedraw', name=_NAME),
                migrations.AddConstraint(
                    model_name='homedraw',
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(('state', 'void'), _negated=True),
                            models.Q(('purpose', 'evaluation'), ('state', 'executed'), _negated=True),
                        ),
                        fields=('programme', 'purpose'),
                        name=_NAME,
                    ),
                ),
            ],
        ),
    ]
