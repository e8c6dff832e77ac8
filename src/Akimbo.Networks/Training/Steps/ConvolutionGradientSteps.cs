using Akimbo.Networks.Inference;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Repacking;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Steps;

/// <summary>The sums of products that make a gradient by weights.</summary>
internal sealed class WeightGradientStep(string name, ProgramMemory memory, WeightGradient kernel, MapSlot input, MapSlot outputGradient, MapSlot sums) : Step(name, memory)
{
    public override int Chunks => kernel.Chunks;

    public override int ScratchLength => kernel.ScratchLength;

    public override void Run(int chunk, int worker) =>
        kernel.Run(Memory.Read(input), Memory.Read(outputGradient), Memory.Write(sums), Memory.Scratch(worker), chunk);
}

/// <summary>A segment's inputs and gradients as Winograd's algorithm multiplies them.</summary>
internal sealed class WinogradGradientTransformStep(string name, ProgramMemory memory, WinogradWeightGradient kernel, int segment, MapSlot input, MapSlot outputGradient, MapSlot operands) : Step(name, memory)
{
    public override int Chunks => kernel.TransformChunks;

    public override int ScratchLength => WinogradWeightGradient.TransformScratchLength;

    public override void Run(int chunk, int worker) =>
        kernel.Transform(segment, Memory.Read(input), Memory.Read(outputGradient), Memory.Write(operands), Memory.Scratch(worker), chunk);
}

/// <summary>The sums of products of such a segment, added to those of the segments before it.</summary>
internal sealed class WinogradGradientStep(string name, ProgramMemory memory, WinogradWeightGradient kernel, int segment, MapSlot operands, MapSlot sums) : Step(name, memory)
{
    public override int Chunks => WinogradWeightGradient.MultiplyChunks;

    public override void Run(int chunk, int worker) => kernel.Multiply(segment, Memory.Read(operands), Memory.Write(sums), chunk);
}

/// <summary>The gradient by weights, and by the bias, from those sums.</summary>
internal sealed class WeightGradientReduceStep(string name, ProgramMemory memory, IWeightSums kernel, MapSlot sums, GradientTarget weight, GradientTarget? bias) : Step(name, memory)
{
    public override int Chunks => kernel.ReduceChunks;

    public override int ScratchLength => kernel.ReduceScratchLength;

    public override void Run(int chunk, int worker)
    {
        kernel.ReduceWeights(Memory.Read(sums), weight.Accumulates, weight.Parameter.GradientMemory, Memory.Scratch(worker), chunk);
        if (chunk == 0 && bias is { } target) kernel.ReduceBias(Memory.Read(sums), target.Accumulates, target.Parameter.GradientMemory);
    }
}

/// <summary>The gradient by the weights of a convolution in which every channel is by itself.</summary>
internal sealed class DepthwiseWeightGradientStep(string name, ProgramMemory memory, SimdPath path, ConvolutionGeometry geometry, MapSlot input, MapSlot outputGradient, GradientTarget weight)
    : Step(name, memory)
{
    private readonly int _taps = geometry.KernelSize * geometry.KernelSize;

    public override int Chunks => BlockedLayout.Blocks(geometry.InChannels);

    public override int ScratchLength => _taps * BlockedLayout.Lanes + DepthwiseWeightGradient.ScratchLength(geometry);

    public override void Run(int chunk, int worker)
    {
        var scratch = Memory.Scratch(worker);
        var packed = scratch[..(_taps * BlockedLayout.Lanes)];
        DepthwiseWeightGradient.Run(path, geometry, Memory.Read(input), Memory.Read(outputGradient), chunk, packed, scratch[packed.Length..]);
        DepthwisePacking.UnpackBlock(packed, chunk, weight.Accumulates, weight.Parameter.GradientMemory, geometry.InChannels, _taps);
    }
}

/// <summary>The gradient by the input of a convolution in which every channel is by itself, of a stride above 1.</summary>
internal sealed class DepthwiseInputGradientStep(string name, ProgramMemory memory, SimdPath path, ConvolutionGeometry geometry, Parameter weight, MapSlot outputGradient, MapSlot? addend, MapSlot inputGradient)
    : Step(name, memory)
{
    private readonly int _taps = geometry.KernelSize * geometry.KernelSize;

    public override int Chunks => BlockedLayout.Chunks(geometry.Batch, geometry.InChannels);

    public override int ScratchLength => _taps * BlockedLayout.Lanes;

    public override void Run(int chunk, int worker)
    {
        int inPlane = geometry.InHeight * geometry.InWidth * BlockedLayout.Lanes, outPlane = geometry.OutHeight * geometry.OutWidth * BlockedLayout.Lanes;
        int channel = chunk % BlockedLayout.Blocks(geometry.InChannels) * BlockedLayout.Lanes, count = Math.Min(BlockedLayout.Lanes, geometry.InChannels - channel);
        var packed = Memory.Scratch(worker)[..(_taps * BlockedLayout.Lanes)];
        packed.Clear();
        DepthwisePacking.Pack(weight.Value.Span.Slice(channel * _taps, count * _taps), packed, count, _taps, isFlipped: false);
        var added = Memory.Read(addend);
        DepthwiseInputGradient.Run(path, geometry, Memory.Read(outputGradient).Slice(chunk * outPlane, outPlane), packed,
            added.IsEmpty ? added : added.Slice(chunk * inPlane, inPlane), Memory.Write(inputGradient).Slice(chunk * inPlane, inPlane));
    }
}

/// <summary>The gradient by a bias, where no gradient by weights has summed it on the way.</summary>
internal sealed class BiasGradientStep(string name, ProgramMemory memory, SimdPath path, int batch, int channels, int pixels, MapSlot outputGradient, GradientTarget bias) : Step(name, memory)
{
    private const int SegmentPixels = 128;

    public override int Chunks => BlockedLayout.Blocks(channels);

    public override int ScratchLength => 2 * BlockedLayout.Lanes;

    public override void Run(int chunk, int worker)
    {
        int plane = pixels * BlockedLayout.Lanes, blocks = BlockedLayout.Blocks(channels);
        var segment = Memory.Scratch(worker)[..BlockedLayout.Lanes];
        Span<double> sums = stackalloc double[BlockedLayout.Lanes];
        for (int n = 0; n < batch; n++)
            for (int first = 0; first < pixels; first += SegmentPixels)
            {
                segment.Clear();
                ChannelSums.Add(path, Memory.Read(outputGradient).Slice((n * blocks + chunk) * plane, plane), plane, first * BlockedLayout.Lanes,
                    Math.Min(SegmentPixels, pixels - first) * BlockedLayout.Lanes, segment);
                for (int lane = 0; lane < segment.Length; lane++) sums[lane] += segment[lane];
            }

        for (int c = chunk * BlockedLayout.Lanes; c < Math.Min(channels, (chunk + 1) * BlockedLayout.Lanes); c++)
            bias.Put(c, (float)sums[c % BlockedLayout.Lanes]);
    }
}
