"""Pure rules about workers' records: plain values in, answers out."""
