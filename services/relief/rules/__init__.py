"""The rules of relief: plain values in, explained findings out. Section numbers are those of the domain report."""
