"""Routes of the public side."""

app_name = "casework"
urlpatterns = []
