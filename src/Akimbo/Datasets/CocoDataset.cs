using Akimbo.Datasets.Coco;
using Akimbo.Datasets.Masks;
using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>
/// Reads COCO keypoint annotations (https://cocodataset.org/#format-data) and what follows them: CrowdPose, the body
/// part of COCO-WholeBody, and files that other tools write. The keypoints' names and number tell the skeleton.
/// </summary>
public static class CocoDataset
{
    private const int PersonCategory = 1;

    /// <summary>
    /// Reads a file. Annotations of unknown images and of other categories than person, and annotations whose number occurred
    /// before, are left out and counted in the warnings.
    /// </summary>
    /// <param name="path">The annotation file.</param>
    /// <param name="imageFolder">The folder of the pictures; null to look beside the file, in <c>images</c> and in a folder named
    /// like the end of the file's name, such as <c>val2017</c>.</param>
    /// <param name="skeleton">Null to go by the names of the file's keypoints, else by their number: 17 are COCO's, 14
    /// CrowdPose's.</param>
    /// <exception cref="CocoFormatException">The file is no COCO annotation file, or is damaged.</exception>
    /// <exception cref="DatasetFormatException">People differ in their number of keypoints, no skeleton fits, a picture has no
    /// file name, or two have one number.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PoseDataset Load(string path, string? imageFolder = null, Skeleton? skeleton = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path, imageFolder, skeleton);
    }

    /// <summary>The files of the pictures of an annotation file, by their numbers; pictures without a file name are left out.</summary>
    /// <param name="path">The annotation file.</param>
    /// <param name="images">Its images.</param>
    /// <param name="imageFolder">The folder of the pictures; null to look where <see cref="Load"/> does.</param>
    public static IReadOnlyDictionary<long, string> ImagePaths(string path, IReadOnlyList<CocoImage> images, string? imageFolder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(images);
        string folder = imageFolder ?? FindImages(path, images.Count == 0 ? null : images[0].FileName);
        return images.Where(image => !string.IsNullOrEmpty(image.FileName)).ToDictionary(image => image.Id, image => Path.Combine(folder, image.FileName!));
    }

    internal static PoseDataset Read(Stream stream, string file, string? imageFolder, Skeleton? skeleton)
    {
        var images = new List<CocoImage>();
        var entries = new List<CocoAnnotation>();
        var categories = new List<CocoCategory>();
        CocoAnnotationReader.Read(stream, file, images.Add, entry => entries.Add(WithoutNeedlessMask(entry)), categories.Add, withSegmentations: true);

        skeleton ??= SkeletonOf(categories, entries, file);
        var people = new Dictionary<long, List<AnnotatedPerson>>(images.Count);
        foreach (CocoImage image in images)
        {
            if (!people.TryAdd(image.Id, [])) throw new DatasetFormatException(file, $"Two images have the id {image.Id}.");
            if (string.IsNullOrEmpty(image.FileName)) throw new DatasetFormatException(file, $"The image with the id {image.Id} has no file_name.");
        }

        var seen = new HashSet<long>();
        int strangers = 0, homeless = 0, repeated = 0;
        foreach (CocoAnnotation entry in entries)
        {
            if (entry.CategoryId != PersonCategory) strangers++;
            else if (!people.TryGetValue(entry.ImageId, out var list)) homeless++;
            else if (!seen.Add(entry.Id)) repeated++;
            else list.Add(Person(entry, skeleton, file));
        }

        var paths = ImagePaths(file, images, imageFolder);
        var samples = images.ConvertAll(image => new PoseSample
        {
            ImagePath = paths[image.Id],
            ImageId = image.Id,
            Width = image.Width,
            Height = image.Height,
            People = people[image.Id],
        });
        return new PoseDataset(Path.GetFileNameWithoutExtension(file), skeleton, samples, Warnings(strangers, homeless, repeated));
    }

    // A mask is of use only where there are no keypoints; the others are most of a large file.
    private static CocoAnnotation WithoutNeedlessMask(CocoAnnotation entry) =>
        entry.IsCrowd || !HasLabels(entry.Keypoints) ? entry : entry with { Segmentation = null };

    private static bool HasLabels(double[] keypoints)
    {
        for (int i = 2; i < keypoints.Length; i += 3)
            if (keypoints[i] > 0) return true;
        return false;
    }

    private static Skeleton SkeletonOf(List<CocoCategory> categories, List<CocoAnnotation> entries, string file)
    {
        int? count = entries.Find(entry => entry.Keypoints.Length > 0)?.Keypoints.Length / 3;
        try
        {
            return CocoSkeleton.Find(categories, count, file) ?? throw new DatasetFormatException(file,
                $"People have {count ?? 0} keypoints and the category names {CocoSkeleton.NamesIn(categories).Count}; name them in the category, or say which skeleton they are.");
        }
        catch (ArgumentException exception)
        {
            throw new DatasetFormatException(file, $"The category's keypoints make no skeleton: {exception.Message}", exception);
        }
    }

    private static AnnotatedPerson Person(CocoAnnotation entry, Skeleton skeleton, string file)
    {
        var keypoints = new AnnotatedKeypoint[skeleton.Keypoints.Count];
        if (entry.Keypoints.Length != 0 && entry.Keypoints.Length != 3 * keypoints.Length)
            throw Error($"has {entry.Keypoints.Length} numbers of keypoints; 3 × {keypoints.Length} are expected for {skeleton.Name}", entry, file);

        for (int k = 0; k < entry.Keypoints.Length / 3; k++)
            keypoints[k] = AnnotatedKeypoint.At(entry.Keypoints[3 * k], entry.Keypoints[3 * k + 1], Visibility(entry, entry.Keypoints[3 * k + 2], file));

        return new AnnotatedPerson
        {
            Id = entry.Id,
            Keypoints = keypoints,
            Box = entry.Box,
            Area = entry.Area,
            IsCrowd = entry.IsCrowd,
            Segmentation = entry.Segmentation is { } segmentation ? Mask(entry, segmentation, file) : null,
        };
    }

    private static KeypointVisibility Visibility(CocoAnnotation entry, double value, string file) => value switch
    {
        0 => KeypointVisibility.NotLabelled,
        1 => KeypointVisibility.Hidden,
        2 => KeypointVisibility.Visible,
        _ => throw Error($"has a keypoint of visibility {value}; 0, 1 or 2 is expected", entry, file),
    };

    private static DatasetFormatException Error(string problem, CocoAnnotation entry, string file) =>
        new(file, $"Annotation {entry.Entry} (id {entry.Id}) {problem}.");

    private static Segmentation? Mask(CocoAnnotation entry, CocoSegmentation mask, string file)
    {
        try
        {
            if (mask.CompressedRuns is { } text) return new Segmentation(RunLengthMask.Parse(mask.Width, mask.Height, text));
            if (mask.Runs is { } runs) return new Segmentation(new RunLengthMask(mask.Width, mask.Height, [.. runs.Select(run => (long)run)]));
            return mask.Polygons.Count > 0 ? new Segmentation(mask.Polygons) : null;
        }
        catch (ArgumentException exception)
        {
            throw new DatasetFormatException(file, $"Annotation {entry.Entry} (id {entry.Id}): {exception.Message}", exception);
        }
    }

    private static List<string> Warnings(int strangers, int homeless, int repeated)
    {
        var warnings = new List<string>();
        if (strangers > 0) warnings.Add($"{strangers:N0} annotations of other categories than {PersonCategory} (person) are left out.");
        if (homeless > 0) warnings.Add($"{homeless:N0} annotations name an image that the file does not list, and are left out.");
        if (repeated > 0) warnings.Add($"{repeated:N0} annotations have the id of an earlier one, and are left out.");
        return warnings;
    }

    /// <summary>The folder of the pictures of an annotation file: where the first one is, else <c>images</c> beside the file.</summary>
    private static string FindImages(string file, string? firstImage)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (firstImage is null) return beside;
        string part = Path.GetFileNameWithoutExtension(file).Split('_')[^1];
        string[] folders = [Path.Combine(beside, "images"), beside];
        string[] places =
        [
            .. folders, .. folders.Select(folder => Path.Combine(folder, part)),
            Path.Combine(beside, "..", part), Path.Combine(beside, "..", "images"), Path.Combine(beside, "..", "images", part),
        ];
        return places.FirstOrDefault(folder => File.Exists(Path.Combine(folder, firstImage)), Path.Combine(beside, "images"));
    }
}
