using Akimbo.Datasets;
using Akimbo.Datasets.Coco;

namespace Akimbo.Evaluation.Runs;

/// <summary>The annotations of any data set as COCO's rules need them.</summary>
internal static class SampleGroundTruth
{
    private const int NumbersOfKeypoint = 3;

    /// <summary>All people of the images, numbered from 1; who has no box gets the smallest around the labelled keypoints.</summary>
    /// <param name="samples">The images, with numbers that differ.</param>
    public static CocoGroundTruth Of(IReadOnlyList<PoseSample> samples)
    {
        long id = 0;
        var people = samples.SelectMany(sample => sample.People.Select(person => new GroundTruthPerson
        {
            Id = ++id,
            ImageId = sample.ImageId,
            Keypoints = NumbersOf(person.Keypoints),
            Box = PersonBoxes.BoxOf(person),
            Area = person.Area,
            IsCrowd = person.IsCrowd,
        }));
        return new CocoGroundTruth(samples.Select(sample => new CocoImage(sample.ImageId, sample.ImagePath, sample.Width, sample.Height)), people);
    }

    private static double[] NumbersOf(IReadOnlyList<AnnotatedKeypoint> keypoints)
    {
        double[] numbers = new double[NumbersOfKeypoint * keypoints.Count];
        for (int k = 0; k < keypoints.Count; k++)
        {
            var at = numbers.AsSpan(NumbersOfKeypoint * k, NumbersOfKeypoint);
            (at[0], at[1], at[2]) = (keypoints[k].Position.X, keypoints[k].Position.Y, (int)keypoints[k].Visibility);
        }

        return numbers;
    }
}
