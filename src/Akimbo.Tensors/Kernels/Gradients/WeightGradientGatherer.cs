namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>Copies what the taps of a kernel see of a blocked input at neighbouring output pixels, zeros outside the input.</summary>
internal static class WeightGradientGatherer
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Gathers rows of one tap and one block of input channels each.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="image">[⌈I/16⌉, H, W, 16], one image.</param>
    /// <param name="inBlocks">Blocks of input channels.</param>
    /// <param name="first">The first output pixel.</param>
    /// <param name="count">Output pixels.</param>
    /// <param name="firstRow">The first row: tap · blocks + block.</param>
    /// <param name="endRow">Past the last row.</param>
    /// <param name="rowPixels">Pixels from one row to the next.</param>
    /// <param name="gathered">[rows, rowPixels, 16].</param>
    public static void Gather(in ConvolutionGeometry geometry, ReadOnlySpan<float> image, int inBlocks, int first, int count,
        int firstRow, int endRow, int rowPixels, Span<float> gathered)
    {
        var g = geometry;
        int plane = g.InHeight * g.InWidth * Lanes;
        for (int row = firstRow; row < endRow; row++)
        {
            var (tap, block) = Math.DivRem(row, inBlocks);
            var (ky, kx) = Math.DivRem(tap, g.KernelSize);
            var source = image.Slice(block * plane, plane);
            var target = gathered.Slice((row - firstRow) * rowPixels * Lanes, count * Lanes);
            for (int p = 0; p < count;)
            {
                var (y, x) = Math.DivRem(first + p, g.OutWidth);
                int run = Math.Min(g.OutWidth - x, count - p);
                CopyRun(g, source, y * g.Stride - g.Padding + ky, x * g.Stride - g.Padding + kx, target.Slice(p * Lanes, run * Lanes));
                p += run;
            }
        }
    }

    private static void CopyRun(in ConvolutionGeometry g, ReadOnlySpan<float> plane, int row, int column, Span<float> target)
    {
        if ((uint)row >= (uint)g.InHeight)
        {
            target.Clear();
            return;
        }

        var line = plane.Slice(row * g.InWidth * Lanes, g.InWidth * Lanes);
        int run = target.Length / Lanes;
        if (g.Stride == 1)
        {
            int before = Math.Clamp(-column, 0, run), inside = Math.Clamp(g.InWidth - column - before, 0, run - before);
            target[..(before * Lanes)].Clear();
            if (inside > 0) line.Slice((column + before) * Lanes, inside * Lanes).CopyTo(target[(before * Lanes)..]);
            target[((before + inside) * Lanes)..].Clear();
            return;
        }

        for (int i = 0; i < run; i++, column += g.Stride)
        {
            var pixel = target.Slice(i * Lanes, Lanes);
            if ((uint)column < (uint)g.InWidth) line.Slice(column * Lanes, Lanes).CopyTo(pixel);
            else pixel.Clear();
        }
    }
}
