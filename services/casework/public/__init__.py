"""Her side of an application: how far it is, what she must do now, her papers, whom she let act for her."""
