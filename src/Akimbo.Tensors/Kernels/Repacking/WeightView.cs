namespace Akimbo.Tensors.Kernels.Repacking;

/// <summary>
/// How a kernel finds its weights in memory that lies as another kernel wants it: the weight of output o, input i and tap t is
/// <c>memory[o · OutStride + i · InStride + TapOffsets[t]]</c>, so that a gradient reads the same memory transposed and flipped.
/// </summary>
/// <param name="OutChannels">O.</param>
/// <param name="InChannels">I.</param>
/// <param name="OutStride">Floats from one output channel to the next.</param>
/// <param name="InStride">Floats from one input channel to the next.</param>
/// <param name="TapOffsets">Floats to each tap.</param>
/// <param name="Groups">Groups of channels that do not see each other; the strides count within a group.</param>
/// <param name="GroupStride">Floats from one group's weights to the next.</param>
internal sealed record WeightView(int OutChannels, int InChannels, int OutStride, int InStride, int[] TapOffsets, int Groups = 1, int GroupStride = 0)
{
    /// <summary>The weights [O, I/groups, k, k] of a convolution as it reads them.</summary>
    public static WeightView Forward(in ConvolutionGeometry g)
    {
        int taps = g.KernelSize * g.KernelSize, groupInputs = g.InChannels / g.Groups;
        return new(g.OutChannels, g.InChannels, groupInputs * taps, taps, [.. Enumerable.Range(0, taps)], g.Groups, g.OutChannels / g.Groups * groupInputs * taps);
    }

    /// <summary>The same as the convolution reads them that computes the gradient by the input of one of stride 1: transposed and flipped.</summary>
    public static WeightView InputGradient(in ConvolutionGeometry g)
    {
        int taps = g.KernelSize * g.KernelSize, groupInputs = g.InChannels / g.Groups;
        return new(g.InChannels, g.OutChannels, taps, groupInputs * taps, [.. Enumerable.Range(0, taps).Reverse()], g.Groups, g.OutChannels / g.Groups * groupInputs * taps);
    }

    /// <summary>The same for patches that lie as [I, k, k]: one tap of I·k·k channels.</summary>
    public static WeightView Patches(in ConvolutionGeometry g)
    {
        int depth = g.InChannels * g.KernelSize * g.KernelSize;
        return new(g.OutChannels, depth, depth, InStride: 1, [0]);
    }

    /// <summary>
    /// The same as one phase of the transposed convolution reads them that computes the gradient by the input of one of any stride;
    /// a transposed convolution with weights [I, O, k, k] is the gradient of one from O to I channels.
    /// </summary>
    /// <param name="g">The convolution.</param>
    /// <param name="rows">The kernel rows of the phase.</param>
    /// <param name="columns">The kernel columns of the phase.</param>
    public static WeightView Phase(in ConvolutionGeometry g, IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        int k = g.KernelSize;
        return InputGradient(g) with { TapOffsets = [.. rows.SelectMany(row => columns.Select(column => row * k + column))] };
    }

    /// <summary>The first output and input channel of a group, and how many of each.</summary>
    public (int FirstOut, int OutCount, int FirstIn, int InCount) Group(int group) =>
        (group * (OutChannels / Groups), OutChannels / Groups, group * (InChannels / Groups), InChannels / Groups);
}
