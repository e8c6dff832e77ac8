using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Imaging;

namespace Akimbo.Cli.Tests.Evaluation;

/// <summary>Pictures of noise with people in them who are annotated just where a model predicts them, so that its scores are full.</summary>
internal static class MadeUpPhotos
{
    private const int Side = 96;

    /// <summary>Saves <c>images/NAME</c> for every name, with one person each.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="estimator">A top-down model.</param>
    /// <param name="describe">What the data set says of somebody besides the keypoints: a box, or centre and scale.</param>
    /// <param name="names">The pictures' names.</param>
    public static PoseDataset Annotate(TemporaryFolder folder, PoseEstimator estimator, Func<AnnotatedPerson, AnnotatedPerson> describe, params string[] names)
    {
        Directory.CreateDirectory(folder["images"]);
        var nobody = new AnnotatedKeypoint[estimator.Skeleton.Keypoints.Count];
        nobody[0] = new AnnotatedKeypoint(new ImagePoint(1, 1), KeypointVisibility.Visible);
        var samples = names.Select((name, index) =>
        {
            string path = folder[$"images/{name}"];
            Noise(seed: index).Save(path, quality: 100);
            var sample = new PoseSample { ImagePath = path, ImageId = index + 1, Width = Side, Height = Side, People = [describe(new AnnotatedPerson { Keypoints = nobody })] };
            var person = estimator.EstimateFile(path, PersonBoxes.Annotated(sample))[0];
            AnnotatedKeypoint[] keypoints = [.. person.Keypoints.Select(keypoint =>
                keypoint.IsFound ? new AnnotatedKeypoint(keypoint.Position, KeypointVisibility.Visible) : default)];
            return sample with { People = [describe(new AnnotatedPerson { Keypoints = keypoints })] };
        });
        return new PoseDataset("made up", estimator.Skeleton, [.. samples]);
    }

    private static Image Noise(int seed)
    {
        var image = new Image(Side, Side);
        var random = new Random(seed);
        for (int y = 0; y < Side; y++) random.NextBytes(image.Row(y));
        return image;
    }
}
