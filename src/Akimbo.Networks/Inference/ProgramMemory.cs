using System.Runtime.InteropServices;

namespace Akimbo.Networks.Inference;

/// <summary>Where a map lies: in the arena, or in the caller's input.</summary>
/// <param name="Offset">Floats from the start of the arena.</param>
/// <param name="Length">Floats.</param>
/// <param name="IsInput">Whether it is the caller's input instead.</param>
internal readonly record struct MapSlot(int Offset, int Length, bool IsInput = false);

/// <summary>The arena, the scratch memory of each thread and the caller's input: all that steps read and write.</summary>
internal sealed class ProgramMemory(int workers)
{
    private readonly float[][] _scratch = new float[workers][];
    private float[] _arena = [];
    private int _origin;

    /// <summary>The caller's input during a run.</summary>
    public ReadOnlyMemory<float> Input { get; set; }

    /// <summary>Floats of the arena.</summary>
    public int ArenaLength => _arena.Length;

    /// <summary>Makes room for a program; maps that another program left are lost.</summary>
    public void Reserve(int arenaLength, int scratchLength)
    {
        if (_arena.Length < arenaLength + ArenaPlanner.Alignment)
        {
            _arena = [];
            _arena = GC.AllocateArray<float>(arenaLength + ArenaPlanner.Alignment, pinned: true);
            nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_arena, 0);
            int line = ArenaPlanner.Alignment * sizeof(float);
            _origin = (int)((line - address % line) % line / sizeof(float));
        }

        for (int worker = 0; worker < _scratch.Length; worker++)
            if (_scratch[worker] is null || _scratch[worker].Length < scratchLength) _scratch[worker] = new float[scratchLength];
    }

    /// <summary>A map to read; none gives an empty span.</summary>
    public ReadOnlySpan<float> Read(MapSlot? slot) => slot switch
    {
        null => [],
        { IsInput: true } => Input.Span,
        { } map => Write(map),
    };

    /// <summary>A map to write.</summary>
    public Span<float> Write(MapSlot slot) => _arena.AsSpan(_origin + slot.Offset, slot.Length);

    /// <summary>A thread's scratch memory.</summary>
    public Span<float> Scratch(int worker) => _scratch[worker];
}
