using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary><c>sums[c] += Σ_p map[c, p]</c>: a bias's gradient. Defined by <see cref="ConvolutionGradient.DefineBias"/>.</summary>
internal static class ChannelSums
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Adds neighbouring pixels of every block of one image.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="map">[⌈C/16⌉, P, 16].</param>
    /// <param name="plane">Floats of a block.</param>
    /// <param name="first">The first float of the pixels in a block.</param>
    /// <param name="length">Floats of the pixels.</param>
    /// <param name="sums">[⌈C/16⌉ · 16].</param>
    public static void Add(SimdPath path, ReadOnlySpan<float> map, int plane, int first, int length, Span<float> sums)
    {
        for (int block = 0; block < sums.Length / Lanes; block++)
        {
            var pixels = map.Slice(block * plane + first, length);
            ref float sum = ref sums[block * Lanes];
            switch (path)
            {
                case SimdPath.Vector512: Add<Block512>(pixels, ref sum); break;
                case SimdPath.Vector256: Add<Block256>(pixels, ref sum); break;
                default: Add<Block128>(pixels, ref sum); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(ReadOnlySpan<float> pixels, ref float sums) where T : struct, IBlock<T>
    {
        T even = T.Zero, odd = T.Zero;
        int i = 0;
        for (; i <= pixels.Length - 2 * Lanes; i += 2 * Lanes)
        {
            even = T.Add(even, T.Load(in pixels[i]));
            odd = T.Add(odd, T.Load(in pixels[i + Lanes]));
        }

        if (i < pixels.Length) even = T.Add(even, T.Load(in pixels[i]));
        T.Store(T.Add(T.Load(in sums), T.Add(even, odd)), ref sums);
    }
}
