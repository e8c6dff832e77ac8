namespace Akimbo.Codecs;

/// <summary>
/// Integral regression in three dimensions, from network output to keypoints (Sun et al., "Integral Human Pose
/// Regression", ECCV 2018; integral-human-pose, <c>common_loss/integral.py</c>, <c>softmax_integral_tensor</c>): the mean
/// position under the softmax of a volume.
/// </summary>
public static class VolumetricIntegralCodec
{
    /// <summary>Reads the keypoints, in the order of the volumes.</summary>
    /// <param name="volumes">[K, depth, height, width], or [K · depth, height, width] as networks give them.</param>
    /// <param name="depth">Planes of a volume, at least 1.</param>
    /// <param name="height">Rows of a plane, at least 1.</param>
    /// <param name="width">Columns of a plane, at least 1.</param>
    /// <returns>A keypoint each; (−0.5, −0.5, −0.5) for a volume with a value that is not finite.</returns>
    /// <exception cref="ArgumentException">The span holds no whole number of volumes.</exception>
    public static IReadOnlyList<VolumePoint> Decode(ReadOnlySpan<float> volumes, int depth, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Int128 size = (Int128)depth * height * width;
        if (volumes.Length == 0 || volumes.Length % size != 0)
        {
            throw new ArgumentException(
                $"Volumes [K, {depth}, {height}, {width}] have K × {size} values; {volumes.Length} came.", nameof(volumes));
        }

        var points = new VolumePoint[(int)(volumes.Length / size)];
        double[] probabilities = new double[(int)size];
        for (int i = 0; i < points.Length; i++)
        {
            for (int k = 0; k < probabilities.Length; k++) probabilities[k] = volumes[i * probabilities.Length + k];
            Softmax.Apply(probabilities, temperature: 1);
            points[i] = Mean(probabilities, depth, height, width);
        }

        return points;
    }

    private static VolumePoint Mean(double[] probabilities, int depth, int height, int width)
    {
        double x = 0, y = 0, z = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, width);
            x += probabilities[i] * column;
            y += probabilities[i] * (row % height);
            z += probabilities[i] * (row / height);
        }

        return new VolumePoint(x / width - 0.5, y / height - 0.5, z / depth - 0.5);
    }
}
