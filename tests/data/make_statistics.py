#!/usr/bin/env python3
"""Writes statistics.json: what NumPy and SciPy say about a few lists of latencies.

For developers only (python3-numpy, python3-scipy). Run again, it gives the same file.
"""

import json
import pathlib

import numpy as np
from scipy import stats

PROBABILITIES = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0]


def latencies(seed, n, median, sigma, outliers=0):
    """Log-normal, rounded to microseconds as a reader would write them down."""
    random = np.random.default_rng(seed)
    values = median * np.exp(sigma * random.standard_normal(n))
    values[random.permutation(n)[:outliers]] *= 2
    return np.round(values, 3)


def flags(values):
    lower, upper = np.quantile(values, [0.25, 0.75])
    spread = stats.iqr(values)
    mild = (values < lower - 1.5 * spread) | (values > upper + 1.5 * spread)
    far = (values < lower - 3 * spread) | (values > upper + 3 * spread)
    return (mild.astype(int) + far.astype(int)).tolist()


def summary(name, values):
    return {
        "name": name,
        "samples": values.tolist(),
        "probabilities": PROBABILITIES,
        "quantiles": np.quantile(values, PROBABILITIES, method="linear").tolist(),
        "iqr": float(stats.iqr(values)),
        "mad": float(stats.median_abs_deviation(values)),
        "flags": flags(values),
    }


def log_ratio(baseline, samples, axis):
    return np.log(np.median(samples, axis=axis) / np.median(baseline, axis=axis))


def ratio(name, baseline, samples):
    result = stats.bootstrap(
        (baseline, samples), log_ratio, paired=True, vectorized=True, n_resamples=20000,
        method="percentile", random_state=np.random.default_rng(1))
    return {
        "name": name,
        "baseline": baseline.tolist(),
        "samples": samples.tolist(),
        "ratio": float(np.median(samples) / np.median(baseline)),
        "standard_error": float(result.standard_error),
    }


def pair(seed, n, factor, drift):
    common = 1 + drift * np.linspace(0, 1, n)
    baseline = latencies(seed, n, 40, 0.05) * common
    samples = latencies(seed + 1, n, 40 * factor, 0.05) * common
    return np.round(baseline, 3), np.round(samples, 3)


document = {
    "summaries": [
        summary("one sample", latencies(1, 1, 40, 0.05)),
        summary("two samples", latencies(2, 2, 40, 0.05)),
        summary("odd number", latencies(3, 31, 40, 0.05)),
        summary("even number", latencies(4, 64, 40, 0.05)),
        summary("with outliers", latencies(5, 50, 40, 0.05, outliers=4)),
        summary("all the same", np.full(12, 7.5)),
    ],
    "ratios": [
        ratio("faster, 30 rounds", *pair(10, 30, 0.7, 0)),
        ratio("the same, 31 rounds", *pair(20, 31, 1.0, 0)),
        ratio("slower, 100 rounds with drift", *pair(30, 100, 1.3, 0.1)),
    ],
}
path = pathlib.Path(__file__).with_name("statistics.json")
lines = json.dumps(document).replace('{"name"', '\n{"name"')  # one case a line
path.write_text(lines + "\n")
