namespace Akimbo.Networks.Inference;

/// <summary>A piece of memory needed from one moment to another, both included.</summary>
/// <param name="Length">Floats.</param>
/// <param name="FirstUse">When it is written.</param>
/// <param name="LastUse">When it is read for the last time.</param>
internal readonly record struct Lifetime(long Length, int FirstUse, int LastUse)
{
    /// <summary>Whether both are needed at some moment.</summary>
    public bool Overlaps(Lifetime other) => FirstUse <= other.LastUse && other.FirstUse <= LastUse;
}

/// <summary>
/// Places pieces of memory in one arena so that no two that are needed at the same time overlap: largest first, each in the
/// smallest gap that holds it.
/// </summary>
internal static class ArenaPlanner
{
    /// <summary>Offsets are multiples of this many floats: a cache line.</summary>
    public const int Alignment = 16;

    /// <summary>The offset of each piece, and the length of the arena.</summary>
    public static (long[] Offsets, long Length) Plan(IReadOnlyList<Lifetime> pieces)
    {
        long[] offsets = new long[pieces.Count];
        long length = 0;
        var placed = new List<int>();
        foreach (int piece in Enumerable.Range(0, pieces.Count).OrderByDescending(i => pieces[i].Length).ThenBy(i => i))
        {
            offsets[piece] = SmallestGap(piece);
            placed.Add(piece);
            length = Math.Max(length, offsets[piece] + Rounded(pieces[piece].Length));
        }

        return (offsets, length);

        long SmallestGap(int piece)
        {
            long wanted = Rounded(pieces[piece].Length), end = 0, best = -1, bestSize = long.MaxValue;
            foreach (int other in placed.Where(p => pieces[p].Overlaps(pieces[piece])).OrderBy(p => offsets[p]))
            {
                long gap = offsets[other] - end;
                if (gap >= wanted && gap < bestSize) (best, bestSize) = (end, gap);
                end = Math.Max(end, offsets[other] + Rounded(pieces[other].Length));
            }

            return best >= 0 ? best : end;
        }
    }

    private static long Rounded(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
