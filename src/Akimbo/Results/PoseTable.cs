using System.Globalization;

namespace Akimbo.Results;

/// <summary>A short summary of people for reading: one row a person, in the order given.</summary>
public static class PoseTable
{
    private const int BestKeypoints = 3;

    /// <summary>The headings of the columns.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["person", "score", "box (x, y, width, height)", "keypoints", "surest keypoints"];

    /// <summary>
    /// The cells of each person: the number from 1, the score, the box in whole pixels, how many keypoints were found of
    /// how many, and the three with the highest scores with their positions in whole pixels.
    /// </summary>
    public static IReadOnlyList<string[]> Rows(IReadOnlyList<Person> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return [.. people.Select((person, index) => Row(person, index + 1))];
    }

    private static string[] Row(Person person, int number)
    {
        var found = person.Keypoints.Where(keypoint => keypoint.IsFound).ToList();
        var best = found.OrderByDescending(keypoint => keypoint.Score).Take(BestKeypoints).Select(Describe);
        return
        [
            Text($"{number}"),
            Text($"{person.Score:0.00}"),
            Text($"{person.Box.X:0}, {person.Box.Y:0}, {person.Box.Width:0}, {person.Box.Height:0}"),
            Text($"{found.Count}/{person.Keypoints.Count}"),
            string.Join(", ", best),
        ];
    }

    private static string Describe(Keypoint keypoint) =>
        Text($"{keypoint.Name?.Replace('_', ' ') ?? "keypoint"} ({keypoint.Position.X:0}, {keypoint.Position.Y:0})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
