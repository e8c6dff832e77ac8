using Akimbo.Datasets.Masks;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Datasets.Labelling;

/// <summary>
/// Adds to annotations what a model finds, so that a network can learn from pictures in which not everyone is annotated
/// (pseudo-labels, distillation). Annotated keypoints stay as they are; who agrees with an annotated person fills in the
/// keypoints that are not annotated; who is somebody else becomes a person of their own, or a region to be ignored where the
/// model is not sure.
/// </summary>
public sealed class ModelLabels
{
    private const double SamePerson = 0.3;
    private readonly Skeleton _target;
    private readonly int[] _fromAnnotated, _fromPredicted;
    private readonly ModelLabelsOptions _options;

    /// <summary>Matches the keypoints of three skeletons by name; <c>head</c> (CrowdPose) and <c>head_top</c> (LSP) are one.</summary>
    /// <param name="annotated">The data set's keypoints.</param>
    /// <param name="predicted">The model's keypoints.</param>
    /// <param name="target">The keypoints of the labels.</param>
    /// <param name="options">Whom and what to believe.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the skeletons share no keypoint.</exception>
    public ModelLabels(Skeleton annotated, Skeleton predicted, Skeleton target, ModelLabelsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(annotated);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(target);
        _options = options ?? new ModelLabelsOptions();
        _options.Validate();
        _target = target;
        (_fromAnnotated, _fromPredicted) = (Places(annotated, target), Places(predicted, target));
    }

    /// <summary>The labels of a picture.</summary>
    /// <param name="sample">The picture as annotated.</param>
    /// <param name="found">Whom the model finds in it.</param>
    /// <exception cref="ArgumentException">Somebody has another number of keypoints than their skeleton.</exception>
    public PoseSample Label(PoseSample sample, IReadOnlyList<Person> found)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(found);
        List<AnnotatedPerson> people = [.. sample.People.Select(Renamed)];
        List<AnnotatedKeypoint[]> candidates = [.. found.Select(Believed)];
        var isUsed = new bool[found.Count];
        for (int p = 0; p < people.Count; p++)
        {
            if (people[p].IsCrowd || people[p].KeypointBox() is not { } box) continue;
            double reach = _options.AgreeingDistance * Math.Max(box.Width, box.Height);
            int best = -1;
            double bestShare = -1;
            for (int f = 0; f < found.Count; f++)
            {
                double share = AgreeingShare(people[p].Keypoints, candidates[f], reach);
                bool isSame = share >= SamePerson || found[f].Box.IntersectionOverUnion(box) >= SamePerson;
                isUsed[f] |= isSame;
                if (isSame && share > bestShare) (best, bestShare) = (f, share);
            }

            if (bestShare >= _options.AgreeingShare) people[p] = people[p] with { Keypoints = Filled(people[p].Keypoints, candidates[best]) };
        }

        // Who is not surely somebody within the box of an annotated person is a piece of that person.
        Box[] boxes = [.. people.Select(person => person.KeypointBox()).OfType<Box>()];
        for (int f = 0; f < found.Count; f++)
            if (!isUsed[f] && (IsSure(found[f], candidates[f]) || !boxes.Any(box => IsWithin(found[f].Box, box)))) people.Add(Labelled(found[f], candidates[f]));
        return sample with { People = people };
    }

    private static bool IsWithin(Box inner, Box outer)
    {
        double width = Math.Min(inner.Right, outer.Right) - Math.Max(inner.X, outer.X), height = Math.Min(inner.Bottom, outer.Bottom) - Math.Max(inner.Y, outer.Y);
        return width > 0 && height > 0 && width * height >= inner.Area / 2;
    }

    private bool IsSure(Person person, AnnotatedKeypoint[] believed) =>
        person.Score >= _options.PersonScore && believed.Count(keypoint => keypoint.IsLabelled) >= _options.MinKeypoints;

    private static int[] Places(Skeleton from, Skeleton target)
    {
        int[] places = KeypointPlaces.Find(target, within: from);
        return places.Any(place => place >= 0)
            ? places
            : throw new ArgumentException($"{from} and {target} share no keypoint by name: {string.Join(", ", from.Keypoints)} against {string.Join(", ", target.Keypoints)}.");
    }

    private AnnotatedPerson Renamed(AnnotatedPerson person) =>
        person with { Keypoints = [.. _fromAnnotated.Select(place => place < 0 ? default : person.Keypoints[place])] };

    /// <summary>The keypoints that are believed, in the order of the labels.</summary>
    private AnnotatedKeypoint[] Believed(Person person) => [.. _fromPredicted.Select(place =>
        place >= 0 && person.Keypoints[place] is { IsFound: true } keypoint && keypoint.Score >= _options.KeypointScore
            ? new AnnotatedKeypoint(keypoint.Position, KeypointVisibility.Visible)
            : default)];

    private AnnotatedPerson Labelled(Person person, AnnotatedKeypoint[] believed)
    {
        Box box = person.Box;
        if (IsSure(person, believed)) return new AnnotatedPerson { Keypoints = believed, Box = box, Area = PersonArea.InBox(box) };
        var outline = new Segmentation([[box.X, box.Y, box.Right, box.Y, box.Right, box.Bottom, box.X, box.Bottom]]);
        return new AnnotatedPerson { Keypoints = new AnnotatedKeypoint[_target.Keypoints.Count], Box = box, Area = box.Area, Segmentation = outline };
    }

    private static double AgreeingShare(IReadOnlyList<AnnotatedKeypoint> annotated, AnnotatedKeypoint[] believed, double reach)
    {
        int both = 0, agreeing = 0;
        for (int k = 0; k < believed.Length; k++)
        {
            if (!annotated[k].IsLabelled || !believed[k].IsLabelled) continue;
            both++;
            double x = annotated[k].Position.X - believed[k].Position.X, y = annotated[k].Position.Y - believed[k].Position.Y;
            if (x * x + y * y <= reach * reach) agreeing++;
        }

        return both == 0 ? 0 : (double)agreeing / both;
    }

    private static AnnotatedKeypoint[] Filled(IReadOnlyList<AnnotatedKeypoint> annotated, AnnotatedKeypoint[] believed) =>
        [.. annotated.Select((keypoint, k) => keypoint.IsLabelled ? keypoint : believed[k])];
}
