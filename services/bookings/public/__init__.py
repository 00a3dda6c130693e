"""The door: the page on which a site's staff check women in, on a phone."""
