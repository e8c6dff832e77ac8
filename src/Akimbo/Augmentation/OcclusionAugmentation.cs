using Akimbo.Imaging;
using Akimbo.Tensors;

namespace Akimbo.Augmentation;

/// <summary>
/// Hides parts of a sample behind grey rectangles, so that a network learns to infer what it does not see (DeVries and Taylor,
/// "Improved Regularization of Convolutional Neural Networks with Cutout", 2017). Keypoints behind them stay to be found.
/// </summary>
public sealed record OcclusionAugmentation
{
    /// <summary>The share of the samples with rectangles; 0 to 1.</summary>
    public double Probability { get; init; } = 0.5;

    /// <summary>How many rectangles such a sample has at most, at least 1.</summary>
    public int MaxPatches { get; init; } = 1;

    /// <summary>The least side of a rectangle, in shares of the input's; above 0.</summary>
    public double MinSide { get; init; } = 0.1;

    /// <summary>The largest side of a rectangle, in shares of the input's; at most 1.</summary>
    public double MaxSide { get; init; } = 0.3;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A number is out of its range; the message names it.</exception>
    public void Validate()
    {
        Ranges.RequireShare("occlusion.probability", Probability);
        Ranges.Require(MaxPatches is >= 1 and <= 100, "occlusion.maxPatches", MaxPatches, "1 to 100");
        Ranges.Require(MinSide > 0 && MinSide <= MaxSide && MaxSide <= 1, "occlusion.minSide", MinSide, $"above 0, and at most occlusion.maxSide, {MaxSide}, which is at most 1");
    }

    /// <summary>Hides parts of one sample.</summary>
    /// <param name="random">The sample's own sequence.</param>
    /// <param name="planes">[3, height, width].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="fill">What the three channels are set to.</param>
    internal void Apply(CounterRandom random, Span<float> planes, int width, int height, IReadOnlyList<float> fill)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(fill);
        if (!random.NextBool(Probability)) return;
        int patches = 1 + random.NextIndex(MaxPatches);
        for (int i = 0; i < patches; i++)
        {
            var (left, columns) = Span(random, width);
            var (top, rows) = Span(random, height);
            for (int c = 0; c < Image.Channels; c++)
                for (int y = top; y < top + rows; y++) planes.Slice((c * height + y) * width + left, columns).Fill(fill[c]);
        }
    }

    private (int Start, int Length) Span(CounterRandom random, int side)
    {
        int length = Math.Clamp((int)Math.Round(side * random.NextDouble(MinSide, MaxSide)), 1, side);
        return (random.NextIndex(side - length + 1), length);
    }
}
