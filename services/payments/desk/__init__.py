"""The finance office: funds, payables, batches, bank layouts."""
