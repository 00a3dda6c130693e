"""Imports as jobs: upload, check, apply or discard; and a file straight from the command line."""

from services.exchange.actions.files import expire_files, import_file
from services.exchange.actions.jobs import apply_job, check_job, discard_job, resume_stale_jobs, run_job, upload_sheet

__all__ = [
    "apply_job",
    "check_job",
    "discard_job",
    "expire_files",
    "import_file",
    "resume_stale_jobs",
    "run_job",
    "upload_sheet",
]
