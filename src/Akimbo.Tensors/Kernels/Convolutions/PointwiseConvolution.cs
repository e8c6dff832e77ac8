using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// <c>output[p, o] = range(bias[o] + Σ_i prologue(input)[p, i] · weights[o, i] + residual[p, o])</c>: a 1×1 convolution of stride 1.
/// The tiles of a part are packed into the second-level cache first, on the way a BatchNorm and an activation before the
/// convolution are applied. Defined by <see cref="Convolution2d.Define"/>.
/// </summary>
internal sealed class PointwiseConvolution(ConvolutionGeometry geometry, GemmWeights weights, ChannelPrologue? prologue, int threads) : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly int _pixels = geometry.OutHeight * geometry.OutWidth;
    private readonly TileSchedule _schedule = new(geometry.Batch, geometry.OutHeight * geometry.OutWidth, weights, threads);

    /// <summary>Whether a convolution is of the kind this kernel computes.</summary>
    public static bool Fits(in ConvolutionGeometry geometry) =>
        geometry is { KernelSize: 1, Stride: 1, Padding: 0, Transposed: false, IsDepthwise: false };

    public override int Chunks => _schedule.Chunks;

    public override int ScratchLength => ScatteredTile.ScratchLength + _schedule.TilesPerGroup * PatchLength;

    private int PatchLength => weights.Depth * _schedule.TilePixels;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var part = _schedule.Locate(chunk);
        int plane = _pixels * Lanes;
        var patches = scratch.Slice(ScatteredTile.ScratchLength, (part.EndTile - part.FirstTile) * PatchLength);
        input = input.Slice(part.N * weights.InBlocks * plane, weights.InBlocks * plane);
        switch (weights.Path, prologue is null)
        {
            case (SimdPath.Vector512, true): Pack<Block512, No>(input, part, patches); break;
            case (SimdPath.Vector512, false): Pack<Block512, Yes>(input, part, patches); break;
            case (SimdPath.Vector256, true): Pack<Block256, No>(input, part, patches); break;
            case (SimdPath.Vector256, false): Pack<Block256, Yes>(input, part, patches); break;
            case (_, true): Pack<Block128, No>(input, part, patches); break;
            default: Pack<Block128, Yes>(input, part, patches); break;
        }

        for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
            PackedTiles.Multiply(weights, _schedule, part, panel, patches, PatchLength, PanelPlanes(residual, weights, part.N, panel, _pixels),
                PanelPlanes(output, weights, part.N, panel, _pixels), plane, Range, scratch);
    }

    /// <summary>Block by block, so that the input is read in long runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack<T, TPrologue>(ReadOnlySpan<float> input, in TileChunk part, Span<float> patches) where T : struct, IBlock<T> where TPrologue : struct, IFlag
    {
        T scale = T.Zero, shift = T.Zero, low = T.Zero, high = T.Zero;
        if (TPrologue.IsSet)
        {
            low = T.Broadcast(prologue!.Range.Low);
            high = T.Broadcast(prologue.Range.High);
        }

        for (int block = 0; block < weights.InBlocks; block++)
        {
            if (TPrologue.IsSet)
            {
                scale = T.Load(in prologue!.Scale.Span[block * Lanes]);
                shift = T.Load(in prologue.Shift.Span[block * Lanes]);
            }

            for (int tile = part.FirstTile; tile < part.EndTile; tile++)
            {
                int first = _schedule.FirstPixel(tile), count = _schedule.PixelsOf(tile);
                ref float from = ref Unsafe.AsRef(in input[(block * _pixels + first) * Lanes]);
                ref float to = ref patches[(tile - part.FirstTile) * PatchLength + block * _schedule.PlacesOf(tile) * Lanes];
                for (int p = 0; p < count; p++)
                {
                    T value = T.Load(in Unsafe.Add(ref from, p * Lanes));
                    if (TPrologue.IsSet) value = T.Min(high, T.Max(low, T.MultiplyAdd(value, scale, shift)));
                    T.Store(value, ref Unsafe.Add(ref to, p * Lanes));
                }
            }
        }
    }
}
