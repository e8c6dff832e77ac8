using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// <c>output[p, o] = range(bias[o] + Σ_i prologue(input)[p, i] · weights[o, i] + residual[p, o])</c>: a 1×1 convolution of stride 1.
/// Tiles read their input where it lies; where a BatchNorm and an activation before the convolution are applied, they are packed
/// into the second-level cache on the way. Defined by <see cref="Convolution2d.Define"/>.
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

    public override int ScratchLength => ScatteredTile.ScratchLength + (prologue is null ? 1 : _schedule.TilesPerGroup) * PatchLength;

    private int PatchLength => weights.Depth * _schedule.TilePixels;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var part = _schedule.Locate(chunk);
        int plane = _pixels * Lanes;
        var patches = scratch.Slice(ScatteredTile.ScratchLength, PackedTiles(part) * PatchLength);
        input = input.Slice(part.N * weights.InBlocks * plane, weights.InBlocks * plane);
        int firstPacked = part.EndTile - PackedTiles(part);
        switch (weights.Path, prologue is null)
        {
            case (SimdPath.Vector512, true): Pack<Block512, No>(input, firstPacked, part.EndTile, patches); break;
            case (SimdPath.Vector512, false): Pack<Block512, Yes>(input, firstPacked, part.EndTile, patches); break;
            case (SimdPath.Vector256, true): Pack<Block256, No>(input, firstPacked, part.EndTile, patches); break;
            case (SimdPath.Vector256, false): Pack<Block256, Yes>(input, firstPacked, part.EndTile, patches); break;
            case (_, true): Pack<Block128, No>(input, firstPacked, part.EndTile, patches); break;
            default: Pack<Block128, Yes>(input, firstPacked, part.EndTile, patches); break;
        }

        var inputs = prologue is null ? new TileInputs(patches, PatchLength, input, plane) : new TileInputs(patches, PatchLength);
        for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
            PanelTiles.Multiply(weights, _schedule, part, panel, inputs, PanelPlanes(residual, weights, part.N, panel, _pixels),
                PanelPlanes(output, weights, part.N, panel, _pixels), plane, Range, scratch);
    }

    /// <summary>All tiles of a part where something is applied to the input, else its last tile if that is not whole.</summary>
    private int PackedTiles(in TileChunk part)
    {
        if (prologue is not null) return part.EndTile - part.FirstTile;
        return _schedule.PixelsOf(part.EndTile - 1) < _schedule.PlacesOf(part.EndTile - 1) ? 1 : 0;
    }

    /// <summary>Block by block, so that the input is read in long runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack<T, TPrologue>(ReadOnlySpan<float> input, int firstTile, int endTile, Span<float> patches) where T : struct, IBlock<T> where TPrologue : struct, IFlag
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

            for (int tile = firstTile; tile < endTile; tile++)
            {
                int first = _schedule.FirstPixel(tile), count = _schedule.PixelsOf(tile);
                ref float from = ref Unsafe.AsRef(in input[(block * _pixels + first) * Lanes]);
                ref float to = ref patches[(tile - firstTile) * PatchLength + block * _schedule.PlacesOf(tile) * Lanes];
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
