"""Forms of publishing, and those of Wagtail that it adds to."""
