using Akimbo.Networks.Inference;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Steps;

/// <summary>The gradient of an output, [N, C, H, W] or of another rank, from the loss to the program's memory.</summary>
internal sealed class OutputGradientStep(ProgramMemory memory, Tensor gradient, MapSlot output) : Step("Loss", memory)
{
    public override int Chunks => gradient.Shape.Rank == 4 ? BlockedLayout.Chunks(gradient.Shape[0], gradient.Shape[1]) : 1;

    public override void Run(int chunk, int worker)
    {
        if (gradient.Shape.Rank == 4) BlockedLayout.FromPlanar(gradient.Span, Memory.Write(output), gradient.Shape[1], gradient.Shape[2] * gradient.Shape[3], chunk);
        else gradient.Span.CopyTo(Memory.Write(output));
    }
}

/// <summary>A step whose parts are the planes of the gradient it writes; what it writes includes what other steps have found, the addend.</summary>
internal abstract class InputGradientStep(string name, ProgramMemory memory, Shape map, MapSlot? addend, MapSlot inputGradient) : PlaneStep(name, memory, map)
{
    private readonly Shape _map = map;

    public sealed override void Run(int chunk, int worker)
    {
        var added = Memory.Read(addend);
        Run(chunk, added.IsEmpty ? added : Plane(added, chunk, _map), Plane(Memory.Write(inputGradient), chunk, _map));
    }

    protected abstract void Run(int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient);
}

/// <summary>The gradient of an activation by its input.</summary>
internal sealed class ClampGradientStep(string name, ProgramMemory memory, SimdPath path, Shape map, ActivationRange range, MapSlot output, MapSlot outputGradient, MapSlot? addend, MapSlot inputGradient)
    : InputGradientStep(name, memory, map, addend, inputGradient)
{
    private readonly Shape _map = map;

    protected override void Run(int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient) =>
        ClampGradient.Run(path, Plane(Memory.Read(output), chunk, _map), Plane(Memory.Read(outputGradient), chunk, _map), range, addend, inputGradient);
}

/// <summary>The gradient of a max-pooling by its input.</summary>
internal sealed class MaxPoolGradientStep(string name, ProgramMemory memory, SimdPath path, Shape from, Shape to, ConvolutionGeometry geometry, MapSlot input, MapSlot output, MapSlot outputGradient, MapSlot? addend, MapSlot inputGradient)
    : InputGradientStep(name, memory, from, addend, inputGradient)
{
    private readonly Shape _from = from;

    protected override void Run(int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient) =>
        MaxPoolGradient.Run(path, geometry, Plane(Memory.Read(input), chunk, _from), Plane(Memory.Read(output), chunk, to), Plane(Memory.Read(outputGradient), chunk, to), addend, inputGradient);
}

/// <summary>The gradient of a repetition of pixels by its input.</summary>
internal sealed class NearestGradientStep(string name, ProgramMemory memory, SimdPath path, Shape from, Shape to, int scale, MapSlot outputGradient, MapSlot? addend, MapSlot inputGradient)
    : InputGradientStep(name, memory, from, addend, inputGradient)
{
    private readonly Shape _from = from;

    protected override void Run(int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient) =>
        UpsampleNearestGradient.Run(path, Plane(Memory.Read(outputGradient), chunk, to), addend, _from[2], _from[3], scale, inputGradient);
}

/// <summary>The gradient of an interpolation by its input.</summary>
internal sealed class BilinearGradientStep(string name, ProgramMemory memory, SimdPath path, Shape from, Shape to, bool alignCorners, MapSlot outputGradient, MapSlot? addend, MapSlot inputGradient)
    : InputGradientStep(name, memory, from, addend, inputGradient)
{
    private readonly Shape _from = from;

    protected override void Run(int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient) =>
        UpsampleBilinearGradient.Run(path, Plane(Memory.Read(outputGradient), chunk, to), addend, _from[2], _from[3], to[2], to[3], alignCorners, inputGradient);
}

/// <summary>The gradient of positions, [N, K, 2], by their maps.</summary>
internal sealed class SoftArgMaxGradientStep(string name, ProgramMemory memory, SoftArgMax operation, Shape from, MapSlot input, MapSlot outputGradient, MapSlot? addend, MapSlot inputGradient)
    : InputGradientStep(name, memory, from, addend, inputGradient)
{
    private readonly Shape _from = from;

    protected override void Run(int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient)
    {
        var (n, block) = Math.DivRem(chunk, BlockedLayout.Blocks(_from[1]));
        int first = block * BlockedLayout.Lanes, end = Math.Min(_from[1], first + BlockedLayout.Lanes);
        var plane = Plane(Memory.Read(input), chunk, _from);
        var gradients = Memory.Read(outputGradient).Slice(n * _from[1] * 2, _from[1] * 2);
        if (end - first < BlockedLayout.Lanes) inputGradient.Clear();
        for (int k = first; k < end; k++)
            operation.LocateGradient(plane[(k - first)..], BlockedLayout.Lanes, _from[2], _from[3], gradients[2 * k], gradients[2 * k + 1], inputGradient[(k - first)..]);
        for (int i = 0; i < addend.Length; i++) inputGradient[i] += addend[i];
    }
}
