"""Routes of the public side."""

app_name = "relief"
urlpatterns = []
