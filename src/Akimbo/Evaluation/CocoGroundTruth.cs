using Akimbo.Datasets.Coco;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation;

/// <summary>The images and annotated people that detections are scored against.</summary>
public sealed class CocoGroundTruth
{
    private const long PersonCategory = 1;

    /// <summary>Gathers images and people.</summary>
    /// <param name="images">The images to score; one without people counts too, its detections being wrong.</param>
    /// <param name="people">Their people. Those of other images are left out, with a warning.</param>
    /// <exception cref="ArgumentException">Two people have the same id, or numbers that cannot be; the message names the person.</exception>
    public CocoGroundTruth(IEnumerable<CocoImage> images, IEnumerable<GroundTruthPerson> people)
        : this(images, people, new Checks(problem => new ArgumentException(problem)))
    {
    }

    private CocoGroundTruth(IEnumerable<CocoImage> images, IEnumerable<GroundTruthPerson> people, Checks checks)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(people);
        var byId = new Dictionary<long, CocoImage>();
        int repeated = 0;
        foreach (CocoImage image in images)
            if (!byId.TryAdd(image.Id, image)) repeated++;

        List<GroundTruthPerson> known = [];
        int elsewhere = 0, zeroIds = 0;
        foreach (GroundTruthPerson person in people)
        {
            checks.Check(person);
            if (!byId.ContainsKey(person.ImageId))
            {
                elsewhere++;
                continue;
            }

            if (person.Id == 0) zeroIds++;
            known.Add(person);
        }

        Images = [.. byId.Values];
        People = known;
        KeypointsPerPerson = checks.Keypoints;
        List<string> warnings = [.. checks.Warnings];
        if (repeated > 0) warnings.Add($"{repeated} entries repeat the id of an earlier image; the first counts.");
        if (elsewhere > 0) warnings.Add($"{elsewhere} annotations belong to images that are not listed; they are left out.");
        if (zeroIds > 0)
            warnings.Add("An annotation has the id 0, which COCO's evaluation takes for 'no match': who matches it counts as wrong. Number annotations from 1.");
        Warnings = warnings;
    }

    /// <summary>The images, each once.</summary>
    public IReadOnlyList<CocoImage> Images { get; }

    /// <summary>The annotated people and crowds of the images, in the order given.</summary>
    public IReadOnlyList<GroundTruthPerson> People { get; }

    /// <summary>How many keypoints everyone has; 0 where nobody has labels.</summary>
    public int KeypointsPerPerson { get; }

    /// <summary>What the keypoints are, by the names or the number that a file gives; null where nothing tells.</summary>
    public Skeleton? Skeleton { get; private init; }

    /// <summary>What was left out or looks wrong, one sentence a kind with its count.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads a COCO or CrowdPose annotation file; annotations of other categories than 1, a person, are left out.</summary>
    /// <param name="path">The file. It is read as a stream: memory is taken for people, not for the text.</param>
    /// <exception cref="CocoFormatException">It is no such file, or an annotation cannot be; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CocoGroundTruth Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads the text of such a file.</summary>
    /// <param name="stream">UTF-8; stays the caller's.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="CocoFormatException">It is no such file, or an annotation cannot be; the message names it.</exception>
    public static CocoGroundTruth Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        List<CocoImage> images = [];
        List<GroundTruthPerson> people = [];
        List<CocoCategory> categories = [];
        Dictionary<int, double[]> unlabelled = [];
        int otherCategories = 0;
        CocoAnnotationReader.Read(stream, name, images.Add, annotation =>
        {
            if (annotation.CategoryId == PersonCategory) people.Add(PersonOf(annotation, unlabelled, name));
            else otherCategories++;
        }, categories.Add);
        var checks = new Checks(problem => new CocoFormatException(name, problem));
        if (otherCategories > 0) checks.Warnings.Add($"{otherCategories} annotations are of other categories than 1, a person; they are left out.");
        return new CocoGroundTruth(images, people, checks) { Skeleton = SkeletonOf(categories, checks.Keypoints, name) };
    }

    private static Skeleton? SkeletonOf(List<CocoCategory> categories, int keypoints, string name)
    {
        try
        {
            return CocoSkeleton.Find(categories, keypoints == 0 ? null : keypoints, name);
        }
        catch (ArgumentException exception)
        {
            throw new CocoFormatException(name, $"The category's keypoints make no skeleton: {exception.Message}", exception);
        }
    }

    // People without labels, more than half of COCO's, share one array of zeros.
    private static GroundTruthPerson PersonOf(CocoAnnotation annotation, Dictionary<int, double[]> unlabelled, string name)
    {
        double[] keypoints = annotation.Keypoints;
        bool hasLabels = keypoints.AsSpan().ContainsAnyExcept(0.0);
        if (!hasLabels && !unlabelled.TryAdd(keypoints.Length, keypoints))
            keypoints = unlabelled[keypoints.Length];
        var person = new GroundTruthPerson
        {
            Id = annotation.Id,
            ImageId = annotation.ImageId,
            Keypoints = keypoints,
            Box = annotation.Box ?? (hasLabels ? throw new CocoFormatException(name, $"annotation {annotation.Entry} (id {annotation.Id}) has no bbox.") : default),
            Area = annotation.Area,
            IsCrowd = annotation.IsCrowd,
        };
        return annotation.KeypointCount is int count ? person with { KeypointCount = count } : person;
    }

    private sealed class Checks(Func<string, Exception> error)
    {
        private readonly HashSet<long> _ids = [];

        public int Keypoints { get; private set; }

        public List<string> Warnings { get; } = [];

        public void Check(GroundTruthPerson person)
        {
            if (!_ids.Add(person.Id)) throw error($"Two annotations have the id {person.Id}; every id must occur once.");
            int numbers = person.Keypoints.Length;
            if (numbers % 3 != 0 || (Keypoints > 0 && numbers > 0 && numbers != Keypoints * 3))
            {
                string expected = Keypoints > 0 ? $"{Keypoints * 3}, as the others have" : "three for each keypoint";
                throw error($"The annotation with id {person.Id} has {numbers} keypoint numbers; expected {expected}.");
            }

            if (numbers > 0) Keypoints = numbers / 3;
            Box box = person.Box;
            if (!Finite.All([box.X, box.Y, box.Width, box.Height, person.Area ?? 0]) || !Finite.All(person.Keypoints.Span))
                throw error($"The annotation with id {person.Id} has a coordinate or area that is not finite.");
        }
    }
}
