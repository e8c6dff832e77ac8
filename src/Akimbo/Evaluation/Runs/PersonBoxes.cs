using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Results;

namespace Akimbo.Evaluation.Runs;

/// <summary>Where the people of a data set's images are, for top-down models.</summary>
public sealed class PersonBoxes
{
    private const double MpiiLowering = 15;

    private readonly Dictionary<long, IReadOnlyList<PersonBox>> _byImage;

    private PersonBoxes(Dictionary<long, IReadOnlyList<PersonBox>> byImage) => _byImage = byImage;

    /// <summary>Reads a detector's results for the images of a data set; how they find their image says <see cref="CocoDetections.ForImages"/>.</summary>
    /// <param name="path">COCO detections.</param>
    /// <param name="samples">The images, with numbers that differ.</param>
    /// <param name="minScore">Boxes with a lower score are left out.</param>
    /// <exception cref="DetectionsFormatException">The file holds no detections, or none for any of the images.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PersonBoxes Load(string path, IReadOnlyList<PoseSample> samples, float minScore = float.NegativeInfinity)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var detections = CocoDetections.Load(path);
        var boxes = detections.ForNumberedImages([.. samples.Select(sample => sample.ImagePath)], [.. samples.Select(sample => sample.ImageId)], minScore);
        if (boxes.All(image => image.Count == 0))
        {
            throw new DetectionsFormatException(
                path, $"There is no box for any of the {samples.Count} images{(samples.Count > 0 ? $"; the first is image {samples[0].ImageId}, {Path.GetFileName(samples[0].ImagePath)}" : "")}.");
        }

        return new PersonBoxes(samples.Zip(boxes).ToDictionary(image => image.First.ImageId, image => image.Second));
    }

    /// <summary>The boxes of an image; empty where it has none.</summary>
    public IReadOnlyList<PersonBox> Of(PoseSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return _byImage.GetValueOrDefault(sample.ImageId, []);
    }

    /// <summary>
    /// The boxes of everyone annotated with keypoints. Annotated boxes are cut at the border of the picture; who has no area is
    /// left out (HRNet, <c>lib/dataset/coco.py</c>, <c>_load_coco_keypoint_annotation_kernal</c>).
    /// </summary>
    public static IReadOnlyList<PersonBox> Annotated(PoseSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. sample.People.Where(IsScored).Select(person => CutBoxOf(person, sample)).OfType<Box>().Select(box => new PersonBox(box))];
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
        double side = CentreScaleTransform.SideAtScaleOne * scale;
        return new Box(centre.X - side / 2, centre.Y + MpiiLowering * scale - side / 2, side, side);
    }

    // HRNet counts from the first to the last pixel: a box as wide as the picture has one pixel less.
    private static Box? CutBoxOf(AnnotatedPerson person, PoseSample sample)
    {
        if (person.Box is not { } box || sample is not { Width: { } width, Height: { } height }) return BoxOf(person);
        double left = Math.Max(0, box.X), top = Math.Max(0, box.Y);
        double right = Math.Min(width - 1, left + Math.Max(0, box.Width - 1)), bottom = Math.Min(height - 1, top + Math.Max(0, box.Height - 1));
        return !(person.Area <= 0) && right >= left && bottom >= top ? new Box(left, top, right - left, bottom - top) : null;
    }
}
