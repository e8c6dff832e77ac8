using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Normalization;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Steps;

/// <summary>A BatchNorm with the addition and the activation after it, sixteen channels of all images a part.</summary>
internal sealed class BatchNormStep(string name, ProgramMemory memory, SimdPath path, Shape map, BatchNormState state, Parameter? batchCounter, ActivationRange range, MapSlot input, MapSlot? residual, MapSlot output)
    : Step(name, memory)
{
    public override int Chunks => BlockedLayout.Blocks(map[1]);

    public override void Run(int chunk, int worker)
    {
        if (chunk == 0 && state.UsesBatch && batchCounter is not null) Count(batchCounter);
        var block = new ChannelBlock(map[0], Chunks, map[2] * map[3], chunk);
        var source = Memory.Read(input);
        state.Measure(path, block, source);
        for (int n = 0; n < block.Batch; n++)
            NormalizedActivation.Run(path, block.Plane(source, n), state.Affine(chunk), block.Plane(Memory.Read(residual), n), range, block.Plane(Memory.Write(output), n));
    }

    private static void Count(Parameter counter)
    {
        if (!counter.HasValue) counter.Value = new Tensor(counter.Shape);
        counter.Value.Span[0]++;
    }
}

/// <summary>What such a BatchNorm gave, once more.</summary>
internal sealed class BatchNormAgainStep(string name, ProgramMemory memory, SimdPath path, Shape map, BatchNormState state, ActivationRange range, MapSlot input, MapSlot output)
    : PlaneStep(name, memory, map)
{
    private readonly Shape _map = map;

    public override void Run(int chunk, int worker) => NormalizedActivation.Run(
        path, Plane(Memory.Read(input), chunk, _map), state.Affine(chunk % BlockedLayout.Blocks(_map[1])), residual: [], range, Plane(Memory.Write(output), chunk, _map));
}

/// <summary>The gradients of such a BatchNorm.</summary>
internal sealed class BatchNormGradientStep(string name, ProgramMemory memory, SimdPath path, Shape map, BatchNormState state, ActivationRange range, BatchNormGradientStep.Operands operands)
    : Step(name, memory)
{
    /// <summary>What the step reads and writes.</summary>
    /// <param name="Input">What the layer read.</param>
    /// <param name="Output">What it gave; null where it follows from the input.</param>
    /// <param name="OutputGradient">The gradient of what it gave.</param>
    /// <param name="Addend">What the gradient by the input already is, or null.</param>
    /// <param name="InputGradient">The gradient by the input, or null where it is not wanted.</param>
    /// <param name="ResidualGradient">The gradient by the residual, or null where it is not wanted.</param>
    /// <param name="Weight">Where the gradient by the weight goes, or null.</param>
    /// <param name="Bias">Where the gradient by the bias goes, or null.</param>
    public sealed record Operands(MapSlot Input, MapSlot? Output, MapSlot OutputGradient, MapSlot? Addend, MapSlot? InputGradient, MapSlot? ResidualGradient, GradientTarget? Weight, GradientTarget? Bias);

    public override int Chunks => BlockedLayout.Blocks(map[1]);

    public override void Run(int chunk, int worker)
    {
        var block = new ChannelBlock(map[0], Chunks, map[2] * map[3], chunk);
        ReadOnlySpan<float> input = Memory.Read(operands.Input), output = Memory.Read(operands.Output), gradient = Memory.Read(operands.OutputGradient);
        var factors = state.Reduce(path, block, input, output, gradient, range, operands.Weight, operands.Bias);
        if (operands.InputGradient is not { } target) return;
        var residual = operands.ResidualGradient is { } slot ? Memory.Write(slot) : [];
        for (int n = 0; n < block.Batch; n++)
            BatchNormGradient.Apply(path, block.Plane(input, n), block.Plane(output, n), block.Plane(gradient, n), range, factors,
                block.Plane(Memory.Read(operands.Addend), n), block.Plane(Memory.Write(target), n), block.Plane(residual, n));
    }
}
