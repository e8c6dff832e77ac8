namespace Akimbo.Datasets.Mpii;

/// <summary>The parts of MPII by <c>RELEASE.img_train</c> of its MATLAB struct.</summary>
public enum MpiiPart
{
    /// <summary>The pictures whose keypoints are published; the usual validation set is a part of them.</summary>
    Training,

    /// <summary>The pictures whose keypoints are kept secret: centre and scale only.</summary>
    Test,

    /// <summary>Both, in the file's order.</summary>
    All,
}
