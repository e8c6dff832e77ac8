using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>
/// Scores detections of many images by object keypoint similarity, by COCO's or CrowdPose's rules, also where the skeletons
/// differ, and where a data set has no sigmas (<see cref="OksSigmas"/>) or no areas (0.53 of the box).
/// </summary>
public sealed class OksScoring : IPredictionScoring
{
    private readonly SharedKeypoints _shared;
    private readonly CocoGroundTruth _truth;
    private readonly CocoKeypointOptions _options;
    private readonly IReadOnlyList<string> _notes;
    private readonly IReadOnlyList<string> _warnings;

    /// <summary>Settles what is scored and how, and tries it on nobody, so that annotations that cannot be scored are refused at once.</summary>
    /// <param name="truth">The annotations.</param>
    /// <param name="annotated">Their skeleton.</param>
    /// <param name="predicted">The skeleton of the detections; the keypoints that both have by name are scored.</param>
    /// <param name="protocol">Null for CrowdPose's where all its keypoints are scored and every image has a crowd index, else COCO's.</param>
    /// <exception cref="ArgumentException">No keypoint is shared, the annotations do not go with the protocol, or it is none of OKS.</exception>
    public OksScoring(CocoGroundTruth truth, Skeleton annotated, Skeleton predicted, ScoreProtocol? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (protocol is not (null or ScoreProtocol.Coco or ScoreProtocol.CrowdPose))
            throw new ArgumentException($"The protocol {protocol} does not go by object keypoint similarity.", nameof(protocol));
        _shared = SharedKeypoints.Between(predicted, annotated);
        bool isCrowdPose = _shared.AreAll && annotated.Name == CrowdPose14.Skeleton.Name
            && truth.Images.Count > 0 && truth.Images.All(image => image.CrowdIndex is not null);
        Protocol = protocol ?? (isCrowdPose ? ScoreProtocol.CrowdPose : ScoreProtocol.Coco);

        var sigmas = OksSigmas.Of(annotated);
        _options = new CocoKeypointOptions { Sigmas = _shared.OfAnnotated(sigmas.Values) };
        List<string> notes = [.. ((string?[])[_shared.Note, sigmas.Origin]).OfType<string>()];
        _truth = _shared.Of(truth);
        int withoutArea = _truth.People.Count(person => person.Area is null);
        if (Protocol == ScoreProtocol.Coco && withoutArea > 0)
        {
            _truth = new CocoGroundTruth(_truth.Images, _truth.People.Select(person => person with { Area = person.Area ?? PersonArea.InBox(person.Box) }));
            notes.Add(FormattableString.Invariant($"Areas: {PersonArea.ShareOfBox} of the box for {withoutArea} of {_truth.People.Count} people, whose area is not annotated."));
        }

        _notes = notes;
        _warnings = truth.Warnings;
        Score((IReadOnlyList<DetectedPerson>)[]);
    }

    /// <summary>The rules.</summary>
    public ScoreProtocol Protocol { get; }

    /// <inheritdoc/>
    public Skeleton Scored => _shared.Skeleton;

    /// <inheritdoc/>
    public string FitName => "OKS";

    /// <inheritdoc/>
    public ScoreReport Score(IReadOnlyList<ImagePrediction> predictions) => Score(DetectionsIn(predictions));

    /// <summary>Scores detections.</summary>
    /// <param name="detections">Of all images, with the predictions' skeleton, in the order of the results.</param>
    /// <exception cref="ArgumentException">Detections have other keypoints, numbers that are not finite, or only unknown images.</exception>
    public ScoreReport Score(IReadOnlyList<DetectedPerson> detections)
    {
        var people = _shared.Of(detections);
        if (Protocol == ScoreProtocol.CrowdPose)
        {
            var crowdPose = CrowdPoseEvaluation.Evaluate(_truth, people);
            return Report(crowdPose.ToTable(), crowdPose.Warnings, people.Count);
        }

        var coco = CocoKeypointEvaluation.Evaluate(_truth, people, _options);
        return Report(coco.ToTable(), coco.Warnings, people.Count);
    }

    /// <inheritdoc/>
    public IReadOnlyList<PersonCase> Cases(IReadOnlyList<ImagePrediction> predictions) => Cases(DetectionsIn(predictions));

    /// <summary>Everyone annotated who counts, with the detection that fits best.</summary>
    /// <param name="detections">As for <see cref="Score(IReadOnlyList{DetectedPerson})"/>.</param>
    public IReadOnlyList<PersonCase> Cases(IReadOnlyList<DetectedPerson> detections)
    {
        var truth = Protocol == ScoreProtocol.Coco ? _truth : new CocoGroundTruth(_truth.Images, _truth.People.Select(person => person with { Area = PersonArea.InBox(person.Box) }));
        return
        [
            .. CocoKeypointEvaluation.BestDetections(truth, _shared.Of(detections), _options).Select(match => new PersonCase(
                match.Person.ImageId,
                new Person(KeypointsOf(match.Person.Keypoints.Span, isAnnotated: true), score: 1, match.Person.Box),
                match.Detection is { } detection ? new Person(KeypointsOf(detection.Keypoints.Span, isAnnotated: false), (float)detection.Score) : null,
                match.Oks)),
        ];
    }

    private static IReadOnlyList<DetectedPerson> DetectionsIn(IReadOnlyList<ImagePrediction> predictions) =>
        [.. predictions.SelectMany(image => image.People.Select(person => DetectedPerson.Of(image.ImageId, person)))];

    // Results may say 0 for the score of every keypoint; those that were not found are at (0, 0).
    private Keypoint[] KeypointsOf(ReadOnlySpan<double> numbers, bool isAnnotated)
    {
        var keypoints = new Keypoint[Scored.Keypoints.Count];
        for (int k = 0; k < keypoints.Length; k++)
        {
            var position = new ImagePoint(numbers[3 * k], numbers[3 * k + 1]);
            bool isThere = isAnnotated ? numbers[3 * k + 2] > 0 : position != default;
            keypoints[k] = new Keypoint(Scored.Keypoints[k], position, isThere ? 1 : 0);
        }

        return keypoints;
    }

    private ScoreReport Report(ScoreTable table, IReadOnlyList<string> warnings, int detections) => new()
    {
        Table = table,
        Images = _truth.Images.Count,
        AnnotatedPeople = _truth.People.Count(person => person is { IsCrowd: false, KeypointCount: > 0 }),
        PredictedPeople = detections,
        Notes = _notes,
        Warnings = [.. _warnings.Union(warnings)],
    };
}
