"""Statistics: declared once by the app that knows them, rolled up the tree, shown to whoever reaches them."""
