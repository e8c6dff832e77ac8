namespace Akimbo.Datasets;

/// <summary>Gathers people that a file lists one by one under their pictures, in the order in which those first appear.</summary>
internal sealed class SampleGroups
{
    private readonly OrderedDictionary<string, List<AnnotatedPerson>> _people = new(StringComparer.Ordinal);

    public void Add(string imagePath, AnnotatedPerson? person)
    {
        if (!_people.TryGetValue(imagePath, out var people)) _people.Add(imagePath, people = []);
        if (person is not null) people.Add(person);
    }

    /// <summary>The pictures, numbered from 1.</summary>
    public IReadOnlyList<PoseSample> ToSamples() =>
        [.. _people.Select((group, index) => new PoseSample { ImagePath = group.Key, ImageId = index + 1, People = group.Value })];
}
