using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Results;

namespace Akimbo.Evaluation.Runs;

/// <summary>Where the people of a data set's images are, for top-down models.</summary>
public sealed class PersonBoxes
{
    private const double PixelsAtScaleOne = 200;
    private const double MpiiLowering = 15;

    private readonly Dictionary<long, PersonBox[]> _byId;
    private readonly Dictionary<string, PersonBox[]> _byName;

    private PersonBoxes(CocoDetections detections)
    {
        _byId = Group(detections.People.Where(person => person.ImageId is not null), person => person.ImageId!.Value);
        _byName = Group(detections.People.Where(person => person.ImageId is null && person.FileName is not null), person => person.FileName!);
    }

    /// <summary>Reads a detector's results for the images of a data set.</summary>
    /// <param name="path">COCO detections.</param>
    /// <param name="samples">The images.</param>
    /// <exception cref="DetectionsFormatException">The file holds no detections, or none for any of the images.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PersonBoxes Load(string path, IReadOnlyList<PoseSample> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var boxes = new PersonBoxes(CocoDetections.Load(path));
        return samples.Any(sample => boxes.Of(sample).Count > 0)
            ? boxes
            : throw new DetectionsFormatException(path, $"There is no box for any of the {samples.Count} images; the first is image {(samples.Count > 0 ? samples[0].ImageId : 0)}.");
    }

    /// <summary>The boxes of an image, by its number, or by its file name for detections without a number; empty where it has none.</summary>
    public IReadOnlyList<PersonBox> Of(PoseSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. _byId.GetValueOrDefault(sample.ImageId, []), .. _byName.GetValueOrDefault(Path.GetFileName(sample.ImagePath), [])];
    }

    /// <summary>The boxes of everyone annotated with keypoints.</summary>
    public static IReadOnlyList<PersonBox> Annotated(PoseSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. sample.People.Where(IsScored).Select(person => new PersonBox(BoxOf(person)))];
    }

    /// <summary>Whether somebody's keypoints can be scored.</summary>
    internal static bool IsScored(AnnotatedPerson person) => !person.IsCrowd && person.LabelledCount > 0;

    /// <summary>
    /// The annotated box; in MPII the square that centre and scale give, lowered as every code base does (HRNet,
    /// <c>lib/dataset/mpii.py</c>); elsewhere the smallest box around the labelled keypoints.
    /// </summary>
    internal static Box BoxOf(AnnotatedPerson person)
    {
        if (person.Box is { } box) return box;
        if (person is not { Centre: { } centre, Scale: { } scale }) return person.KeypointBox() ?? default;
        double side = PixelsAtScaleOne * scale;
        return new Box(centre.X - side / 2, centre.Y + MpiiLowering * scale - side / 2, side, side);
    }

    private static Dictionary<T, PersonBox[]> Group<T>(IEnumerable<CocoDetection> people, Func<CocoDetection, T> key) where T : notnull =>
        people.GroupBy(key, person => person.Person).ToDictionary(group => group.Key, group => group.ToArray());
}
