#!/usr/bin/python3
"""Writes tests/data/models: tiny TorchScript files as users bring them, and the logits they must give.

Needs python3-torch; only for developers who change the fixtures. Run it from anywhere.
"""
import pathlib

import torch
from torch import nn
from torch.utils.mobile_optimizer import optimize_for_mobile

OUT = pathlib.Path(__file__).parent / "models"
SIZE, CLASSES = 8, 5


class Perceptron(nn.Module):
    """Two Linear layers and a functional one."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3 * SIZE * SIZE, 16)
        self.second = nn.Linear(16, CLASSES)

    def forward(self, x):
        return self.second(torch.relu(self.first(x.flatten(1))))


class Convolution(nn.Module):
    """No Linear layer at all."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, CLASSES, SIZE)

    def forward(self, x):
        return self.conv(x).flatten(1)


class Pair(nn.Module):
    def forward(self, x):
        return x.flatten(1).sum(1, keepdim=True), x


class FeatureMap(nn.Module):
    def forward(self, x):
        return x


class Nothing(nn.Module):
    pass


def write_floats(name, tensor):
    (OUT / name).write_bytes(tensor.detach().to(torch.float32).contiguous().numpy().tobytes())


def main():
    OUT.mkdir(exist_ok=True)
    torch.manual_seed(7)
    image = torch.rand(1, 3, SIZE, SIZE)
    perceptron = Perceptron().eval()
    write_floats("image.input.f32", image)
    write_floats("perceptron.logits.f32", perceptron(image))

    scripted = torch.jit.script(perceptron)
    scripted.save(OUT / "perceptron_scripted.pt")
    torch.jit.trace(perceptron, image).save(OUT / "perceptron_traced.pt")
    scripted._save_for_lite_interpreter(str(OUT / "perceptron_lite_named_pt.pt"))
    optimize_for_mobile(scripted).save(str(OUT / "perceptron_float_mobile.pth"))
    torch.jit.script(Convolution().eval()).save(OUT / "convolution_without_linear.pt")
    torch.jit.script(Pair().eval()).save(OUT / "returns_pair.pt")
    torch.jit.script(FeatureMap().eval()).save(OUT / "returns_feature_map.pt")
    torch.jit.script(Nothing().eval()).save(OUT / "no_forward.pt")


if __name__ == "__main__":
    main()
