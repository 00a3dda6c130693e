"""What a woman is told about her file and her payment. No hardship, illness, sum or name is in any text."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare

LEFT_FILE = "relief_left_file"
APPLY_AGAIN = "relief_apply_again"
ACCOUNT_NEEDED = "relief_account_needed"
PAID = "relief_paid"


declare(
    LEFT_FILE,
    _("Her household has left the file"),
    slots=("union",),
    zh=("档案有变动", "您在{union}的一份档案有变动，请登录查看。如有疑问请联系工会，需要时可以重新申请。"),
    en=(
        "A file of yours has changed",
        "A file of yours at {union} has changed. Sign in to see it; you can apply anew.",
    ),
)
declare(
    APPLY_AGAIN,
    _("After a return visit she may apply again"),
    slots=("union",),
    zh=("您可以重新申请", "{union}回访后提醒您：可以重新提交申请，以前填过的内容会自动带出。"),
    en=("You can apply again", "{union}: you can apply again. What you told us before is filled in."),
)
declare(
    ACCOUNT_NEEDED,
    _("The bank returned a payment: another account is needed"),
    slots=("number",),
    zh=("请核对收款账户", "您的申请{number}有一笔款项被银行退回，请登录核对或更换收款账户。"),
    en=("Please check your account", "The bank returned a payment for {number}. Sign in to correct your account."),
)
declare(
    PAID,
    _("The bank says that it was paid"),
    slots=("number",),
    zh=("款项已发放", "您的申请{number}已办结，款项已由银行发放，请查收并登录告诉我们是否到账。"),
    en=("It has been paid", "Your application {number} is done: the bank has paid. Sign in to tell us if it arrived."),
)
