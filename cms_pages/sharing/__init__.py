"""What leaves a page for elsewhere: chat apps, posters, calendars, feed readers, search engines."""
