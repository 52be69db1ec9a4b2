"""What decides in each Python peer: a public package, called as its users call it.

A method has `package` (name and version), `fits_each_quantile` (a model for each quantile, or one for all) and
`answer(question)`, which gives the levels by quantile and how many models were fitted.
"""

from importlib.metadata import version

import numpy as np

DAYS_OF_A_WEEK = 7


def create(name):
    return METHODS[name]()


def seasons(question):
    """A day, and a week where two are known."""
    day = question.slots_per_day
    week = DAYS_OF_A_WEEK * day
    return [day, week] if len(question.values) >= 2 * week else [day]


class StatsForecast:
    """A model of Nixtla's statsforecast with its prediction intervals."""

    fits_each_quantile = False

    def __init__(self, model):
        self.package = f"statsforecast {version('statsforecast')}"
        self.model = model

    def answer(self, question):
        # An interval of level 100 x (2q - 1) ends at the quantile q.
        levels = [round(100 * (2 * quantile - 1), 6) for quantile in question.quantiles]
        told = self.model(question).forecast(y=question.values, h=question.slots, level=levels)
        return {q: told[f"hi-{level}"] for q, level in zip(question.quantiles, levels)}, 1


def seasonal_naive():
    from statsforecast.models import SeasonalNaive

    return StatsForecast(lambda question: SeasonalNaive(seasons(question)[-1]))


def mstl():
    from statsforecast.models import MSTL

    return StatsForecast(lambda question: MSTL(seasons(question)))


def theta():
    from statsforecast.models import Theta

    return StatsForecast(lambda question: Theta(question.slots_per_day))


class Prophet:
    """Prophet with its simulated paths; trained on what the last weeks' hours were."""

    fits_each_quantile = False
    samples = 300

    def __init__(self):
        import pandas
        import prophet

        self.package = f"prophet {version('prophet')}"
        self.pandas = pandas
        self.prophet = prophet.Prophet

    def frame(self, question, first, count):
        hours = 24 / question.slots_per_day * (first + np.arange(count))
        return self.pandas.DataFrame({"ds": self.pandas.to_datetime(hours, unit="h")})

    def answer(self, question):
        known = len(question.values)
        history = self.frame(question, question.at - known, known)
        history["y"] = question.values
        weekly = len(seasons(question)) > 1
        model = self.prophet(
            daily_seasonality=True,
            weekly_seasonality=weekly,
            yearly_seasonality=False,
            uncertainty_samples=self.samples,
        )
        np.random.seed(0)
        model.fit(history, seed=0)
        paths = model.predictive_samples(self.frame(question, question.at, question.slots))["yhat"]
        return {q: np.quantile(paths, q, axis=1) for q in question.quantiles}, 1


class HoltWinters:
    """Holt-Winters as the Predictive Horizontal Pod Autoscaler has it computed: statsmodels over its stored seasons."""

    fits_each_quantile = False
    stored_days = 6

    def __init__(self):
        from statsmodels.tsa.holtwinters import ExponentialSmoothing

        self.package = f"statsmodels {version('statsmodels')}"
        self.smoothing = ExponentialSmoothing

    def answer(self, question):
        day = question.slots_per_day
        stored = question.values[-self.stored_days * day :]
        model = self.smoothing(stored, trend="add", seasonal="add", seasonal_periods=day)
        expected = model.fit().forecast(question.slots)
        return {q: expected for q in question.quantiles}, 1


def lightgbm():
    from lightgbm_quantiles import LightGbmQuantiles

    return LightGbmQuantiles()


METHODS = {
    "seasonal-naive": seasonal_naive,
    "mstl": mstl,
    "theta": theta,
    "prophet": Prophet,
    "holt-winters": HoltWinters,
    "lightgbm": lightgbm,
}
