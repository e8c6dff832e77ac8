using Akimbo.Networks.Onnx;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Onnx;

/// <summary>Positions read inside an exported model against the rules written down plainly.</summary>
public sealed class OnnxPeaksTests
{
    private const int Height = 9, Width = 7;

    [OnnxRuntimeFact]
    public void Run_EveryRule_EqualsTheRule()
    {
        var maps = Heatmaps();
        var graph = Graph.Trace(maps.Shape, x => [x.MaxPool2d(kernelSize: 1, stride: 1)]);
        foreach (var rule in Enum.GetValues<OnnxPeakRule>())
        {
            var peaks = new OnnxPeaks
            {
                Output = 0,
                Count = maps.Shape[1] - 1,
                Rule = rule,
                ScaleX = 4,
                ScaleY = 3.5,
                OffsetX = 2,
                OffsetY = -1,
                Temperature = 0.4,
            };
            using var exported = new ExportedModel(graph, new OnnxExportOptions { Peaks = peaks });
            var found = exported.Run(maps)[0];

            Assert.Equal([maps.Shape[0], peaks.Count, 3], found.Shape);
            for (int n = 0; n < maps.Shape[0]; n++)
            {
                for (int k = 0; k < peaks.Count; k++)
                {
                    var map = maps.Span.Slice((n * maps.Shape[1] + k) * Height * Width, Height * Width);
                    var (x, y, score) = rule == OnnxPeakRule.SoftArgMax ? Mean(map, peaks.Temperature) : Peak(map, rule);
                    var actual = found.Span.Slice((n * peaks.Count + k) * 3, 3);
                    Assert.True(
                        Math.Abs(actual[0] - (x * 4 + 2)) < 1e-3 && Math.Abs(actual[1] - (y * 3.5 - 1)) < 1e-3 && Math.Abs(actual[2] - score) < 1e-5,
                        $"{rule}, map {k} of {n}: ({actual[0]}, {actual[1]}) {actual[2]}, expected ({x * 4 + 2}, {y * 3.5 - 1}) {score}");
                }
            }
        }
    }

    /// <summary>Two entries of maps with a peak at every pixel in turn, equal neighbours among them, a map of zeros and one of negative values.</summary>
    private static Tensor Heatmaps()
    {
        int count = Height * Width + 3;
        var maps = new Tensor([2, count, Height, Width]);
        var random = new Random(5);
        for (int i = 0; i < maps.Span.Length; i++) maps.Span[i] = random.Next(-4, 5) / 8f;
        for (int n = 0; n < 2; n++)
            for (int k = 0; k < Height * Width; k++) maps.Span[(n * count + k) * Height * Width + k] = 1 + k / 100f;
        maps.Span.Slice(Height * Width * Height * Width, Height * Width).Clear();
        maps.Span.Slice((Height * Width + 1) * Height * Width, Height * Width).Fill(-0.5f);
        return maps;
    }

    private static (double X, double Y, double Score) Peak(ReadOnlySpan<float> map, OnnxPeakRule rule)
    {
        int best = 0;
        for (int i = 1; i < map.Length; i++)
            if (map[i] > map[best]) best = i;
        if (map[best] <= 0) return (0, 0, 0);

        int x = best % Width, y = best / Width;
        float horizontal = map[y * Width + Math.Min(x + 1, Width - 1)] - map[y * Width + Math.Max(x - 1, 0)];
        float vertical = map[Math.Min(y + 1, Height - 1) * Width + x] - map[Math.Max(y - 1, 0) * Width + x];
        bool isInside = x > 0 && y > 0 && x < Width - 1 && y < Height - 1;
        bool moves = rule switch
        {
            OnnxPeakRule.InteriorQuarterOffset => isInside,
            OnnxPeakRule.HighResolutionQuarterOffset => isInside && x > 1 && y > 1,
            _ => false,
        };
        if (rule == OnnxPeakRule.QuarterOffset) return (x + (horizontal > 0 ? 0.25 : -0.25), y + (vertical > 0 ? 0.25 : -0.25), map[best]);
        return moves ? (x + 0.25 * Math.Sign(horizontal), y + 0.25 * Math.Sign(vertical), map[best]) : (x, y, map[best]);
    }

    private static (double X, double Y, double Score) Mean(ReadOnlySpan<float> map, double temperature)
    {
        double sum = 0, x = 0, y = 0, largest = 0;
        for (int i = 0; i < map.Length; i++)
        {
            double weight = Math.Exp(map[i] / temperature);
            sum += weight;
            x += weight * (i % Width);
            y += weight * (i / Width);
            largest = Math.Max(largest, weight);
        }

        return (x / sum, y / sum, largest / sum);
    }
}
