"""One record a woman worker: identity, membership, roster import, the claim at first sign-in."""
