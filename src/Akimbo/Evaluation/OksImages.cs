namespace Akimbo.Evaluation;

/// <summary>All images of an evaluation, by ascending number, with what was left out.</summary>
internal sealed class OksImages
{
    private OksImages(IReadOnlyList<OksImage> images, IReadOnlyList<string> warnings)
    {
        Images = images;
        Warnings = warnings;
    }

    /// <summary>By ascending number.</summary>
    public IReadOnlyList<OksImage> Images { get; }

    /// <summary>What was left out, one sentence a kind with its count.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Checks everyone, gives them to their images and compares them.</summary>
    /// <param name="groundTruth">The images and their people.</param>
    /// <param name="detections">Those of other images are left out, with a warning.</param>
    /// <param name="oks">The similarity.</param>
    /// <param name="areaOf">The area of an annotated person.</param>
    /// <param name="maxDetections">How many detections of an image count.</param>
    /// <exception cref="ArgumentException">Keypoints do not fit the sigmas, a number is none, or no detection belongs to any of the images.</exception>
    public static OksImages Compare(
        CocoGroundTruth groundTruth, IReadOnlyList<DetectedPerson> detections, Oks oks,
        Func<GroundTruthPerson, double> areaOf, int maxDetections)
    {
        ArgumentNullException.ThrowIfNull(groundTruth);
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDetections, 1);
        if (groundTruth.KeypointsPerPerson is not 0 and int keypoints && keypoints != oks.Keypoints)
        {
            throw new ArgumentException(
                $"The annotated people have {keypoints} keypoints, but there are {oks.Keypoints} OKS sigmas; the skeleton is another.", nameof(groundTruth));
        }

        Check(detections, oks);

        var truthsOf = groundTruth.People.ToLookup(person => person.ImageId);
        var detectionsOf = detections.ToLookup(person => person.ImageId);
        HashSet<long> ids = [.. groundTruth.Images.Select(image => image.Id)];
        List<string> warnings = [];
        var strangers = detectionsOf.Where(group => !ids.Contains(group.Key)).ToList();
        if (strangers.Count > 0)
        {
            if (strangers.Count == detectionsOf.Count && ids.Count > 0)
            {
                throw new ArgumentException(
                    $"None of the {detections.Count} detections belongs to an annotated image; the first is of image {strangers[0].Key}. "
                    + "Do the files belong together?",
                    nameof(detections));
            }

            warnings.Add(
                $"{strangers.Sum(group => group.Count())} detections belong to {strangers.Count} images without annotation entry, "
                + $"such as {strangers[0].Key}; they are left out.");
        }

        return new OksImages(
            [.. ids.Order().Select(id => new OksImage(id, truthsOf[id], detectionsOf[id], oks, areaOf, maxDetections))],
            [.. groundTruth.Warnings, .. warnings]);
    }

    private static void Check(IReadOnlyList<DetectedPerson> detections, Oks oks)
    {
        for (int i = 0; i < detections.Count; i++)
        {
            DetectedPerson person = detections[i];
            string? problem = person.Keypoints.Length != oks.Keypoints * 3
                ? $"{person.Keypoints.Length} keypoint numbers; {oks.Keypoints} keypoints have {oks.Keypoints * 3}"
                : !Finite.All([person.Score, person.Area]) || !Finite.All(person.Keypoints.Span)
                    ? "a score, area or coordinate that is not finite"
                    : null;
            if (problem is not null)
                throw new ArgumentException($"Detection {i + 1} (image {person.ImageId}) has {problem}.", nameof(detections));
        }
    }
}
