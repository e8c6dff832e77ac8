using System.Runtime.InteropServices;
using Akimbo.Tensors.Kernels.Gemm;

namespace Akimbo.Tensors.Kernels.Repacking;

/// <summary>Writes new values into packed weights: what a training step does with every convolution.</summary>
internal static class GemmRepacking
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Writes one panel. Channels of other groups are left as they are: zero.</summary>
    /// <param name="packed">What <see cref="GemmWeights.PackConvolution"/> or its siblings gave for the same sizes.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="weights">The weights' memory.</param>
    /// <param name="view">How to read it.</param>
    public static void WritePanel(GemmWeights packed, int panel, ReadOnlySpan<float> weights, WeightView view)
    {
        var target = Writable(packed.Panel(panel));
        int firstOut = packed.FirstBlockOf(panel) * Lanes, width = packed.BlocksOf(panel) * Lanes;
        if (view.Groups == 1)
        {
            WriteBlocks(packed, firstOut, width, weights, view, target);
            return;
        }

        for (int group = 0; group < view.Groups; group++)
        {
            var (groupOut, outCount, groupIn, inCount) = view.Group(group);
            int from = Math.Max(firstOut, groupOut), end = Math.Min(firstOut + width, groupOut + outCount);
            if (from >= end) continue;
            for (int tap = 0; tap < view.TapOffsets.Length; tap++)
                for (int i = 0; i < inCount; i++)
                {
                    int term = tap * packed.InBlocks * Lanes + groupIn + i;
                    int source = group * view.GroupStride + (from - groupOut) * view.OutStride + i * view.InStride + view.TapOffsets[tap];
                    CopyStrided(weights, source, view.OutStride, target.Slice(term * width + from - firstOut, end - from));
                }
        }
    }

    /// <summary>Writes the bias.</summary>
    public static void WriteBias(GemmWeights packed, ReadOnlySpan<float> bias)
    {
        for (int panel = 0; panel < packed.Panels && !bias.IsEmpty; panel++)
        {
            var target = Writable(packed.Bias(panel));
            int first = packed.FirstBlockOf(panel) * Lanes;
            bias[first..Math.Min(bias.Length, first + target.Length)].CopyTo(target);
        }
    }

    private static void WriteBlocks(GemmWeights packed, int firstOut, int width, ReadOnlySpan<float> weights, WeightView view, Span<float> target)
    {
        var block = new WeightBlock(view, stackalloc float[WeightBlock.MemoryLength(view)]);
        for (int o = 0; o < width; o += Lanes)
            for (int i = 0; i < packed.InBlocks * Lanes; i += Lanes)
            {
                block.Read(weights, firstOut + o, i);
                for (int tap = 0; tap < view.TapOffsets.Length; tap++)
                    for (int lane = 0; lane < Lanes; lane++)
                        block.Of(lane, tap).CopyTo(target.Slice((tap * packed.InBlocks * Lanes + i + lane) * width + o, Lanes));
            }
    }

    private static void CopyStrided(ReadOnlySpan<float> weights, int source, int stride, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = weights[source + i * stride];
    }

    /// <summary>Packed weights are read-only to all but whoever trains them.</summary>
    private static Span<float> Writable(ReadOnlySpan<float> packed) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(packed), packed.Length);
}
