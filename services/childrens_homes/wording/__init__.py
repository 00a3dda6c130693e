"""Facts and findings of homes in the reader's language."""
