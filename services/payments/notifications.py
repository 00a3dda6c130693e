"""What payments says to her. No sum, no purpose, no bank: a message may be read over her shoulder."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare

PAID, RETURNED = "payments-paid", "payments-returned"

declare(
    PAID,
    _("The bank has paid her a sum"),
    zh=(
        "有一笔款项已付出",
        "工会的一笔款项已由银行于 {day} 付出。请登录“我的服务”查看，并告诉我们是否到账。",
    ),
    en=(
        "A payment is on its way",
        "The bank paid you a sum from the union on {day}. Please look in My services and tell us whether it arrived.",
    ),
    slots=("day",),
)
declare(
    RETURNED,
    _("The bank returned a payment to her: her account must be checked"),
    zh=(
        "请核对收款账户",
        "银行于 {day} 退回了工会付给您的一笔款项，款项仍为您保留。请登录“我的服务”核对收款账户，或联系您的工会。",
    ),
    en=(
        "Please check your account",
        "On {day} the bank returned a sum the union paid you. It is kept for you. Please check your account in "
        "My services, or ask your union.",
    ),
    slots=("day",),
)
