using Akimbo.Networks.Onnx.Format;
using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Onnx;

/// <summary>The ONNX operator of each operation (<see href="https://onnx.ai/onnx/operators/">ONNX operators</see>).</summary>
/// <param name="builder">Where nodes go.</param>
internal sealed class OnnxOperations(OnnxGraphBuilder builder)
{
    /// <summary>Adds the nodes of an operation.</summary>
    /// <param name="value">The operation's result.</param>
    /// <param name="inputs">The names of what it reads.</param>
    /// <param name="output">The name of the result.</param>
    /// <exception cref="NotSupportedException">The operation has no ONNX operator.</exception>
    public void Add(Value value, IReadOnlyList<string> inputs, string output)
    {
        switch (value.Operation)
        {
            case Convolve convolve:
                AddConvolution(convolve, [inputs[0], builder.Parameter(convolve.Weight), .. convolve.Bias is { } bias ? [builder.Parameter(bias)] : Array.Empty<string>()], output);
                break;
            case BatchNormalize normalize:
                builder.Add("BatchNormalization", output, [inputs[0], .. normalize.Parameters.Select(builder.Parameter)], AttributeProto.Of("epsilon", normalize.Eps));
                break;
            case Clamp { Low: 0, High: float.PositiveInfinity }:
                builder.Add("Relu", output, inputs);
                break;
            case Clamp clamp:
                builder.Add("Clip", output, [inputs[0], Scalar(output + ".min", clamp.Low), Scalar(output + ".max", clamp.High)]);
                break;
            case Operations.Add:
                builder.Add("Add", output, inputs);
                break;
            case MaxPool pool:
                var window = pool.GeometryFor(value.Inputs[0].Shape);
                builder.Add("MaxPool", output, inputs, Window(window.KernelSize, window.Stride, window.Padding));
                break;
            case NearestUpsample upsample:
                builder.Add("Resize", output, [inputs[0], "", Floats(output + ".scales", 1, 1, upsample.Scale, upsample.Scale)],
                    AttributeProto.Of("mode", "nearest"), AttributeProto.Of("coordinate_transformation_mode", "asymmetric"), AttributeProto.Of("nearest_mode", "floor"));
                break;
            case BilinearUpsample upsample:
                AddBilinear(upsample, value, inputs[0], output);
                break;
            case SoftArgMax softArgMax:
                var maps = value.Inputs[0].Shape;
                new OnnxSoftArgMax(builder, output).Add(softArgMax, inputs[0], maps[2], maps[3], output);
                break;
            default:
                throw new NotSupportedException($"{value.Operation}: there is no ONNX operator for {value.Operation.Kind}.");
        }
    }

    /// <summary>Adds a convolution with the BatchNorm behind it in its weights.</summary>
    public void AddFolded(Convolve convolve, BatchNormalize normalize, string input, string output)
    {
        var (scale, shift) = normalize.Affine();
        var (weights, bias) = convolve.Scaled(scale, shift);
        AddConvolution(convolve,
            [
                input, builder.Constant(convolve.Weight.Name, OnnxGraphBuilder.Dims(convolve.Weight.Shape), weights),
                builder.Constant($"{convolve.Name}.bias", [bias.Length], bias),
            ], output);
    }

    private void AddConvolution(Convolve convolve, IReadOnlyList<string> inputs, string output) =>
        builder.Add(convolve.IsTransposed ? "ConvTranspose" : "Conv", output, inputs,
            [.. Window(convolve.Weight.Shape[2], convolve.Stride, convolve.Padding), AttributeProto.Of("group", convolve.Groups)]);

    /// <summary>The output's size is given; the batch and channels are copied from the input's shape, so that no node fixes them.</summary>
    private void AddBilinear(BilinearUpsample upsample, Value value, string input, string output)
    {
        string shape = builder.Add("Shape", builder.Unique(output + ".shape"), [input]);
        string kept = builder.Add("Slice", builder.Unique(output + ".kept"), [shape, Integers(output + ".first", 0), Integers(output + ".end", 2)]);
        string sizes = builder.Add("Concat", builder.Unique(output + ".sizes"),
            [kept, Integers(output + ".size", value.Shape[2], value.Shape[3])], AttributeProto.Of("axis", 0));
        builder.Add("Resize", output, [input, "", "", sizes], AttributeProto.Of("mode", "linear"),
            AttributeProto.Of("coordinate_transformation_mode", upsample.AlignCorners ? "align_corners" : "half_pixel"));
    }

    private static AttributeProto[] Window(long kernelSize, long stride, long padding) =>
    [
        AttributeProto.Of("kernel_shape", [kernelSize, kernelSize]),
        AttributeProto.Of("strides", [stride, stride]),
        AttributeProto.Of("pads", [padding, padding, padding, padding]),
    ];

    private string Scalar(string name, float value) => builder.Constant(name, [], [value]);

    private string Floats(string name, params ReadOnlySpan<float> values) => builder.Constant(name, [values.Length], values);

    private string Integers(string name, params ReadOnlySpan<long> values) => builder.Constant(name, [values.Length], values);
}
