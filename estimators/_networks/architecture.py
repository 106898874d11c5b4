"""A table of a network's layers."""

from __future__ import annotations

import pandas as pd
import torch
from torch import Tensor, nn


def describe(module: nn.Module, input_shape: tuple[int, ...]) -> pd.DataFrame:
    """Layers in the order in which a row passes them.

    Parameters
    ----------
    module : nn.Module
    input_shape : tuple of int
        Of one row.

    Returns
    -------
    DataFrame
        Columns ``layer``, ``type``, ``output_shape`` (of one row) and ``parameters`` (a count);
        the last line is the total.

    Examples
    --------
    >>> print(describe(nn.Sequential(nn.Linear(4, 3), nn.ReLU()), (4,)).to_string(index=False))
    layer   type output_shape  parameters
        0 Linear         (3,)          15
        1   ReLU         (3,)           0
    total                              15
    """
    lines: list[dict] = []

    def record(name):
        def hook(layer, inputs, output):
            while not isinstance(output, Tensor):  # a recurrent layer gives (output, state)
                output = output[0]
            lines.append(
                {
                    "layer": name,
                    "type": type(layer).__name__,
                    "output_shape": str(tuple(output.shape[1:])),
                    "parameters": sum(p.numel() for p in layer.parameters()),
                }
            )

        return hook

    leaves = [
        (name, m)
        for name, m in module.named_modules()
        if not list(m.children()) and not isinstance(m, nn.Identity)
    ]
    hooks = [layer.register_forward_hook(record(name)) for name, layer in leaves]
    weight = next(module.parameters())
    was_training = module.training
    try:
        with torch.no_grad():
            module.eval()(torch.zeros(1, *input_shape, dtype=weight.dtype, device=weight.device))
    finally:
        module.train(was_training)
        for handle in hooks:
            handle.remove()
    total = sum(p.numel() for p in module.parameters())
    lines.append({"layer": "total", "type": "", "output_shape": "", "parameters": total})
    return pd.DataFrame(lines)
