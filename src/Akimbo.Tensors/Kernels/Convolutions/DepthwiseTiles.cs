using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>What a tile of a depthwise convolution needs beside the places it reads and writes.</summary>
/// <param name="KernelRows">Rows of the kernel that lie inside the input.</param>
/// <param name="FirstPixel">The first of the pixels under the tile that lies inside the input; at most 3.</param>
/// <param name="EndPixel">Pixels under the tile from its first up to the end of the input's row.</param>
/// <param name="Repeated">The first of the tile's outputs, which the tile before has computed: they are not stored again.</param>
/// <param name="InputRowStride">Floats from one input row to the next.</param>
/// <param name="HasResidual">Whether the residual is added before the range is applied.</param>
/// <param name="Range">The activation.</param>
internal readonly record struct DepthwiseRow(
    int KernelRows, int FirstPixel, int EndPixel, int Repeated, int InputRowStride, bool HasResidual, ActivationRange Range);

/// <summary>A size of the kernel known to the JIT: 3, 5 or 7.</summary>
internal interface IKernelSize
{
    static abstract int Size { get; }
}

internal readonly struct Kernel3 : IKernelSize
{
    public static int Size => 3;
}

internal readonly struct Kernel5 : IKernelSize
{
    public static int Size => 5;
}

internal readonly struct Kernel7 : IKernelSize
{
    public static int Size => 7;
}

/// <summary>
/// The register-blocked heart of depthwise convolutions: neighbouring outputs of a row are accumulated in registers beside
/// the taps of one row of the kernel, so that an input pixel is loaded once for all of them. The input is read where it lies;
/// pixels outside it are passed over, at most half a kernel on either side.
/// The accumulators are written out because the JIT keeps locals in registers, not array elements.
/// </summary>
internal interface IDepthwiseTiles
{
    static abstract int Stride { get; }

