using Akimbo.Tensors;

namespace Akimbo.Networks.Inference;

/// <summary>Where a map lies: in the arena, or in the caller's input.</summary>
/// <param name="Offset">Floats from the start of the arena.</param>
/// <param name="Length">Floats.</param>
/// <param name="IsInput">Whether it is the caller's input instead.</param>
internal readonly record struct MapSlot(int Offset, int Length, bool IsInput = false);

/// <summary>The arena, the scratch memory of each thread and the caller's input: all that steps read and write.</summary>
internal sealed class ProgramMemory(int workers)
{
    private readonly AlignedFloats[] _scratch = [.. Enumerable.Repeat(new AlignedFloats(0), workers)];
    private AlignedFloats _arena = new(0);

    /// <summary>The caller's input during a run.</summary>
    public ReadOnlyMemory<float> Input { get; set; }

    /// <summary>Floats of the arena.</summary>
    public int ArenaLength => _arena.Length;

    /// <summary>Makes room for a program; maps that another program left are lost.</summary>
    public void Reserve(int arenaLength, int scratchLength)
    {
        if (_arena.Length < arenaLength)
        {
            _arena = new AlignedFloats(0); // so that the old arena can go before the new one comes
            _arena = new AlignedFloats(arenaLength);
        }

        for (int worker = 0; worker < _scratch.Length; worker++)
            if (_scratch[worker].Length < scratchLength) _scratch[worker] = new AlignedFloats(scratchLength);
    }

    /// <summary>A map to read; none gives an empty span.</summary>
    public ReadOnlySpan<float> Read(MapSlot? slot) => slot switch
    {
        null => [],
        { IsInput: true } => Input.Span,
        { } map => Write(map),
    };

    /// <summary>A map to write.</summary>
    public Span<float> Write(MapSlot slot) => _arena.Span.Slice(slot.Offset, slot.Length);

    /// <summary>A thread's scratch memory.</summary>
    public Span<float> Scratch(int worker) => _scratch[worker].Span;
}
