namespace Akimbo.Codecs;

/// <summary>
/// How heatmaps and tags become people. <see cref="PoseAe"/> and <see cref="LitePose"/> are the settings of published
/// networks; the defaults are common to both.
/// </summary>
public sealed record AssociativeEmbeddingOptions
{
    /// <summary>Only heatmap values above it are keypoints; 0 or more.</summary>
    public double DetectionThreshold { get; init; } = 0.1;

    /// <summary>
    /// The largest distance (root mean square over the tag's values) at which a keypoint joins a person; positive.
    /// </summary>
    public double TagThreshold { get; init; } = 1;

    /// <summary>The most candidates looked at for each keypoint, and the most people returned; 1 to <see cref="MaxPeopleLimit"/>.</summary>
    public int MaxPeople { get; init; } = 30;

    /// <summary>The side of the neighbourhood in which a peak must be the largest: odd, 3 or 5 in published settings.</summary>
    public int SuppressionKernel { get; init; } = 3;

    /// <summary>
    /// The order in which keypoints are grouped, reliable ones first: each index from 0 to K − 1 once. Empty for the
    /// skeleton's own order.
    /// </summary>
    public IReadOnlyList<int> KeypointOrder { get; init; } = [];

    /// <summary>Whether distances are rounded so that, between people whose tags are about as close, the higher heatmap value decides.</summary>
    public bool UseDetectionValue { get; init; } = true;

    /// <summary>
    /// Whether all further keypoints are ignored once there are <see cref="MaxPeople"/> groups, as pose-ae-train does;
    /// else they still join the first <see cref="MaxPeople"/> groups, so that noise does not cost people their limbs.
    /// </summary>
    public bool IgnoreTooMany { get; init; }

    /// <summary>People of whom fewer keypoints were found are dropped.</summary>
    public int MinKeypoints { get; init; } = 1;

    /// <summary>People whose mean score over all K keypoints is lower are dropped.</summary>
    public float MinScore { get; init; }

    /// <summary>How positions are refined beyond a pixel.</summary>
    public PeakAdjustment Adjustment { get; init; } = PeakAdjustment.QuarterOffset;

    /// <summary>What becomes of keypoints that were not found.</summary>
    public MissingKeypoints Missing { get; init; }

    /// <summary>Keypoints are filled in only where the heatmap is higher; 0 or more.</summary>
    public double MinFilledScore { get; init; }

    /// <summary>
    /// Of two people, more than this share of whose common keypoints are in the same place, to within 1.5 heatmap pixels, the
    /// better stays: filling missing keypoints makes one person of two halves, twice. 1 keeps everyone; 0 to 1.
    /// </summary>
    public double MaxSharedKeypoints { get; init; } = 1;

    /// <summary>The largest <see cref="MaxPeople"/>, which bounds the time that hostile maps can take.</summary>
    public const int MaxPeopleLimit = 100;

    /// <summary>The settings of pose-ae-train's <c>test.py</c> for COCO's 17 keypoints, with the literal filling of missing keypoints.</summary>
    public static AssociativeEmbeddingOptions PoseAe { get; } = new()
    {
        KeypointOrder = [0, 1, 2, 3, 4, 5, 6, 11, 12, 7, 8, 9, 10, 13, 14, 15, 16],
        IgnoreTooMany = true,
        Missing = MissingKeypoints.FillAsPoseAe,
    };

    /// <summary>The settings of LitePose for CrowdPose's 14 keypoints: head and neck first, at least four keypoints a person.</summary>
    public static AssociativeEmbeddingOptions LitePose { get; } = new()
    {
        KeypointOrder = [12, 13, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        MinKeypoints = 4,
    };

    /// <summary>Checks the options and fills in the order of K keypoints.</summary>
    internal AssociativeEmbeddingOptions For(int keypointCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keypointCount, 1);
        Require(DetectionThreshold >= 0, nameof(DetectionThreshold), DetectionThreshold, "0 or more");
        Require(TagThreshold > 0, nameof(TagThreshold), TagThreshold, "positive");
        Require(MaxPeople is >= 1 and <= MaxPeopleLimit, nameof(MaxPeople), MaxPeople, $"1 to {MaxPeopleLimit}");
        Require(SuppressionKernel >= 1 && SuppressionKernel % 2 == 1, nameof(SuppressionKernel), SuppressionKernel, "odd and positive");
        Require(MinFilledScore >= 0, nameof(MinFilledScore), MinFilledScore, "0 or more");
        Require(MaxSharedKeypoints is >= 0 and <= 1, nameof(MaxSharedKeypoints), MaxSharedKeypoints, "0 to 1");
        Require(!float.IsNaN(MinScore), nameof(MinScore), MinScore, "a number");
        Require(Enum.IsDefined(Adjustment), nameof(Adjustment), Adjustment, "one of the enumeration");
        Require(Enum.IsDefined(Missing), nameof(Missing), Missing, "one of the enumeration");

        int[] order = KeypointOrder.Count > 0 ? [.. KeypointOrder] : [.. Enumerable.Range(0, keypointCount)];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, keypointCount)))
            throw new ArgumentException($"{nameof(KeypointOrder)} is [{string.Join(", ", order)}]; it must name each of 0 to {keypointCount - 1} once.");
        return this with { KeypointOrder = order };
    }

    private static void Require<T>(bool condition, string name, T value, string expected)
    {
        if (!condition) throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; it must be {expected}."));
    }
}
