"""The writes: fold what has changed, keep a month end, set a target, draw a map, open a list on record."""

from services.figures.actions.arranging import arrange
from services.figures.actions.folding import fold, mark_everything
from services.figures.actions.keeping import keep_month_end
from services.figures.actions.looking import open_list
from services.figures.actions.targets import set_target
from services.figures.actions.watching import watch_tables

__all__ = ["arrange", "fold", "keep_month_end", "mark_everything", "open_list", "set_target", "watch_tables"]
