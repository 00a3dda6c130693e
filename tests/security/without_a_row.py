"""Addresses that the matrix leaves out."""

# Addresses with nothing of ours behind them, and why each needs no row.
WITHOUT_A_ROW = {
    "wagtailadmin": "Wagtail's own pages: its permissions decide, and groups follow from posts",
    "wagtailimages": "as above",
    "wagtaildocs": "as above",
    "wagtailembeds": "as above",
    "wagtailforms": "as above",
    "wagtailredirects": "as above",
    "wagtailsites": "as above",
    "wagtailsettings": "as above",
    "wagtail_bulk_action": "each bulk action asks its own policy for every row",
    "wagtailsnippets": "topics and forms of training: Wagtail's own pages, its permissions decide (cms_pages.snippets)",
    "wagtailsnippetchoosers": "as above",
    "wagtail_serve": "the page tree",
    "wagtailcore": "published pages, and passwords of pages",
    "picture": "resized pictures, public as the pages they stand on; nothing else lies in that folder",
    "desk_language": "changes the language of whoever asks",
    "mfa": "her own second factor, by allauth",
    "account": "her own sign-in, by allauth",
    "usersessions_list": "leads to accounts:sessions",
}
