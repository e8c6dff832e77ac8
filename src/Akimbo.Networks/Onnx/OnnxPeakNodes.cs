using Akimbo.Networks.Onnx.Format;
using Akimbo.Tensors;

namespace Akimbo.Networks.Onnx;

/// <summary>The nodes from heatmaps to positions. No node fixes the batch.</summary>
internal sealed class OnnxPeakNodes
{
    private const long Axis = 2;

    private readonly OnnxGraphBuilder _builder;
    private readonly OnnxPeaks _peaks;
    private readonly int _height;
    private readonly int _width;
    private readonly string _maps;

    private OnnxPeakNodes(OnnxGraphBuilder builder, OnnxPeaks peaks, string heatmaps, Shape shape)
    {
        _builder = builder;
        _peaks = peaks;
        _height = shape[2];
        _width = shape[3];
        if (peaks.Count < shape[1])
            heatmaps = Node("Slice", "heatmaps", [heatmaps, Integers("from", 0), Integers("to", peaks.Count), Integers("axis", 1)]);
        _maps = Node("Reshape", "flat", [heatmaps, Integers("flat_shape", 0, 0, -1)]);
    }

    /// <summary>Adds the nodes.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="peaks">What to read.</param>
    /// <param name="heatmaps">The name of the output with the heatmaps.</param>
    /// <param name="shape">Its shape, [N, C, H, W].</param>
    /// <param name="output">The name of the result, [N, K, 3].</param>
    /// <exception cref="ArgumentException">The output is no heatmap, or has fewer channels than keypoints are wanted; or the temperature is not above 0.</exception>
    public static void Add(OnnxGraphBuilder builder, OnnxPeaks peaks, string heatmaps, Shape shape, string output)
    {
        if (shape is not { Rank: 4 } || peaks.Count < 1 || peaks.Count > shape[1])
            throw new ArgumentException($"{peaks.Count} heatmaps were asked for; output {peaks.Output} is {shape}, expected [N, C, H, W] with as many channels.", nameof(peaks));
        if (!(peaks.Temperature > 0 && double.IsFinite(peaks.Temperature)))
            throw new ArgumentException($"The temperature is {peaks.Temperature}; expected a number above 0.", nameof(peaks));
        new OnnxPeakNodes(builder, peaks, heatmaps, shape).Add(output);
    }

    private void Add(string output)
    {
        if (_peaks.Rule == OnnxPeakRule.SoftArgMax) AddSoftArgMax(output);
        else AddArgMax(output);
    }

    private void AddSoftArgMax(string output)
    {
        var grid = OnnxSoftArgMax.Grid(_height, _width, (x, y) => (x * _peaks.ScaleX + _peaks.OffsetX, y * _peaks.ScaleY + _peaks.OffsetY));
        var (mean, weights) = new OnnxSoftArgMax(_builder, _peaks.Name).Mean(_maps, "mean", _peaks.Temperature, grid, dimensions: 2);
        string score = ValueAt(weights, ArgMax(), "score");
        _builder.Add("Concat", output, [mean, score], AttributeProto.Of("axis", Axis));
    }

    private void AddArgMax(string output)
    {
        string index = ArgMax();
        string width = Integers("width", _width);
        string column = Node("Mod", "column", [index, width]), row = Node("Div", "row", [index, width]);
        string score = Node("Relu", "score", [ValueAt(_maps, index, "peak")]);
        string isPositive = Float("positive", Node("Greater", "is_positive", [score, Scalar("zero", 0)]));

        string x = Float("x", column), y = Float("y", row);
        if (_peaks.Rule != OnnxPeakRule.ArgMax)
        {
            string inside = _peaks.Rule == OnnxPeakRule.QuarterOffset ? "" : Inside(column, row);
            x = Node("Add", "x_moved", [x, Step("x", column, _width, inside, moved => At(moved, row, width))]);
            y = Node("Add", "y_moved", [y, Step("y", row, _height, inside, moved => At(column, moved, width))]);
        }

        _builder.Add("Concat", output,
            [
                ToInput("x", Node("Mul", "x_found", [x, isPositive]), _peaks.ScaleX, _peaks.OffsetX),
                ToInput("y", Node("Mul", "y_found", [y, isPositive]), _peaks.ScaleY, _peaks.OffsetY), score,
            ], AttributeProto.Of("axis", Axis));
    }

    /// <summary>How far a position moves along one axis, in pixels of the heatmap.</summary>
    private string Step(string axis, string position, int length, string inside, Func<string, string> valueAt)
    {
        string one = Integers(axis + "_one", 1);
        string after = valueAt(Node("Min", axis + "_after", [Node("Add", axis + "_next", [position, one]), Integers(axis + "_last", length - 1)]));
        string before = valueAt(Node("Max", axis + "_before", [Node("Sub", axis + "_previous", [position, one]), Integers(axis + "_first", 0)]));
        string difference = Node("Sub", axis + "_difference", [after, before]);
        if (_peaks.Rule != OnnxPeakRule.QuarterOffset)
            return Node("Mul", axis + "_step", [Node("Mul", axis + "_quarter", [Node("Sign", axis + "_sign", [difference]), Scalar(axis + "_offset", 0.25)]), inside]);
        string isLarger = Node("Greater", axis + "_is_larger", [difference, Scalar(axis + "_zero", 0)]);
        return Node("Where", axis + "_step", [isLarger, Scalar(axis + "_forward", 0.25), Scalar(axis + "_back", -0.25)]);
    }

    /// <summary>1 where the rule moves a pixel, 0 at the border.</summary>
    private string Inside(string column, string row)
    {
        int margin = _peaks.Rule == OnnxPeakRule.HighResolutionQuarterOffset ? 1 : 0;
        string inColumns = Between("columns", column, margin, _width - 1), inRows = Between("rows", row, margin, _height - 1);
        return Float("inside", Node("And", "is_inside", [inColumns, inRows]));
    }

    private string Between(string name, string position, int low, int high) =>
        Node("And", name + "_inside",
            [
                Node("Greater", name + "_above", [position, Integers(name + "_low", low)]),
                Node("Less", name + "_below", [position, Integers(name + "_high", high)]),
            ]);

    private string ArgMax() => Node("ArgMax", "index", [_maps], AttributeProto.Of("axis", Axis), AttributeProto.Of("keepdims", 1));

    private string At(string column, string row, string width) =>
        ValueAt(_maps, Node("Add", "neighbour", [Node("Mul", "neighbour_row", [row, width]), column]), "neighbour_value");

    private string ValueAt(string maps, string index, string name) => Node("GatherElements", name, [maps, index], AttributeProto.Of("axis", Axis));

    private string ToInput(string axis, string position, double scale, double offset) =>
        Node("Add", axis + "_input", [Node("Mul", axis + "_scaled", [position, Scalar(axis + "_scale", scale)]), Scalar(axis + "_shift", offset)]);

    private string Float(string name, string value) => Node("Cast", name, [value], AttributeProto.Of("to", (long)OnnxType.Float));

    private string Scalar(string name, double value) => _builder.Constant(Name(name), [], [(float)value]);

    private string Integers(string name, params ReadOnlySpan<long> values) => _builder.Constant(Name(name), [values.Length], values);

    private string Node(string opType, string name, IReadOnlyList<string> inputs, params IReadOnlyList<AttributeProto> attributes) =>
        _builder.Add(opType, _builder.Unique(Name(name)), inputs, attributes);

    private string Name(string part) => $"{_peaks.Name}.{part}";
}
