"""Takes training steps of pytorch_stacked_hourglass's network in PyTorch on its CPU when it is told to; the lines are those of peer.mjs.

Usage: python3 time-training.py STACKS SIDE BATCH THREADS
"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional

WARM_UP_STEPS = 3
CHANNELS, KEYPOINTS = 256, 16


class Residual(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        half = outputs // 2
        self.norms = nn.ModuleList(nn.BatchNorm2d(n) for n in (inputs, half, half))
        self.convs = nn.ModuleList([nn.Conv2d(inputs, half, 1), nn.Conv2d(half, half, 3, padding=1), nn.Conv2d(half, outputs, 1)])
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x):
        y = x
        for norm, conv in zip(self.norms, self.convs):
            y = conv(functional.relu(norm(y)))
        return y + self.skip(x)


class Hourglass(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.up, self.low1, self.low3 = (Residual(CHANNELS, CHANNELS) for _ in range(3))
        self.low2 = Hourglass(depth - 1) if depth > 1 else Residual(CHANNELS, CHANNELS)

    def forward(self, x):
        low = self.low3(self.low2(self.low1(functional.max_pool2d(x, 2))))
        return self.up(x) + functional.interpolate(low, scale_factor=2)


class StackedHourglass(nn.Module):
    def __init__(self, stacks):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 64, 7, 2, 3), nn.BatchNorm2d(64), nn.ReLU(), Residual(64, 128), nn.MaxPool2d(2),
                                  Residual(128, 128), Residual(128, CHANNELS))
        self.stacks = nn.ModuleList(nn.Sequential(Hourglass(4), Residual(CHANNELS, CHANNELS), nn.Conv2d(CHANNELS, CHANNELS, 1),
                                                  nn.BatchNorm2d(CHANNELS), nn.ReLU()) for _ in range(stacks))
        self.heads = nn.ModuleList(nn.Conv2d(CHANNELS, KEYPOINTS, 1) for _ in range(stacks))
        self.merge_features = nn.ModuleList(nn.Conv2d(CHANNELS, CHANNELS, 1) for _ in range(stacks - 1))
        self.merge_heatmaps = nn.ModuleList(nn.Conv2d(KEYPOINTS, CHANNELS, 1) for _ in range(stacks - 1))

    def forward(self, x):
        x = self.stem(x)
        heatmaps = []
        for i, (stack, head) in enumerate(zip(self.stacks, self.heads)):
            features = stack(x)
            heatmaps.append(head(features))
            if i < len(self.merge_features):
                x = x + self.merge_heatmaps[i](heatmaps[i]) + self.merge_features[i](features)
        return heatmaps


def main():
    stacks, side, batch, threads = map(int, sys.argv[1:])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = StackedHourglass(stacks).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-4)
    inputs, targets = torch.rand(batch, 3, side, side), torch.rand(batch, KEYPOINTS, side // 4, side // 4)

    def step():
        optimizer.zero_grad(set_to_none=True)
        sum(functional.mse_loss(heatmaps, targets) for heatmaps in network(inputs)).backward()
        optimizer.step()

    for _ in range(WARM_UP_STEPS):
        step()
    print(f"ready PyTorch {torch.__version__}", flush=True)
    for line in sys.stdin:
        if line.strip() == "quit":
            break
        begin = time.perf_counter()
        step()
        print(f"{1000 * (time.perf_counter() - begin):.4f}", flush=True)


main()
