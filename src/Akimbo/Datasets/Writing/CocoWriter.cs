using System.Text.Encodings.Web;
using System.Text.Json;
using Akimbo.Datasets.Masks;
using Akimbo.Imaging;
using Akimbo.Results;
using Akimbo.Skeletons;

namespace Akimbo.Datasets.Writing;

/// <summary>
/// Writes a data set as a COCO keypoint annotation file (https://cocodataset.org/#format-data), which <see cref="CocoDataset"/>
/// and the tools of the field read.
/// <list type="bullet">
/// <item>Pictures are named relative to the folder of the file, so that they are found from there. Where the data set does not
/// give a picture's size, it is read from the picture; it is left out where there is no such file.</item>
/// <item>People keep their numbers where every person has one of its own; otherwise all are numbered from 1.</item>
/// <item>A person without a box gets the smallest box around the labelled keypoints, one without an area 0.53 of the box, as
/// CrowdPose and ultralytics do: COCO's scores need both. <see cref="CocoWriteResult"/> counts them.</item>
/// <item>MPII's head boxes, centres and scales have no place in the format and are left out.</item>
/// </list>
/// </summary>
public static class CocoWriter
{
    private const int PersonCategory = 1;
    private const int FlushBytes = 1 << 16;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file, which appears under its name when it is complete.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="dataset">The data set.</param>
    /// <returns>What was written, and what had to be filled in.</returns>
    /// <exception cref="ArgumentException">Two pictures have one number, or a coordinate is not a finite number; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written, or its folder does not exist.</exception>
    public static CocoWriteResult Save(string path, IPoseDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var file = new PendingFile(path);
        CocoWriteResult result;
        using (var stream = new FileStream(file.TemporaryPath, FileMode.Create, FileAccess.Write))
            result = Write(stream, dataset, Path.GetDirectoryName(Path.GetFullPath(path))!);
        file.Commit();
        return result;
    }

