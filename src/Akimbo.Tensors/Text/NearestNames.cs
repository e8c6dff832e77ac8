namespace Akimbo.Tensors.Text;

/// <summary>Finds the known names that a misspelt one may have meant, for error messages.</summary>
public static class NearestNames
{
    private const int MaxDistance = 24;

    /// <summary>
    /// The candidates nearest to <paramref name="name"/> by Levenshtein distance (insertions, deletions and
    /// substitutions, case ignored), nearest first and equals in the order given. Candidates farther than half
    /// the name's length, or than 24 edits, are left out, so that nothing is suggested where nothing is near.
    /// </summary>
    /// <param name="name">The name that is not known.</param>
    /// <param name="candidates">The known names.</param>
    /// <param name="count">The largest number of names to return.</param>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int count = 3)
    {
        int limit = Math.Clamp(name.Length / 2, 1, MaxDistance);
        var near = new List<(int Distance, string Name)>();
        foreach (string candidate in candidates)
        {
            int distance = Distance(name, candidate, limit);
            if (distance <= limit) near.Add((distance, candidate));
        }

        return [.. near.OrderBy(item => item.Distance).Take(count).Select(item => item.Name)];
    }

    /// <summary>
    /// A sentence to append to an error message, such as <c> Did you mean 'a', 'b' or 'c'?</c> with its leading
    /// space; empty when no candidate is near. See <see cref="Find"/>.
    /// </summary>
    public static string Suggest(string name, IEnumerable<string> candidates)
    {
        var names = Find(name, candidates);
        if (names.Count == 0) return "";
        string all = string.Join(", ", names.SkipLast(1).Select(item => $"'{item}'"));
        string last = $"'{names[^1]}'";
        return $" Did you mean {(all.Length == 0 ? last : $"{all} or {last}")}?";
    }

    /// <summary>
    /// The Levenshtein distance, case ignored, as far as it is at most <paramref name="limit"/>; otherwise some
    /// number above the limit. Takes time in proportion to the shorter length times the limit.
    /// </summary>
    public static int Distance(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int limit)
    {
        if (Math.Abs(first.Length - second.Length) > limit) return limit + 1;

        int[] previous = new int[second.Length + 1];
        int[] current = new int[second.Length + 1];
        for (int j = 0; j <= second.Length; j++) previous[j] = j;

        for (int i = 1; i <= first.Length; i++)
        {
            int from = Math.Max(1, i - limit), to = Math.Min(second.Length, i + limit);
            int best = current[from - 1] = from == 1 ? i : limit + 1;
            for (int j = from; j <= to; j++)
            {
                int substituted = previous[j - 1] + (char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]) ? 0 : 1);
                int deleted = j == i + limit ? limit + 1 : previous[j] + 1;
                current[j] = Math.Min(substituted, Math.Min(deleted, current[j - 1] + 1));
                best = Math.Min(best, current[j]);
            }

            if (best > limit) return limit + 1;
            (previous, current) = (current, previous);
        }

        return previous[second.Length];
    }
}
