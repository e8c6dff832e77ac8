using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Tests.Kernels;

/// <summary>
/// Floats that begin as NaN, between guard zones of NaN: what a kernel reads outside shows in its results,
/// what it writes outside shows in the guards.
/// </summary>
internal sealed class GuardedBuffer
{
    private const int GuardLength = 512;
    private const int GuardBits = 0x7fc0beef;
    private readonly float[] _memory;

    public GuardedBuffer(int length)
    {
        _memory = new float[length + 2 * GuardLength];
        _memory.AsSpan().Fill(BitConverter.Int32BitsToSingle(GuardBits));
    }

    public GuardedBuffer(ReadOnlySpan<float> values) : this(values.Length) => values.CopyTo(Span);

    public Span<float> Span => _memory.AsSpan(GuardLength, _memory.Length - 2 * GuardLength);

    public void AssertGuardsUntouched(string what)
    {
        var bits = MemoryMarshal.Cast<float, int>(_memory);
        int before = bits[..GuardLength].IndexOfAnyExcept(GuardBits), after = bits[^GuardLength..].LastIndexOfAnyExcept(GuardBits);
        if (before >= 0) Assert.Fail($"{what}: written {GuardLength - before} floats before the span.");
        if (after >= 0) Assert.Fail($"{what}: written {after + 1} floats past the span.");
    }
}