    /// <summary>Computes 20 outputs. <paramref name="input"/> is the pixel of the first tap, wherever that lies.</summary>
    static abstract void Tile20<T, TKernel>(in DepthwiseRow row, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T> where TKernel : struct, IKernelSize;

    /// <summary>Computes 8 outputs.</summary>
    /// <inheritdoc cref="Tile20"/>
    static abstract void Tile8<T, TKernel>(in DepthwiseRow row, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T> where TKernel : struct, IKernelSize;
}

/// <summary>
/// Rows of outputs in tiles; the last tile of a row ends with it and may compute outputs of the one before again,
/// but does not store them. Where the rows under an output row do not fit the first-level cache, several output rows are computed side by side.
/// </summary>
internal static class DepthwiseTiles
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int Wide = 20;
    private const int Narrow = 8;
    private const int BandRows = 4;
    private const int CacheBytes = 32 * 1024;

    /// <summary>Whether tiles can compute a convolution, and are worth it.</summary>
    public static bool Fit(in ConvolutionGeometry g, SimdPath path) =>
        path is SimdPath.Vector512 or SimdPath.Vector256 && g.KernelSize is 3 or 5 or 7 && g.Stride is 1 or 2 && g.Padding <= g.KernelSize / 2 && g.OutWidth >= Narrow;

    /// <summary>Computes rows of one block of channels; with vectors of 256 bits, half of it after the other, for want of registers.</summary>
    /// <param name="path">The vector width, of those that <see cref="Fit"/>.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="range">The activation.</param>
    /// <param name="plane">[H, W, 16].</param>
    /// <param name="weights">[k, k, 16].</param>
    /// <param name="bias">[16].</param>
    /// <param name="residual">[count, W', 16], or empty.</param>
    /// <param name="output">[count, W', 16].</param>
    /// <param name="firstRow">The first output row.</param>
    /// <param name="count">Output rows.</param>
    public static void Run(SimdPath path, in ConvolutionGeometry geometry, ActivationRange range, ReadOnlySpan<float> plane, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> output, int firstRow, int count)
    {
        if (path == SimdPath.Vector512) Run<Block512, No>(geometry, range, plane, weights, bias, residual, output, firstRow, count);
        else Run<HalfBlock256, Yes>(geometry, range, plane, weights, bias, residual, output, firstRow, count);
    }

    private static void Run<T, THalves>(in ConvolutionGeometry geometry, ActivationRange range, ReadOnlySpan<float> plane, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> output, int firstRow, int count)
        where T : struct, IBlock<T> where THalves : struct, IFlag
    {
        switch (geometry.Stride, geometry.KernelSize)
        {
            case (1, 3): Rows<T, THalves, Kernel3, StrideOneTiles>(geometry, range, plane, weights, bias, residual, output, firstRow, count); break;
            case (1, 5): Rows<T, THalves, Kernel5, StrideOneTiles>(geometry, range, plane, weights, bias, residual, output, firstRow, count); break;
            case (1, _): Rows<T, THalves, Kernel7, StrideOneTiles>(geometry, range, plane, weights, bias, residual, output, firstRow, count); break;
            case (_, 3): Rows<T, THalves, Kernel3, StrideTwoTiles>(geometry, range, plane, weights, bias, residual, output, firstRow, count); break;
            case (_, 5): Rows<T, THalves, Kernel5, StrideTwoTiles>(geometry, range, plane, weights, bias, residual, output, firstRow, count); break;
            default: Rows<T, THalves, Kernel7, StrideTwoTiles>(geometry, range, plane, weights, bias, residual, output, firstRow, count); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<T, THalves, TKernel, TTiles>(in ConvolutionGeometry geometry, ActivationRange range, ReadOnlySpan<float> plane, ReadOnlySpan<float> weights,
        ReadOnlySpan<float> bias, ReadOnlySpan<float> residual, Span<float> output, int firstRow, int count)
        where T : struct, IBlock<T> where THalves : struct, IFlag where TKernel : struct, IKernelSize where TTiles : struct, IDepthwiseTiles
    {
        int padding = geometry.Padding, height = geometry.InHeight, width = geometry.InWidth, outWidth = geometry.OutWidth;
        ref float pixels = ref Unsafe.AsRef(in plane[0]);
        int bandRows = TKernel.Size * width * Lanes * sizeof(float) > CacheBytes ? BandRows : 1;
        for (int band = firstRow; band < firstRow + count; band += bandRows)
        {
            int endRow = Math.Min(band + bandRows, firstRow + count);
            for (int x = 0; x < outWidth;)
            {
                int size = THalves.IsSet || outWidth - x <= Narrow || outWidth < Wide ? Narrow : Wide;
                int column = Math.Min(x, outWidth - size), left = column * TTiles.Stride - padding;
                for (int y = band; y < endRow; y++)
                {
                    int top = y * TTiles.Stride - padding, firstTap = Math.Max(0, -top), kernelRows = Math.Min(TKernel.Size, height - top) - firstTap;
                    int at = ((y - firstRow) * outWidth + column) * Lanes;
                    var row = new DepthwiseRow(kernelRows, Math.Max(0, -left), width - left, x - column, width * Lanes, !residual.IsEmpty, range);
                    ref readonly float w = ref weights[firstTap * TKernel.Size * Lanes];
                    ref readonly float a = ref Unsafe.Add(ref pixels, ((top + firstTap) * width + left) * Lanes);
                    ref readonly float r = ref residual.IsEmpty ? ref bias[0] : ref residual[at];
                    if (size == Wide) TTiles.Tile20<T, TKernel>(row, in a, in w, in bias[0], in r, ref output[at]);
                    else TTiles.Tile8<T, TKernel>(row, in a, in w, in bias[0], in r, ref output[at]);
                    if (THalves.IsSet)
                        TTiles.Tile8<T, TKernel>(row, in Half(in a), in Half(in w), in bias[HalfBlock256.Lanes], in Half(in r), ref output[at + HalfBlock256.Lanes]);
                }

                x = column + size;
            }
        }
    }

    /// <summary>The second half of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly float Half(ref readonly float block) => ref Unsafe.Add(ref Unsafe.AsRef(in block), HalfBlock256.Lanes);
}
