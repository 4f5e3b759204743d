"""A hundred rules judged by JSON-logic (the library of Open Forms), for `make bench`. usage: rules.py RULES.json

RULES.json is what `yimen bench rules --json` prints: the same rules in both languages, the facts, and how many of the rules hold for each of them.
"""
import json
import statistics
import sys
import time

from json_logic import jsonLogic

work = json.load(open(sys.argv[1], encoding="utf-8"))
rules, people = [rule["logic"] for rule in work["rules"]], work["facts"]


def holding(facts):
    return sum(1 for rule in rules if jsonLogic(rule, facts))


assert [holding(facts) for facts in people] == work["holding"], "the two languages do not agree"
times = []
for _ in range(9):
    begun = time.process_time()
    for facts in people:
        holding(facts)
    times.append((time.process_time() - begun) / len(people))
print(f"JSON-logic: {statistics.median(times) * 1e6:,.0f} CPU-µs for {len(rules)} rules once, the same answers")
