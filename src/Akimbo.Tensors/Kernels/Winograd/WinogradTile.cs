using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>The choice between Winograd's algorithm, of either size, and the direct kernel.</summary>
internal static class WinogradTile
{
    private const int FewestChannels = 32;

    /// <summary>
    /// The tile that is estimated to be the fastest for a convolution that <see cref="WinogradConvolution.Fits"/>: 4, 2, or 0
    /// where the direct kernel is faster, because reading the larger transformed weights from memory takes longer than the
    /// multiplications they save.
    /// </summary>
    public static int Best(in ConvolutionGeometry geometry, SimdPath path)
    {
        if (geometry.InChannels < FewestChannels || geometry.OutChannels < FewestChannels) return 0;
        int best = 0;
        double bestTime = Direct(geometry, path);
        foreach (int tile in (ReadOnlySpan<int>)[4, 2])
        {
            double time = WinogradPlan.Best(geometry, path, tile, threads: 1).Microseconds;
            if (time < bestTime) (best, bestTime) = (tile, time);
        }

        return best;
    }

    private static double Direct(in ConvolutionGeometry geometry, SimdPath path)
    {
        double multiply = KernelCosts.Current.Multiply(path, 2.0 * geometry.MultiplyAdds);
        double stream = KernelCosts.Current.StreamCold(9.0 * geometry.InChannels * geometry.OutChannels * sizeof(float));
        return Math.Max(multiply, stream) + KernelCosts.Current.Overlap * Math.Min(multiply, stream);
    }
}
