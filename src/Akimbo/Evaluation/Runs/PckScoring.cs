using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>
/// Scores predictions by the percentage of correct keypoints: PCKh@0.5 where heads are annotated, else PCK@0.2 of the torso. To
/// every annotated person belongs the predicted one whose box overlaps theirs most; where there is none, every keypoint is wrong.
/// </summary>
public sealed class PckScoring : IPredictionScoring
{
    private static readonly ImagePoint Nowhere = new(-1e9, -1e9);

    private readonly IReadOnlyList<PoseSample> _samples;
    private readonly SharedKeypoints _shared;
    private readonly PckRule _rule;

    /// <summary>Settles what is scored and how.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="annotated">Their skeleton.</param>
    /// <param name="predicted">The skeleton of the predictions; the keypoints that both have by name are scored.</param>
    /// <param name="protocol">Null for PCKh where heads are annotated, else PCK.</param>
    /// <exception cref="ArgumentException">No keypoint is shared, people have no length to divide by, or the keypoints do not go with the protocol.</exception>
    public PckScoring(IReadOnlyList<PoseSample> samples, Skeleton annotated, Skeleton predicted, ScoreProtocol? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(annotated);
        _samples = samples;
        _shared = SharedKeypoints.Between(predicted, annotated);
        protocol ??= samples.Any(sample => sample.People.Any(person => PckRule.HeadOf(person) is not null)) ? ScoreProtocol.Pckh : ScoreProtocol.Pck;
        _rule = PckRule.For(protocol.Value, annotated, _shared);
        if (!samples.Any(sample => sample.People.Any(person => PersonBoxes.IsScored(person) && _rule.LengthOf(person) > 0)))
            throw new ArgumentException($"Nobody annotated has a {_rule.LengthName}, so there is no length to measure errors by.", nameof(samples));
    }

    /// <inheritdoc/>
    public Skeleton Scored => _shared.Skeleton;

    /// <inheritdoc/>
    public string FitName => "PCK";

    /// <inheritdoc/>
    public ScoreReport Score(IReadOnlyList<ImagePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var distances = new KeypointDistances(Scored.Keypoints.Count);
        int unmeasured = 0, unmatched = 0;
        foreach (var (_, person, match) in Matches(predictions))
        {
            if (_rule.LengthOf(person) is not (> 0 and var length))
            {
                unmeasured++;
                continue;
            }

            if (match is null) unmatched++;
            Add(distances, person, match, length);
        }

        var scores = PckEvaluation.Evaluate(distances, _rule.Protocol);
        List<string> warnings = [];
        if (unmeasured > 0) warnings.Add($"{unmeasured} annotated people have no {_rule.LengthName}; they are left out.");
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

    /// <inheritdoc/>
    public IReadOnlyList<PersonCase> Cases(IReadOnlyList<ImagePrediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var cases = new List<PersonCase>();
        foreach (var (sample, person, match) in Matches(predictions))
        {
            if (_rule.LengthOf(person) is not (> 0 and var length) || !_shared.OfAnnotated(person.Keypoints).Any(keypoint => keypoint.IsLabelled)) continue;
            var distances = new KeypointDistances(Scored.Keypoints.Count);
            Add(distances, person, match, length);
            var keypoints = Enumerable.Range(0, distances.Keypoints);
            double correct = keypoints.Sum(k => distances.CountWithin(k, _rule.Protocol.Threshold, _rule.Protocol.IsInclusive));
            cases.Add(new PersonCase(
                sample.ImageId,
                new Person(TruthOf(person), score: 1, PersonBoxes.BoxOf(person)),
                match is null ? null : new Person(_shared.OfPredicted(match.Keypoints), match.Score),
                correct / keypoints.Sum(distances.Count)));
        }

        return cases;
    }

    private IEnumerable<(PoseSample Sample, AnnotatedPerson Person, Person? Match)> Matches(IReadOnlyList<ImagePrediction> predictions)
    {
        var peopleOf = predictions.ToDictionary(image => image.ImageId, image => image.People);
        foreach (PoseSample sample in _samples)
            foreach (AnnotatedPerson person in sample.People.Where(PersonBoxes.IsScored))
                yield return (sample, person, MostOverlapping(PersonBoxes.BoxOf(person), peopleOf.GetValueOrDefault(sample.ImageId, [])));
    }

    private Keypoint[] TruthOf(AnnotatedPerson person) =>
        [.. _shared.OfAnnotated(person.Keypoints).Select((keypoint, k) => new Keypoint(Scored.Keypoints[k], keypoint.Position, keypoint.IsLabelled ? 1 : 0))];

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
}
