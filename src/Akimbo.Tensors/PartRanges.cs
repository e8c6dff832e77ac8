namespace Akimbo.Tensors;

/// <summary>
/// The parts of one piece of work that are still to be done: a range for each thread, which it claims from the front, and others
/// from the end. A range is one number, so that a claim is one exchange: how often it was filled, its end and its next part.
/// </summary>
internal sealed class PartRanges(int owners)
{
    private const int PartBits = 22;
    private const long PartMask = (1L << PartBits) - 1;
    private const int CacheLine = 16;
    private readonly long[] _ranges = new long[owners * CacheLine];
    private int _first;
    private long _fills;

    /// <summary>The most parts that can be filled in at once.</summary>
    public const int MaxParts = (int)PartMask;

    /// <summary>Shares out parts from <paramref name="first"/> on; nobody may claim any at that moment.</summary>
    public void Fill(int first, int count)
    {
        _first = first;
        _fills++;
        for (int owner = 0; owner < owners; owner++)
        {
            long next = (long)count * owner / owners, end = (long)count * (owner + 1) / owners;
            Volatile.Write(ref _ranges[owner * CacheLine], (_fills << (2 * PartBits)) | (end << PartBits) | next);
        }
    }

    /// <summary>A thread's range.</summary>
    public long Read(int owner) => Volatile.Read(ref _ranges[owner * CacheLine]);

    /// <summary>Whether no part is left in a range.</summary>
    public static bool IsEmpty(long range) => (range & PartMask) >= ((range >> PartBits) & PartMask);

    /// <summary>Claims a part of a range that was read before and is not empty.</summary>
    /// <returns>False when the range has changed since.</returns>
    public bool TryClaim(int owner, long range, bool fromEnd, out int part)
    {
        part = _first + (int)(fromEnd ? ((range >> PartBits) & PartMask) - 1 : range & PartMask);
        long claimed = fromEnd ? range - (1L << PartBits) : range + 1;
        return Interlocked.CompareExchange(ref _ranges[owner * CacheLine], claimed, range) == range;
    }
}
