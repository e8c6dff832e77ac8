using Akimbo.Skeletons;

namespace Akimbo.Evaluation;

/// <summary>The settings of COCO's keypoint evaluation; the defaults are COCO's own.</summary>
public sealed record CocoKeypointOptions
{
    /// <summary>The precision of annotation of every keypoint; any number of keypoints is scored.</summary>
    public IReadOnlyList<double> Sigmas { get; init; } = Coco17.Skeleton.OksSigmas;

    /// <summary>How many detections of an image count, those with the highest scores.</summary>
    public int MaxDetections { get; init; } = 20;

    /// <summary>Who counts for the scores without a size.</summary>
    public AreaRange All { get; init; } = AreaRange.All;

    /// <summary>Who is medium.</summary>
    public AreaRange Medium { get; init; } = AreaRange.Medium;

    /// <summary>Who is large.</summary>
    public AreaRange Large { get; init; } = AreaRange.Large;

    /// <summary>Whether all settings are COCO's own.</summary>
    internal bool AreCocos => Sigmas.SequenceEqual(Coco17.Skeleton.OksSigmas) && MaxDetections == 20 && HasCocosAreas;

    /// <summary>Whether people have COCO's sizes.</summary>
    internal bool HasCocosAreas => All == AreaRange.All && Medium == AreaRange.Medium && Large == AreaRange.Large;
}