    /// <summary>Writes to a stream, which stays the caller's.</summary>
    /// <param name="stream">Where the text goes, UTF-8.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="folder">The folder relative to which pictures are named.</param>
    /// <returns>What was written, and what had to be filled in.</returns>
    /// <exception cref="ArgumentException">Two pictures have one number, or a coordinate is not a finite number.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static CocoWriteResult Write(Stream stream, IPoseDataset dataset, string folder)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (dataset.Samples.CountBy(sample => sample.ImageId).FirstOrDefault(group => group.Value > 1) is { Value: > 1 } twice)
            throw new ArgumentException($"{dataset.Name}: {twice.Value} pictures have the number {twice.Key}; COCO's format needs different ones.", nameof(dataset));

        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        int sized = WriteImages(json, dataset, folder);
        var result = WritePeople(json, dataset) with { Images = dataset.Count, ImagesWithoutSize = dataset.Count - sized };
        WriteCategory(json, dataset.Skeleton);
        json.WriteEndObject();
        json.Flush();
        return result;
    }

    private static int WriteImages(Utf8JsonWriter json, IPoseDataset dataset, string folder)
    {
        int sized = 0;
        json.WriteStartArray("images");
        foreach (PoseSample sample in dataset.Samples)
        {
            json.WriteStartObject();
            json.WriteNumber("id", sample.ImageId);
            json.WriteString("file_name", Path.GetRelativePath(folder, sample.ImagePath).Replace('\\', '/'));
            if (SizeOf(sample) is var (width, height))
            {
                json.WriteNumber("width", width);
                json.WriteNumber("height", height);
                sized++;
            }

            json.WriteEndObject();
            FlushSome(json);
        }

        json.WriteEndArray();
        return sized;
    }

    private static (int Width, int Height)? SizeOf(PoseSample sample)
    {
        if (sample is { Width: { } width, Height: { } height }) return (width, height);
        if (!File.Exists(sample.ImagePath)) return null;
        try
        {
            ImageInfo info = DatasetFiles.ReadImageInfo(sample.ImagePath);
            return (info.Width, info.Height);
        }
        catch (ImageFormatException)
        {
            return null;
        }
    }

    private static CocoWriteResult WritePeople(Utf8JsonWriter json, IPoseDataset dataset)
    {
        bool keepsIds = HasIdsOfTheirOwn(dataset);
        int people = 0, withoutBox = 0, withoutArea = 0;
        json.WriteStartArray("annotations");
        foreach (PoseSample sample in dataset.Samples)
        {
            foreach (AnnotatedPerson person in sample.People)
            {
                people++;
                if (person.Box is null) withoutBox++;
                if (person.Area is null) withoutArea++;
                new PersonWriter(json, $"{sample.ImagePath}, person {people}").Write(person, keepsIds ? person.Id!.Value : people, sample.ImageId);
                FlushSome(json);
            }
        }

        json.WriteEndArray();
        return new CocoWriteResult { People = people, PeopleWithoutBox = withoutBox, PeopleWithoutArea = withoutArea, KeepsIds = keepsIds };
    }

    private static bool HasIdsOfTheirOwn(IPoseDataset dataset)
    {
        var seen = new HashSet<long>();
        return dataset.Samples.SelectMany(sample => sample.People).All(person => person.Id is { } id && seen.Add(id));
    }

    private static void WriteCategory(Utf8JsonWriter json, Skeleton skeleton)
    {
        json.WriteStartArray("categories");
        json.WriteStartObject();
        json.WriteNumber("id", PersonCategory);
        json.WriteString("name", "person");
        json.WriteString("supercategory", "person");
        json.WriteStartArray("keypoints");
        foreach (string keypoint in skeleton.Keypoints) json.WriteStringValue(keypoint);
        json.WriteEndArray();
        json.WriteStartArray("skeleton");
        foreach (Limb limb in skeleton.Limbs)
        {
            json.WriteStartArray();
            json.WriteNumberValue(limb.From + 1); // COCO counts keypoints from 1 here.
            json.WriteNumberValue(limb.To + 1);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void FlushSome(Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushBytes) json.Flush();
    }

    private readonly struct PersonWriter(Utf8JsonWriter json, string who)
    {
        public void Write(AnnotatedPerson person, long id, long imageId)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteNumber("image_id", imageId);
            json.WriteNumber("category_id", PersonCategory);
            json.WriteNumber("iscrowd", person.IsCrowd ? 1 : 0);
            if ((person.Box ?? person.KeypointBox()) is { } box)
            {
                Numbers("bbox", [box.X, box.Y, box.Width, box.Height]);
                json.WriteNumber("area", Finite(person.Area ?? PersonArea.InBox(box)));
            }
            else if (person.Area is { } area)
            {
                json.WriteNumber("area", Finite(area));
            }

            json.WriteNumber("num_keypoints", person.LabelledCount);
            Numbers("keypoints", [.. person.Keypoints.SelectMany(Triple)]);
            if (person.Segmentation is { } mask) WriteMask(mask);
            json.WriteEndObject();
        }

        private static IEnumerable<double> Triple(AnnotatedKeypoint keypoint) =>
            [keypoint.Position.X, keypoint.Position.Y, (int)keypoint.Visibility];

        private void WriteMask(Segmentation mask)
        {
            json.WritePropertyName("segmentation");
            if (mask.Runs is { } runs)
            {
                json.WriteStartObject();
                Numbers("size", [runs.Height, runs.Width]);
                json.WriteStartArray("counts");
                foreach (int run in runs.Runs) json.WriteNumberValue(run);
                json.WriteEndArray();
                json.WriteEndObject();
                return;
            }

            json.WriteStartArray();
            foreach (double[] polygon in mask.Polygons)
            {
                json.WriteStartArray();
                foreach (double number in polygon) json.WriteNumberValue(Finite(number));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        private void Numbers(string name, ReadOnlySpan<double> numbers)
        {
            json.WriteStartArray(name);
            foreach (double number in numbers) json.WriteNumberValue(Finite(number));
            json.WriteEndArray();
        }

        private double Finite(double number) => double.IsFinite(number)
            ? number
            : throw new ArgumentException($"{who} has the number {number} where a finite one is expected.");
    }
}
