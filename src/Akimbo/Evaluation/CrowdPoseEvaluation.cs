using Akimbo.Datasets;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation;

/// <summary>
/// CrowdPose's keypoint evaluation (Li et al., CVPR 2019; <c>crowdposetools/cocoeval.py</c>): COCO's rules with 14 keypoints, the
/// area of a person taken as 0.53 of the box, and AP also by how crowded the image is.
/// </summary>
public static class CrowdPoseEvaluation
{
    private const double EasyBelow = 0.2;
    private const double MediumBelow = 0.8;
    private const int MaxDetections = 20;

    /// <summary>Scores detections.</summary>
    /// <param name="groundTruth">The images, each with its crowd index, and their people.</param>
    /// <param name="detections">The detections of all images, in the order of the results, which decides between equal scores.</param>
    /// <exception cref="ArgumentException">
    /// People have not 14 keypoints, an image has no crowd index, a number is not finite, or no detection belongs to any of the images.
    /// </exception>
    public static CrowdPoseScores Evaluate(CocoGroundTruth groundTruth, IReadOnlyList<DetectedPerson> detections)
    {
        ArgumentNullException.ThrowIfNull(groundTruth);
        var crowdIndices = groundTruth.Images.ToDictionary(image => image.Id, image => image.CrowdIndex
            ?? throw new ArgumentException($"Image {image.Id} has no crowdIndex, by which CrowdPose tells easy from hard images.", nameof(groundTruth)));
        var compared = OksImages.Compare(groundTruth, detections, new Oks(CrowdPose14.Skeleton.OksSigmas), AreaOf, MaxDetections);
        var all = PrecisionRecall.Measure(compared.Images, AreaRange.All);
        return new CrowdPoseScores
        {
            Protocol = "CrowdPose AP and AR (crowdposetools): OKS 0.50 to 0.95, 14 keypoints, area 0.53 of the box, 20 detections an image",
            AP = all.AP,
            AP50 = all.AP50,
            AP75 = all.AP75,
            AR = all.AR,
            AR50 = all.AR50,
            AR75 = all.AR75,
            APEasy = APOf(index => index < EasyBelow),
            APMedium = APOf(index => index is >= EasyBelow and < MediumBelow),
            APHard = APOf(index => index >= MediumBelow),
            Warnings = compared.Warnings,
        };

        double APOf(Predicate<double> isMember)
        {
            var images = compared.Images.Where(image => isMember(crowdIndices[image.Id])).ToList();
            return Math.Round(PrecisionRecall.Measure(images, AreaRange.All).AP, 4);
        }
    }

    private static double AreaOf(GroundTruthPerson person) => PersonArea.InBox(person.Box);
}
