using Akimbo.Skeletons;

namespace Akimbo.Evaluation;

/// <summary>One way of turning distances into the percentage of correct keypoints (PCK) that a community reports.</summary>
public sealed record PckProtocol
{
    private static readonly KeypointGroup[] MpiiGroups =
    [
        new("Head", [9]), new("Shoulder", [13, 12]), new("Elbow", [14, 11]), new("Wrist", [15, 10]),
        new("Hip", [3, 2]), new("Knee", [4, 1]), new("Ankle", [5, 0]),
    ];

    /// <summary>What a caption says of it, without the number of people.</summary>
    public required string Name { get; init; }

    /// <summary>The keypoints' names in the order of the distances.</summary>
    public required IReadOnlyList<string> Keypoints { get; init; }

    /// <summary>The columns, before the mean.</summary>
    public required IReadOnlyList<KeypointGroup> Groups { get; init; }

    /// <summary>The keypoints of the mean.</summary>
    public required KeypointGroup Mean { get; init; }

    /// <summary>Up to which distance a keypoint is correct, in lengths of the person.</summary>
    public required double Threshold { get; init; }

    /// <summary>Whether a distance equal to the threshold is correct.</summary>
    public required bool IsInclusive { get; init; }

    /// <summary>How a column is averaged.</summary>
    public PckAverage GroupAverage { get; init; }

    /// <summary>How the mean is averaged.</summary>
    public PckAverage MeanAverage { get; init; }

    /// <summary>A second, stricter threshold for one more mean; null for none.</summary>
    public double? StrictThreshold { get; init; }

    /// <summary>
    /// PCKh@0.5 of MPII: distances below half the head size (<see cref="PersonLength.Head"/>) of annotated keypoints; the mean is
    /// over 14 keypoints, without pelvis and thorax, each with the same weight (bearpaw, <c>evaluation/eval_PCKh.py</c>).
    /// </summary>
    public static PckProtocol Mpii { get; } = new()
    {
        Name = "MPII PCKh@0.5 (official): closer than 0.5 head sizes, mean of 14 keypoints without pelvis and thorax, percent",
        Keypoints = Mpii16.Skeleton.Keypoints,
        Groups = MpiiGroups,
        Mean = new("Mean", [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15]),
        Threshold = 0.5,
        IsInclusive = false,
        StrictThreshold = 0.1,
    };

    /// <summary>
    /// PCKh@0.5 as HRNet reports it: a distance equal to the threshold is correct, the mean weighs every annotation alike, and its
    /// <c>Mean@0.1</c> is the twelfth point of the curve, which lies at 0.11 (<c>lib/dataset/mpii.py</c>, <c>evaluate</c>).
    /// </summary>
    public static PckProtocol HighResolution { get; } = Mpii with
    {
        Name = "MPII PCKh@0.5 (HRNet): at most 0.5 head sizes, mean of all annotations without pelvis and thorax, Mean@0.1 at 0.11, percent",
        IsInclusive = true,
        MeanAverage = PckAverage.OfAnnotations,
        StrictThreshold = 0.11,
    };

    /// <summary>
    /// PCKh@0.5 as princeton's hourglass reports it: every annotation has the same weight, and the total includes pelvis and thorax
    /// (<c>test.py</c>, <c>mpii_eval</c>). There a keypoint counts if its annotated x is not 0; the length is the file's
    /// <c>normalize</c>. Its tables of visible and hidden keypoints are the same over other distances.
    /// </summary>
    public static PckProtocol Princeton { get; } = new()
    {
        Name = "MPII PCKh@0.5 (princeton): closer than 0.5 head sizes, total of all annotations of 16 keypoints, percent",
        Keypoints = Mpii16.Skeleton.Keypoints,
        Groups =
        [
            new("Ankle", [0, 5]), new("Knee", [1, 4]), new("Hip", [2, 3]), new("Pelvis", [6]), new("Thorax", [7]), new("Neck", [8]),
            new("Head", [9]), new("Wrist", [10, 15]), new("Elbow", [11, 14]), new("Shoulder", [12, 13]),
        ],
        Mean = new("Total", [.. Enumerable.Range(0, 16)]),
        Threshold = 0.5,
        IsInclusive = false,
        GroupAverage = PckAverage.OfAnnotations,
        MeanAverage = PckAverage.OfAnnotations,
    };

    /// <summary>
    /// PCK of the Leeds Sports Pose layout of 14 keypoints (right ankle to right hip, left hip to left ankle, right wrist to right
    /// shoulder, left shoulder to left wrist, neck, head top): at most <paramref name="threshold"/> lengths away; the mean is over
    /// all 14, each with the same weight.
    /// </summary>
    /// <param name="threshold">α, 0.2 in the literature.</param>
    /// <param name="length">What the length is, for the name: <c>torso</c> or <c>box</c>.</param>
    public static PckProtocol Lsp(double threshold = 0.2, string length = "torso") => new()
    {
        Name = FormattableString.Invariant($"LSP PCK@{threshold}: at most {threshold} of the {length}, mean of 14 keypoints, percent"),
        Keypoints =
        [
            "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "right_wrist",
            "right_elbow", "right_shoulder", "left_shoulder", "left_elbow", "left_wrist", "neck", "head_top",
        ],
        Groups =
        [
            new("Head", [12, 13]), new("Shoulder", [8, 9]), new("Elbow", [7, 10]), new("Wrist", [6, 11]),
            new("Hip", [2, 3]), new("Knee", [1, 4]), new("Ankle", [0, 5]),
        ],
        Mean = new("Mean", [.. Enumerable.Range(0, 14)]),
        Threshold = threshold,
        IsInclusive = true,
    };

    /// <summary>PCK of any skeleton: a column for each keypoint and its mirror image, the mean over all, each with the same weight.</summary>
    /// <param name="skeleton">The keypoints.</param>
    /// <param name="threshold">α, in lengths of the person.</param>
    /// <param name="length">What the length is, for the name.</param>
    public static PckProtocol For(Skeleton skeleton, double threshold, string length)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        return new PckProtocol
        {
            Name = FormattableString.Invariant(
                $"PCK@{threshold} of {skeleton.Name}: at most {threshold} of the {length}, mean of {skeleton.Keypoints.Count} keypoints, percent"),
            Keypoints = skeleton.Keypoints,
            Groups = [.. Enumerable.Range(0, skeleton.Keypoints.Count).Where(k => skeleton.FlipIndices[k] >= k).Select(k => GroupOf(skeleton, k))],
            Mean = new("Mean", [.. Enumerable.Range(0, skeleton.Keypoints.Count)]),
            Threshold = threshold,
            IsInclusive = true,
        };
    }

    private static KeypointGroup GroupOf(Skeleton skeleton, int keypoint)
    {
        string name = skeleton.Keypoints[keypoint];
        if (skeleton.Sides[keypoint] != BodySide.Centre) name = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
        int mirrored = skeleton.FlipIndices[keypoint];
        return new KeypointGroup(name.Replace('_', ' '), mirrored == keypoint ? [keypoint] : [keypoint, mirrored]);
    }
}
