using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Elementwise;
using Akimbo.Tensors.Kernels.Pooling;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Upsampling;

namespace Akimbo.Networks.Inference;

/// <summary>A step whose parts are the planes of a blocked map: one image, sixteen channels.</summary>
internal abstract class PlaneStep(string name, ProgramMemory memory, Shape map) : Step(name, memory)
{
    public sealed override int Chunks => BlockedLayout.Chunks(map[0], map[1]);

    protected static ReadOnlySpan<float> Plane(ReadOnlySpan<float> blocked, int chunk, Shape shape) =>
        blocked.Slice(chunk * PlaneLength(shape), PlaneLength(shape));

    protected static Span<float> Plane(Span<float> blocked, int chunk, Shape shape) =>
        blocked.Slice(chunk * PlaneLength(shape), PlaneLength(shape));

    private static int PlaneLength(Shape shape) => shape[2] * shape[3] * BlockedLayout.Lanes;
}

/// <summary>[N, C, H, W] of the caller to the blocked layout.</summary>
internal sealed class BlockingStep(ProgramMemory memory, Shape map, MapSlot input, MapSlot output) : PlaneStep("Input", memory, map)
{
    private readonly Shape _map = map;

    public override void Run(int chunk, int worker) =>
        BlockedLayout.FromPlanar(Memory.Read(input), Memory.Write(output), _map[1], _map[2] * _map[3], chunk);
}

/// <summary>The blocked layout to [N, C, H, W] for the caller.</summary>
internal sealed class UnblockingStep(ProgramMemory memory, MapSlot input, Tensor output) : PlaneStep("Output", memory, output.Shape)
{
    public override void Run(int chunk, int worker) =>
        BlockedLayout.ToPlanar(Memory.Read(input), output.Span, output.Shape[1], output.Shape[2] * output.Shape[3], chunk);
}

/// <summary>A BatchNorm or an activation that no convolution could take in.</summary>
internal sealed class AffineStep(string name, ProgramMemory memory, SimdPath path, Shape map, float[] scale, float[] shift, ActivationRange range, MapSlot input, MapSlot output)
    : PlaneStep(name, memory, map)
{
    private readonly Shape _map = map;

    public override void Run(int chunk, int worker)
    {
        int block = chunk % BlockedLayout.Blocks(_map[1]) * BlockedLayout.Lanes;
        ChannelAffine.Run(path, Plane(Memory.Read(input), chunk, _map), scale.AsSpan(block, BlockedLayout.Lanes), shift.AsSpan(block, BlockedLayout.Lanes), range, Plane(Memory.Write(output), chunk, _map));
    }
}

/// <summary>A sum that no convolution could take in.</summary>
internal sealed class AdditionStep(string name, ProgramMemory memory, SimdPath path, Shape map, ActivationRange range, MapSlot left, MapSlot right, MapSlot output)
    : PlaneStep(name, memory, map)
{
    private readonly Shape _map = map;

    public override void Run(int chunk, int worker) => Addition.Run(path, Plane(Memory.Read(left), chunk, _map),
        Plane(Memory.Read(right), chunk, _map), range, Plane(Memory.Write(output), chunk, _map));
}

/// <summary>A sum with a map that is upsampled on the way.</summary>
internal sealed class NearestAdditionStep(string name, ProgramMemory memory, SimdPath path, Shape small, Shape map, int scale, ActivationRange range, MapSlot left, MapSlot right, MapSlot output)
    : PlaneStep(name, memory, map)
{
    private readonly Shape _map = map;

    public override void Run(int chunk, int worker) => UpsampleNearest.Add(path, Plane(Memory.Read(right), chunk, small), small[2], small[3], scale,
        Plane(Memory.Read(left), chunk, _map), range, Plane(Memory.Write(output), chunk, _map));
}

/// <summary>A max-pooling.</summary>
internal sealed class MaxPoolStep(string name, ProgramMemory memory, SimdPath path, Shape from, Shape to, ConvolutionGeometry geometry, MapSlot input, MapSlot output)
    : PlaneStep(name, memory, to)
{
    private readonly Shape _to = to;

    public override void Run(int chunk, int worker) =>
        MaxPool2d.Run(path, geometry, Plane(Memory.Read(input), chunk, from), Plane(Memory.Write(output), chunk, _to));
}

/// <summary>A repetition of pixels.</summary>
internal sealed class NearestStep(string name, ProgramMemory memory, SimdPath path, Shape from, Shape to, int scale, MapSlot input, MapSlot output)
    : PlaneStep(name, memory, to)
{
    private readonly Shape _to = to;

    public override void Run(int chunk, int worker) =>
        UpsampleNearest.Run(path, Plane(Memory.Read(input), chunk, from), from[2], from[3], scale, Plane(Memory.Write(output), chunk, _to));
}

/// <summary>An interpolation between pixels.</summary>
internal sealed class BilinearStep(string name, ProgramMemory memory, SimdPath path, Shape from, Shape to, bool alignCorners, MapSlot input, MapSlot output)
    : PlaneStep(name, memory, to)
{
    private readonly Shape _to = to;

    public override void Run(int chunk, int worker) => UpsampleBilinear.Run(path, Plane(Memory.Read(input), chunk, from),
        from[2], from[3], _to[2], _to[3], alignCorners, Plane(Memory.Write(output), chunk, _to));
}
