"""The kinds of paper that the tests' own service knows."""

from services.casework.registry import Missing

INCOME = "income"
KINDS = [Missing(INCOME, "收入证明", "近三个月的工资单或银行流水"), Missing("identity", "身份证")]
