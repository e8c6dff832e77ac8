using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Repacking;

/// <summary>
/// The weights of sixteen input and sixteen output channels, read so that those of one input and one tap lie side by side.
/// </summary>
/// <param name="view">How to read the weights' memory; of one group.</param>
/// <param name="memory">At least <see cref="MemoryLength"/> floats.</param>
internal readonly ref struct WeightBlock(WeightView view, Span<float> memory)
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly Span<float> _memory = memory;
    private readonly int _spread = Math.Min(view.InStride, view.OutStride);

    /// <summary>Floats that a block needs.</summary>
    public static int MemoryLength(WeightView view) => Math.Min(view.InStride, view.OutStride) * Lanes * Lanes * (view.OutStride < view.InStride ? 2 : 1);

    /// <summary>[16], the weights of an input channel of the block and a tap.</summary>
    public ReadOnlySpan<float> Of(int input, int tap) => _memory.Slice((input * _spread + view.TapOffsets[tap]) * Lanes, Lanes);

    /// <summary>Reads a block; lanes of channels that do not exist become 0.</summary>
    /// <param name="weights">The weights' memory.</param>
    /// <param name="firstOut">The first output channel.</param>
    /// <param name="firstIn">The first input channel.</param>
    public void Read(ReadOnlySpan<float> weights, int firstOut, int firstIn)
    {
        int outs = Math.Min(Lanes, view.OutChannels - firstOut), ins = Math.Min(Lanes, view.InChannels - firstIn), start = firstOut * view.OutStride + firstIn * view.InStride;
        if (outs < Lanes || ins < Lanes) ReadPart(weights, start, outs, ins);
        else if (view.InStride <= view.OutStride)
            for (int i = 0; i < _spread; i++) // the inputs of an output lie together
                Transposition.Run(in weights[start + i * Lanes], view.OutStride, ref _memory[i * Lanes * Lanes], Lanes);
        else ReadTurned(weights, start);
    }

    /// <summary>Where the outputs of an input lie together, with other taps between those of one.</summary>
    private void ReadTurned(ReadOnlySpan<float> weights, int start)
    {
        var turned = _memory[(_spread * Lanes * Lanes)..];
        for (int i = 0; i < _spread; i++)
            Transposition.Run(in weights[start + i * Lanes], view.InStride, ref turned[i * Lanes * Lanes], Lanes);
        foreach (int tap in view.TapOffsets)
            Transposition.Run(in turned[tap * Lanes], _spread * Lanes, ref _memory[tap * Lanes], _spread * Lanes);
    }

    private void ReadPart(ReadOnlySpan<float> weights, int start, int outs, int ins)
    {
        _memory.Clear();
        foreach (int tap in view.TapOffsets)
            for (int i = 0; i < ins; i++)
                for (int o = 0; o < outs; o++)
                    _memory[(i * _spread + tap) * Lanes + o] = weights[start + o * view.OutStride + i * view.InStride + tap];
    }
}
