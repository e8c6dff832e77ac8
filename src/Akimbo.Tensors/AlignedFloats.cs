using System.Runtime.InteropServices;

namespace Akimbo.Tensors;

/// <summary>Floats that begin on a cache line, so that no vector of sixteen lies across two: such loads take twice as long.</summary>
internal sealed class AlignedFloats
{
    /// <summary>Floats of a cache line.</summary>
    public const int Line = 16;

    private readonly float[] _array;
    private readonly int _origin;

    /// <summary>Makes zeros.</summary>
    /// <param name="length">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are more than an array can hold.</exception>
    public AlignedFloats(long length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - Line);
        Length = (int)length;
        _array = GC.AllocateArray<float>(Length + Line, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        const int bytes = Line * sizeof(float);
        _origin = (int)((bytes - address % bytes) % bytes / sizeof(float));
    }

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>All of them.</summary>
    public Span<float> Span => _array.AsSpan(_origin, Length);
}
