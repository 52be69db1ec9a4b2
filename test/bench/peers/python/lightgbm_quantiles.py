"""Gradient-boosted trees with quantile loss on lags, the way mlforecast users set them up: trained every night, asked
every hour."""

from importlib.metadata import version

import lightgbm
import numpy as np

TRAINED_DAYS = 28
ROUNDS = 80
PARAMETERS = {
    "objective": "quantile",
    "num_leaves": 15,
    "learning_rate": 0.1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 0,
    "verbose": -1,
}
# Rows for each slot of history: as many horizons, spread over those that are asked for.
HORIZONS_A_SLOT = 2


class LightGbmQuantiles:
    fits_each_quantile = True

    def __init__(self):
        self.package = f"lightgbm {version('lightgbm')}"
        self.night = None
        self.trained = {}

    def answer(self, question):
        """Lanes that saw the same by last midnight share a model."""
        (quantile,) = question.quantiles
        night, since = divmod(question.at, question.slots_per_day)
        if night != self.night:
            self.night, self.trained = night, {}
        until = len(question.values) - since
        start = max(0, until - TRAINED_DAYS * question.slots_per_day)
        key = (question.values[start:until].tobytes(), quantile)
        fits = 0
        if key not in self.trained:
            self.trained[key] = train(question, start, until, quantile)
            fits = 1
        origin = len(question.values) - 1
        horizons = 1 + np.arange(question.slots)
        rows = features(question, np.full(question.slots, origin), horizons)
        return {quantile: self.trained[key].predict(rows, num_threads=1)}, fits


def train(question, start, until, quantile):
    """From the slots `start` … `until` - 1; the first hours have no lags to speak of."""
    last = until - 1
    newest = np.arange(start + question.slots_per_day // 4, last)
    origins = np.tile(newest, HORIZONS_A_SLOT)
    draw = np.random.default_rng(0)
    horizons = np.minimum(draw.integers(1, question.slots + 1, len(origins)), last - origins)
    rows = features(question, origins, horizons)
    data = lightgbm.Dataset(rows, question.values[origins + horizons])
    return lightgbm.train({**PARAMETERS, "alpha": quantile}, data, ROUNDS)


def features(question, origins, horizons):
    """Lags of the newest slot and of the slot in question, and its place in day and week."""
    values, day = question.values, question.slots_per_day
    wanted = origins + horizons
    hour = max(1, day // 24)
    first = question.at - len(values)

    def at(index):
        known = (index >= 0) & (index <= origins)
        return np.where(known, values[np.clip(index, 0, len(values) - 1)], np.nan)

    recent = np.stack([at(origins - back) for back in range(4 * hour)])
    same_time = np.stack([at(wanted - back * day) for back in range(1, 8)])
    around = np.stack([at(wanted - day + shift) for shift in range(-2, 3)])
    columns = [
        recent[0],
        recent[1],
        recent[:hour].mean(axis=0),
        recent.mean(axis=0),
        recent.max(axis=0),
        at(wanted - hour),
        at(wanted - 2 * hour),
        same_time[0],
        same_time[1],
        same_time[6],
        some(np.nanmean, same_time),
        some(np.nanmax, same_time),
        some(np.nanmax, around),
        recent[0] - at(origins - day),
        (first + wanted) % day,
        (first + wanted) // day % 7,
        (first + wanted) % hour,
        horizons,
    ]
    return np.stack(columns, axis=1)


def some(reduce, values):
    """Over what is known; NaN where nothing is."""
    return reduce(np.where(np.isnan(values).all(axis=0), 0, values), axis=0)
