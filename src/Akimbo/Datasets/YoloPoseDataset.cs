using System.Globalization;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>
/// Reads the pose layout of YOLO (https://docs.ultralytics.com/datasets/pose/): a <c>data.yaml</c> with <c>path</c>,
/// <c>train</c>, <c>val</c>, <c>kpt_shape: [K, 2 or 3]</c> and <c>flip_idx</c>, folders of pictures, and for each picture
/// <c>images/…/NAME.jpg</c> a text <c>labels/…/NAME.txt</c> with a line a person: class, middle, width and height of the box, then
/// x, y and perhaps visibility of every keypoint. Lengths are fractions of the picture's width and height.
/// </summary>
public static class YoloPoseDataset
{
    /// <summary>The file that describes the data set.</summary>
    public const string FileName = "data.yaml";

    private const int BoxNumbers = 5;
    private const long MaxLabelLength = 16 << 20;
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Reads the labels, and the size of every picture from its header; pictures that have none are counted in the warnings.</summary>
    /// <param name="path">The <c>data.yaml</c>, or the folder that holds it.</param>
    /// <param name="part">The key in it that names the pictures: <c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <exception cref="DatasetFormatException">A key is missing or makes no sense, or a label is damaged; the message names the line.</exception>
    /// <exception cref="IOException">A file or folder cannot be read.</exception>
    public static PoseDataset Load(string path, string part = "train")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(part);
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        var yaml = YoloYaml.Load(file);
        (Skeleton skeleton, int numbers) = YoloSkeleton.Of(yaml);

        var samples = new List<PoseSample>();
        int unlabelled = 0, unread = 0;
        foreach (string image in ImageFiles(yaml, part))
        {
            string labels = LabelFile(image);
            if (SizeOf(image) is not { } info)
            {
                unread++;
                samples.Add(new PoseSample { ImagePath = image, ImageId = samples.Count + 1, People = [] });
                continue;
            }

            if (!File.Exists(labels)) unlabelled++;
            samples.Add(new PoseSample
            {
                ImagePath = image,
                ImageId = samples.Count + 1,
                Width = info.Width,
                Height = info.Height,
                People = File.Exists(labels) ? ReadLabels(labels, info, skeleton.Keypoints.Count, numbers) : [],
            });
        }

        List<string> warnings = [];
        if (unlabelled > 0) warnings.Add($"{unlabelled:N0} pictures have no label file and count as pictures without people.");
        if (unread > 0) warnings.Add($"{unread:N0} pictures are missing or cannot be read, so that their labels have no size; they count as pictures without people.");
        return new PoseDataset($"{Path.GetFileNameWithoutExtension(file)} {part}", skeleton, samples, warnings);
    }

    private static ImageInfo? SizeOf(string image)
    {
        try
        {
            return DatasetFiles.ReadImageInfo(image);
        }
        catch (Exception exception) when (exception is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A folder of pictures, or a text that lists them; one of these or several.
    private static List<string> ImageFiles(YoloYaml yaml, string part)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(yaml.File))!;
        string root = yaml.Text("path") is { } given ? Path.Combine(folder, given) : folder;
        if (!Directory.Exists(root)) root = folder;
        var files = new List<string>();
        foreach (string entry in yaml.List(part) ?? throw new DatasetFormatException(yaml.File, $"There is no key '{part}'; it names the pictures."))
        {
            string place = Path.Combine(root, entry);
            if (Directory.Exists(place))
                files.AddRange(Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Where(IsImage).Order(StringComparer.Ordinal));
            else if (File.Exists(place))
                files.AddRange(File.ReadLines(place).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => Path.Combine(root, line.Trim())));
            else
                throw new DatasetFormatException(yaml.File, $"'{part}' names {place}, which does not exist.");
        }

        return files;
    }

    private static bool IsImage(string file) => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    // The last folder called images becomes labels (ultralytics, img2label_paths).
    private static string LabelFile(string image)
    {
        char separator = Path.DirectorySeparatorChar;
        string path = Path.ChangeExtension(Path.GetFullPath(image), ".txt");
        string folder = $"{separator}images{separator}";
        int at = path.LastIndexOf(folder, StringComparison.Ordinal);
        return at < 0 ? path : $"{path[..at]}{separator}labels{separator}{path[(at + folder.Length)..]}";
    }

    private static List<AnnotatedPerson> ReadLabels(string file, ImageInfo image, int keypointCount, int numbers)
    {
        long length = new FileInfo(file).Length;
        if (length > MaxLabelLength) throw new DatasetFormatException(file, $"The file has {length:N0} bytes; at most {MaxLabelLength:N0} are read.");
        var people = new List<AnnotatedPerson>();
        int line = 0;
        foreach (string text in File.ReadLines(file))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            double[] values = Numbers(text, file, line);
            if (values.Length != BoxNumbers + keypointCount * numbers)
                throw new DatasetFormatException(file, $"Line {line} has {values.Length} numbers; {BoxNumbers} + {keypointCount} × {numbers} are expected.");

            var keypoints = new AnnotatedKeypoint[keypointCount];
            for (int k = 0; k < keypointCount; k++)
            {
                var point = values.AsSpan(BoxNumbers + k * numbers, numbers);
                keypoints[k] = AnnotatedKeypoint.At(point[0] * image.Width, point[1] * image.Height, Visibility(point, file, line));
            }

            double width = values[3] * image.Width, height = values[4] * image.Height;
            people.Add(new AnnotatedPerson
            {
                Keypoints = keypoints,
                Box = new Box(values[1] * image.Width - width / 2, values[2] * image.Height - height / 2, width, height),
            });
        }

        return people;
    }

    // Without a visibility, keypoints that are not labelled lie at (0, 0).
    private static KeypointVisibility Visibility(ReadOnlySpan<double> point, string file, int line) => point switch
    {
        [0, 0] or [_, _, 0] => KeypointVisibility.NotLabelled,
        [_, _, 1] => KeypointVisibility.Hidden,
        [_, _] or [_, _, 2] => KeypointVisibility.Visible,
        _ => throw new DatasetFormatException(file, $"Line {line} has a keypoint of visibility {point[2]}; 0, 1 or 2 is expected."),
    };

    private static double[] Numbers(string text, string file, int line)
    {
        string[] cells = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        double[] values = new double[cells.Length];
        for (int i = 0; i < cells.Length; i++)
            if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
                throw new DatasetFormatException(file, $"Line {line} has '{cells[i]}' where a number is expected.");
        return values;
    }
}
