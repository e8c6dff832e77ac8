"""Runs an ONNX model's graph in PyTorch on its CPU when it is told to; the lines are those of peer.mjs.

PyTorch reads no ONNX: the nodes are called as torch functions one after another, and that is traced, frozen and optimised.
Usage: python3 time-pytorch.py MODEL.onnx INPUT.safetensors THREADS
"""
import json
import struct
import sys
import time
import warnings

import numpy
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

WARM_UP_RUNS = 5


def read_tensor(path, name):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(length))[name]
        begin, end = entry["data_offsets"]
        file.seek(8 + length + begin)
        return torch.from_numpy(numpy.frombuffer(file.read(end - begin), dtype="<f4").reshape(entry["shape"]).copy())


def write_tensors(path, tensors):
    header, offset = {}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + 4 * tensor.numel()]}
        offset += 4 * tensor.numel()
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.contiguous().numpy().astype("<f4").tobytes())


def square(values):
    if len(set(values)) != 1:
        raise ValueError(f"{values}: expected the same number for all sides")
    return values[0]


class OnnxModule(torch.nn.Module):
    """The nodes of an ONNX graph as calls of torch functions."""

    def __init__(self, graph):
        super().__init__()
        self.input = graph.input[0].name
        self.outputs = [output.name for output in graph.output]
        arrays = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
        self.constants = {name: torch.from_numpy(array.copy()) if array.ndim else array.item() for name, array in arrays.items()}
        self.nodes = [(node.op_type, list(node.input), node.output[0], {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}) for node in graph.node]
        self.shapes = {value.name: [d.dim_value for d in value.type.tensor_type.shape.dim] for value in [*graph.value_info, *graph.output]}

    def forward(self, x):
        values = {**self.constants, self.input: x}
        for kind, inputs, output, attributes in self.nodes:
            if kind not in ("Shape", "Slice", "Concat"):  # they compute the size of a Resize, which is in `shapes`
                values[output] = self.call(kind, [values.get(name) for name in inputs], attributes, self.shapes.get(output))
        return tuple(values[name] for name in self.outputs)

    @staticmethod
    def call(kind, inputs, attributes, shape):
        if kind == "Conv":
            return functional.conv2d(*inputs, stride=attributes["strides"], padding=square(attributes["pads"]), groups=attributes["group"])
        if kind == "ConvTranspose":
            return functional.conv_transpose2d(*inputs, stride=attributes["strides"], padding=square(attributes["pads"]), groups=attributes["group"])
        if kind == "BatchNormalization":
            x, weight, bias, mean, variance = inputs
            return functional.batch_norm(x, mean, variance, weight, bias, eps=attributes["epsilon"])
        if kind == "Relu":
            return functional.relu(inputs[0])
        if kind == "Clip":
            return functional.hardtanh(*inputs)
        if kind == "Add":
            return inputs[0] + inputs[1]
        if kind == "MaxPool":
            return functional.max_pool2d(inputs[0], square(attributes["kernel_shape"]), square(attributes["strides"]), square(attributes["pads"]))
        if kind == "Resize" and attributes["mode"] == b"nearest":
            return functional.interpolate(inputs[0], scale_factor=inputs[2][2:].tolist(), mode="nearest")
        if kind == "Resize":
            align = attributes["coordinate_transformation_mode"] == b"align_corners"
            return functional.interpolate(inputs[0], size=shape[2:], mode="bilinear", align_corners=align)
        raise ValueError(f"{kind}: no torch function is known for it")


def main():
    model, input_file, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    torch.set_num_interop_threads(1)
    warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)  # sizes read while tracing are constants of the graph
    x = read_tensor(input_file, "input")
    module = OnnxModule(onnx.load(model).graph).eval()
    with torch.no_grad():
        optimised = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(module, x, check_trace=False)))
        for _ in range(WARM_UP_RUNS):
            optimised(x)
        print(f"ready PyTorch {torch.__version__}", flush=True)
        for line in sys.stdin:
            command, *arguments = line.split()
            if command == "quit":
                break
            begin = time.perf_counter()
            results = optimised(x)
            milliseconds = 1000 * (time.perf_counter() - begin)
            if command == "outputs":
                write_tensors(arguments[0], dict(zip(module.outputs, results)))
            print(f"{milliseconds:.4f}", flush=True)


main()
