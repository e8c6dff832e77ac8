namespace Akimbo.Datasets.Checks;

/// <summary>Counts problems and keeps the first examples of each kind.</summary>
internal sealed class FindingList(int maxExamples)
{
    private readonly SortedDictionary<DatasetProblem, (int Count, List<string> Examples)> _found = [];

    public void Add(DatasetProblem problem, FormattableString example)
    {
        var (count, examples) = _found.TryGetValue(problem, out var entry) ? entry : (0, []);
        if (examples.Count < maxExamples) examples.Add(FormattableString.Invariant(example));
        _found[problem] = (count + 1, examples);
    }

    public IReadOnlyList<DatasetFinding> ToFindings() => [.. _found.Select(entry => new DatasetFinding(entry.Key, entry.Value.Count, entry.Value.Examples))];
}
