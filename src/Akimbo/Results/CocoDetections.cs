namespace Akimbo.Results;

/// <summary>
/// The boxes of the people in many images, as detectors write them in the COCO results format
/// (https://cocodataset.org/#format-results) and as <see cref="CocoResultsWriter"/> does: entries of <c>image_id</c> or
/// <c>file_name</c>, <c>bbox</c> as [x, y, width, height] in image pixels, <c>score</c> and <c>category_id</c>.
/// </summary>
/// <remarks>
/// The entries are one JSON array, or follow each other as in JSON lines. Other categories than 1, a person, and boxes without
/// area are left out; a missing category is a person, a missing score is 1, and further properties do not matter.
/// </remarks>
public sealed class CocoDetections
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int MaxFileLength = 128 << 20;

    /// <summary>The most people that one image may have.</summary>
    public const int MaxPeoplePerImage = 10_000;

    private readonly string _name;

    private CocoDetections(string name, IReadOnlyList<CocoDetection> people)
    {
        _name = name;
        People = people;
    }

    /// <summary>Everyone in the file, in its order.</summary>
    public IReadOnlyList<CocoDetection> People { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DetectionsFormatException">It holds no detections, a box or score is no sensible number, or it is too long.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CocoDetections Load(string path)
    {
        using var stream = File.OpenRead(path);
        using var json = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int count; (count = stream.Read(part)) > 0;)
        {
            if (json.Length + count > MaxFileLength)
                throw new DetectionsFormatException(path, $"The file is longer than {MaxFileLength >> 20} MiB, which is too long for boxes of people.");
            json.Write(part, 0, count);
        }

        return Read(json.GetBuffer().AsSpan(0, (int)json.Length), path);
    }

    /// <summary>Reads JSON text.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DetectionsFormatException">It holds no detections, or a box or score is no sensible number.</exception>
    public static CocoDetections Read(ReadOnlySpan<byte> json, string name) => new(name, new CocoDetectionsReader(json, name).Read());

    /// <summary>
    /// The people of each image of a run. An entry with a file name belongs to the image of that name, whatever folder it is in,
    /// and where several images of the run share the name, to the one with its number; an entry without belongs to the image
    /// with its number.
    /// </summary>
    /// <param name="fileNames">The images' file names; <see cref="CocoImageIds"/> numbers them.</param>
    /// <param name="minScore">People with a lower score are left out.</param>
    /// <returns>One list an image, in the file's order; empty where it has nobody.</returns>
    /// <exception cref="DetectionsFormatException">An image has more than <see cref="MaxPeoplePerImage"/> people.</exception>
    public IReadOnlyList<IReadOnlyList<PersonBox>> ForImages(IReadOnlyList<string> fileNames, float minScore = float.NegativeInfinity) =>
        ForNumberedImages(fileNames, CocoImageIds.For(fileNames), minScore);

    /// <summary>The same for images that have numbers of their own.</summary>
    internal IReadOnlyList<IReadOnlyList<PersonBox>> ForNumberedImages(IReadOnlyList<string> fileNames, IReadOnlyList<long> ids, float minScore)
    {
        var sure = People.Where(detection => detection.Person.Score >= minScore).ToList();
        var byName = sure.Where(detection => detection.FileName is not null).ToLookup(detection => detection.FileName);
        var byId = sure.Where(detection => detection.FileName is null).ToLookup(detection => detection.ImageId);
        var uses = fileNames.CountBy(name => Path.GetFileName(name)).ToDictionary();

        var images = new PersonBox[fileNames.Count][];
        for (int i = 0; i < images.Length; i++)
        {
            string name = Path.GetFileName(fileNames[i]);
            bool needsId = uses[name] > 1;
            var named = byName[name].Where(detection => !needsId || detection.ImageId is null || detection.ImageId == ids[i]);
            images[i] = [.. named.Concat(byId[ids[i]]).Select(detection => detection.Person)];
            if (images[i].Length > MaxPeoplePerImage)
                throw new DetectionsFormatException(_name, $"{name} has {images[i].Length:N0} boxes; at most {MaxPeoplePerImage:N0} are expected in an image.");
        }

        return images;
    }
}
