"""Speed against what a user would pick instead, as ratios within interleaved runs.

    python benchmarks/speed.py                 # all, about a quarter of an hour
    python benchmarks/speed.py mlp predict     # some

Everything runs on one thread and in float32; by default torch and scikit-learn would use all cores,
which for nets as small as most of these costs more than it gains. Rivals get the same rows,
batches, epochs, solver and rate. MLPs are fitted to standardised tables for about 1,500 steps,
which is what ``max_iter="auto"`` aims at, or 100 epochs; CNNs and GRUs to noise, for about 150
steps. "raw skorch" is its NeuralNetClassifier on a textbook module, with shuffling and without a
validation split; "bare loop" is a loop over PyTorch without any library, in its fastest of three
forms. Each line ends with its target and says so when that is missed; the exit status counts.
"""

from __future__ import annotations

import os

# Before anything that reads them is imported.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import math
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator

import numpy as np
import sklearn
import skorch
import torch
from sklearn.datasets import load_breast_cancer, load_digits, make_classification
from sklearn.neural_network import MLPClassifier as SklearnMLP
from sklearn.preprocessing import StandardScaler
from skorch import NeuralNetClassifier
from torch import nn
from torch.nn import functional

from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier

N_STEPS, FEW_STEPS, RATE = 1500, 150, 1e-3
PLAIN = {"solver": "adam", "weight_decay": 0.0, "learning_rate_init": RATE, "random_state": 0}
UNTIL_THE_END = {"lr_schedule": "constant", "tol": 0.0, "n_iter_no_change": 10**6}

# Work, rival, ratio and target: "≥ 8" is how many times as fast, "≤ 1.2" how much of the rival's.
Line = tuple[str, str, float, str]


