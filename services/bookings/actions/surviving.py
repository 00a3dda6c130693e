"""Two records of one woman become one while she takes a place: it becomes that of the record which stays."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from services.workers.errors import MergedElsewhere
from services.workers.queries.duplicates import is_there, stays_of


def on_the_record_that_stays(take: Callable) -> Callable:
    """Decorates an action with a ``worker`` that takes something for her in a transaction of its own.

    Where the database refuses it, as her record went into another meanwhile, nothing was taken: it runs anew for the
    record that stays, with every policy and rule. Raises ``MergedElsewhere`` where that one is gone as well, or isn't
    one that ``by`` may sign up: with an account of its own, or of a union that isn't the officer's.
    """

    @wraps(take)
    def again(*args, worker, **kwargs):
        try:
            return take(*args, worker=worker, **kwargs)
        except IntegrityError as error:
            if is_there(worker):
                raise
            stays = stays_of(worker)
            if stays is None:
                raise MergedElsewhere() from error
        try:
            return take(*args, worker=stays, **kwargs)
        except PermissionDenied as error:
            raise MergedElsewhere() from error
        except IntegrityError as error:
            if is_there(stays):
                raise
            raise MergedElsewhere() from error

    return again
