using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// <c>output[c, y, x] = range(bias[c] + Σ_{ky, kx} input[c, y·s − p + ky, x·s − p + kx] · weights[c, ky, kx] + residual[c, y, x])</c>:
/// every channel by itself, sixteen at a time. The usual sizes are computed by <see cref="DepthwiseTiles"/>; for others the rows
/// a part needs are copied between borders of zeros first, so that the inner loop knows no borders.
/// Defined by <see cref="Convolution2d.Define"/>.
/// </summary>
internal sealed class DepthwiseConvolution(ConvolutionGeometry geometry, SimdPath path, AlignedFloats weights, AlignedFloats bias) : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int Step = 4;
    private const int ScratchBytes = 160 * 1024;
    private const int WantedChunks = 24;
    private const int FewestRows = 8;
    private readonly int _blocks = BlockedLayout.Blocks(geometry.InChannels);
    private readonly bool _inTiles = DepthwiseTiles.Fit(geometry, path);
    private readonly int _rowsPerChunk = DepthwiseTiles.Fit(geometry, path) ? RowsShared(geometry) : RowsCopied(geometry);

    /// <summary>Packs [C, 1, k, k] weights as [⌈C/16⌉, k, k, 16].</summary>
    public static AlignedFloats Pack(ReadOnlySpan<float> weights, in ConvolutionGeometry geometry)
    {
        int taps = geometry.KernelSize * geometry.KernelSize;
        var packed = new AlignedFloats(BlockedLayout.Blocks(geometry.InChannels) * taps * Lanes);
        BlockedLayout.PackChannels(weights, packed.Span, geometry.InChannels, taps);
        return packed;
    }

    /// <summary>Packs a bias of [C], or none, as [⌈C/16⌉, 16].</summary>
    public static AlignedFloats PackBias(ReadOnlySpan<float> bias, in ConvolutionGeometry geometry)
    {
        var packed = new AlignedFloats(BlockedLayout.Blocks(geometry.OutChannels) * Lanes);
        bias.CopyTo(packed.Span);
        return packed;
    }

    public override int Chunks => Geometry.Batch * _blocks * ChunksPerPlane;

    public override int ScratchLength => _inTiles ? 0 : PaddedHeight(_rowsPerChunk) * PaddedWidth(Geometry) * Lanes;

    private int ChunksPerPlane => (Geometry.OutHeight + _rowsPerChunk - 1) / _rowsPerChunk;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var g = Geometry;
        var (plane, part) = Math.DivRem(chunk, ChunksPerPlane);
        int firstRow = part * _rowsPerChunk, count = Math.Min(_rowsPerChunk, g.OutHeight - firstRow);
        int block = plane % _blocks, inPlane = g.InHeight * g.InWidth * Lanes, taps = g.KernelSize * g.KernelSize;
        int from = (plane * g.OutHeight + firstRow) * g.OutWidth * Lanes, length = count * g.OutWidth * Lanes;
        var source = input.Slice(plane * inPlane, inPlane);
        var w = weights.Span.Slice(block * taps * Lanes, taps * Lanes);
        var b = bias.Span.Slice(block * Lanes, Lanes);
        var target = output.Slice(from, length);
        var added = residual.IsEmpty ? residual : residual.Slice(from, length);
        if (_inTiles)
        {
            DepthwiseTiles.Run(path, g, Range, source, w, b, added, target, firstRow, count);
            return;
        }

        CopyRows(source, firstRow * g.Stride - g.Padding, PaddedHeight(count), scratch);
        var rows = new PaddedRows(ref scratch[0], PaddedWidth(g), count, g.OutWidth, g.KernelSize, g.Stride);
        switch (path, g.Stride)
        {
            case (SimdPath.Vector512, _): Rows4<Block512, AnyStride>(rows, in w[0], in b[0], added, target, Range); break;
            case (SimdPath.Vector256, 1): Rows4<Block256, StrideOne>(rows, in w[0], in b[0], added, target, Range); break;
            case (SimdPath.Vector256, _): Rows4<Block256, AnyStride>(rows, in w[0], in b[0], added, target, Range); break;
            default: Rows4<Block128, AnyStride>(rows, in w[0], in b[0], added, target, Range); break;
        }
    }

    /// <summary>Lets the JIT make a version for stride 1, in which the pixels of a step are constant displacements.</summary>
    private interface IStride
    {
        static abstract int Of(int stride);
    }

    private readonly struct StrideOne : IStride
    {
        public static int Of(int stride) => 1;
    }

    private readonly struct AnyStride : IStride
    {
        public static int Of(int stride) => stride;
    }

    private readonly ref struct PaddedRows(ref float first, int width, int count, int outWidth, int kernelSize, int stride)
    {
        public readonly ref float First = ref first;
        public readonly int Width = width;
        public readonly int Count = count;
        public readonly int OutWidth = outWidth;
        public readonly int KernelSize = kernelSize;
        public readonly int Stride = stride;
    }

    private int PaddedHeight(int outRows) => (outRows - 1) * Geometry.Stride + Geometry.KernelSize;

    private static int PaddedWidth(in ConvolutionGeometry g) =>
        ((g.OutWidth + Step - 1) / Step * Step - 1) * g.Stride + g.KernelSize;

    /// <summary>Enough rows for a part that there are enough parts for threads.</summary>
    private static int RowsShared(in ConvolutionGeometry g)
    {
        int parts = Math.Max(1, WantedChunks / Math.Max(1, g.Batch * BlockedLayout.Blocks(g.InChannels)));
        return Math.Clamp((g.OutHeight + parts - 1) / parts, Math.Min(FewestRows, g.OutHeight), g.OutHeight);
    }

    /// <summary>Rows whose copied input stays in the cache.</summary>
    private static int RowsCopied(in ConvolutionGeometry g)
    {
        int fitting = ScratchBytes / (PaddedWidth(g) * Lanes * sizeof(float));
        return Math.Clamp((fitting - g.KernelSize) / g.Stride + 1, 1, Math.Max(1, g.OutHeight));
    }

    private void CopyRows(ReadOnlySpan<float> plane, int firstRow, int count, Span<float> scratch)
    {
        int width = PaddedWidth(Geometry) * Lanes, left = Geometry.Padding * Lanes;
        int inside = Math.Min(Geometry.InWidth * Lanes, width - left);
        for (int r = 0; r < count; r++)
        {
            var target = scratch.Slice(r * width, width);
            int row = firstRow + r;
            if ((uint)row >= (uint)Geometry.InHeight)
            {
                target.Clear();
                continue;
            }

            target[..left].Clear();
            plane.Slice(row * Geometry.InWidth * Lanes, inside).CopyTo(target[left..]);
            target[(left + inside)..].Clear();
        }
    }

    /// <summary>Every output row of the chunk, 4 pixels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows4<T, TStride>(in PaddedRows rows, ref readonly float weights, ref readonly float bias, ReadOnlySpan<float> residual, Span<float> output, ActivationRange range)
        where T : struct, IBlock<T> where TStride : struct, IStride
    {
        T start = T.Load(in bias), low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        int step = TStride.Of(rows.Stride), stride = step * Lanes;
        for (int y = 0; y < rows.Count; y++)
            for (int x = 0; x < rows.OutWidth; x += 4)
            {
                T c0 = start, c1 = start, c2 = start, c3 = start;
                ref float w = ref Unsafe.AsRef(in weights);
                for (int ky = 0; ky < rows.KernelSize; ky++)
                {
                    ref float a = ref Unsafe.Add(ref rows.First, ((y * step + ky) * rows.Width + x * step) * Lanes);
                    for (int kx = 0; kx < rows.KernelSize; kx++)
                    {
                        T tap = T.Load(in w);
                        c0 = T.MultiplyAdd(T.Load(in a), tap, c0);
                        c1 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref a, stride)), tap, c1);
                        c2 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref a, 2 * stride)), tap, c2);
                        c3 = T.MultiplyAdd(T.Load(in Unsafe.Add(ref a, 3 * stride)), tap, c3);
                        w = ref Unsafe.Add(ref w, Lanes);
                        a = ref Unsafe.Add(ref a, Lanes);
                    }
                }

                int at = (y * rows.OutWidth + x) * Lanes, count = rows.OutWidth - x;
                Finish(c0, low, high, residual, output, at);
                if (count > 1) Finish(c1, low, high, residual, output, at + Lanes);
                if (count > 2) Finish(c2, low, high, residual, output, at + 2 * Lanes);
                if (count > 3) Finish(c3, low, high, residual, output, at + 3 * Lanes);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<T>(T value, T low, T high, ReadOnlySpan<float> residual, Span<float> output, int at) where T : struct, IBlock<T>
    {
        if (!residual.IsEmpty) value = T.Add(value, T.Load(in residual[at]));
        T.Store(T.Min(high, T.Max(low, value)), ref output[at]);
    }
}
