"""The names that parameters take, and what torch calls them.

The public classes list these names in their constraints, so this module imports nothing: torch is
loaded by the first fit.
"""

ACTIVATIONS = {
    "identity": "Identity",
    "logistic": "Sigmoid",
    "tanh": "Tanh",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "gelu": "GELU",
    "silu": "SiLU",
}

CELLS = {"gru": "GRU", "lstm": "LSTM", "rnn": "RNN"}

NORMS = ("layer", "group", "batch")

# The names are those of scikit-learn's gradient boosting; huber has torch's delta of 1.
REGRESSION_LOSSES = {
    "squared_error": "MSELoss",
    "absolute_error": "L1Loss",
    "huber": "HuberLoss",
}

SOLVERS = {
    "adagrad": "Adagrad",
    "adam": "Adam",
    "adamw": "AdamW",
    "rmsprop": "RMSprop",
    "sgd": "SGD",
}
