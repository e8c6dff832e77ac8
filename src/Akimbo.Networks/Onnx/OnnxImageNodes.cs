using Akimbo.Networks.Onnx.Format;
using Akimbo.Tensors;

namespace Akimbo.Networks.Onnx;

/// <summary>The nodes from pixels to a network's input.</summary>
internal static class OnnxImageNodes
{
    private const float MaxPixel = 255;

    /// <summary>Adds the input <c>image</c> and its normalisation.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="image">What comes in.</param>
    /// <param name="shape">The network's input, [N, 3, H, W].</param>
    /// <returns>The name of the network's input.</returns>
    /// <exception cref="ArgumentException">The network takes no RGB image, or the normalisation has not three channels.</exception>
    public static string Add(OnnxGraphBuilder builder, OnnxImageInput image, Shape shape)
    {
        if (shape is not { Rank: 4 } || shape[1] != 3) throw new ArgumentException($"The network's input is {shape}; an image needs [N, 3, H, W].", nameof(shape));
        if (image.Mean.Count != 3 || image.Std.Count != 3 || image.Std.Any(std => !(std > 0)))
            throw new ArgumentException($"A normalisation has three means and three positive deviations; {image.Mean.Count} and {image.Std.Count} came.", nameof(image));

        bool isLast = image.Layout == OnnxImageLayout.ChannelsLast;
        string x = builder.Unique("image");
        builder.Input(x, image.IsFloat ? OnnxType.Float : OnnxType.UInt8, isLast ? [shape[0], shape[2], shape[3], 3] : shape);
        if (!image.IsFloat) x = builder.Add("Cast", builder.Unique("image.float"), [x], AttributeProto.Of("to", (long)OnnxType.Float));
        if (isLast) x = builder.Add("Transpose", builder.Unique("image.planes"), [x], AttributeProto.Of("perm", [0, 3, 1, 2]));
        float[] mean = [.. image.Mean.Select(value => value * MaxPixel)], std = [.. image.Std.Select(value => value * MaxPixel)];
        x = builder.Add("Sub", builder.Unique("image.centred"), [x, builder.Constant("image.mean", [1, 3, 1, 1], mean)]);
        return builder.Add("Div", builder.Unique("input"), [x, builder.Constant("image.std", [1, 3, 1, 1], std)]);
    }
}
