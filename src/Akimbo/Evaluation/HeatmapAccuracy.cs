using Akimbo.Codecs;

namespace Akimbo.Evaluation;

/// <summary>
/// How often a network's heatmaps are largest near where their targets are: the percentage of correct keypoints that is
/// watched while training (HRNet, <c>lib/core/evaluate.py</c>, <c>accuracy</c>).
/// </summary>
/// <param name="PerKeypoint">The share of correct keypoints, 0 to 1; null where no target of the batch has the keypoint.</param>
/// <param name="Average">Their mean over the keypoints there are; 0 if there are none.</param>
/// <param name="KeypointsCounted">How many keypoints the mean is over.</param>
public sealed record HeatmapAccuracy(IReadOnlyList<double?> PerKeypoint, double Average, int KeypointsCounted)
{
    /// <summary>Compares a batch of heatmaps.</summary>
    /// <param name="output">[N, K, height, width], the network's answer.</param>
    /// <param name="target">[N, K, height, width]; a keypoint counts where its target is largest beyond the second column and row.</param>
    /// <param name="keypoints">K, at least 1.</param>
    /// <param name="height">Rows of a map, at least 1.</param>
    /// <param name="width">Columns of a map, at least 1.</param>
    /// <param name="threshold">
    /// How close is correct, in tenths of the map. As in the reference x is divided by the height, and y by the width.
    /// </param>
    /// <exception cref="ArgumentException">The spans differ in length, or hold no whole number of maps.</exception>
    public static HeatmapAccuracy Measure(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, int keypoints, int height, int width, double threshold = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keypoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Int128 image = (Int128)keypoints * height * width;
        if (output.Length == 0 || output.Length != target.Length || output.Length % image != 0)
        {
            throw new ArgumentException(
                $"Maps [N, {keypoints}, {height}, {width}] have N × {image} values; {output.Length} and targets of {target.Length} came.",
                nameof(output));
        }

        int size = height * width;
        int[] correct = new int[keypoints], counted = new int[keypoints];
        for (int map = 0; map < output.Length / size; map++)
        {
            if (ArgMax.Find(target.Slice(map * size, size), width) is not Peak wanted || wanted.X <= 1 || wanted.Y <= 1) continue;

            Peak found = ArgMax.Find(output.Slice(map * size, size), width) ?? default;
            double dx = (found.X - wanted.X) / (height / 10.0), dy = (found.Y - wanted.Y) / (width / 10.0);
            counted[map % keypoints]++;
            if (Math.Sqrt(dx * dx + dy * dy) < threshold) correct[map % keypoints]++;
        }

        double?[] shares = new double?[keypoints];
        for (int i = 0; i < keypoints; i++)
            if (counted[i] > 0) shares[i] = (double)correct[i] / counted[i];
        return new HeatmapAccuracy(shares, shares.Average() ?? 0, shares.Count(share => share is not null));
    }
}
