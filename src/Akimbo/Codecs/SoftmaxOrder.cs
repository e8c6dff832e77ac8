namespace Akimbo.Codecs;

/// <summary>Where the softmax stands in integral regression.</summary>
public enum SoftmaxOrder
{
    /// <summary>
    /// Over the whole map; the sums over its rows and columns are then probabilities (Sun et al., "Integral Human Pose
    /// Regression", ECCV 2018).
    /// </summary>
    BeforeSums,

    /// <summary>Over the sums of the map's rows and over those of its columns, as some reimplementations do.</summary>
    AfterSums,
}
