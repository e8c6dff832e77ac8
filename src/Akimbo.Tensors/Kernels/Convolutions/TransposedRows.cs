using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// The phases of a transposed convolution in tiles of neighbouring outputs, which read the input where it lies. The last tile
/// of a row ends with it and may compute outputs of the one before again, but does not store them.
/// </summary>
internal sealed class TransposedRows(ConvolutionGeometry geometry, TransposedConvolution.PhaseWeights[] phases)
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int Wide = 14;
    private const int Narrow = 8;
    private const int WantedChunks = 24;
    private const int GroupInputBytes = 192 * 1024;
    private static readonly AlignedFloats Zeros = new(Lanes);
    private readonly int _groupRows = GroupRows(geometry);

    /// <summary>Whether no pixel of a tile but its first and its last can see beyond the ends of an input row.</summary>
    public static bool Fit(in ConvolutionGeometry geometry, TransposedConvolution.PhaseWeights[] phases)
    {
        for (int phase = 0; phase < phases.Length; phase++)
        {
            int width = TransposedConvolution.PhaseSize(geometry, phase).Width;
            if (phases[phase].Weights.Path != SimdPath.Vector512 || width < Narrow) return false;
            foreach (int offset in phases[phase].ColumnOffsets)
                if (offset < -1 || width + offset > geometry.InWidth + 1) return false;
        }

        return true;
    }

    /// <summary>Parts that can run at the same time.</summary>
    public int Chunks => geometry.Batch * Groups * geometry.Stride;

    private int Groups => (TransposedConvolution.PhaseSize(geometry, 0).Height + _groupRows - 1) / _groupRows;

    /// <summary>Computes some rows of the phases of the same rows.</summary>
    /// <inheritdoc cref="ConvolutionKernel.Run"/>
    public void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, ActivationRange range, int chunk)
    {
        var (rest, phaseRow) = Math.DivRem(chunk, geometry.Stride);
        var (n, group) = Math.DivRem(rest, Groups);
        int inPixels = geometry.InHeight * geometry.InWidth, outPixels = geometry.OutHeight * geometry.OutWidth;
        for (int phaseColumn = 0; phaseColumn < geometry.Stride; phaseColumn++)
        {
            int index = phaseRow * geometry.Stride + phaseColumn;
            var weights = phases[index].Weights;
            var operands = new TransposedOperands(weights.InBlocks, weights.LastBlockLanes, inPixels * Lanes, geometry.InWidth * Lanes,
                outPixels * Lanes, geometry.Stride * Lanes, !residual.IsEmpty, range);
            var image = input.Slice(n * weights.InBlocks * inPixels * Lanes, weights.InBlocks * inPixels * Lanes);
            int endRow = Math.Min((group + 1) * _groupRows, TransposedConvolution.PhaseSize(geometry, index).Height);
            for (int panel = 0; panel < weights.Panels; panel++)
            {
                int planes = (n * weights.OutBlocks + weights.FirstBlockOf(panel)) * outPixels * Lanes, length = weights.BlocksOf(panel) * outPixels * Lanes;
                var target = output.Slice(planes, length);
                var added = residual.IsEmpty ? residual : residual.Slice(planes, length);
                for (int y = group * _groupRows; y < endRow; y++) Row(index, panel, operands, image, added, target, y);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(int index, int panel, in TransposedOperands operands, ReadOnlySpan<float> image, ReadOnlySpan<float> residual, Span<float> output, int y)
    {
        var phase = phases[index];
        var (phaseRow, phaseColumn) = Math.DivRem(index, geometry.Stride);
        int width = TransposedConvolution.PhaseSize(geometry, index).Width, blocks = phase.Weights.BlocksOf(panel), columns = phase.ColumnOffsets.Length;
        int top = y + phase.RowOffsets.FirstOrDefault(), left = phase.ColumnOffsets.FirstOrDefault();
        int firstTap = Math.Max(0, top - geometry.InHeight + 1), rows = Math.Max(0, Math.Min(phase.RowOffsets.Length, top + 1) - firstTap);
        ref readonly float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(phase.Weights.Panel(panel)), firstTap * columns * operands.InputBlocks * Lanes * blocks * Lanes);
        ref readonly float bias = ref phase.Weights.Bias(panel)[0];
        for (int x = 0; x < width;)
        {
            int size = width - x <= Narrow || width < Wide ? Narrow : Wide, column = Math.Min(x, width - size);
            var span = new TransposedSpan(rows, columns, column + left, column + size + left - geometry.InWidth, x - column, ref Zeros.Span[0]);
            ref readonly float a = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), ((top - firstTap) * geometry.InWidth + column + left) * Lanes);
            int at = ((y * geometry.Stride + phaseRow) * geometry.OutWidth + column * geometry.Stride + phaseColumn) * Lanes;
            ref readonly float r = ref residual.IsEmpty ? ref bias : ref residual[at];
            CallAhead(operands, size, blocks, ref output[at]);
            switch (size, blocks)
            {
                case (Wide, 2): TransposedTile.Tile14<Block512, Yes>(operands, span, in a, in w, in bias, in r, ref output[at]); break;
                case (Wide, _): TransposedTile.Tile14<Block512, No>(operands, span, in a, in w, in bias, in r, ref output[at]); break;
                case (_, 2): TransposedTile.Tile8<Block512, Yes>(operands, span, in a, in w, in bias, in r, ref output[at]); break;
                default: TransposedTile.Tile8<Block512, No>(operands, span, in a, in w, in bias, in r, ref output[at]); break;
            }

            x = column + size;
        }
    }

    /// <summary>Calls the outputs of a tile into the cache, to be there when they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CallAhead(in TransposedOperands operands, int pixels, int blocks, ref float output)
    {
        for (int block = 0; block < blocks; block++)
            for (int p = 0; p < pixels; p++)
                Prefetch.ToSecondLevel(ref Unsafe.Add(ref output, block * operands.OutputBlockStride + p * operands.OutputPixelStride));
    }

    /// <summary>Rows whose input stays in the cache while the weights pass over it, few enough that there are parts for threads.</summary>
    private static int GroupRows(in ConvolutionGeometry g)
    {
        int rows = TransposedConvolution.PhaseSize(g, 0).Height;
        int fitting = GroupInputBytes / (g.InWidth * BlockedLayout.Blocks(g.InChannels) * Lanes * sizeof(float)) - 1;
        int sharing = g.Batch * rows * g.Stride / WantedChunks;
        return Math.Max(1, Math.Min(fitting, sharing));
    }
}
