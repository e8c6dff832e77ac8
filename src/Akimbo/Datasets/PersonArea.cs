using Akimbo.Geometry;

namespace Akimbo.Datasets;

/// <summary>The area of people whose area nobody annotated.</summary>
internal static class PersonArea
{
    /// <summary>How much of a box a person fills (CrowdPose, <c>crowdposetools/cocoeval.py</c>; ultralytics, <c>models/yolo/pose/val.py</c>).</summary>
    public const double ShareOfBox = 0.53;

    public static double InBox(Box box) => box.Height * box.Width * ShareOfBox;
}
