"""The rules of casework: plain values in, plain answers out."""
