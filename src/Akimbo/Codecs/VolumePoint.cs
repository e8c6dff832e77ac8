using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// A keypoint in a volume, in units of its extent: −0.5 is the centre of each axis' first pixel, 0.5 is one past the last.
/// </summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">Downwards.</param>
/// <param name="Z">Away from the camera.</param>
public readonly record struct VolumePoint(double X, double Y, double Z)
{
    /// <summary>The keypoint in a network's input (integral-human-pose, <c>common/utility/image_processing_cv.py</c>).</summary>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    public InputPoint ToInput(int width, int height) => new((X + 0.5) * width, (Y + 0.5) * height);
}