def table(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name == "digits":
        X, y = load_digits(return_X_y=True)
    elif name == "breast cancer":
        X, y = load_breast_cancer(return_X_y=True)
    else:
        X, y = make_classification(20_000, 30, n_informative=10, random_state=0)
    return StandardScaler().fit_transform(X).astype(np.float32), y.astype(np.int64)


def seconds(competitors: dict[str, Callable[[], object]], n_runs: int) -> dict[str, list[float]]:
    """Times of pieces of work, in turns."""
    return in_turns({name: timed(work) for name, work in competitors.items()}, n_runs)


def timed(work: Callable[[], object]) -> Callable[[], float]:
    def spent() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return spent


def in_turns(competitors: dict[str, Callable[[], float]], n_runs: int) -> dict[str, list[float]]:
    """What each returns, another one first in every run; the first run warms up."""
    found: dict[str, list[float]] = {name: [] for name in competitors}
    turns = list(competitors.items())
    for run in range(n_runs + 1):
        turns = turns[1:] + turns[:1]
        for name, measure in turns:
            value = measure()
            if run:
                found[name].append(value)
    return found


def ratio(one: list[float], other: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(one, other, strict=True))


# ------------------------------------------------------------------ rivals


class TextbookMLP(nn.Sequential):
    def __init__(self, n_features: int, hidden: tuple[int, ...], n_classes: int, norm=False):
        layers: list[nn.Module] = []
        for width in hidden:
            layers += [nn.Linear(n_features, width), *[nn.LayerNorm(width)] * norm, nn.ReLU()]
            n_features = width
        super().__init__(*layers, nn.Linear(n_features, n_classes))


class TextbookCNN(nn.Module):
    def __init__(self, side: int, n_classes: int):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.average = nn.AdaptiveAvgPool2d(min(4, side // 4))
        self.output = nn.Linear(32 * min(4, side // 4) ** 2, n_classes)

    def forward(self, x):
        x = functional.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = functional.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.output(self.average(x).flatten(1))


class TextbookGRU(nn.Module):
    def __init__(self, n_features: int, hidden_size: int, n_classes: int):
        super().__init__()
        self.gru = nn.GRU(n_features, hidden_size, batch_first=True)
        self.output = nn.Linear(hidden_size, n_classes)

    def forward(self, x):
        return self.output(self.gru(x)[1][-1])


def skorch_fit(module: Callable[[], nn.Module], X, y, batch_size: int, epochs: int):
    net = NeuralNetClassifier(
        module, criterion=nn.CrossEntropyLoss, optimizer=torch.optim.Adam, lr=RATE,
        batch_size=batch_size, max_epochs=epochs, iterator_train__shuffle=True, train_split=None,
        verbose=0,
    )  # fmt: skip
    return net.fit(X, y)


def bare_fit(net: nn.Module, X, y, batch_size: int, epochs: int, **adam):
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    solver = torch.optim.Adam(net.parameters(), lr=RATE, **adam)
    for _ in range(epochs):
        order = torch.randperm(len(X))
        for xb, yb in zip(X[order].split(batch_size), y[order].split(batch_size), strict=True):
            solver.zero_grad()
            loss = functional.cross_entropy(net(xb), yb)
            loss.backward()
            solver.step()
            loss.item()


def sklearn_fit(hidden: tuple[int, ...], X, y, batch_size: int, epochs: int):
    return SklearnMLP(
        hidden, alpha=0.0, learning_rate_init=RATE, batch_size=batch_size, max_iter=epochs, tol=0.0,
        n_iter_no_change=10**6, random_state=0,
    ).fit(X, y)  # fmt: skip


def n_epochs(n: int, batch_size: int, n_steps: int = N_STEPS) -> int:
    return min(100, math.ceil(n_steps / math.ceil(n / batch_size)))


def n_parameters(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


# ------------------------------------------------------------------ work


def generic(n_runs: int) -> Iterator[Line]:
    """Autograd, because of the layer norm, and a callback before every batch, the schedule."""
    for name, batch_size in (("digits", 32), ("digits", 128), ("20k x 30", 128)):
        yield _generic(name, batch_size, n_runs)


def _generic(name: str, batch_size: int, n_runs: int) -> Line:
    X, y = table(name)
    epochs, n_classes = n_epochs(len(X), batch_size), len(np.unique(y))
    ours = MLPClassifier((100,), norm="layer", batch_size=batch_size, max_iter=epochs, **PLAIN)

    def bare(**adam):
        module = TextbookMLP(X.shape[1], (100,), n_classes, norm=True)
        return bare_fit(module, X, y, batch_size, epochs, **adam)

    forms = {
        "default": bare,
        "foreach": lambda: bare(foreach=True),
        "fused": lambda: bare(fused=True),
    }
    taken = seconds({"ours": lambda: ours.fit(X, y), **forms}, n_runs)
    best = min(forms, key=lambda form: statistics.median(taken[form]))
    work = f"fit by autograd, (100,) with layer norm, {name} @{batch_size}"
    return work, "best bare loop", ratio(taken["ours"], taken[best]), "≤ 1.15"


def mlp(n_runs: int) -> Iterator[Line]:
    cases = [(data, size) for data in ("digits", "20k x 30", "breast cancer") for size in (32, 128)]
    for name, batch_size in cases:
        yield from _mlp(name, (100,), batch_size, n_runs, "≥ 8", "≥ 3")
    yield from _mlp("20k x 30", (256, 256), 128, n_runs, "≥ 2", "≥ 1.5")


def _mlp(name: str, hidden, batch_size: int, n_runs: int, *targets: str) -> Iterator[Line]:
    X, y = table(name)
    epochs, n_classes = n_epochs(len(X), batch_size), len(np.unique(y))
    ours = MLPClassifier(hidden, batch_size=batch_size, max_iter=epochs, **PLAIN, **UNTIL_THE_END)
    rivals = {
        "raw skorch": lambda: skorch_fit(
            lambda: TextbookMLP(X.shape[1], hidden, n_classes), X, y, batch_size, epochs
        ),
        "scikit-learn": lambda: sklearn_fit(hidden, X, y, batch_size, epochs),
    }
    taken = seconds({"ours": lambda: ours.fit(X, y), **rivals}, n_runs)
    for rival, target in zip(rivals, targets, strict=True):
        yield (
            f"fit MLP {hidden}, {name} @{batch_size}", rival,
            ratio(taken[rival], taken["ours"]), target,
        )  # fmt: skip


def _against_skorch(work: str, ours, module: Callable, X, y, n_runs: int) -> Line:
    ours.set_params(**PLAIN, **UNTIL_THE_END)
    size = ours.batch_size, ours.max_iter
    assert n_parameters(ours.fit(X, y).net_.module_) == n_parameters(module())
    taken = seconds(
        {"ours": lambda: ours.fit(X, y), "raw": lambda: skorch_fit(module, X, y, *size)}, n_runs
    )
    return work, "raw skorch", ratio(taken["raw"], taken["ours"]), "≥ 1.8"


def cnn(n_runs: int) -> Iterator[Line]:
    generator = np.random.default_rng(0)
    for side, n in ((8, 1797), (28, 1000)):
        X = generator.standard_normal((n, 1, side, side), dtype=np.float32)
        y = generator.integers(10, size=n)
        ours = CNNClassifier(
            (16, 32), norm=None, hidden_layer_sizes=(), label_smoothing=0.0, batch_size=128,
            max_iter=n_epochs(n, 128, FEW_STEPS), input_shape=(1, side, side),
        )  # fmt: skip
        work = f"fit CNN (16, 32), {side} x {side} @128"
        yield _against_skorch(work, ours, lambda s=side: TextbookCNN(s, 10), X, y, n_runs)


def gru(n_runs: int) -> Iterator[Line]:
    generator = np.random.default_rng(0)
    for steps, n_features, n, batch_size in (
        (8, 8, 1797, 32), (8, 8, 1797, 128), (50, 1, 1000, 32), (50, 1, 1000, 128),
    ):  # fmt: skip
        X = generator.standard_normal((n, steps, n_features), dtype=np.float32)
        y = generator.integers(10, size=n)
        epochs = n_epochs(n, batch_size, FEW_STEPS)
        ours = GRUClassifier(
            32, norm=None, max_grad_norm=None, batch_size=batch_size, max_iter=epochs
        )
        work = f"fit GRU 32, {steps} steps @{batch_size}"
        yield _against_skorch(work, ours, lambda d=n_features: TextbookGRU(d, 32, 10), X, y, n_runs)


def predict(n_runs: int) -> Iterator[Line]:
    for name in ("20k x 30", "digits"):
        yield from _predict(name, 100_000, 1, n_runs, "≥ 30")
        yield from _predict(name, 1, 500, n_runs, "≥ 8")


def _predict(name: str, rows: int, repeats: int, n_runs: int, target: str) -> Iterator[Line]:
    X, y = table(name)
    ours = MLPClassifier((100,), max_iter=1, **PLAIN).fit(X, y)
    module = ours.net_.module_.eval()
    shape = X.shape[1], (100,), len(np.unique(y))
    raw = skorch_fit(lambda: TextbookMLP(*shape), X, y, 128, 1)
    sample = np.resize(X, (rows, X.shape[1]))

    def at_once():
        with torch.inference_mode():
            return module(torch.from_numpy(sample)).argmax(1).numpy()

    def in_parts():
        with torch.inference_mode():
            parts = torch.from_numpy(sample).split(1024)
            return torch.cat([module(part).argmax(1) for part in parts]).numpy()

    forms = {"at once": at_once, "in parts": in_parts}
    competitors = {
        "ours": lambda: ours.predict(sample),
        "raw": lambda: raw.predict(sample),
        **forms,
    }
    taken = seconds(
        {
            key: lambda work=work: [work() for _ in range(repeats)]
            for key, work in competitors.items()
        },
        n_runs,
    )
    best = min(forms, key=lambda form: statistics.median(taken[form]))
    work = f"predict {rows:,} row{'s' * (rows > 1)}, MLP (100,), {name}"
    yield work, "raw skorch", ratio(taken["raw"], taken["ours"]), target
    yield work, "bare inference_mode", ratio(taken["ours"], taken[best]), "≤ 1.2"


def _python(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.strip()


FIRST_FIT = """
import time
start = time.perf_counter()
import numpy as np
{imports}
X, y = np.random.default_rng(0).random((100, 4), dtype=np.float32), np.arange(100) % 2
{fit}
print(time.perf_counter() - start)
"""
FIRST_FITS = {
    "ours": FIRST_FIT.format(
        imports="from bakeoff.estimators import MLPClassifier",
        fit="MLPClassifier(max_iter=1).fit(X, y)",
    ),
    "scikit-learn": FIRST_FIT.format(
        imports="from sklearn.neural_network import MLPClassifier",
        fit="MLPClassifier(max_iter=1).fit(X, y)",
    ),
    "raw": FIRST_FIT.format(
        imports="import torch; from torch import nn; from skorch import NeuralNetClassifier",
        fit="""module = nn.Sequential(nn.Linear(4, 100), nn.ReLU(), nn.Linear(100, 2))
NeuralNetClassifier(
    module, criterion=nn.CrossEntropyLoss, optimizer=torch.optim.Adam, max_epochs=1, verbose=0,
    train_split=None,
).fit(X, y)""",
    ),
}


def imports(n_runs: int) -> Iterator[Line]:
    timed = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
    names = ("bakeoff.estimators", "sklearn.neural_network")
    taken = _in_processes({name: timed.format(name) for name in names}, 2 * n_runs)
    loaded = _python("import sys, bakeoff.estimators; print('torch' in sys.modules)")
    work = "import bakeoff.estimators" + (" (loads torch!)" if loaded == "True" else "")
    yield work, "import sklearn.neural_network", ratio(*taken.values()), "≤ 1.1"
    taken = _in_processes(FIRST_FITS, n_runs)
    work = "first fit of a process, with all imports"
    yield work, "raw skorch", ratio(taken["raw"], taken["ours"]), "≥ 1"
    # Which has no torch to load: for the record, without a target.
    yield work, "scikit-learn", ratio(taken["scikit-learn"], taken["ours"]), "≥ 0"


def _in_processes(codes: dict[str, str], n_runs: int) -> dict[str, list[float]]:
    """Seconds that pieces of code print, in turns."""
    return in_turns(
        {name: lambda code=code: float(_python(code)) for name, code in codes.items()}, n_runs
    )


def memory(n_runs: int) -> Iterator[Line]:
    """Growth of the process, from before X is made to the largest it is during the fit (Linux)."""
    peak = _python("""
import pathlib
import numpy as np
from bakeoff.estimators import MLPClassifier

def size(of):
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split(of + ":")[1].split()[0]) * 1024

rows = np.random.default_rng(0).standard_normal
MLPClassifier(max_iter=1).fit(rows((100, 50), dtype=np.float32), np.arange(100) % 2)
before = size("VmRSS")
pathlib.Path("/proc/self/clear_refs").write_text("5")  # forgets the peak so far
X = rows((1_000_000, 50), dtype=np.float32)
MLPClassifier(max_iter=2).fit(X, (X[:, 0] > 0).astype(int))
print((size("VmHWM") - before) / X.nbytes)
""")
    yield "peak memory of a fit on 1e6 x 50, X included", "X", float(peak), "≤ 2.5"


WORK = {work.__name__: work for work in (generic, mlp, cnn, gru, predict, imports, memory)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", nargs="*", help=f"of {', '.join(WORK)}; all when left out")
    parser.add_argument("--runs", type=int, default=5, help="of each competitor; 5 by default")
    arguments = parser.parse_args()
    if unknown := set(arguments.work) - WORK.keys():
        parser.error(f"work must be of {', '.join(WORK)}, however: {', '.join(unknown)}")
    warnings.simplefilter("ignore")  # scikit-learn's MLP says that it has not converged
    torch.set_num_threads(1)
    libraries = (torch, sklearn, skorch, np)
    print(", ".join(f"{each.__name__} {each.__version__}" for each in libraries), end="")
    print(f"; one thread, medians of {arguments.runs} interleaved runs")
    missed = 0
    for name in arguments.work or WORK:
        for work, rival, found, target in WORK[name](arguments.runs):
            sign, bound = target.split()
            met = found >= float(bound) if sign == "≥" else found <= float(bound)
            missed += not met
            unit = "times as fast" if sign == "≥" else "times"
            print(
                f"{work:62s} vs {rival:30s} {found:6.2f} {unit:13s} {target:7s} "
                f"{'met' if met else 'MISSED'}",
                flush=True,
            )
    print(f"{missed} missed (load {os.getloadavg()[0]:.1f})")
    sys.exit(missed > 0)


if __name__ == "__main__":
    main()
