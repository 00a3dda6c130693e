"""The tree of unions and women's federations, staff assignments, and the scope that follows from them."""
