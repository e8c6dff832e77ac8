using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>Scores detections of many images against COCO or CrowdPose annotations, also where the skeletons differ.</summary>
public sealed class OksScoring
{
    private readonly SharedKeypoints _shared;
    private readonly CocoGroundTruth _truth;
    private readonly IReadOnlyList<string> _warnings;

    /// <summary>Settles what is scored and how, and tries it on nobody, so that annotations that cannot be scored are refused at once.</summary>
    /// <param name="truth">The annotations.</param>
    /// <param name="annotated">Their skeleton.</param>
    /// <param name="predicted">The skeleton of the detections; the keypoints that both have by name are scored.</param>
    /// <param name="protocol">Null for CrowdPose's where all its keypoints are scored and every image has a crowd index, else COCO's.</param>
    /// <exception cref="ArgumentException">No keypoint is shared, there are no OKS sigmas, or the annotations do not go with the protocol.</exception>
    public OksScoring(CocoGroundTruth truth, Skeleton annotated, Skeleton predicted, OksProtocol? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        _shared = SharedKeypoints.Between(predicted, annotated);
        if (_shared.Skeleton.OksSigmas.Count == 0)
            throw new ArgumentException($"The skeleton {annotated} has no OKS sigmas, so average precision cannot be measured on it.", nameof(annotated));

        bool isCrowdPose = _shared.AreAll && annotated.Name == CrowdPose14.Skeleton.Name
            && truth.Images.Count > 0 && truth.Images.All(image => image.CrowdIndex is not null);
        Protocol = protocol ?? (isCrowdPose ? OksProtocol.CrowdPose : OksProtocol.Coco);
        _truth = _shared.Of(truth);
        _warnings = truth.Warnings;
        Score([]);
    }

    /// <summary>The rules.</summary>
    public OksProtocol Protocol { get; }

    /// <summary>Scores detections.</summary>
    /// <param name="detections">Of all images, with the predictions' skeleton, in the order of the results.</param>
    /// <exception cref="ArgumentException">Detections have other keypoints, numbers that are not finite, or only unknown images.</exception>
    public ScoreReport Score(IReadOnlyList<DetectedPerson> detections)
    {
        var people = _shared.Of(detections);
        if (Protocol == OksProtocol.CrowdPose)
        {
            var crowdPose = CrowdPoseEvaluation.Evaluate(_truth, people);
            return Report(crowdPose.ToTable(), crowdPose.Warnings, people.Count);
        }

        var coco = CocoKeypointEvaluation.Evaluate(_truth, people, new CocoKeypointOptions { Sigmas = _shared.Skeleton.OksSigmas });
        return Report(coco.ToTable(), coco.Warnings, people.Count);
    }

    private ScoreReport Report(ScoreTable table, IReadOnlyList<string> warnings, int detections) => new()
    {
        Table = table,
        Images = _truth.Images.Count,
        AnnotatedPeople = _truth.People.Count(person => person is { IsCrowd: false, KeypointCount: > 0 }),
        PredictedPeople = detections,
        Notes = _shared.Note is { } note ? [note] : [],
        Warnings = [.. _warnings.Union(warnings)],
    };
}
