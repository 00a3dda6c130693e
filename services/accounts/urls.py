"""Her way in, her way out, her sessions."""

from django.urls import path

from services.accounts.public import confirm, sessions, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.enter_code, name="enter_code"),
    path("sign-in/code/again/", sign_in.resend_code, name="resend_code"),
    path("sign-in/confirm/", confirm.confirm, name="confirm"),
    path("sign-in/confirm/code/", confirm.confirm_code, name="confirm_code"),
    path("sign-out/", sessions.sign_out, name="sign_out"),
    path("sessions/", sessions.sessions, name="sessions"),
]
