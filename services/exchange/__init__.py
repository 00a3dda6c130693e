"""Excel in, Excel out: jobs with progress, and the one place that knows workbooks."""
