from services.payments.models.batch import BankLayout, Batch, BatchLine, ResultFile
from services.payments.models.fund import FundLine, FundSource
from services.payments.models.payable import Account, Payable

__all__ = ["Account", "BankLayout", "Batch", "BatchLine", "FundLine", "FundSource", "Payable", "ResultFile"]
