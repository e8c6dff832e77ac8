namespace Akimbo.Testing;

/// <summary>Counts managed memory. Tests that use it run while no others do: put them into a collection that is not parallel.</summary>
public static class Allocations
{
    private const int Attempts = 50;

    /// <summary>
    /// The fewest bytes that the calling thread, and that all threads, allocate in some attempts: the test runner's own threads
    /// allocate now and then.
    /// </summary>
    public static (long Own, long Total) Fewest(Action work)
    {
        long own = long.MaxValue, total = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && (own > 0 || total > 0); attempt++)
        {
            long ownBefore = GC.GetAllocatedBytesForCurrentThread(), totalBefore = GC.GetTotalAllocatedBytes(precise: true);
            work();
            own = Math.Min(own, GC.GetAllocatedBytesForCurrentThread() - ownBefore);
            total = Math.Min(total, GC.GetTotalAllocatedBytes(precise: true) - totalBefore);
        }

        return (own, total);
    }
}
