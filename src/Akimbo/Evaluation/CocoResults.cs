using Akimbo.Datasets.Coco;

namespace Akimbo.Evaluation;

/// <summary>The detected people of a results file in COCO's format (https://cocodataset.org/#format-results).</summary>
public sealed class CocoResults
{
    internal CocoResults(IReadOnlyList<DetectedPerson> people, IReadOnlyList<string> warnings)
    {
        People = people;
        Warnings = warnings;
    }

    /// <summary>Everyone in the file, in its order.</summary>
    public IReadOnlyList<DetectedPerson> People { get; }

    /// <summary>What was left out, one sentence a kind with its count.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">
    /// An array of entries, or entries that follow each other as in JSON lines, each with <c>image_id</c>, <c>keypoints</c> and
    /// <c>score</c>. As in COCO's API the first entry decides about areas: if it has a <c>bbox</c>, an entry's area is that of
    /// its box, else that of the smallest box around its keypoints. Other categories than 1, a person, are left out.
    /// </param>
    /// <exception cref="CocoFormatException">It is no such file, or an entry cannot be; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CocoResults Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads the text of such a file.</summary>
    /// <param name="stream">UTF-8; stays the caller's.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="CocoFormatException">It is no such file, or an entry cannot be; the message names it.</exception>
    public static CocoResults Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new CocoResultsReader(stream, name).Read();
    }
}
