using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>
/// Scores predictions by the percentage of correct keypoints: PCKh@0.5 where heads are annotated, else PCK@0.2 of the torso. To
/// every annotated person belongs the predicted one whose box overlaps theirs most; where there is none, every keypoint is wrong.
/// </summary>
public sealed class PckScoring
{
    private const double HeadThreshold = 0.5;
    private const double TorsoThreshold = 0.2;
    private static readonly ImagePoint Nowhere = new(-1e9, -1e9);

    private readonly IReadOnlyList<PoseSample> _samples;
    private readonly SharedKeypoints _shared;
    private readonly Func<AnnotatedPerson, double?> _lengthOf;
    private readonly PckProtocol _protocol;
    private readonly string _unmeasured;

    /// <summary>Settles what is scored and how.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="annotated">Their skeleton.</param>
    /// <param name="predicted">The skeleton of the predictions; the keypoints that both have by name are scored.</param>
    /// <exception cref="ArgumentException">No keypoint is shared, or people have no length to divide by.</exception>
    public PckScoring(IReadOnlyList<PoseSample> samples, Skeleton annotated, Skeleton predicted)
    {
        ArgumentNullException.ThrowIfNull(samples);
        _samples = samples;
        _shared = SharedKeypoints.Between(predicted, annotated);
        bool hasHeads = samples.Any(sample => sample.People.Any(person => person.HeadBox is not null));
        (_lengthOf, _unmeasured) = hasHeads ? (HeadOf, "head box") : (TorsoOf(annotated), "labelled left shoulder and right hip");
        _protocol = (hasHeads, _shared.AreAll, annotated.Name) switch
        {
            (true, true, "mpii16") => PckProtocol.Mpii,
            (false, true, "lsp14") => PckProtocol.Lsp(),
            (true, _, _) => PckProtocol.For(_shared.Skeleton, HeadThreshold, "head size"),
            _ => PckProtocol.For(_shared.Skeleton, TorsoThreshold, "torso"),
        };
        if (!samples.Any(sample => sample.People.Any(person => PersonBoxes.IsScored(person) && _lengthOf(person) > 0)))
            throw new ArgumentException($"Nobody annotated has a {_unmeasured}, so there is no length to measure errors by.", nameof(samples));
    }

    /// <summary>Scores predictions.</summary>
    /// <param name="predictions">One entry an image; images without entry have nobody.</param>
    public ScoreReport Score(IReadOnlyList<ImagePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var peopleOf = predictions.ToDictionary(image => image.ImageId, image => image.People);
        var distances = new KeypointDistances(_shared.Skeleton.Keypoints.Count);
        int unmeasured = 0, unmatched = 0;
        foreach (PoseSample sample in _samples)
        {
            foreach (AnnotatedPerson person in sample.People.Where(PersonBoxes.IsScored))
            {
                if (_lengthOf(person) is not (> 0 and var length))
                {
                    unmeasured++;
                    continue;
                }

                var match = MostOverlapping(PersonBoxes.BoxOf(person), peopleOf.GetValueOrDefault(sample.ImageId, []));
                if (match is null) unmatched++;
                Add(distances, person, match, length);
            }
        }

        var scores = PckEvaluation.Evaluate(distances, _protocol);
        List<string> warnings = [];
        if (unmeasured > 0) warnings.Add($"{unmeasured} annotated people have no {_unmeasured}; they are left out.");
        if (unmatched > 0) warnings.Add($"{unmatched} annotated people overlap nobody predicted; all their keypoints count as wrong.");
        return new ScoreReport
        {
            Table = scores.Summary,
            PerKeypoint = scores.PerKeypoint,
            Images = _samples.Count,
            AnnotatedPeople = distances.People,
            PredictedPeople = predictions.Sum(image => image.People.Count),
            Notes = _shared.Note is { } note ? [note] : [],
            Warnings = warnings,
        };
    }

    private void Add(KeypointDistances distances, AnnotatedPerson person, Person? match, double length)
    {
        var truth = _shared.OfAnnotated(person.Keypoints);
        var predicted = match is null ? null : _shared.OfPredicted(match.Keypoints);
        distances.Add(
            Array.ConvertAll(truth, keypoint => keypoint.Position),
            predicted is null
                ? [.. Enumerable.Repeat(Nowhere, truth.Length)]
                : Array.ConvertAll(predicted, keypoint => keypoint.IsFound ? keypoint.Position : Nowhere),
            length,
            Array.ConvertAll(truth, keypoint => keypoint.IsLabelled));
    }

    private static Person? MostOverlapping(Box box, IReadOnlyList<Person> people)
    {
        var best = people.MaxBy(person => box.IntersectionOverUnion(person.Box));
        return best is not null && box.IntersectionOverUnion(best.Box) > 0 ? best : null;
    }

    private static double? HeadOf(AnnotatedPerson person) => person.HeadBox is { } head
        ? PersonLength.Head(new ImagePoint(head.X, head.Y), new ImagePoint(head.Right, head.Bottom))
        : null;

    private static Func<AnnotatedPerson, double?> TorsoOf(Skeleton skeleton)
    {
        int shoulder = skeleton.IndexOf("left_shoulder"), hip = skeleton.IndexOf("right_hip");
        return person => person.Keypoints[shoulder].IsLabelled && person.Keypoints[hip].IsLabelled
            ? PersonLength.Torso(person.Keypoints[shoulder].Position, person.Keypoints[hip].Position)
            : null;
    }
}
