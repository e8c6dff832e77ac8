namespace Akimbo.Evaluation;

/// <summary>
/// COCO's keypoint evaluation, with the numbers of <c>pycocotools</c> (Lin et al., 2014; <c>cocoeval.py</c> with
/// <c>iouType='keypoints'</c>).
/// </summary>
public static class CocoKeypointEvaluation
{
    /// <summary>Scores detections.</summary>
    /// <param name="groundTruth">The images and their people; everyone who counts needs an area.</param>
    /// <param name="detections">The detections of all images, in the order of the results, which decides between equal scores.</param>
    /// <param name="options">COCO's own settings where null.</param>
    /// <exception cref="ArgumentException">
    /// Keypoints do not fit the sigmas, somebody has no area, a number is not finite, or no detection belongs to any of the images.
    /// </exception>
    public static CocoKeypointScores Evaluate(
        CocoGroundTruth groundTruth, IReadOnlyList<DetectedPerson> detections, CocoKeypointOptions? options = null)
    {
        options ??= new CocoKeypointOptions();
        var images = OksImages.Compare(groundTruth, detections, new Oks(options.Sigmas), AreaOf, options.MaxDetections);
        var all = PrecisionRecall.Measure(images.Images, options.All);
        var medium = PrecisionRecall.Measure(images.Images, options.Medium);
        var large = PrecisionRecall.Measure(images.Images, options.Large);
        return new CocoKeypointScores
        {
            Protocol = Describe(options),
            AP = all.AP,
            AP50 = all.AP50,
            AP75 = all.AP75,
            APMedium = medium.AP,
            APLarge = large.AP,
            AR = all.AR,
            AR50 = all.AR50,
            AR75 = all.AR75,
            ARMedium = medium.AR,
            ARLarge = large.AR,
            Options = options,
            Warnings = images.Warnings,
        };
    }

    /// <summary>
    /// Finds for everyone who counts the detection that fits best, to look at the worst: by ascending number of the image, then in
    /// the order of the annotations. A detection may fit several people best.
    /// </summary>
    /// <param name="groundTruth">The images and their people; everyone needs an area.</param>
    /// <param name="detections">The detections of all images.</param>
    /// <param name="options">COCO's own settings where null.</param>
    /// <exception cref="ArgumentException">As in <see cref="Evaluate"/>.</exception>
    public static IReadOnlyList<PersonMatch> BestDetections(
        CocoGroundTruth groundTruth, IReadOnlyList<DetectedPerson> detections, CocoKeypointOptions? options = null)
    {
        options ??= new CocoKeypointOptions();
        var images = OksImages.Compare(groundTruth, detections, new Oks(options.Sigmas), AreaOf, options.MaxDetections);
        return [.. images.Images.SelectMany(image => image.BestDetections())];
    }

    private static double AreaOf(GroundTruthPerson person) => person.Area
        ?? throw new ArgumentException(
            $"The annotation with id {person.Id} has no area, by which COCO scales OKS; CrowdPose's evaluation takes it from the box.", nameof(person));

    private static string Describe(CocoKeypointOptions options)
    {
        string changed = options.AreCocos ? "" : " with other settings";
        string areas = options.HasCocosAreas ? "" : $", areas {options.All}, medium {options.Medium}, large {options.Large}";
        return $"COCO keypoint AP and AR (pycocotools){changed}: OKS 0.50 to 0.95, {options.Sigmas.Count} keypoints, {options.MaxDetections} detections an image{areas}";
    }
}
