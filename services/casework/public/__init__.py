"""Her side of an application, and what everybody may see of it: the public notice."""
