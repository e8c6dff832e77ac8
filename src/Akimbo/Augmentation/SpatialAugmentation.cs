using Akimbo.Tensors;

namespace Akimbo.Augmentation;

/// <summary>
/// How far a sample is turned, resized, moved and mirrored at random, and whether only half of the person is shown. The
/// defaults change nothing.
/// </summary>
public sealed record SpatialAugmentation
{
    /// <summary>How turns and sizes are distributed within their ranges.</summary>
    public SpatialDistribution Distribution { get; init; }

    /// <summary>Degrees: the limit of uniform turns, the deviation of normal ones, which end at twice it; 0 to 180.</summary>
    public double Rotation { get; init; }

    /// <summary>The share of the samples that are turned at all; 0 to 1.</summary>
    public double RotationProbability { get; init; } = 1;

    /// <summary>What the region's size is divided by before all else: with 2 people are shown twice as large; above 0, at most 10.</summary>
    public double Zoom { get; init; } = 1;

    /// <summary>The region's size is multiplied by 1 plus or minus this; below 1.</summary>
    public double Scale { get; init; }

    /// <summary>The region is moved by up to this share of its sides, in x and in y; 0 to 1.</summary>
    public double Shift { get; init; }

    /// <summary>The share of the samples that are mirrored; 0 to 1.</summary>
    public double FlipProbability { get; init; }

    /// <summary>Top-down: the share of the samples that show one half of the person; 0 to 1.</summary>
    public double HalfBodyProbability { get; init; }

    /// <summary>Only people of whom more keypoints are labelled are halved.</summary>
    public int HalfBodyKeypoints { get; init; } = 8;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A number is out of its range; the message names it.</exception>
    public void Validate()
    {
        Ranges.Require(Rotation is >= 0 and <= 180, "spatial.rotation", Rotation, "0 to 180 degrees");
        Ranges.RequireShare("spatial.rotationProbability", RotationProbability);
        Ranges.Require(Zoom is > 0 and <= 10, "spatial.zoom", Zoom, "above 0, at most 10");
        Ranges.Require(Scale is >= 0 and < 1, "spatial.scale", Scale, "0 or more and below 1");
        Ranges.RequireShare("spatial.shift", Shift);
        Ranges.RequireShare("spatial.flipProbability", FlipProbability);
        Ranges.RequireShare("spatial.halfBodyProbability", HalfBodyProbability);
        Ranges.Require(HalfBodyKeypoints >= 0, "spatial.halfBodyKeypoints", HalfBodyKeypoints, "0 or more");
        Ranges.Require(Enum.IsDefined(Distribution), "spatial.distribution", Distribution, "one of the enumeration");
    }

    /// <summary>Draws what happens to one sample.</summary>
    /// <param name="random">The sample's own sequence.</param>
    internal SpatialDraw Draw(CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double? halfBody = random.NextBool(HalfBodyProbability) ? random.NextNormal() : null;
        double scale = (1 + Within(random, Scale, limit: 1)) / Zoom;
        double degrees = random.NextBool(RotationProbability) ? Within(random, Rotation, limit: 2) : 0;
        double shiftX = random.NextDouble(-Shift, Shift), shiftY = random.NextDouble(-Shift, Shift);
        return new SpatialDraw(degrees, scale, shiftX, shiftY, random.NextBool(FlipProbability), halfBody);
    }

    private double Within(CounterRandom random, double range, double limit) => Distribution == SpatialDistribution.Uniform
        ? random.NextDouble(-range, range)
        : Math.Clamp(random.NextNormal(), -limit, limit) * range;
}

/// <summary>How random turns and sizes are distributed.</summary>
public enum SpatialDistribution
{
    /// <summary>Normal, cut at twice the deviation for turns and at once for sizes (HRNet, <c>lib/dataset/JointsDataset.py</c>).</summary>
    Normal,

    /// <summary>All values within the range alike (pytorch_stacked_hourglass and pose-ae-train, <c>dp.py</c>).</summary>
    Uniform,
}

/// <summary>What was drawn for one sample.</summary>
/// <param name="Degrees">How far the region is turned clockwise within the picture.</param>
/// <param name="Scale">What the region's size is multiplied by: above 1 the person becomes smaller.</param>
/// <param name="ShiftX">How far the region moves to the right, in units of its width.</param>
/// <param name="ShiftY">How far the region moves down, in units of its height.</param>
/// <param name="IsMirrored">Whether left and right are exchanged.</param>
/// <param name="HalfBody">The draw that chooses the half of the person, see <see cref="Augmentation.HalfBody"/>; null to show all.</param>
internal readonly record struct SpatialDraw(double Degrees, double Scale, double ShiftX, double ShiftY, bool IsMirrored, double? HalfBody = null)
{
    /// <summary>The draw that changes nothing.</summary>
    public static SpatialDraw None { get; } = new(0, 1, 0, 0, false);
}
