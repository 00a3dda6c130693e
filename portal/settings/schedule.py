"""What beat starts by itself, and how often, in seconds."""

CELERY_BEAT_SCHEDULE = {
    "expire-holds": {"task": "services.bookings.tasks.expire_holds", "schedule": 60.0},
    "keep-draws": {"task": "services.bookings.tasks.keep_draws", "schedule": 60.0},
    "return-unused-places": {"task": "services.bookings.tasks.return_unused_places", "schedule": 60.0},
    "mark-absent": {"task": "services.bookings.tasks.mark_absent", "schedule": 3600.0},
    "forget-codes": {"task": "services.accounts.tasks.forget_codes", "schedule": 3600.0},
    "deliver-messages": {"task": "services.messaging.tasks.deliver_due", "schedule": 30.0},
    "end-lapsed-posts": {"task": "services.organizations.tasks.end_lapsed_posts", "schedule": 900.0},
    "sweep-jobs": {"task": "services.exchange.tasks.sweep_stale_jobs", "schedule": 120.0},
    "fold-figures": {"task": "services.figures.tasks.fold", "schedule": 60.0},
    "keep-month-end": {"task": "services.figures.tasks.keep_month_end", "schedule": 3600.0},
    "remind-of-appointments": {"task": "services.screening.tasks.remind_of_appointments", "schedule": 900.0},
    "remind-of-results": {"task": "services.screening.tasks.remind_of_unread", "schedule": 3600.0},
    "remind-of-next-round": {"task": "services.screening.tasks.remind_of_next_round", "schedule": 86_400.0},
    "check-recalls": {"task": "services.screening.tasks.check_recalls", "schedule": 86_400.0},
    "scan-documents": {"task": "services.casework.tasks.scan_waiting", "schedule": 60.0},
    "purge-documents": {"task": "services.casework.tasks.purge_files", "schedule": 86_400.0},
    "end-notices": {"task": "services.casework.tasks.end_notices", "schedule": 300.0},
    "expire-payment-files": {"task": "services.payments.tasks.expire_files", "schedule": 3600.0},
    "sweep-payment-files": {"task": "services.payments.tasks.sweep_files", "schedule": 86_400.0},
    "publish-scheduled": {"task": "cms_pages.tasks.publish_scheduled", "schedule": 60.0},
}
