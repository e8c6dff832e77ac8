using System.Globalization;
using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Training;

/// <summary>
/// A data set for one test: pictures of people who are nothing but dots, one colour a keypoint, and their annotations as a CSV
/// table. The folder is deleted at the end.
/// </summary>
internal sealed class DrawnPeople : IDisposable
{
    private const int Side = 96;
    private static readonly Color[] Colors = [new(255, 40, 40), new(40, 255, 40), new(60, 60, 255), new(255, 255, 40), new(255, 40, 255)];

    /// <summary>The skeleton of the dots; PCK needs a torso.</summary>
    public static readonly Skeleton Dots = Skeleton.Create(
        "dots5", ["head", "left_shoulder", "right_shoulder", "left_hip", "right_hip"], [new(0, 1), new(0, 2), new(1, 3), new(2, 4)]);

    public DrawnPeople(int pictures, int seed = 1)
    {
        Folder = Directory.CreateTempSubdirectory("akimbo-people-").FullName;
        var random = new Random(seed);
        List<string> lines = ["image," + string.Join(',', Dots.Keypoints.Select(name => $"{name}_x,{name}_y,{name}_v"))];
        for (int i = 0; i < pictures; i++)
        {
            string file = $"dots{i:00}.png";
            ImagePoint[] points = Pose(random);
            Draw(points, random).Save(Path.Combine(Folder, file));
            lines.Add($"{file}," + string.Join(',', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X},{point.Y},2"))));
        }

        Annotations = Path.Combine(Folder, "people.csv");
        File.WriteAllLines(Annotations, lines);
    }

    public string Folder { get; }

    public string Annotations { get; }

    public PoseDataset Dataset => CsvDataset.Load(Annotations);

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static ImagePoint[] Pose(Random random)
    {
        double x = 40 + random.Next(16), y = 30 + random.Next(10);
        return [.. new (double X, double Y)[] { (0, -14), (14, 0), (-14, 0), (10, 30), (-10, 30) }
            .Select(offset => new ImagePoint(Math.Round(x + offset.X + random.Next(-4, 5)), Math.Round(y + offset.Y + random.Next(-4, 5))))];
    }

    private static Image Draw(ImagePoint[] points, Random random)
    {
        var picture = new Image(Side, Side);
        picture.Pixels.Span.Fill((byte)random.Next(40, 100));
        using var canvas = new Canvas(picture);
        for (int k = 0; k < points.Length; k++) canvas.Circle(points[k].X, points[k].Y, 5, Colors[k]);
        return picture;
    }
}
