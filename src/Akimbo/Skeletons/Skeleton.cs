using System.Collections.ObjectModel;

namespace Akimbo.Skeletons;

/// <summary>
/// What a set of keypoints is: their names and order, the limbs between them, which are mirror images of each other,
/// and how precisely people can annotate them. Plain data; made by <see cref="Create"/>, which checks it.
/// </summary>
public sealed record Skeleton
{
    private const string LeftPrefix = "left_";
    private const string RightPrefix = "right_";

    private readonly Dictionary<string, int> _indices;

    private Skeleton(string name, string[] keypoints, Limb[] limbs, double[] oksSigmas, Dictionary<string, int> indices)
    {
        Name = name;
        Keypoints = new ReadOnlyCollection<string>(keypoints);
        Limbs = new ReadOnlyCollection<Limb>(limbs);
        OksSigmas = new ReadOnlyCollection<double>(oksSigmas);
        FlipIndices = new ReadOnlyCollection<int>(Array.ConvertAll(keypoints, keypoint => indices[Mirrored(keypoint)]));
        Sides = new ReadOnlyCollection<BodySide>(Array.ConvertAll(keypoints, SideOf));
        _indices = indices;
    }

    /// <summary>The name of the skeleton, such as <c>coco17</c>.</summary>
    public string Name { get; }

    /// <summary>The keypoints' names in the order of a network's channels; a side is a prefix, as in <c>left_shoulder</c>.</summary>
    public IReadOnlyList<string> Keypoints { get; }

    /// <summary>The lines to draw between keypoints.</summary>
    public IReadOnlyList<Limb> Limbs { get; }

    /// <summary>For each keypoint the one it becomes when the picture is mirrored; itself for those on the body's axis.</summary>
    public IReadOnlyList<int> FlipIndices { get; }

    /// <summary>The side of each keypoint.</summary>
    public IReadOnlyList<BodySide> Sides { get; }

    /// <summary>
    /// The standard deviations of annotation, relative to the square root of the person's area, that object keypoint
    /// similarity (OKS) uses; empty where none have been measured.
    /// </summary>
    public IReadOnlyList<double> OksSigmas { get; }

    /// <summary>Checks and makes a skeleton.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="keypoints">At least one, all different; every <c>left_x</c> has its <c>right_x</c> and the other way round.</param>
    /// <param name="limbs">Pairs of different keypoint indices.</param>
    /// <param name="oksSigmas">One positive number a keypoint, or none at all.</param>
    /// <exception cref="ArgumentException">One of these conditions is not met; the message names the keypoint, limb or number.</exception>
    public static Skeleton Create(
        string name, IEnumerable<string> keypoints, IEnumerable<Limb> limbs, IEnumerable<double>? oksSigmas = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(keypoints);
        ArgumentNullException.ThrowIfNull(limbs);

        string[] names = [.. keypoints];
        Limb[] lines = [.. limbs];
        double[] sigmas = [.. oksSigmas ?? []];
        Dictionary<string, int> indices = Index(name, names);

        foreach (Limb limb in lines)
            if (limb.From == limb.To || !IsIndex(limb.From, names.Length) || !IsIndex(limb.To, names.Length))
                throw new ArgumentException($"Skeleton {name}: limb ({limb.From}, {limb.To}) must join two different keypoints of 0 to {names.Length - 1}.", nameof(limbs));

        if (sigmas.Length != 0 && sigmas.Length != names.Length)
            throw new ArgumentException($"Skeleton {name}: {sigmas.Length} OKS sigmas for {names.Length} keypoints; give one for each, or none.", nameof(oksSigmas));
        foreach (double sigma in sigmas)
            if (!double.IsFinite(sigma) || sigma <= 0)
                throw new ArgumentException($"Skeleton {name}: an OKS sigma is {sigma}; it must be positive.", nameof(oksSigmas));

        return new Skeleton(name, names, lines, sigmas, indices);
    }

    /// <summary>The index of the keypoint of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public int IndexOf(string keypoint) => _indices.TryGetValue(keypoint, out int index)
        ? index
        : throw new KeyNotFoundException($"Skeleton {Name} has no keypoint '{keypoint}'; it has {string.Join(", ", Keypoints)}.");

    /// <summary>The skeleton's name and number of keypoints.</summary>
    public override string ToString() => $"{Name} ({Keypoints.Count} keypoints)";

    private static Dictionary<string, int> Index(string name, string[] keypoints)
    {
        if (keypoints.Length == 0)
            throw new ArgumentException($"Skeleton {name} has no keypoints.", nameof(keypoints));

        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < keypoints.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(keypoints[i]))
                throw new ArgumentException($"Skeleton {name}: keypoint {i} has no name.", nameof(keypoints));
            if (!indices.TryAdd(keypoints[i], i))
                throw new ArgumentException($"Skeleton {name}: keypoint '{keypoints[i]}' occurs twice.", nameof(keypoints));
        }

        foreach (string keypoint in keypoints)
            if (!indices.ContainsKey(Mirrored(keypoint)))
                throw new ArgumentException($"Skeleton {name}: keypoint '{keypoint}' needs its mirror image '{Mirrored(keypoint)}'.", nameof(keypoints));
        return indices;
    }

    private static BodySide SideOf(string keypoint) =>
        keypoint.StartsWith(LeftPrefix, StringComparison.Ordinal) ? BodySide.Left
        : keypoint.StartsWith(RightPrefix, StringComparison.Ordinal) ? BodySide.Right
        : BodySide.Centre;

    private static string Mirrored(string keypoint) => SideOf(keypoint) switch
    {
        BodySide.Left => RightPrefix + keypoint[LeftPrefix.Length..],
        BodySide.Right => LeftPrefix + keypoint[RightPrefix.Length..],
        _ => keypoint,
    };

    private static bool IsIndex(int value, int count) => (uint)value < (uint)count;
}
