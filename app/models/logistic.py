"""A logistic regression with named features, trained elsewhere and read from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """p = 1 / (1 + exp(-(bias + sum of weight * feature)))."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Probability (0 to 1). Raises KeyError when a feature is missing: code and file must agree."""
        return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, self.score(features)))))

    def score(self, features: Mapping[str, float]) -> float:
        """The log odds of that probability. Raises KeyError when a feature is missing."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())
