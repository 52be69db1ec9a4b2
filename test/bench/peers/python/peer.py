"""Peers of the benchmark that are Python packages.

Reads one JSON message a line from standard input and answers each with one line on standard output; the messages are
described in ../messages.ts.
"""

import json
import logging
import resource
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

# Four weeks before last midnight, and what came since.
HISTORY_DAYS = 29


class Lane:
    """What one run has seen: the highest visible demand of each slot, the newest HISTORY_DAYS of it."""

    def __init__(self, slots_per_day):
        self.slots_per_day = slots_per_day
        self.values = np.empty(0)

    def see(self, first, values):
        self.values = np.concatenate([self.values[:first], values])

    def window(self):
        return self.values[-HISTORY_DAYS * self.slots_per_day :]


class Peer:
    """One method over one trace. Lanes that have seen the same are answered by one fit."""

    def __init__(self, method, slot_minutes):
        self.method = method
        self.slots_per_day = 1440 // slot_minutes
        self.lanes = {}

    def forecast(self, message):
        levels, answered, fits = [], {}, 0
        quantiles = sorted({lane["quantile"] for lane in message["lanes"]})
        for told in message["lanes"]:
            lane = self.lanes.setdefault(told["lane"], Lane(self.slots_per_day))
            lane.see(told["from"], np.asarray(told["values"], dtype=float))
            window = lane.window()
            seen = window.tobytes()
            asked = [told["quantile"]] if self.method.fits_each_quantile else quantiles
            key = (seen, asked[0])
            if key not in answered:
                question = Question(window, message["at"], message["slots"], self.slots_per_day, asked)
                answered[key], fitted = self.method.answer(question)
                fits += fitted
            levels.append(clean(answered[key][told["quantile"]], message["slots"]))
        return levels, fits


class Question:
    """`values` up to slot number `at` (exclusive); `slots` levels are wanted from it on, for each of `quantiles`."""

    def __init__(self, values, at, slots, slots_per_day, quantiles):
        self.values = values
        self.at = at
        self.slots = slots
        self.slots_per_day = slots_per_day
        self.quantiles = quantiles


def clean(levels, slots):
    """Levels as JSON takes them: nothing below 0, nothing that is no number."""
    levels = np.nan_to_num(np.asarray(levels, dtype=float), nan=0.0, posinf=0.0, neginf=0.0)
    assert len(levels) == slots, f"{len(levels)} levels for {slots} slots"
    return np.maximum(levels, 0).round(4).tolist()


def answer(message, peer, methods):
    """The reply to a message, and the peer that is asked next."""
    if message["kind"] == "open":
        method = methods.create(message["peer"])
        return {"kind": "opened", "package": method.package}, Peer(method, message["slotMinutes"])
    began = computed()
    levels, fits = peer.forecast(message)
    seconds = computed() - began
    return {"kind": "forecasts", "levels": levels, "fits": fits, "seconds": seconds}, peer


def computed():
    """Seconds of computing so far; Prophet's optimiser runs in processes of its own."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main():
    import methods

    peer = None
    for line in sys.stdin:
        reply, peer = answer(json.loads(line), peer, methods)
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
