# Times with OpenCV and NumPy what training does to a picture, as HRNet's data loader does: decode, warp, colours (as in
# pytorch_stacked_hourglass), normalise, heatmaps. Arguments: a folder of LSPET (joints.mat and images), the input's side (128).
import os
import sys
import time

import cv2
import numpy as np
from scipy.io import loadmat

cv2.setNumThreads(1)
folder, side = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 128
count, cells, sigma = 400, side // 4, 2
mean, std = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)
joints = loadmat(os.path.join(folder, "joints.mat"))["joints"].transpose(2, 0, 1)
rng = np.random.default_rng(1)
axis = np.arange(0, 6 * sigma + 1, 1, np.float32)
patch = np.exp(-((axis - 3 * sigma) ** 2 + (axis[:, None] - 3 * sigma) ** 2) / (2 * sigma ** 2))


def affine(centre, width, degrees):
    """HRNet's get_affine_transform."""
    angle = np.pi * degrees / 180
    up = np.array([width * 0.5 * np.sin(angle), -width * 0.5 * np.cos(angle)], np.float32)
    src, dst = np.zeros((3, 2), np.float32), np.zeros((3, 2), np.float32)
    src[0], src[1], dst[0], dst[1] = centre, centre + up, (side / 2, side / 2), (side / 2, 0)
    for p in (src, dst):
        d = p[0] - p[1]
        p[2] = p[1] + np.array([-d[1], d[0]], np.float32)
    return cv2.getAffineTransform(src, dst)


def colours(data):
    data = cv2.cvtColor(data, cv2.COLOR_RGB2HSV)
    data[:, :, 0] = np.mod(data[:, :, 0] + ((rng.random() * 2 - 1) * 0.2 * 360 + 360.0), 360.0)
    data[:, :, 1] = np.clip(data[:, :, 1] * (rng.random() + 0.5), 0, 1)
    data = cv2.cvtColor(data, cv2.COLOR_HSV2RGB)
    data += (rng.random() * 2 - 1) * 0.3
    grey = data.mean(axis=2, keepdims=True)
    return np.clip((data - grey) * (rng.random() + 0.5) + grey, 0, 1)


def heatmaps(points, visible):
    maps = np.zeros((len(points), cells, cells), np.float32)
    for k, (x, y) in enumerate(points):
        x, y = int(x / 4 + 0.5), int(y / 4 + 0.5)
        left, top, right, bottom = x - 3 * sigma, y - 3 * sigma, x + 3 * sigma + 1, y + 3 * sigma + 1
        if not visible[k] or left >= cells or top >= cells or right <= 0 or bottom <= 0:
            continue
        x0, x1, y0, y1 = max(0, left), min(right, cells), max(0, top), min(bottom, cells)
        maps[k, y0:y1, x0:x1] = patch[y0 - top:y1 - top, x0 - left:x1 - left]
    return maps


for timed in (False, True):
    seconds, images = np.zeros(5), 0
    for n in range(count):
        visible = joints[n, :, 2] > 0
        if visible.sum() < 2:
            continue
        images += 1
        points = joints[n, :, :2] - 1
        low, high = points[visible].min(0), points[visible].max(0)
        marks = [time.perf_counter()]
        picture = cv2.cvtColor(cv2.imread(os.path.join(folder, "images", f"im{n + 1:05}.jpg")), cv2.COLOR_BGR2RGB)
        marks.append(time.perf_counter())
        flip = rng.random() < 0.5
        centre = (low + high) / 2
        if flip:
            picture = picture[:, ::-1]
            centre[0] = picture.shape[1] - centre[0] - 1
            points[:, 0] = picture.shape[1] - 1 - points[:, 0]
        width = max(high - low) * 1.5 * (1 + np.clip(rng.standard_normal(), -1, 1) * 0.25)
        turn = np.clip(rng.standard_normal(), -2, 2) * 30 if rng.random() < 0.6 else 0
        matrix = affine(centre, width, turn)
        inputs = cv2.warpAffine(np.ascontiguousarray(picture), matrix, (side, side)).astype(np.float32) / 255
        marks.append(time.perf_counter())
        inputs = colours(inputs)
        marks.append(time.perf_counter())
        inputs = ((inputs - mean) / std).transpose(2, 0, 1).copy()
        marks.append(time.perf_counter())
        target = heatmaps(points @ matrix[:, :2].T + matrix[:, 2], visible)
        marks.append(time.perf_counter())
        seconds += np.diff(marks)

names = ["decode", "warp", "colours", "normalise", "encode"]
print(f"OpenCV {cv2.__version__}, NumPy {np.__version__}, {images} pictures, input {side} x {side}, milliseconds an image: "
      + ", ".join(f"{name} {1000 * s / images:.3f}" for name, s in zip(names, seconds)))
