using Akimbo.Skeletons;

namespace Akimbo.Datasets.Checks;

/// <summary>
/// Looks for left and right swapped. For two pairs of keypoints that limbs join (knees and ankles), the limbs of the same side
/// are nearly always shorter together than those across would be. c = (across − along) / (across + along) is near +1 where the
/// sides are far apart, 0 where they lie on each other, and below 0 where the limbs cross. People cross their legs, so what is
/// unlikely is learnt from the data set: its median and median absolute deviation.
/// </summary>
internal static class SideCheck
{
    private const int MinPeople = 30;
    private const double DeviationOfMedian = 1.4826; // Makes a median absolute deviation the standard deviation of normal numbers.
    private const double FixedLimit = -0.35;
    private const double FacingShare = 0.5; // More than 0.8 in COCO.

    public static void Run(IPoseDataset dataset, FindingList findings, double deviations)
    {
        Skeleton skeleton = dataset.Skeleton;
        LimbPair[] pairs = [.. LimbPairs(skeleton)];
        var crossings = new List<Crossing>[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            crossings[i] = [];
            foreach (PoseSample sample in dataset.Samples)
                for (int p = 0; p < sample.People.Count; p++)
                    if (pairs[i].Crossing(sample.People[p].Keypoints) is { } value) crossings[i].Add(new Crossing(sample, p, value));
        }

        var reported = new HashSet<AnnotatedPerson>(ReferenceEqualityComparer.Instance);
        var unlikely = pairs.SelectMany((pair, i) => Unlikely(crossings[i], deviations).Select(crossing => (pair, crossing)));
        foreach (var (pair, crossing) in unlikely.OrderBy(entry => entry.crossing.Value))
            if (reported.Add(crossing.Person))
                findings.Add(
                    DatasetProblem.SwappedSides,
                    $"{Path.GetFileName(crossing.Sample.ImagePath)}, person {crossing.Index + 1}: {pair.Name(skeleton)} cross by {-crossing.Value:0.00}");

        CheckFacing(dataset, findings);
    }

    private static IEnumerable<Crossing> Unlikely(List<Crossing> crossings, double deviations)
    {
        double limit = FixedLimit;
        if (crossings.Count >= MinPeople)
        {
            double median = Median(crossings.Select(crossing => crossing.Value));
            double deviation = DeviationOfMedian * Median(crossings.Select(crossing => Math.Abs(crossing.Value - median)));
            limit = Math.Min(median - deviations * deviation, 0);
        }

        return crossings.Where(crossing => crossing.Value < limit);
    }

    // Whoever shows the nose faces the camera, and then the right shoulder is on the left of the picture.
    private static void CheckFacing(IPoseDataset dataset, FindingList findings)
    {
        Skeleton skeleton = dataset.Skeleton;
        if (!Has(skeleton, "nose") || !Has(skeleton, "left_shoulder") || !Has(skeleton, "left_hip")) return;
        int nose = skeleton.IndexOf("nose"), hip = skeleton.IndexOf("left_hip");
        int left = skeleton.IndexOf("left_shoulder"), right = skeleton.IndexOf("right_shoulder");
        int facing = 0, all = 0;
        foreach (AnnotatedPerson person in dataset.Samples.SelectMany(sample => sample.People))
        {
            bool isSeen = person.Keypoints[nose].Visibility == KeypointVisibility.Visible
                && person.Keypoints[left].IsLabelled && person.Keypoints[right].IsLabelled && person.Keypoints[hip].IsLabelled;
            if (!isSeen || person.Keypoints[left].Position.Y > person.Keypoints[hip].Position.Y) continue;
            all++;
            if (person.Keypoints[right].Position.X < person.Keypoints[left].Position.X) facing++;
        }

        if (all >= MinPeople && facing < FacingShare * all)
            findings.Add(DatasetProblem.MirroredSides, $"of {all:N0} upright people whose nose is seen, only {facing:N0} have the right shoulder on the picture's left");
    }

    private static IEnumerable<LimbPair> LimbPairs(Skeleton skeleton)
    {
        var limbs = skeleton.Limbs.ToList();
        if (Has(skeleton, "left_shoulder") && Has(skeleton, "left_hip")) limbs.Add(new Limb(skeleton.IndexOf("left_shoulder"), skeleton.IndexOf("left_hip")));
        return limbs
            .Where(limb => skeleton.Sides[limb.From] == BodySide.Left && skeleton.Sides[limb.To] == BodySide.Left)
            .Select(limb => new LimbPair(limb.From, limb.To, skeleton.FlipIndices[limb.From], skeleton.FlipIndices[limb.To]))
            .DistinctBy(pair => (Math.Min(pair.From, pair.To), Math.Max(pair.From, pair.To)));
    }

    private static bool Has(Skeleton skeleton, string keypoint) => skeleton.Keypoints.Contains(keypoint);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private readonly record struct LimbPair(int From, int To, int MirroredFrom, int MirroredTo)
    {
        /// <summary>Null where a keypoint is not labelled or all lie at one point.</summary>
        public double? Crossing(IReadOnlyList<AnnotatedKeypoint> keypoints)
        {
            var (from, to, mirroredFrom, mirroredTo) = (keypoints[From], keypoints[To], keypoints[MirroredFrom], keypoints[MirroredTo]);
            if (!from.IsLabelled || !to.IsLabelled || !mirroredFrom.IsLabelled || !mirroredTo.IsLabelled) return null;
            double along = from.Position.DistanceTo(to.Position) + mirroredFrom.Position.DistanceTo(mirroredTo.Position);
            double across = from.Position.DistanceTo(mirroredTo.Position) + mirroredFrom.Position.DistanceTo(to.Position);
            return along + across > 0 ? (across - along) / (across + along) : null;
        }

        public string Name(Skeleton skeleton) => $"{Part(skeleton, From)} and {Part(skeleton, To)}";

        private static string Part(Skeleton skeleton, int keypoint) => skeleton.Keypoints[keypoint]["left_".Length..];
    }

    private sealed record Crossing(PoseSample Sample, int Index, double Value)
    {
        public AnnotatedPerson Person => Sample.People[Index];
    }
}
