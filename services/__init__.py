"""The services unions offer their women workers, one package an app."""
