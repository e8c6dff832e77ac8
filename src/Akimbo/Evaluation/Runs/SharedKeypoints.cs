using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>
/// The keypoints that a model and a data set both have, by name: those on which the model can be scored there. They keep the
/// order and the OKS sigmas of the data set.
/// </summary>
public sealed class SharedKeypoints
{
    private readonly Skeleton _predicted, _annotated;
    private readonly int[] _inPredicted, _inAnnotated;

    private SharedKeypoints(Skeleton predicted, Skeleton annotated, string[] names)
    {
        _predicted = predicted;
        _annotated = annotated;
        _inPredicted = Array.ConvertAll(names, predicted.IndexOf);
        _inAnnotated = Array.ConvertAll(names, annotated.IndexOf);
        if (AreAll)
        {
            Skeleton = annotated;
            return;
        }

        double[] sigmas = annotated.OksSigmas.Count == 0 ? [] : OfAnnotated(annotated.OksSigmas);
        Limb[] limbs = [.. annotated.Limbs
            .Select(limb => new Limb(Array.IndexOf(_inAnnotated, limb.From), Array.IndexOf(_inAnnotated, limb.To)))
            .Where(limb => limb is { From: >= 0, To: >= 0 })];
        Skeleton = Skeleton.Create($"{annotated.Name} shared with {predicted.Name}", names, limbs, sigmas);
    }

    /// <summary>The shared keypoints in the data set's order; the data set's own skeleton where these are all of it.</summary>
    public Skeleton Skeleton { get; }

    /// <summary>Whether every keypoint of the data set is shared.</summary>
    public bool AreAll => _inAnnotated.Length == _annotated.Keypoints.Count;

    /// <summary>What readers of the scores have to know: which keypoints were scored; null where all were.</summary>
    public string? Note => AreAll
        ? null
        : $"Scored on the {_inAnnotated.Length} keypoints that {_predicted} and {_annotated} share by name: {string.Join(", ", Skeleton.Keypoints)}; "
            + $"not to be compared with scores of all {_annotated.Keypoints.Count}.";

    /// <summary>Finds the names that occur in both skeletons.</summary>
    /// <param name="predicted">The skeleton of the predictions.</param>
    /// <param name="annotated">The skeleton of the annotations.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SharedKeypoints Between(Skeleton predicted, Skeleton annotated)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(annotated);
        string[] names = [.. annotated.Keypoints.Where(predicted.Keypoints.Contains)];
        return names.Length > 0
            ? new SharedKeypoints(predicted, annotated, names)
            : throw new ArgumentException(
                $"The predictions' skeleton {predicted} and the data set's {annotated} share no keypoint by name: "
                + $"{string.Join(", ", predicted.Keypoints)} against {string.Join(", ", annotated.Keypoints)}.");
    }

    /// <summary>Picks the shared elements of a list of all annotated keypoints.</summary>
    /// <param name="annotated">One element a keypoint of the data set.</param>
    public T[] OfAnnotated<T>(IReadOnlyList<T> annotated)
    {
        ArgumentNullException.ThrowIfNull(annotated);
        return Array.ConvertAll(_inAnnotated, k => annotated[k]);
    }

    /// <summary>Picks the shared elements of a list of all predicted keypoints.</summary>
    /// <param name="predicted">One element a keypoint of the predictions.</param>
    public T[] OfPredicted<T>(IReadOnlyList<T> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        return Array.ConvertAll(_inPredicted, k => predicted[k]);
    }

    /// <summary>The annotations with the shared keypoints only; who has none of them labelled does not count.</summary>
    /// <param name="truth">People with the data set's keypoints.</param>
    /// <exception cref="ArgumentException">They have another number of keypoints.</exception>
    public CocoGroundTruth Of(CocoGroundTruth truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.KeypointsPerPerson != 0 && truth.KeypointsPerPerson != _annotated.Keypoints.Count)
            throw new ArgumentException($"The annotated people have {truth.KeypointsPerPerson} keypoints; {_annotated} are expected.", nameof(truth));
        if (AreAll) return truth;
        return new CocoGroundTruth(truth.Images, truth.People.Select(person =>
        {
            double[] keypoints = person.Keypoints.IsEmpty ? [] : Pick(person.Keypoints.Span, _inAnnotated);
            return new GroundTruthPerson
            {
                Id = person.Id,
                ImageId = person.ImageId,
                Keypoints = keypoints,
                Box = person.Box,
                Area = person.Area,
                IsCrowd = person.IsCrowd,
            };
        }));
    }

    /// <summary>The detections with the shared keypoints only; areas stay.</summary>
    /// <param name="people">People with the predictions' keypoints.</param>
    /// <exception cref="ArgumentException">One has another number of keypoints.</exception>
    public IReadOnlyList<DetectedPerson> Of(IReadOnlyList<DetectedPerson> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var shared = new DetectedPerson[people.Count];
        for (int i = 0; i < shared.Length; i++)
        {
            DetectedPerson person = people[i];
            if (person.Keypoints.Length != 3 * _predicted.Keypoints.Count)
            {
                throw new ArgumentException(
                    $"Detection {i + 1} (image {person.ImageId}) has {person.Keypoints.Length} keypoint numbers; {_predicted} have {3 * _predicted.Keypoints.Count}. "
                    + "Which skeleton are the predictions of?", nameof(people));
            }

            shared[i] = person with { Keypoints = Pick(person.Keypoints.Span, _inPredicted), Area = person.Area };
        }

        return shared;
    }

    private static double[] Pick(ReadOnlySpan<double> keypoints, int[] indices)
    {
        double[] picked = new double[3 * indices.Length];
        for (int i = 0; i < indices.Length; i++) keypoints.Slice(3 * indices[i], 3).CopyTo(picked.AsSpan(3 * i));
        return picked;
    }
}
