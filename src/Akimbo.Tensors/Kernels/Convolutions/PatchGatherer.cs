using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>Copies the input pixels under a kernel to [tap][block][pixel][16], zeros outside the input.</summary>
internal static class PatchGatherer
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Gathers the patches of neighbouring output pixels of a convolution.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="input">The blocked input, all of the batch.</param>
    /// <param name="inBlocks">Blocks of input channels.</param>
    /// <param name="n">Which image.</param>
    /// <param name="firstPixel">The first output pixel, counted row by row.</param>
    /// <param name="tilePixels">Pixels to gather; those past the last output are left as they are.</param>
    /// <param name="patch">[taps, inBlocks, tilePixels, 16].</param>
    public static void Gather(SimdPath path, in ConvolutionGeometry geometry, ReadOnlySpan<float> input, int inBlocks, int n, int firstPixel, int tilePixels, Span<float> patch)
    {
        var g = geometry;
        var image = input.Slice(n * inBlocks * g.InHeight * g.InWidth * Lanes, inBlocks * g.InHeight * g.InWidth * Lanes);
        int count = Math.Min(tilePixels, g.OutHeight * g.OutWidth - firstPixel);
        Span<int> sources = stackalloc int[count], tops = stackalloc int[count], lefts = stackalloc int[count];
        for (int p = 0; p < count; p++)
        {
            var (y, x) = Math.DivRem(firstPixel + p, g.OutWidth);
            (tops[p], lefts[p]) = (y * g.Stride - g.Padding, x * g.Stride - g.Padding);
        }

        for (int ky = 0; ky < g.KernelSize; ky++)
            for (int kx = 0; kx < g.KernelSize; kx++)
            {
                for (int p = 0; p < count; p++) sources[p] = SourcePixel(g, tops[p] + ky, lefts[p] + kx);
                int tap = ky * g.KernelSize + kx;
                CopyTap(path, image, inBlocks, g.InHeight * g.InWidth, sources, tilePixels, patch.Slice(tap * inBlocks * tilePixels * Lanes, inBlocks * tilePixels * Lanes));
            }
    }

    /// <summary>The index of an input pixel, or −1 outside the input.</summary>
    public static int SourcePixel(in ConvolutionGeometry geometry, int row, int column) =>
        (uint)row < (uint)geometry.InHeight && (uint)column < (uint)geometry.InWidth ? row * geometry.InWidth + column : -1;

    /// <summary>Copies the given pixels of every block; −1 gives zeros.</summary>
    public static void CopyTap(SimdPath path, ReadOnlySpan<float> image, int inBlocks, int inPixels, ReadOnlySpan<int> sources, int tilePixels, Span<float> target)
    {
        switch (path)
        {
            case SimdPath.Vector512: CopyTap<Block512>(image, inBlocks, inPixels, sources, tilePixels, target); break;
            case SimdPath.Vector256: CopyTap<Block256>(image, inBlocks, inPixels, sources, tilePixels, target); break;
            default: CopyTap<Block128>(image, inBlocks, inPixels, sources, tilePixels, target); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTap<T>(ReadOnlySpan<float> image, int inBlocks, int inPixels, ReadOnlySpan<int> sources, int tilePixels, Span<float> target)
        where T : struct, IBlock<T>
    {
        for (int block = 0; block < inBlocks; block++)
        {
            var plane = image.Slice(block * inPixels * Lanes, inPixels * Lanes);
            var copies = target.Slice(block * tilePixels * Lanes, tilePixels * Lanes);
            for (int p = 0; p < sources.Length; p++)
            {
                int source = sources[p];
                T.Store(source < 0 ? T.Zero : T.Load(in plane[source * Lanes]), ref copies[p * Lanes]);
            }
        }
    }
}
