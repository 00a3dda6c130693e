"""The tree in the desk: browse, search, keep, and who is posted where."""
