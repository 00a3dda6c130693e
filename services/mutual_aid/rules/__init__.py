"""The rules of mutual aid: plain values in, explained findings out. Section numbers are those of the domain report."""
