"""What holds of money, files and accounts: plain values in, plain answers out."""
