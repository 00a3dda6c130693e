"""Money out: payable, batch, bank file, result; fund sources and their balances; nothing is paid twice."""
