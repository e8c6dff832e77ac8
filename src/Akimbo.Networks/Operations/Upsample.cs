using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Upsampling;

namespace Akimbo.Networks.Operations;

/// <summary>Repeats every pixel (<c>torch.nn.functional.interpolate(mode="nearest")</c>).</summary>
/// <param name="scale">How often, 1 or more.</param>
public sealed class NearestUpsample(int scale) : Operation("")
{
    /// <inheritdoc/>
    public override string Kind => "UpsampleNearest";

    /// <summary>Copies of a pixel in a row, and rows of them.</summary>
    public int Scale { get; } = scale;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        var map = FeatureMap(inputs);
        return Scale >= 1 ? [map[0], map[1], map[2] * Scale, map[3] * Scale] : throw Refuse($"the scale is {Scale}; expected 1 or more.");
    }

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        var map = inputs[0].Shape;
        UpsampleNearest.Define(inputs[0].Span, map[0] * map[1], map[2], map[3], Scale, output.Span);
    }
}

/// <summary>Interpolates between the four nearest pixels (<c>torch.nn.functional.interpolate(mode="bilinear")</c>).</summary>
/// <param name="height">Rows of the result.</param>
/// <param name="width">Columns of the result.</param>
/// <param name="alignCorners">Whether the centres of the corner pixels coincide, rather than the corners of the maps.</param>
public sealed class BilinearUpsample(int height, int width, bool alignCorners) : Operation("")
{
    /// <inheritdoc/>
    public override string Kind => "UpsampleBilinear";

    /// <summary>Whether the centres of the corner pixels coincide.</summary>
    public bool AlignCorners { get; } = alignCorners;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        var map = FeatureMap(inputs);
        return height >= 1 && width >= 1 ? [map[0], map[1], height, width] : throw Refuse($"the size {height}×{width} is empty.");
    }

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        var map = inputs[0].Shape;
        UpsampleBilinear.Define(inputs[0].Span, map[0] * map[1], map[2], map[3], height, width, AlignCorners, output.Span);
    }
}
