"""Repeat a draw: python3 check_draw.py list.txt NUMBER [order.txt]

Needs Python 3 and nothing else. Prints the list's SHA-256 and the order; with the published order it compares both.
"""

import hashlib
import re
import sys

with open(sys.argv[1], "rb") as file:
    frozen = file.read()
lines = frozen.decode("utf-8").splitlines()
cut = next(place for place, line in enumerate(lines) if line.startswith("entries "))
entries, digits = lines[cut + 1 :], int(next(x for x in lines if x.startswith("digits ")).split()[1])
number = re.sub(r"\D", "", sys.argv[2])
if len(entries) != int(lines[cut].split()[1]) or len(set(entries)) != len(entries) or len(number) != digits:
    sys.exit("The list is damaged, or the number has not as many digits as announced.")
digest = hashlib.sha256(frozen).hexdigest()
sys.stdout.write(f"SHA-256 {digest}\n")

order = sorted(entries, key=lambda entry: (hashlib.sha256(f"{digest}|{number}|{entry}".encode()).hexdigest(), entry))
for place, entry in enumerate(order, start=1):
    sys.stdout.write(f"{place} {entry}\n")
if len(sys.argv) > 3:
    with open(sys.argv[3], encoding="utf-8") as file:
        same = [line.split()[1] for line in file if line[:1].isdigit()] == order
    sys.exit(None if same else "The published order is ANOTHER one.")
