"""What a woman is told about her claim and her cover. No illness, scheme, sum or name is in any text."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare

ACCOUNT_NEEDED = "mutual_aid_account_needed"
PAID = "mutual_aid_paid"
REMINDER = "mutual_aid_reminder"


declare(
    ACCOUNT_NEEDED,
    _("The bank returned a payment of mutual aid: another account is needed"),
    slots=("number",),
    zh=("请核对收款账户", "您的申请{number}有一笔款项被银行退回，请登录核对或更换收款账户。"),
    en=("Please check your account", "The bank returned a payment for {number}. Sign in to correct your account."),
)
declare(
    PAID,
    _("The bank says that a payment of mutual aid was made"),
    slots=("number",),
    zh=("款项已发放", "您的申请{number}已办结，款项已由银行发放，请查收并登录告诉我们是否到账。"),
    en=("It has been paid", "Your application {number} is done: the bank has paid. Sign in to tell us if it arrived."),
)
declare(
    REMINDER,
    _("A reminder of what she is covered for"),
    slots=("union",),
    zh=(
        "看看您的保障",
        "{union}提醒您：您有一份职工保障在册。登录“我的服务”可以查看保什么、保到哪天，需要时在线申领。",
    ),
    en=(
        "Look at your cover",
        "{union}: you have a cover on record. My services shows what it is for and until when, and how to claim.",
    ),
)
