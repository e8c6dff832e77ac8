using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Datasets.Checks;

/// <summary>
/// Looks for flip pairs that are none. Keypoints that mirror each other are, over many people, equally far from every other
/// part of the body; wrists and knees are not. Each keypoint is described by its mean distances to the keypoints on the body's axis
/// and to the middles of the other pairs, in units of the person's size.
/// </summary>
internal static class FlipPairCheck
{
    private const int MinPeople = 30;
    private const double MaxDifference = 0.2; // Of a person's root-mean-square size; the true pairs of LSPET stay below 0.05.

    public static void Run(IPoseDataset dataset, FindingList findings)
    {
        Skeleton skeleton = dataset.Skeleton;
        int count = skeleton.Keypoints.Count;
        var people = dataset.Samples.SelectMany(sample => sample.People).Where(person => person.LabelledCount > count / 2).ToList();
        for (int k = 0; k < count; k++)
        {
            int mirrored = skeleton.FlipIndices[k];
            if (mirrored <= k) continue;
            if (Difference(people, skeleton, k, mirrored) is { } difference and > MaxDifference)
                findings.Add(
                    DatasetProblem.WrongFlipPair,
                    $"{skeleton.Keypoints[k]} and {skeleton.Keypoints[mirrored]}: their distances to the other parts differ by {difference:0.00} of a person's size");
        }
    }

    // The median over the parts, as the middle of another wrong pair is nobody's middle.
    private static double? Difference(List<AnnotatedPerson> people, Skeleton skeleton, int keypoint, int mirrored)
    {
        var differences = new List<double>();
        for (int part = 0; part < skeleton.Keypoints.Count; part++)
        {
            int otherSide = skeleton.FlipIndices[part];
            if (otherSide < part || part == keypoint || part == mirrored) continue;
            double sum = 0;
            int seen = 0;
            foreach (AnnotatedPerson person in people)
            {
                var (a, b, c, d) = (person.Keypoints[keypoint], person.Keypoints[mirrored], person.Keypoints[part], person.Keypoints[otherSide]);
                double size = Size(person);
                if (!a.IsLabelled || !b.IsLabelled || !c.IsLabelled || !d.IsLabelled || !(size > 0)) continue;
                var middle = new ImagePoint((c.Position.X + d.Position.X) / 2, (c.Position.Y + d.Position.Y) / 2);
                sum += (a.Position.DistanceTo(middle) - b.Position.DistanceTo(middle)) / size;
                seen++;
            }

            if (seen >= MinPeople) differences.Add(Math.Abs(sum / seen));
        }

        differences.Sort();
        return differences.Count == 0 ? null : differences[differences.Count / 2];
    }

    private static double Size(AnnotatedPerson person)
    {
        double x = 0, y = 0, squares = 0;
        int count = 0;
        foreach (AnnotatedKeypoint keypoint in person.Keypoints)
        {
            if (!keypoint.IsLabelled) continue;
            x += keypoint.Position.X;
            y += keypoint.Position.Y;
            squares += keypoint.Position.X * keypoint.Position.X + keypoint.Position.Y * keypoint.Position.Y;
            count++;
        }

        return Math.Sqrt(Math.Max(0, squares / count - (x * x + y * y) / ((double)count * count)));
    }
}
