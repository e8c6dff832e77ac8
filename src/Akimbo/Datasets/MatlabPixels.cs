using Akimbo.Geometry;

namespace Akimbo.Datasets;

/// <summary>MATLAB counts pixels from 1, this library from 0.</summary>
internal static class MatlabPixels
{
    public static ImagePoint Point(double x, double y) => new(x - 1, y - 1);

    public static AnnotatedKeypoint Keypoint(double x, double y, KeypointVisibility visibility) =>
        AnnotatedKeypoint.At(x - 1, y - 1, visibility);

    public static Box BoxOfCorners(double left, double top, double right, double bottom) =>
        new(left - 1, top - 1, right - left, bottom - top);
}
