using Akimbo.Geometry;
using Akimbo.Networks.Operations;

namespace Akimbo.Codecs;

/// <summary>
/// Integral regression in two dimensions (Sun et al., "Integral Human Pose Regression", ECCV 2018): a keypoint is where
/// the softmax of its map has its mean, so that positions are fractions of a pixel, and differentiable. The target is the
/// Gaussian of <c>makeGaussian</c>, given by its full width at half its maximum.
/// </summary>
public sealed class IntegralCodec : HeatmapCodec
{
    private readonly IntegralCodecOptions _options;

    /// <summary>Makes the codec.</summary>
    /// <param name="options">The settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public IntegralCodec(IntegralCodecOptions? options = null)
    {
        options ??= new IntegralCodecOptions();
        Require(options.Temperature > 0 && double.IsFinite(options.Temperature), nameof(options.Temperature), options.Temperature);
        Require(options.FullWidth > 0 && double.IsFinite(options.FullWidth), nameof(options.FullWidth), options.FullWidth);
        Require(options.Height > 0 && float.IsFinite(options.Height), nameof(options.Height), options.Height);
        if (!Enum.IsDefined(options.Order))
            throw new ArgumentException($"{nameof(options.Order)} is {options.Order}; there is no such order.", nameof(options));
        HeatmapToInput = ScaleTransform.HeatmapToInput(options.Stride, options.Stride);
        _options = options;
    }

    /// <inheritdoc/>
    public override Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <summary>Draws a labelled keypoint on the whole map, wherever it is.</summary>
    /// <inheritdoc/>
    protected override float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width)
    {
        if (!(keypoint.Visibility > 0)) return 0;

        double x = keypoint.Position.X / _options.Stride, y = keypoint.Position.Y / _options.Stride;
        double scale = -4 * Math.Log(2) / (_options.FullWidth * _options.FullWidth);
        for (int i = 0; i < heatmap.Length; i++)
        {
            double dx = i % width - x, dy = i / width - y;
            heatmap[i] = (float)(_options.Height * Math.Exp((dx * dx + dy * dy) * scale));
        }

        return keypoint.Visibility;
    }

    /// <summary>Reads one keypoint; its score is the largest probability of a pixel, from 1 / pixels for a flat map to 1.</summary>
    /// <inheritdoc/>
    protected override DecodedKeypoint DecodeKeypoint(ReadOnlySpan<float> heatmap, int width)
    {
        int height = heatmap.Length / width;
        double[] columns = new double[width], rows = new double[height];
        double peak = 1;
        if (_options.Order == SoftArgMaxOrder.SoftmaxFirst)
        {
            double[] probabilities = new double[heatmap.Length];
            for (int i = 0; i < heatmap.Length; i++) probabilities[i] = heatmap[i];
            peak = Softmax.Apply(probabilities, _options.Temperature);
            for (int i = 0; i < probabilities.Length; i++) AddTo(columns, rows, i, probabilities[i]);
        }
        else
        {
            for (int i = 0; i < heatmap.Length; i++) AddTo(columns, rows, i, heatmap[i]);
            peak = Softmax.Apply(columns, _options.Temperature) * Softmax.Apply(rows, _options.Temperature);
        }

        return peak > 0 ? new DecodedKeypoint(new HeatmapPoint(Softmax.Mean(columns), Softmax.Mean(rows)), (float)peak) : default;
    }

    private static void AddTo(double[] columns, double[] rows, int index, double value)
    {
        columns[index % columns.Length] += value;
        rows[index / columns.Length] += value;
    }

    private static void Require(bool condition, string name, double value)
    {
        if (!condition) throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; it must be positive."));
    }
}
